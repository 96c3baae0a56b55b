"""How a value looks in a table: dollars and units in words, a deal's name and a proof as links. Pure; returns HTML."""

import json
from collections.abc import Callable, Mapping
from html import escape
from urllib.parse import quote, urlsplit

from bot.explore.metadata import DATABASE
from bot.messages.facts import claim_words
from bot.messages.markdown import is_web_link
from bot.messages.wording import PLAIN, money, number

#: Unit in the dictionary -> what stands behind the number.
_SUFFIXES = {
    "MW": " MW",
    "percent": "%",
    "percent a year": "% a year",
    "percentage points": " points",
    "years": " years",
    "hours": " h",
    "s": " s",
}


def cell(column: str, value: object, unit: str | None, *, field: str | None = None) -> str | None:
    """Return the HTML of a value, None where it stands as it is. `field` is what a claim's value is a value of."""
    if value is None or value == "":
        return None
    if field is not None:
        return f'<span title="{escape(str(value))}">{escape(claim_words(field, str(value), style=PLAIN))}</span>'
    if isinstance(value, bool | int | float):
        return _number(value, unit)
    write = _UNIT_TEXTS.get(unit or "") or _TEXTS.get(column)
    return write(str(value)) if write else None


def _deal(slug: str) -> str:
    return f'<a href="/{DATABASE}/deal?slug={quote(slug)}" title="what proves this deal">{escape(slug)}</a>'


def _proof(url: str) -> str | None:
    return _link(url, f"read it at {urlsplit(url).hostname or 'the source'}")


def _page(url: str) -> str | None:
    return _link(url, urlsplit(url).hostname or url)


def _number(value: float, unit: str | None) -> str | None:
    if unit == "0 or 1":
        return "yes" if value else "no"
    if unit is not None and unit.startswith("USD"):
        amount = money(value) if abs(value) >= 1000 else f"${number(value, decimals=2, keep_zeros=True)}"
        return f'<span title="{value:,}">{escape(amount)}</span>'
    if unit in _SUFFIXES:
        return f"{number(value, decimals=2)}{_SUFFIXES[unit]}"
    return None


def _link(url: str, label: str) -> str | None:
    if not is_web_link(url):
        return None
    return f'<a href="{escape(url)}" rel="noreferrer" title="{escape(url)}">{escape(label)}</a>'


def _listed(text: str) -> str | None:
    try:
        members = json.loads(text)
    except ValueError:
        return None
    return escape("; ".join(map(_member, members))) if isinstance(members, list) else None


def _member(member: object) -> str:
    if not isinstance(member, Mapping):
        return str(member)
    kind, name, away = (member.get(key) for key in ("kind", "name", "sessions_away"))
    when = "same day" if away == 0 else f"{away:+d} sessions" if isinstance(away, int) else ""
    return (
        f"{kind} {name}" + (f" ({when})" if when else "") if kind and name else json.dumps(member, ensure_ascii=False)
    )


def _moment(text: str) -> str:
    """Write an instant to the minute; everything in the file is UTC."""
    return f'<span title="{escape(text)}">{escape(text[:16].replace("T", " "))}</span>'


_UNIT_TEXTS: Mapping[str, Callable[[str], str | None]] = {"JSON list": _listed, "UTC": _moment}
_TEXTS: Mapping[str, Callable[[str], str | None]] = {"slug": _deal, "evidence_url": _proof, "url": _page}
