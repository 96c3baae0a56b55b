"""How much of what is contracted rests on each tenant."""

from collections.abc import Sequence
from datetime import datetime

from bot.charts.canvas import Caption, Chart, Theme, clipped, figure, finish, nothing
from bot.messages.league import agreed, tenant_shares
from bot.messages.wording import power, short_money
from db.records import DealRecord

FILENAME = "tenants.png"
ROWS = 8


def draw(deals: Sequence[DealRecord], *, now: datetime, theme: Theme) -> Chart:
    """Draw each tenant's share, the rest gathered in one bar."""
    found = [deal for deal in agreed(deals) if deal.facts.customer]
    shares = sorted(tenant_shares(found).items(), key=lambda item: -item[1])
    if not shares:
        what = "No signed deal names its tenant together with a value or megawatts."
        return nothing(what, drawn_at=now, theme=theme, filename=FILENAME)
    in_dollars = all(deal.facts.value_usd is not None for deal in found)
    rest = sum(weight for _, weight in shares[ROWS:])
    rows = shares[:ROWS] + ([(f"{len(shares) - ROWS} others", rest)] if rest else [])
    total = sum(weight for _, weight in shares)
    caption = Caption(
        title=f"{shares[0][0]} stands for {shares[0][1] / total:.0%} of what miners have contracted with AI tenants",
        unit=f"Share of {'the stated value' if in_dollars else 'the stated megawatts'} of signed deals",
        note="" if in_dollars else "By megawatts, because not every deal states a value; IT and gross are mixed.",
        drawn_at=now,
    )
    card, (axis,) = figure(caption, theme=theme, height_in=1.9 + 0.36 * len(rows), left=0.24)
    values = [weight / total * 100 for _, weight in rows]
    axis.barh(range(len(rows)), values, color=[theme.cloud] * min(len(rows), ROWS) + [theme.other], height=0.62)
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
