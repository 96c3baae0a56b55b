"""How an estimate looks in a terminal: the figures, what drives them, what is assumed. Works nothing out."""

from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.capacity import figures
from bot.capacity.compare import CROSSOVERS, Comparison
from bot.capacity.estimate import Estimate, Figure
from bot.capacity.figures import LABELS, amount

_BAR = 14
_TOP_DRIVERS = 6
_USE_NAMES = {"lease": "lease", "cloud": "GPU cloud", "mining": "bitcoin mining"}
_COLUMNS = {
    "mining_sunk": "mining, machines paid",
    "mining_new": "mining, new machines",
    "lease": "lease",
    "gpu_cloud": "GPU cloud",
}
_ROWS = {
    "revenue": "revenue a year",
    "cash_margin": "cash margin a year",
    "cash_margin_average": "cash margin, term average",
    "capex": "capex",
    "capital_charge": "capital charge a year",
    "after_capital": "left after capital charge",
    "after_capital_average": "left, term average",
}


def page(result: Estimate) -> RenderableType:
    """Lay out one estimate: figures, drivers, assumptions, warnings."""
    parts: list[RenderableType] = [_figures(result)]
    if result.headline and result.drivers:
        parts.append(_drivers(result))
    parts.append(_assumptions(result))
    parts += [Text(f"! {line}", style="yellow") for line in result.warnings]
    if result.missing:
        parts.append(Text(f"? to say more, give one of: {', '.join(result.missing)}", style="cyan"))
    parts.append(Text(f"model {result.model_version}, {result.draws:,} draws; not investment advice", style="dim"))
    return Group(*parts)


def change(base: Estimate, other: Estimate, text: str) -> RenderableType:
    """Show what a what-if changes: every figure whose median moves."""
    table = Table("figure", "before", "after", "change", title=f"What if {text}", title_justify="left", box=SIMPLE_HEAD)
    for name, before, after in _moved(base, other):
        moved = figures.change(before.p50, after.p50, after.unit)
        table.add_row(LABELS.get(name, name), amount(before.p50, before.unit), amount(after.p50, after.unit), moved)
    if not table.row_count:
        nothing = f"What if {text}: nothing of a {_USE_NAMES[base.use.value]} moves; --compare lays the three uses side by side."
        return Text(nothing, style="bold")
    warnings = [Text(f"! {line}", style="yellow") for line in other.warnings if line not in base.warnings]
    return Group(table, *warnings)


def comparison(found: Comparison, *, title: str = "The same megawatt in three uses") -> RenderableType:
    """Show the three uses side by side, at the base of every assumption with the 80 % range."""
    table = Table("$M per gross MW", title=title, title_justify="left", box=SIMPLE_HEAD)
    for column in _COLUMNS.values():
        table.add_column(column, justify="right")
    for name, label in _ROWS.items():
        table.add_row(label, *(_cell(found, use, name) for use in _COLUMNS))
    crossings = Table("crossover hashprice: where the …", "$/PH/day", "80 % range", box=SIMPLE_HEAD)
    for name, meaning in CROSSOVERS.items():
        figure = found.crossovers[name]
        crossings.add_row(meaning, f"{found.crossovers_base[name]:,.0f}", f"{figure.p10:,.0f} to {figure.p90:,.0f}")
    best = f"best on cash: {_COLUMNS[found.best_cash]}; after capital: {_COLUMNS[found.best_after_capital]}"
    warnings = [Text(f"! {line}", style="yellow") for line in found.warnings]
    return Group(table, crossings, Text(best, style="bold"), *warnings)


def _figures(result: Estimate) -> Table:
    title = f"{_USE_NAMES[result.use.value]}, as of {result.as_of.isoformat()}"
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("figure", min_width=23)
    for heading in ("10 %", "median", "90 %"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("from", no_wrap=True, min_width=7)
    for name, figure in result.figures.items():
        style = {"stated": "bold", "assumed": "dim"}.get(figure.origin.value, "")
        table.add_row(LABELS.get(name, name), *_range(figure), figure.origin.value, style=style)
    return table


def _range(figure: Figure) -> Iterator[str]:
    exact = figure.p10 == figure.p90
    yield "" if exact else amount(figure.p10, figure.unit)
    yield amount(figure.p50, figure.unit)
    yield "" if exact else amount(figure.p90, figure.unit)


def _drivers(result: Estimate) -> Table:
    headline = result.headline or ""
    unit = result.figures[headline].unit
    title = f"What moves {LABELS.get(headline, headline)} (top two: {result.top2_share:.0%} of the spread)"
    table = Table(
        "assumption", "at its low", "at its high", "", "share", title=title, title_justify="left", box=SIMPLE_HEAD
    )
    widest = max(driver.swing for driver in result.drivers)
    for driver in result.drivers[:_TOP_DRIVERS]:
        bar = "█" * max(1, round(_BAR * driver.swing / widest))
        ends = (amount(driver.result_low, unit), amount(driver.result_high, unit))
        table.add_row(driver.label, *ends, bar, f"{driver.variance_share:.0%}")
    return table


def _assumptions(result: Estimate) -> Table:
    table = Table(
        "assumed",
        "low",
        "base",
        "high",
        "unit",
        "as of",
        "grade",
        title="Assumptions",
        title_justify="left",
        box=SIMPLE_HEAD,
    )
    for row in result.assumptions.values():
        table.add_row(row.label, f"{row.low:g}", f"{row.base:g}", f"{row.high:g}", row.unit, row.as_of, row.grade)
    return table


def _cell(found: Comparison, use: str, name: str) -> str:
    if name not in found.base[use]:
        return ""
    figure = found.uses[use][name]
    middle = f"{found.base[use][name] / 1e6:,.2f}"
    return middle if figure.p10 == figure.p90 else f"{middle} ({figure.p10 / 1e6:,.2f} to {figure.p90 / 1e6:,.2f})"


def _moved(base: Estimate, other: Estimate) -> Iterator[tuple[str, Figure, Figure]]:
    for name, after in other.figures.items():
        before = base.figures.get(name)
        if before is not None and before.p50 != after.p50:
            yield name, before, after
