"""What Datasette asks us while it draws: how a cell looks, which further pages there are, how wide a sentence may be."""

import importlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from bot.explore.cells import cell
from bot.explore.pages import charts_page, one_chart, start_page
from db.dictionary import Column

#: Long sentences wrap, instants do not.
_CSS = (
    "td { max-width: 34rem } td.col-sentence { min-width: 16rem }"
    " td[class*=_at], td.col-day, td[class*=_day], td.col-slug { white-space: nowrap }"
    " dl.start { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.4rem } dl.start dd { margin: 0 }"
    " figure { margin: 2rem 0 } figure img { max-width: 100%; height: auto }"
)

#: The explanations of forty columns would hide the rows; they unfold on demand.
_FOLD = (
    "const said = document.querySelector('dl.column-descriptions');"
    " if (said) { const fold = document.createElement('details');"
    " fold.innerHTML = '<summary>What the columns mean</summary>'; said.before(fold); fold.append(said); }"
)


def plugin(path: Path, columns: Sequence[Column], metadata: Mapping[str, Any]) -> ModuleType:
    """Build the plugin for one database file; Datasette takes plugins as modules."""
    units = {(column.table_name, column.column_name): column.unit for column in columns}
    # A query's columns belong to no view; a name means the same everywhere.
    by_name = {column.column_name: column.unit for column in reversed(columns) if column.unit}
    markup = importlib.import_module("markupsafe").Markup

    def render_cell(row: Any, value: object, column: str, table: str | None) -> Any:
        field = str(row["field"]) if column == "value" and "field" in row.keys() else None  # noqa: SIM118
        html = cell(column, value, units.get((table or "", column), by_name.get(column)), field=field)
        return None if html is None else markup(html)

    def register_routes() -> list[tuple[str, Any]]:
        return [
            (r"^/$", start_page(metadata)),
            (r"^/charts$", charts_page),
            (r"^/charts/(?P<name>[a-z]+)\.png$", one_chart(path)),
        ]

    def menu_links() -> list[dict[str, str]]:
        return [{"href": "/charts", "label": "Charts"}]

    def extra_body_script() -> str:
        return f"document.head.insertAdjacentHTML('beforeend', '<style>{_CSS}</style>'); {_FOLD}"

    module = ModuleType("market_pulse_pages")
    hook = importlib.import_module("datasette").hookimpl
    for function in (render_cell, register_routes, menu_links, extra_body_script):
        setattr(module, function.__name__, hook(function))
    return module
