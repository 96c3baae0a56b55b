"""How shares moved on deals, as articles report it."""

from collections.abc import Sequence
from datetime import datetime
from statistics import median

from bot.charts.canvas import Caption, Chart, Theme, clipped, figure, finish, nothing
from bot.messages.wording import SESSION_WORDS, signed_pct
from db.records import DealRecord

FILENAME = "reactions.png"
ROWS = 16


def draw(deals: Sequence[DealRecord], *, now: datetime, theme: Theme) -> Chart:
    """Draw each deal-related move once per company and window, largest rise first."""
    moves = _moves(deals)
    if not moves:
        what = "No article reports a share move in percent beside a stored deal."
        return nothing(what, drawn_at=now, theme=theme, filename=FILENAME)
    middle = median(pct for _, pct in moves)
    rose = sum(pct > 0 for _, pct in moves)
    title = f"Shares rose in {rose} of {len(moves)} reported moves; median {middle:+.0f}%"
    caption = Caption(
        title=title,
        unit="Percent, as reported; windows differ and are named",
        note="Reported by articles, not computed from prices; same-day news of other kinds is not removed.",
        drawn_at=now,
    )
    shown = sorted(moves, key=lambda item: -item[1])
    if len(shown) > ROWS:  # both ends tell more than the middle
        shown = shown[: ROWS // 2] + shown[-ROWS // 2 :]
    card, (axis,) = figure(caption, theme=theme, height_in=1.7 + 0.42 * len(shown), left=0.34)
    values = [pct for _, pct in shown]
    axis.barh(range(len(shown)), values, color=[theme.up if v >= 0 else theme.down for v in values], height=0.62)
    axis.axvline(0, color=theme.faint, linewidth=1)
    axis.set_yticks(range(len(shown)), [name for name, _ in shown], fontsize=9.5)
    axis.set_ylim(len(shown) - 0.4, -0.6)
    reach = max(map(abs, values)) * 0.25
    axis.set_xlim(min(0, min(values) - reach), max(0, max(values) + reach))
    axis.xaxis.set_visible(False)
    axis.grid(visible=False)
    for at, value in enumerate(values):
        axis.text(
            value, at, f" {value:+g}% ", va="center", ha="left" if value >= 0 else "right", color=theme.ink, fontsize=10
        )
    told = "; ".join(f"{name} {value:+g}%" for name, value in shown).replace("\n", ", ")
    return finish(card, caption, filename=FILENAME, alt=f"Bars: {told}")


def _moves(deals: Sequence[DealRecord]) -> list[tuple[str, float]]:
    found: dict[str, float] = {}
    for deal in deals:
        for reported in deal.reactions:
            reaction = reported.reaction
            pct = signed_pct(reaction)
            if pct is None or not reaction.deal_related:
                continue
            window = SESSION_WORDS[reaction.session] or "window not said"
            on = f"{reported.published_at:%b %Y}, " if reported.published_at else ""
            found.setdefault(f"{clipped(reaction.company, 24)}\n{on}{window}", pct)
    return list(found.items())
