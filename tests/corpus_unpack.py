"""The way back: an annotated record as its authoring source, so that a committed article can be edited by hand.

Defaults are left out again where `corpus_markup` would fill in the same.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from extractors.closed_sets import QuantityKind

LETTERS = {
    QuantityKind.MONEY: "m",
    QuantityKind.POWER: "p",
    QuantityKind.TERM: "t",
    QuantityKind.PERCENT: "%",
    QuantityKind.GPU: "g",
    QuantityKind.DATE: "d",
}


def unpack(record: Mapping[str, Any]) -> str:
    """Return the authoring source of a record."""
    lines = [f"{key} = {_toml(record[key])}" for key in ("style", "split", "story", "published", "url") if record[key]]
    lines.append(f"title = {_toml(_marked(record, 'title'))}")
    if record["is_deal_article"] != bool(record["deals"]):
        lines.append(f"is_deal_article = {_toml(record['is_deal_article'])}")
    if record["carried"]:
        lines.append(f"carried = {_toml(record['carried'])}")
    for deal in record["deals"]:
        lines += ["[[deals]]", *_table(deal)]
    for move in record["reactions"]:
        lines += ["[[reactions]]", *_table(move)]
    return "\n".join([*lines, "---", _marked(record, "text"), ""])


def _table(entry: Mapping[str, Any]) -> Iterator[str]:
    for key, value in entry.items():
        if value is None or value == []:
            continue
        if key in ("announced_on", "delivery_start", "delivery_end"):
            yield f"{key} = {_toml(_date(value))}"
        elif key == "other_parties":
            others = [":".join((other["name"], other["role"])) for other in value]
            yield f"{key} = {_toml(others)}"
        else:
            yield f"{key} = {_toml(value)}"


def _date(date: Mapping[str, str]) -> str:
    year, month, day = date["date"].split("-")
    return {
        "year": year,
        "half": f"{year}-H{1 if int(month) < 7 else 2}",
        "quarter": f"{year}-Q{(int(month) + 2) // 3}",
        "month": f"{year}-{month}",
        "day": f"{year}-{month}-{day}",
    }[date["precision"]]


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _marked(record: Mapping[str, Any], where: str) -> str:
    text: str = record[where]
    marks = [quantity for quantity in record["quantities"] if quantity["in"] == where]
    for mark in sorted(marks, key=lambda quantity: -int(quantity["start"])):
        deal = "" if mark["deal"] is None else f":{mark['deal']}"
        tag = f"{LETTERS[QuantityKind(mark['kind'])]}:{mark['role']}{deal}"
        text = f"{text[: mark['start']]}[[{text[mark['start'] : mark['end']]}|{tag}]]{text[mark['end'] :]}"
    return text
