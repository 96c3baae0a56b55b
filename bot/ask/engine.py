"""A question to its answer: deals where deals are meant, the capacity model where an estimate is.

The shell hands in the stored deals and the time; the company names and the model's assumptions are read from the
shipped tables once.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from bot.ask.answers import Answer, answer
from bot.ask.names import CompanyIndex
from bot.ask.question import Topic, understand
from db.records import DealRecord


@cache
def company_index() -> CompanyIndex:
    """Return the names people may use, from the shipped table."""
    from bot.catalog import load_companies

    return CompanyIndex(load_companies())


def answer_question(text: str, deals: Sequence[DealRecord], *, now: datetime) -> Answer:
    """Answer from the deals given; a question for an estimate goes to the capacity model."""
    parties = (name for deal in deals for name in (deal.facts.provider, deal.facts.customer) if name)
    question = understand(text, company_index().with_parties(parties), now=now)
    if question.topic is Topic.ESTIMATE:
        from bot.ask.estimates import estimate_answer

        return estimate_answer(text)
    return answer(question, deals)
