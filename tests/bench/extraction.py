"""How fast articles are read and dismissed, against spaCy's blank tokenizer on the same texts.

tokens_vs_blank_tokenizer  tokens a second of reading deal articles in full / of merely tokenising them, each once
gate_vs_tokenizer          time to tokenise irrelevant articles / time to dismiss them
stream_vs_tokenizer        time to tokenise a stream with 1 % deal articles / time to read it, gate included
"""

import json
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import spacy

from bot.catalog import load_companies, load_gpu_models
from bot.judgement_file import load_judgement
from extractors.models import Article
from extractors.pipeline import Extractor

CORPUS = Path(__file__).parents[1] / "corpus"
#: Everyday news of the feeds that holds no deal: prices, gadgets, markets, politics. Names and figures are drawn anew
#: for every line, as in real news, so that the tokenizer meets new words as often as it does there.
LINES = (
    "Bitcoin slipped {figure} percent on Tuesday while traders at {name} waited for the minutes of the central bank.",
    "{name} showed a thinner tablet and a watch that measures sleep, priced at ${figure}.",
    "Ether exchange-traded funds of {name} took in {figure} million dollars, the most in three weeks.",
    "Senator {name} asked the regulator how it will treat tokens that pay {figure}% interest.",
    "{name} recalled {figure} vans because of a loose bolt, its engineer {name} told {name}.",
    "Analysts at {name} expect {name} to report slower growth in advertising, {figure} points below last year.",
    "A court in {name} heard arguments about the pay of {name}, worth ${figure} million.",
    "Supply of the stablecoin {name} reached {figure} million as remittances moved on chain.",
    "{name} delayed its film to the spring, citing reshoots in {name}.",
    "Developers of the wallet {name} fixed a flaw that had shown {figure} balances twice.",
    "Oil rose {figure} cents after storms closed the port of {name}; gold was little changed.",
    "{name} adds a route to {name} and drops the one to {name} on {figure} March.",
)
_SYLLABLES = ("ar", "bel", "cor", "dun", "el", "fen", "gar", "hol", "is", "jor", "kel", "lun", "mar", "nor", "os", "per", "quil", "ros", "sten", "tor", "ul", "ver", "wyn", "yar", "zel")  # fmt: skip


def measure(*, quick: bool) -> dict[str, float]:
    """Return the three ratios; `quick` reads fewer articles."""
    reader = Extractor(companies=load_companies(), gpus=load_gpu_models(), judgement=load_judgement())
    deals = _deal_articles()[: 15 if quick else None]
    noise = _noise(300 if quick else 2000)
    reader.extract(Article(text="A warm-up: the bitcoin miner Nordhash leases 9 MW to Veylan."))
    return {
        "tokens_vs_blank_tokenizer": round(_seconds(_tokenise, deals) / _seconds(reader.extract, deals), 4),
        "gate_vs_tokenizer": round(_seconds(_tokenise, noise) / _seconds(_gated(reader, read=False), noise), 1),
        "stream_vs_tokenizer": _stream(reader, deals, noise),
    }


def _stream(reader: Extractor, deals: Sequence[Article], noise: Sequence[Article]) -> float:
    stream = [*noise, *deals[: max(1, len(noise) // 99)]]
    random.Random(1).shuffle(stream)
    return round(_seconds(_tokenise, stream) / _seconds(_gated(reader, read=True), stream), 2)


def _deal_articles() -> list[Article]:
    rows = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(CORPUS.glob("*.json"))]
    return [Article(title=row.get("title") or "", text=row["text"]) for row in rows if row["deals"]]


def _noise(count: int) -> list[Article]:
    chance = random.Random(0)
    return [Article(title=_line(chance), text=" ".join(_line(chance) for _ in range(30))) for _ in range(count)]


def _line(chance: random.Random) -> str:
    line = chance.choice(LINES)
    while "{name}" in line:
        line = line.replace("{name}", "".join(chance.choices(_SYLLABLES, k=3)).capitalize(), 1)
    return line.replace("{figure}", f"{chance.randint(2, 99_999) / 10:,.1f}")


def _gated(reader: Extractor, *, read: bool) -> Callable[[Article], object]:
    def step(article: Article) -> object:
        relevant = reader.is_relevant(article.title, article.text)
        return reader.extract(article) if relevant and read else relevant

    return step


def _tokenise(article: Article) -> object:
    return _BLANK[0].make_doc(article.text)


_BLANK = [spacy.blank("en")]


def _seconds(step: Callable[[Article], object], articles: Sequence[Article]) -> float:
    if step is _tokenise:
        _BLANK[0] = spacy.blank("en")  # each text is seen once: no warm cache from the run before
    start = time.perf_counter()
    for article in articles:
        step(article)
    return time.perf_counter() - start
