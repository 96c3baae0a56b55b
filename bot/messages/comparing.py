"""Two deals side by side; figures that do not compare are shown but never set against each other. Pure."""

from collections.abc import Iterator

from bot.messages.facts import fact_fields
from bot.messages.headline import headline
from bot.messages.league import Price, price
from bot.messages.limits import MAX_FIELD_VALUE, fit
from bot.messages.markdown import escape, join_lines
from bot.messages.message import Embed, Field, Message
from bot.messages.render import BLUE, DISCLAIMER
from bot.messages.wording import PLAIN, TYPE_WORDS, Style, millions
from db.records import DealRecord
from extractors.closed_sets import CapacityKind

_BASES = {CapacityKind.IT: "critical IT", CapacityKind.GROSS: "gross", CapacityKind.UNSPECIFIED: "basis not said"}


def comparison_card(one: DealRecord, other: DealRecord, *, style: Style = PLAIN) -> Message:
    """Draw two deals fact by fact, and what their prices say of each other."""
    embed = Embed(
        title="Two deals side by side",
        colour=BLUE,
        description=f"**A** {escape(headline(one, style=style))}\n**B** {escape(headline(other, style=style))}",
        fields=tuple(_fields(one, other, style)),
        footer=DISCLAIMER,
    )
    return Message(embeds=(fit(embed),))


def _fields(one: DealRecord, other: DealRecord, style: Style) -> Iterator[Field]:
    ours, theirs = ({f.name: f.value for f in fact_fields(deal.facts, style=style)} for deal in (one, other))
    for name in dict.fromkeys([*ours, *theirs]):
        lines = [
            f"A {ours.get(name, 'not stated')}".replace("\n", ", "),
            f"B {theirs.get(name, 'not stated')}".replace("\n", ", "),
        ]
        yield Field(name=name, value=join_lines(lines, MAX_FIELD_VALUE), inline=name != "Also involved")
    yield Field(name="Price of a MW-year", value=_prices(one, other, style), inline=False)


def _prices(one: DealRecord, other: DealRecord, style: Style) -> str:
    first, second = price(one), price(other)
    if first is None or second is None:
        lacking = " and ".join(name for name, found in (("A", first), ("B", second)) if found is None)
        return f"Not compared: {lacking} does not state a committed value, megawatts and term together."
    said = f"A {_said(first, style)}\nB {_said(second, style)}"
    if one.facts.deal_type is not other.facts.deal_type:
        kinds = " and ".join(TYPE_WORDS[deal.facts.deal_type] for deal in (one, other))
        return f"{said}\nNot set against each other: {kinds} sell different things."
    if first.basis is not second.basis:
        return f"{said}\nNot set against each other: the megawatts are on different bases."
    ratio = first.usd_per_mw_year / second.usd_per_mw_year
    dearer, times = ("A", ratio) if ratio >= 1 else ("B", 1 / ratio)
    return f"{said}\n{dearer} is {times:.2f} times as dear." if times >= 1.005 else f"{said}\nThe same price."


def _said(found: Price, style: Style) -> str:
    return f"{millions(found.usd_per_mw_year, style=style)} ({_BASES[found.basis]})"
