"""Answers that take longer than a moment: many deals read, something reckoned or drawn.

Each is a function of the database, what was asked and the time, so that a worker may run it in another process. Knows
no Discord.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.capacity.assumptions import Assumptions
from bot.charts import draw_chart
from bot.charts.canvas import Chart
from bot.delivery.digest_rounds import ALL, digest_chart, digest_deals
from bot.errors import InputError
from bot.messages.digest import Period, compose, digest_message
from bot.messages.estimate_message import (
    Asked,
    answer_comparison,
    answer_estimate,
    comparison_message,
    estimate_message,
)
from bot.messages.execution import together
from bot.messages.league import agreed, price
from bot.messages.message import Attachment, Embed, Message
from bot.messages.portfolio import as_known, company_message, league_message
from bot.messages.render import BLUE, DISCLAIMER
from bot.valuation.live_network import with_network
from bot.valuation.model_tables import load_assumptions
from bot.valuation.server_model import overlaid
from db.connection import Database
from db.deals import DealFilter, get_deal, list_deals
from db.network import network_figures
from db.records import DealRecord


def league(db: Database, order: str, as_of: datetime | None = None, *, now: datetime) -> Message:
    """Return the league in one order with its chart, as known at the end of a day where one is given."""
    wanted = DealFilter(alerting_only=True, limit=ALL, brief=True, as_of=as_of, milestones=order == "mw")
    deals, today = list_deals(db, wanted), as_of or now
    chart = draw_chart(_LEAGUE_CHARTS.get(order, "prices"), deals, now=today) if deals else None
    return as_known(league_message(deals, order=order, now=today, chart=chart), as_of)


_LEAGUE_CHARTS = {"mw": "delivery", "value": "contracted"}


def company(db: Database, name: str, as_of: datetime | None = None, *, now: datetime) -> Message:
    """Return a company's portfolio with its timeline and where its megawatts stand, as known on a day if one is given."""
    wanted, today = DealFilter(alerting_only=True, limit=ALL, brief=True, as_of=as_of), as_of or now
    deals = list_deals(db, replace(wanted, company=name, brief=False, milestones=True))
    if not deals:
        raise InputError(f"No stored deal names “{name[:60]}”. Start typing and pick a company from the list.")
    everyone = list_deals(db, wanted)
    charts = ["timeline"] if len(deals) > 1 else []
    charts += ["delivery"] if any(together(agreed(deals), today.date())) else []
    drawn = tuple(draw_chart(chart, deals, now=today) for chart in charts)
    return as_known(company_message(_spelling(name, deals), deals, everyone, now=today, charts=drawn), as_of)


def _spelling(name: str, deals: Sequence[DealRecord]) -> str:
    """Return the name as the deals spell it: an alias leads to the same company."""
    names = [party for deal in deals for party in (deal.facts.provider, deal.facts.customer) if party]
    exact = [party for party in names if party.casefold() == name.casefold()]
    return exact[0] if exact else Counter(names).most_common(1)[0][0]


def deal_chart(db: Database, deal_id: int, *, now: datetime) -> Message:
    """Draw a deal among its peers: by price where it has one, else its miner's deals over time."""
    deal = get_deal(db, deal_id)
    if deal is None:
        raise InputError("That deal is no longer there.")
    priced = price(deal) is not None
    wanted = DealFilter(limit=ALL, company=None if priced else deal.facts.provider, brief=True)
    return picture(draw_chart("prices" if priced else "timeline", list_deals(db, wanted), now=now))


def picture(chart: Chart) -> Message:
    """Frame a chart as a message; its title already stands in the picture."""
    embed = Embed(title=chart.title, colour=BLUE, footer=DISCLAIMER, image=chart.filename)
    return Message(
        embeds=(embed,), attachments=(Attachment(filename=chart.filename, content=chart.png, alt=chart.alt),)
    )


def digest(db: Database, name: str, *, now: datetime) -> Message:
    """Compose the digest of the last day or week as of now."""
    end = now + timedelta(seconds=1)  # what was stored this very second counts too
    span = Period(name=name, start=end - timedelta(days=7 if name == "weekly" else 1), end=end)
    deals = digest_deals(db, [span])
    composed = compose(deals, span)
    return digest_message(composed, chart=digest_chart(composed, deals))


def question(db: Database, text: str, as_of: datetime | None = None, *, now: datetime) -> Message:
    """Answer a question in plain words from the stored deals, as known at the end of a day where one is given."""
    from bot.ask.stored import answer_stored
    from bot.messages.answer_message import answer_message

    return answer_message(text, answer_stored(db, text, now=now, as_of=as_of), as_of=as_of)


def estimate(db: Database, asked: Asked, guild_id: int | None, *, now: datetime) -> Message:
    """Return an estimate with its tornado."""
    from bot.charts.tornado import draw_tornado

    result = answer_estimate(asked, current_assumptions(db, guild_id, now=now))
    chart = draw_tornado(result, now=now) if result.headline and result.drivers else None
    return estimate_message(result, asked, chart=chart)


def comparison(db: Database, asked: Asked, guild_id: int | None, *, now: datetime) -> Message:
    """Return one megawatt in three uses."""
    return comparison_message(answer_comparison(asked, current_assumptions(db, guild_id, now=now)), asked)


def current_assumptions(db: Database, guild_id: int | None, *, now: datetime) -> Assumptions:
    """Return the model's tables with fresh network figures, and over them what the server assumes differently."""
    live = with_network(load_assumptions(), network_figures(db), now=now)
    return overlaid(db, str(guild_id) if guild_id is not None else None, live)
