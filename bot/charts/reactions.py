"""How shares moved on deals, as articles report it."""

from collections.abc import Sequence
from datetime import datetime
from statistics import median

from bot.charts.canvas import Caption, Chart, Theme, clipped, figure, finish, nothing
from bot.charts.signed_bars import ROW_IN, both_ends, draw_bars, in_words
from bot.messages.wording import SESSION_WORDS, signed_pct
from db.records import DealRecord

FILENAME = "reactions.png"


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
    shown = both_ends(moves)
    card, (axis,) = figure(caption, theme=theme, height_in=1.7 + ROW_IN * len(shown), left=0.34)
    draw_bars(axis, shown, theme=theme, unit="%")
    return finish(card, caption, filename=FILENAME, alt=f"Bars: {in_words(shown, unit='%')}")


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
