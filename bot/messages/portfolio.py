"""A company's deals as a message, and the league of all: megawatts per basis, value, prices, concentration. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.charts.canvas import Chart
from bot.delivery.news import ENDED, RUMOURED
from bot.messages.digest import deal_line, league_line
from bot.messages.execution import WORDS, Standing, together
from bot.messages.facts import reaction_lines
from bot.messages.league import BASES, LeagueRow, agreed, concentration, league, megawatts, tenant_shares
from bot.messages.limits import MAX_DESCRIPTION, MAX_FIELD_VALUE, fit, length
from bot.messages.markdown import escape, join_lines
from bot.messages.message import Attachment, Embed, Field, Message
from bot.messages.render import BLUE, DISCLAIMER
from bot.messages.wording import PLAIN, Style, millions, plural, power, short_money
from db.records import DealRecord
from extractors.closed_sets import CapacityKind

_BASIS_WORDS = {CapacityKind.IT: "critical IT", CapacityKind.GROSS: "gross", CapacityKind.UNSPECIFIED: "basis not said"}
SHOWN = 8


def company_message(
    company: str,
    deals: Sequence[DealRecord],
    everyone: Sequence[DealRecord],
    *,
    now: datetime,
    charts: Sequence[Chart] = (),
    style: Style = PLAIN,
) -> Message:
    """Draw a company's portfolio, each chart a card of its own behind the first.

    `deals` are its own, newest first; `everyone`'s give its place in the league.
    """
    signed = agreed(deals)
    embed = Embed(
        title=escape(company),
        author=_place(company, everyone),
        colour=BLUE,
        description=join_lines([deal_line(deal, style=style) for deal in deals[:SHOWN]], MAX_DESCRIPTION),
        fields=tuple(_fields(company, deals, signed, now.date(), style)),
        footer=DISCLAIMER,
        timestamp=now,
        image=charts[0].filename if charts else None,
    )
    more = [Embed(title=chart.title, colour=BLUE, image=chart.filename) for chart in charts[1:]]
    files = (Attachment(filename=chart.filename, content=chart.png, alt=chart.alt) for chart in charts)
    first = fit(embed, beside=sum(map(length, more)))
    return Message(embeds=(first, *more), attachments=tuple(files))


def _place(company: str, everyone: Sequence[DealRecord]) -> str:
    rows = league(everyone)
    for at, row in enumerate(rows, 1):
        if row.company.casefold() == company.casefold():
            return f"number {at} of {plural(len(rows), 'miner')} by contracted megawatts"
    return "a tenant" if any(company.casefold() == (d.facts.customer or "").casefold() for d in everyone) else ""


def _fields(
    company: str, deals: Sequence[DealRecord], signed: Sequence[DealRecord], today: date, style: Style
) -> Iterator[Field]:
    power_words = [
        f"{power(mw, style=style)} {_BASIS_WORDS[basis]}" for basis in BASES if (mw := megawatts(signed, basis))
    ]
    value = sum(float(d.facts.value_usd) for d in signed if d.facts.value_usd is not None)
    yield Field(name="Agreed", value=plural(len(signed), "deal"))
    if power_words:
        yield Field(name="Contracted", value="\n".join(power_words))
    if stands := together(signed, today):
        order = [standing for standing in Standing if standing in stands]
        lines = [f"{power(stands[standing], style=style)} {WORDS[standing]}" for standing in order]
        yield Field(name="Of these", value="\n".join(lines))
    if value:
        yield Field(name="Stated value", value=short_money(value, style=style))
    talks, ended = (sum(d.facts.status in group for d in deals) for group in (RUMOURED, ENDED))
    if talks or ended:
        words = [f"{talks} in talk" if talks else "", f"{ended} ended" if ended else ""]
        yield Field(name="Beside these", value=", ".join(filter(None, words)))
    if tenants := _tenants(company, signed):
        yield Field(name="Tenants", value=join_lines(tenants, MAX_FIELD_VALUE), inline=False)
    moves = [
        line for deal in deals for line in reaction_lines(deal, style=style) if company.casefold() in line.casefold()
    ]
    if moves:
        yield Field(
            name="Share reactions, as reported",
            value=join_lines(list(dict.fromkeys(moves)), MAX_FIELD_VALUE),
            inline=False,
        )


def _tenants(company: str, signed: Sequence[DealRecord]) -> list[str]:
    own = [deal for deal in signed if (deal.facts.provider or "").casefold() == company.casefold()]
    shares = tenant_shares(own)
    total = sum(shares.values())
    top, _ = concentration(own)
    ranked = sorted(shares.items(), key=lambda item: -item[1])
    return [
        f"{'**' if name == top else ''}{escape(name)}{'**' if name == top else ''} {weight / total:.0%}"
        for name, weight in ranked
    ]


def as_known(message: Message, as_of: datetime | None) -> Message:
    """Say in the footer of which day's knowledge an answer is, where it is not of now."""
    if as_of is None:
        return message
    first, *rest = message.embeds
    return replace(message, embeds=(replace(first, footer=f"as known on {as_of:%Y-%m-%d} · {first.footer}"), *rest))


ORDERS = {"mw": "megawatts", "value": "value", "lease": "$/MW-year of leases", "cloud": "$/MW-year of cloud contracts"}


def league_message(
    deals: Sequence[DealRecord], *, order: str, now: datetime, chart: Chart | None = None, style: Style = PLAIN
) -> Message:
    """Draw the league in one of ORDERS; prices of leases and cloud contracts are never mixed."""
    rows = _ordered(league(deals), order)
    lines = [_line(at, row, order, style) for at, row in enumerate(rows, 1)]
    embed = Embed(
        title=f"{plural(len(rows), 'miner')} by {ORDERS[order]}" if rows else "No signed deal fits yet",
        colour=BLUE,
        description=join_lines(lines, MAX_DESCRIPTION)
        if lines
        else "The league needs signed deals that state megawatts, value and term.",
        footer=f"signed deals only; IT and gross megawatts are listed apart · {DISCLAIMER}",
        timestamp=now,
        image=chart.filename if chart else None,
    )
    files = (Attachment(filename=chart.filename, content=chart.png, alt=chart.alt),) if chart else ()
    return Message(embeds=(fit(embed),), attachments=files)


def _ordered(rows: Sequence[LeagueRow], order: str) -> list[LeagueRow]:
    if order == "value":
        return sorted((r for r in rows if r.value_usd), key=lambda r: -r.value_usd)
    if order in {"lease", "cloud"}:
        priced = [(price, row) for row in rows if (price := _price(row, order)) is not None]
        return [row for _, row in sorted(priced, key=lambda pair: -pair[0])]
    return [row for row in rows if row.total_mw]


def _price(row: LeagueRow, order: str) -> float | None:
    return row.lease_usd_per_mw_year if order == "lease" else row.cloud_usd_per_mw_year


def _line(at: int, row: LeagueRow, order: str, style: Style) -> str:
    price = _price(row, order) if order in {"lease", "cloud"} else None
    if price is None:
        return league_line(at, row, style=style)
    return f"{at}\\. **{escape(row.company)}** · {millions(price, style=style)} a MW-year"
