"""Cut a sentence into clauses and lay out the lines of an article.

A clause border is a place where a reader starts afresh: a semicolon, a dash, "while", a comma before a new subject
with its verb. Borders bind numbers to the right deal; where they are wrong, distance still helps. A subject is read
from word order: the party before the first verb of its clause (a parser, where present, refines that).
"""

import re

from extractors.reading import Actant

_BORDER = re.compile(
    r""" [;:] | \s[\u2013\u2014-]{1,2}\s | \u2014 | \.\s
    | ,?\s(?:while|whereas|although|though|but|because|whereby)\s
    | ,\s(?:and|so|yet|as|after|when|once|since|where|under\swhich|for\swhich|in\swhich|with\swhich|from\swhich|which|who|whose)\s
    | \sand\s(?=(?:it|they|he|she|the\s[\w-]+|[\u00a7]+)\s(?:has|had|have|will|would|is|was|are|were|also|said|gets?|could|may|expects?|plans?)\b)
    | \s(?:said|says|announced|means|shows?|out|reported|know|known|adds?|added|fact|news|note[sd]?)\sthat\s
    | ,\s(?=(?:lands?|signs?|wins?|secures?|inks?|buys?|acquires?|leases?|raises?|sells?|announces?|unveils?|lifts?|closes?)\s)
    | \s(?:after|once|when|as)\s(?=[\u00a7]|the\s|it\s)
    """,
    re.VERBOSE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|said|says|\w{3,}ed|\w{2,}es|\w{3,}s|rose|fell|won|went|took|sank|shot|sees|buy|buys|bought|gave|made|put|sold|got|to)\b"
)


def find_breaks(masked: str) -> tuple[int, ...]:
    """Return where the clauses of a masked line start; the first starts at 0."""
    breaks = {0}
    breaks.update(match.end() for match in _BORDER.finditer(masked) if match.end() < len(masked))
    return tuple(sorted(breaks))


def subjects_by_order(masked: str, actants: tuple[Actant, ...], breaks: tuple[int, ...]) -> frozenset[int]:
    """Return the actors that stand before the first verb of a clause."""
    found: set[int] = set()
    ends = (*breaks[1:], len(masked))
    for start, end in zip(breaks, ends, strict=True):
        inside = [actant for actant in actants if start <= actant.start < end and not actant.modifier]
        if inside and not _VERB.search(masked, start, inside[0].start):
            found.add(inside[0].actor.id)
    return frozenset(found)
