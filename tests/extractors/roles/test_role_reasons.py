"""What a learned role model sees of a number."""

from extractors.closed_sets import QuantityKind
from extractors.models import Article
from extractors.pipeline import Extractor
from extractors.roles.role_reasons import Scene, role_reasons
from extractors.roles.scoring import score_roles

TEXT = "Orrin Mining leased 80 MW to Cloudmere for $2 billion, and the campus holds 300 MW. The $2 billion is firm."


def seen(extractor: Extractor, text: str, kind: QuantityKind, value: float) -> dict[str, float]:
    lines = extractor.lay_out(Article(text=text)).lines
    scene = Scene(lines)
    return next(
        role_reasons(line, figure, score_roles(line, figure), scene)
        for line in lines
        for figure in line.figures
        if figure.quantity.kind is kind and figure.quantity.value == value
    )


def test_words_around_a_number_are_told_by_side(invented: Extractor) -> None:
    reasons = seen(invented, TEXT, QuantityKind.POWER, 300.0)
    assert {"l1:hold", "l:campu", "above", "nth:1of2", "largest"} <= set(reasons)


def test_repetition_is_seen(invented: Extractor) -> None:
    assert "told:2" in seen(invented, TEXT, QuantityKind.MONEY, 2e9)
    assert "told:1" in seen(invented, TEXT, QuantityKind.POWER, 80.0)


def test_no_name_and_no_number_is_a_feature(invented: Extractor) -> None:
    reasons = seen(invented, TEXT, QuantityKind.MONEY, 2e9)
    assert not [name for name in reasons if "orrin" in name or "cloudmere" in name or "300" in name]


def test_strengths_are_bounded(invented: Extractor) -> None:
    assert all(-1.0 <= strength <= 2.0 for strength in seen(invented, TEXT, QuantityKind.MONEY, 2e9).values())
