"""Add names of organisations that a trained spaCy pipeline recognises and no other finder knew. Optional.

Knows only the pipeline's entities of type ORG; gives them no kind and no say over names that are already found.
"""

from collections.abc import Sequence

from spacy.language import Language

from extractors.closed_sets import PartyKind, Where
from extractors.models import PartySpan
from extractors.parties.capitals import may_be_company, without_suffix

RULE = "model.organisation"


def find_organisations(nlp: Language, text: str, where: Where, *, known: Sequence[PartySpan] = ()) -> list[PartySpan]:
    """Return the organisations of the normalised `text` that overlap none of the `known` parties, in order."""
    taken = [(party.start, party.end) for party in known if party.where is where]
    found: list[PartySpan] = []
    for entity in nlp(text).ents:
        start, end = entity.start_char, entity.end_char
        if entity.label_ != "ORG" or any(begin < end and start < stop for begin, stop in taken):
            continue
        name, end, _ = without_suffix(text, start, end)
        if may_be_company(name):
            found.append(
                PartySpan(
                    where=where,
                    start=start,
                    end=end,
                    text=text[start:end],
                    key=None,
                    name=name,
                    kind=PartyKind.UNDISCLOSED,
                    rule=RULE,
                )
            )
    return found


def add_organisations(nlp: Language, parties: Sequence[PartySpan], *, title: str, text: str) -> tuple[PartySpan, ...]:
    """Return the parties with the organisations that only the trained pipeline knows, title first, each in order."""
    with nlp.memory_zone():
        added = [
            found
            for where, source in ((Where.TITLE, title), (Where.TEXT, text))
            for found in find_organisations(nlp, source, where, known=parties)
        ]
    return tuple(sorted([*parties, *added], key=lambda span: (span.where is Where.TEXT, span.start)))
