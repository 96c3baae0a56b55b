"""What kind of company an unknown name is, where the whole article tells though no phrase beside the name does.

The kind model decides from `kind_reasons`. Known and described companies keep their kinds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.closed_sets import PartyKind
from extractors.linear import Features, LinearModel
from extractors.models import PartySpan
from extractors.parties.kind_reasons import kind_reasons
from extractors.parties.kind_votes import MINING

#: A kind is taken if it is at least this likely; else the company stays what it was.
_LIKELY = 0.4
#: Where nobody else is the miner of a story of mining, so little is enough.
_SOUGHT = 0.2
_OPEN = frozenset({PartyKind.UNDISCLOSED, PartyKind.OTHER})


def decide_kinds(parties: Sequence[PartySpan], title: str, text: str, model: LinearModel) -> tuple[PartySpan, ...]:
    """Return the parties, every unknown company with its likeliest kind; a story of mining gets a miner if one may be."""
    chances = {name: model.chances(reasons) for name, reasons in open_companies(parties, title, text).items()}
    kinds = {name: kind for name, own in chances.items() if (kind := _likeliest(own)) is not None}
    known = {span.kind for span in parties if span.name not in chances} | set(kinds.values())
    if chances and PartyKind.MINER not in known and (MINING.search(title) or MINING.search(text)):
        name = max(sorted(chances), key=lambda name: chances[name].get(PartyKind.MINER, 0.0))
        if chances[name].get(PartyKind.MINER, 0.0) >= _SOUGHT:
            kinds[name] = PartyKind.MINER
    return tuple(replace(span, kind=kinds[span.name]) if span.name in kinds else span for span in parties)


def _likeliest(chances: Mapping[str, float]) -> PartyKind | None:
    named = {kind: chance for kind, chance in chances.items() if kind != PartyKind.UNDISCLOSED}
    best = max(sorted(named), key=lambda kind: named[kind], default="")
    return PartyKind(best) if named.get(best, 0.0) >= _LIKELY else None


def open_companies(parties: Sequence[PartySpan], title: str, text: str) -> Mapping[str, Features]:
    """Return, by name, what tells the kind of each company of which no table and no phrase says it."""
    names = sorted({span.name for span in parties if span.name and _is_open(span)})
    return kind_reasons(names, parties, title, text)


def _is_open(span: PartySpan) -> bool:
    """Tell whether nothing but its own name says what a company does."""
    return span.key is None and (span.kind in _OPEN or span.rule.endswith(".hinted"))
