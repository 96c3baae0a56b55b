"""Charts of the stored deals, one drawing code for bot, command line and reports.

`draw_chart(name, deals, …)` is the door; each module below draws one chart and imports matplotlib only then.
"""

import importlib
from collections.abc import Sequence
from datetime import datetime

from bot.charts.canvas import THEMES, Chart
from bot.errors import InputError
from db.records import DealRecord

#: name -> (module, what it shows)
CHARTS = {
    "timeline": ("timeline", "deals over time by value, lease and cloud"),
    "prices": ("prices", "US$ per MW-year by deal, lease and cloud apart"),
    "contracted": ("contracted", "contracted megawatts by miner"),
    "delivery": ("delivery", "contracted against energised megawatts by miner"),
    "reactions": ("reactions", "share moves reported beside deals"),
    "measured": ("measured", "share moves measured from closes, less those of peers"),
    "tenants": ("tenants", "how much rests on each tenant"),
}


def draw_chart(name: str, deals: Sequence[DealRecord], *, now: datetime, theme: str = "dark") -> Chart:
    """Draw one of CHARTS. Takes about half a second: call it off the event loop."""
    if name not in CHARTS:
        raise InputError(f"there is no chart {name!r}; choose one of {', '.join(CHARTS)}")
    if theme not in THEMES:
        raise InputError(f"there is no theme {theme!r}; choose one of {', '.join(THEMES)}")
    module = importlib.import_module(f"bot.charts.{CHARTS[name][0]}")
    chart: Chart = module.draw(deals, now=now, theme=THEMES[theme])
    return chart
