"""Pages of our own among Datasette's: the start with its questions, and the charts, drawn when they are looked at."""

import asyncio
import importlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bot.charts import CHARTS, draw_chart
from bot.clock import utc_now
from bot.explore.metadata import DATABASE, view_order
from db.canned_queries import QUERIES
from db.connection import open_database
from db.deals import DealFilter, list_deals

#: More deals than there will ever be.
_ALL = 1_000_000
#: matplotlib draws one picture at a time.
_DRAWING = asyncio.Lock()
_START = """
{% extends "base.html" %}
{% block title %}Market Pulse{% endblock %}
{% block content %}
<h1>Market Pulse</h1>
<p>{{ about }}</p>
<form action="/{{ database }}/search"><input type="search" name="words" placeholder="a company, a site, a word"
 aria-label="Search the deals"> <input type="submit" value="Search the deals"></form>
<h2>Questions</h2>
<dl class="start">{% for query in queries %}
<dt><a href="/{{ database }}/{{ query.key }}">{{ query.title }}</a></dt><dd>{{ query.description }}</dd>{% endfor %}
<dt><a href="/charts">Charts</a></dt><dd>{{ charts }}</dd></dl>
<h2>Everything, to filter and sort</h2>
<dl class="start">{% for view, said in views.items() %}
<dt><a href="/{{ database }}/{{ view }}">{{ view }}</a></dt><dd>{{ said }}</dd>{% endfor %}
<dt><a href="/{{ database }}">SQL</a></dt><dd>Ask with a query of your own; nothing can be changed.</dd></dl>
{% endblock %}
"""
_CHARTS = """
{% extends "base.html" %}
{% block title %}Market Pulse: charts{% endblock %}
{% block content %}
<h1>Charts</h1>
{% for name, words in charts.items() %}<figure><img src="/charts/{{ name }}.png" width="900" alt="{{ words }}">
<figcaption>{{ words }}</figcaption></figure>{% endfor %}
{% endblock %}
"""
View = Callable[..., Any]


def start_page(metadata: Mapping[str, Any]) -> View:
    """Return the view of the first page: what can be asked and what there is."""
    tables = metadata["databases"][DATABASE]["tables"]
    told_of = {name: about.get("description", "") for name, about in tables.items() if "columns" in about}
    views = dict(sorted(told_of.items(), key=lambda item: view_order(item[0])))

    async def view(datasette: Any, request: Any) -> Any:
        # The one that needs to be told which deal is reached from every deal's name.
        queries = [query for query in QUERIES if ":" not in query.sql]
        told = {"about": metadata["description"], "database": DATABASE, "queries": queries, "views": views}
        told["charts"] = "; ".join(words for _, words in CHARTS.values())
        return await _page(datasette, request, _START, told)

    return view


async def charts_page(datasette: Any, request: Any) -> Any:
    """Answer with the page that shows every chart."""
    words = {name: words for name, (_, words) in CHARTS.items()}
    return await _page(datasette, request, _CHARTS, {"charts": words})


async def _page(datasette: Any, request: Any, source: str, told: Mapping[str, Any]) -> Any:
    template = datasette.jinja_env.from_string(source)
    return _response().html(await datasette.render_template(template, dict(told), request=request))


def one_chart(path: Path) -> View:
    """Return the view that draws one chart of the database at `path`."""

    async def view(request: Any) -> Any:
        name = request.url_vars["name"]
        if name not in CHARTS:
            return _response().text("there is no such chart", status=404)
        async with _DRAWING:
            png = await asyncio.to_thread(_drawn, path, name)
        return _response()(body=png, content_type="image/png")

    return view


def _drawn(path: Path, name: str) -> bytes:
    db = open_database(path, read_only=True)
    try:
        deals = list_deals(db, DealFilter(limit=_ALL, alerting_only=True, brief=True, milestones=True))
    finally:
        db.close()
    return draw_chart(name, deals, now=utc_now(), theme="light").png


def _response() -> Any:
    return importlib.import_module("datasette").Response
