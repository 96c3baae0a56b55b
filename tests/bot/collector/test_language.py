"""English or not: by script and function words."""

import pytest

from bot.collector.language import detect_language

SENTENCES = {
    "en": "The company said that it has signed a lease for the site and will be paid over the next ten years by its client.",
    "de": "Die Firma hat für den Standort einen Vertrag unterschrieben und wird von dem Kunden über zehn Jahre bezahlt.",
    "fr": "La société a signé un contrat pour le site et sera payée par son client sur les dix prochaines années.",
    "es": "La empresa ha firmado un contrato para el sitio y será pagada por su cliente en los próximos diez años.",
    "it": "La società ha firmato un contratto per il sito e sarà pagata dal cliente nei prossimi dieci anni con un anticipo.",
    "pt": "A empresa assinou um contrato para o local e será paga pelo cliente nos próximos dez anos, não em uma só vez.",
    "nl": "Het bedrijf heeft een contract voor de locatie getekend en wordt door de klant in tien jaar betaald, niet in een keer.",
    "ru": "Компания подписала договор аренды площадки и получит оплату от клиента в течение следующих десяти лет.",
    "zh": "该公司签署了该场地的租约，并将在未来十年内由客户支付费用，同时保留扩建的权利和选择。",
    "ja": "同社はその用地の賃貸契約を締結し、今後十年にわたって顧客から支払いを受けることになると発表した。",
    "ko": "회사는 해당 부지에 대한 임대 계약을 체결했으며 향후 십 년 동안 고객으로부터 대금을 받게 된다고 밝혔다.",
}


@pytest.mark.parametrize(("code", "text"), SENTENCES.items())
def test_languages_are_told_apart(code: str, text: str) -> None:
    assert detect_language(text) == code


def test_a_short_text_is_taken_at_its_declared_word() -> None:
    assert detect_language("200 MW", declared="en-US") == "en"
    assert detect_language("200 MW") is None


def test_a_wrong_declaration_does_not_hide_the_language() -> None:
    assert detect_language(SENTENCES["de"], declared="en") == "de"
