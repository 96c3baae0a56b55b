"""Everything that may tell what an unknown company does: the features of the kind model.

What the sentences around all its mentions say (`kind_votes`), the words right beside it, trade words in its name, and
who else is in the article: where no known company mines, somebody unknown does.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from extractors.closed_sets import PartyKind, Where
from extractors.linear import Features, count
from extractors.models import PartySpan
from extractors.parties.describing import kind_hinted
from extractors.parties.kind_votes import MINING, Ballot, count_votes, sentence_around
from extractors.parties.stopwords import TERMS
from extractors.text.stems import step

#: Mentions of one name whose words are read; more say nothing new.
_MOST = 8
_LEAD = 300
_WORD = re.compile(r"(?<![A-Za-z])[a-z][a-z/-]+")
_BUYERS: tuple[tuple[PartyKind, re.Pattern[str]], ...] = (
    (
        PartyKind.HYPERSCALER,
        re.compile(r"\b(?:hyperscaler|tech(?:nology)? giant|cloud giant|search giant)\b", re.IGNORECASE),
    ),
    (
        PartyKind.NEOCLOUD,
        re.compile(
            r"\bneocloud|\b(?:AI|GPU|the|a|newer|compute)[- ]clouds?\b(?! (?:contract|service|capacity|deal|revenue|business))|\bcloud (?:provider|company|start-?up|operator|firm|specialist|platform)|\bbuilder of GPU",
            re.IGNORECASE,
        ),
    ),
    (
        PartyKind.AI_LAB,
        re.compile(
            r"\b(?:the|a|an|AI|French|German|\w+ish) (?:AI )?lab\b|\bAI (?:model|start-?up|developer)|\bmodel (?:maker|developer|builder)|language models?\b|\bchatbot",
            re.IGNORECASE,
        ),
    ),
)


def kind_reasons(names: Sequence[str], parties: Sequence[PartySpan], title: str, text: str) -> Mapping[str, Features]:
    """Return the features of each of `names`, companies whose kind is open, in one article."""
    if not names:
        return {}
    placed = [(span, title if span.where is Where.TITLE else text) for span in parties]
    ballots = count_votes(names, placed)
    around = [*_scene(parties, title, text), f"open:{min(4, len(names))}"]
    needed = "miner-wanted" if "mining" in around and "with:miner" not in around else "miner-known"
    foremost = max(ballots.values(), key=lambda ballot: ballot.for_miner)
    features: dict[str, Features] = {}
    for name, ballot in ballots.items():
        own = [(span, source) for span, source in placed if span.name == name]
        votes = list(_votes(ballot, foremost))
        signs = [*_name(name), *votes, *_standing(own), *around]
        signs += [f"{sign}&{ballot.sign}" for sign in around]
        signs += [f"{needed}&{vote}" for vote in votes]
        words = {word for span, source in own[:_MOST] for word in _words(span, source)}
        features[name] = count([*signs, *words])
    return features


def _scene(parties: Sequence[PartySpan], title: str, text: str) -> Iterator[str]:
    """Yield what the article holds beside the companies asked about."""
    if MINING.search(text) or MINING.search(title):
        yield "mining"
    known = [span for span in parties if span.key is not None and not span.modifier]
    yield from sorted({f"with:{span.kind}" for span in known})
    yield from sorted({f"leads:{span.kind}" for span in known if span.where is Where.TITLE or span.start < _LEAD})
    yield from sorted({f"unnamed:{span.kind}" for span in parties if span.name is None})
    source = f"{title}\n{text}"
    yield from (f"called:{kind}" for kind, pattern in _BUYERS if pattern.search(source))


def _name(name: str) -> Iterator[str]:
    yield f"hint:{kind_hinted(name)}"
    yield from (f"name:{word}" for word in name.lower().split() if word in TERMS)


def _votes(ballot: Ballot, foremost: Ballot) -> Iterator[str]:
    yield f"vote:{ballot.sign}"
    for vote in ("mines", "provides", "buys", "meets"):
        yield f"{vote}:{step(getattr(ballot, vote), 0, 1, 3)}"
    yield f"for-miner:{step(ballot.for_miner, -3, -1, 0, 1, 3, 6)}"
    if foremost.for_miner > 0:
        yield "foremost" if ballot is foremost else "outvoted"


def _standing(own: Sequence[tuple[PartySpan, str]]) -> Iterator[str]:
    yield f"seen:{step(len(own), 1, 2, 4, 8)}"
    if any(span.where is Where.TITLE for span, _ in own):
        yield "title"
    if any(span.where is Where.TEXT and span.start < _LEAD for span, _ in own):
        yield "lead"
    if any(span.ticker is not None for span, _ in own):
        yield "ticker"
    yield from sorted({f"read:{span.kind}" for span, _ in own})
    yield from sorted({f"rule:{span.rule}" for span, _ in own})
    if all(span.modifier for span, _ in own):
        yield "modifier"


def _words(span: PartySpan, source: str) -> Iterator[str]:
    """Yield the words of the sentence around a mention, those right beside it once more."""
    yield from (f"s:{word}" for word in _WORD.findall(sentence_around(source, span.start, span.end)))
    before = _WORD.findall(source[max(0, span.start - 30) : span.start])
    after = _WORD.findall(source[span.end : span.end + 30])
    yield from (f"l:{word}" for word in before[-2:])
    yield from (f"r:{word}" for word in after[:2])
