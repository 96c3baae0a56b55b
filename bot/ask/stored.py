"""A question answered from the database: all deals in brief to choose from, proofs only of those the answer rests on.

answer_stored(db, text, *, now, as_of=None) -> Answer
"""

from datetime import datetime

from bot.ask.answers import Answer
from bot.ask.engine import answer_question
from db.connection import Database
from db.deals import DealFilter, list_deals, proven

#: More deals than there will ever be.
_ALL = 1_000_000
#: Answers that quote rest on a few deals; totals and lists over all of them quote nothing.
_QUOTED = 50


def answer_stored(db: Database, text: str, *, now: datetime, as_of: datetime | None = None) -> Answer:
    """Answer from the stored deals, as known at the end of a day where one is given; periods count back from then."""
    today = now if as_of is None else min(now, as_of)
    deals = list_deals(db, DealFilter(limit=_ALL, brief=True, as_of=as_of))
    said = answer_question(text, deals, now=today)
    if not 0 < len(said.deals) <= _QUOTED:
        return said
    quoted = {deal.id: deal for deal in proven(db, said.deals, as_of=as_of)}
    return answer_question(text, [quoted.get(deal.id, deal) for deal in deals], now=today)
