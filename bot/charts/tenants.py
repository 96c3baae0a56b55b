"""How much of what is contracted rests on each tenant."""

from collections.abc import Sequence
from datetime import datetime

from bot.charts.canvas import Caption, Chart, Theme, clipped, figure, finish, nothing
from bot.messages.league import agreed, tenant_shares
from bot.messages.wording import plural, power, short_money
from db.records import DealRecord

FILENAME = "tenants.png"
ROWS = 8


def draw(deals: Sequence[DealRecord], *, now: datetime, theme: Theme) -> Chart:
    """Draw each tenant's share; the lesser ones are gathered in one bar, those without a name in another."""
    found = [deal for deal in agreed(deals) if deal.facts.customer]
    shares = sorted(tenant_shares(found).items(), key=lambda item: -item[1])
    if not shares:
        what = "No signed deal names its tenant together with a value or megawatts."
        return nothing(what, drawn_at=now, theme=theme, filename=FILENAME)
    in_dollars = all(deal.facts.value_usd is not None for deal in found)
    rest = sum(weight for _, weight in shares[ROWS:])
    nameless = [deal for deal in agreed(deals) if not deal.facts.customer]
    hidden = sum(_weight(deal, in_dollars=in_dollars) for deal in nameless)
    gathered = [(f"{len(shares) - ROWS} others", rest), ("tenants not named", hidden)]
    rows = shares[:ROWS] + [(name, weight) for name, weight in gathered if weight]
    total = sum(weight for _, weight in rows)
    caption = Caption(
        title=f"{shares[0][0]} stands for {shares[0][1] / total:.0%} of what miners have contracted",
        unit=f"Share of {'the stated value' if in_dollars else 'the stated megawatts'} of signed deals",
        note=_note(found + nameless, in_dollars=in_dollars),
        drawn_at=now,
    )
    card, (axis,) = figure(caption, theme=theme, height_in=1.9 + 0.36 * len(rows), left=0.24)
    values = [weight / total * 100 for _, weight in rows]
    axis.barh(range(len(rows)), values, color=[theme.cloud] * len(shares[:ROWS]) + [theme.other] * 2, height=0.62)
    axis.set_yticks(range(len(rows)), [clipped(name) for name, _ in rows], fontsize=10.5)
    axis.set_ylim(len(rows) - 0.4, -0.6)
    axis.set_xlim(0, max(values) * 1.35)
    axis.xaxis.set_visible(False)
    axis.grid(visible=False)
    said = [short_money(weight) if in_dollars else power(weight) for _, weight in rows]
    for at, value in enumerate(values):
        axis.text(value, at, f" {value:.0f}%  {said[at]}", va="center", color=theme.ink, fontsize=10)
    alt = "Bars: " + "; ".join(f"{name} {value:.0f}%" for (name, _), value in zip(rows, values, strict=True))
    return finish(card, caption, filename=FILENAME, alt=alt)


def _weight(deal: DealRecord, *, in_dollars: bool) -> float:
    return float((deal.facts.value_usd if in_dollars else deal.facts.capacity_mw) or 0)


def _note(deals: Sequence[DealRecord], *, in_dollars: bool) -> str:
    """Say how the shares are counted and how many deals could not be."""
    why = "" if in_dollars else "By megawatts, because not every deal states a value; IT and gross are mixed. "
    silent = sum(not _weight(deal, in_dollars=in_dollars) for deal in deals)
    left_out = f"{plural(silent, 'deal')} that {'state' if silent > 1 else 'states'} none left out." if silent else ""
    return f"{why}{left_out}".strip()
