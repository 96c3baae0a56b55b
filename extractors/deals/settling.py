"""Which drafts are deals of the article, and which of them it is about: the deal model decides.

Every draft is weighed beside the others; what is likelier no deal is dropped, and at most two may be what the article
is about, each only if that is likelier than not.
"""

from collections.abc import Sequence

from extractors.deals.deal_reasons import deal_reasons
from extractors.linear import LinearModel
from extractors.reading import Draft, Line

#: A draft likelier than this to be no deal is dropped.
_NO_DEAL = 0.6
#: What the article is about is so at least this likely: a missed subject costs more than a second one.
_PRIMARY = 0.4
_MOST_PRIMARY = 2


def settle(drafts: Sequence[Draft], lines: Sequence[Line], model: LinearModel) -> list[Draft]:
    """Return the drafts that are deals, the likeliest subject first, with `score`, `confidence` and `primary` set."""
    kept: list[Draft] = []
    for draft in drafts:
        chances = model.chances(deal_reasons(draft, drafts, lines))
        draft.score, draft.confidence = round(chances["primary"], 4), round(1.0 - chances["none"], 3)
        if chances["none"] < _NO_DEAL:
            kept.append(draft)
    kept.sort(key=lambda draft: (-draft.score, draft.frames[0].line, draft.frames[0].start))
    for draft in kept[:_MOST_PRIMARY]:
        draft.primary = draft.score >= _PRIMARY
    return kept
