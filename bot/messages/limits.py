"""Discord's limits: making an embed fit them, and measuring a payload before it is sent.

Knows the numbers and nothing of what a message says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from bot.messages.markdown import shorten
from bot.messages.message import Embed

MAX_TITLE, MAX_DESCRIPTION, MAX_AUTHOR, MAX_FOOTER = 256, 4096, 256, 2048
MAX_FIELDS, MAX_FIELD_NAME, MAX_FIELD_VALUE = 25, 256, 1024
MAX_EMBEDS, MAX_TOTAL, MAX_CONTENT = 10, 6000, 2000
MAX_LABEL, MAX_CUSTOM_ID, MAX_ROWS = 80, 100, 5
MAX_FILES, MAX_FILE_BYTES = 10, 10 * 1024 * 1024
MAX_ALT, MAX_URL = 1024, 2048


def fit(embed: Embed, *, rest: str = "", beside: int = 0) -> Embed:
    """Shorten an embed to Discord's limits, on words.

    `rest` (a link to the whole) ends a description that was cut; `beside` counts the characters of the message's
    other embeds.
    """
    tail = f"… {rest}".rstrip()
    fields = tuple(
        replace(field, name=shorten(field.name, MAX_FIELD_NAME), value=shorten(field.value, MAX_FIELD_VALUE))
        for field in embed.fields
        if field.name and field.value
    )
    fitted = replace(
        embed,
        title=shorten(embed.title, MAX_TITLE),
        description=shorten(embed.description, MAX_DESCRIPTION, tail=tail),
        author=shorten(embed.author, MAX_AUTHOR),
        footer=shorten(embed.footer, MAX_FOOTER),
        fields=fields[:MAX_FIELDS],
    )
    return _fit_total(fitted, tail=tail, limit=MAX_TOTAL - beside)


def _fit_total(embed: Embed, *, tail: str, limit: int) -> Embed:
    excess = length(embed) - limit
    if excess > 0:
        room = max(len(tail) + 1, len(embed.description) - excess)
        embed = replace(embed, description=shorten(embed.description, room, tail=tail))
    while length(embed) > limit:  # the last fields matter least
        embed = replace(embed, fields=embed.fields[:-1])
    return embed


def length(embed: Embed) -> int:
    """Count the characters Discord counts towards the 6,000 of a message."""
    parts = [embed.title, embed.description, embed.author, embed.footer]
    return sum(map(len, parts)) + sum(len(field.name) + len(field.value) for field in embed.fields)


def breaches(body: Mapping[str, Any], *, file_sizes: tuple[int, ...] = ()) -> list[str]:
    """Measure a payload against Discord's limits; an empty list means it may be sent."""
    return list(_breaches(body, file_sizes))


def _breaches(body: Mapping[str, Any], file_sizes: tuple[int, ...]) -> Iterator[str]:
    embeds = body.get("embeds", [])
    if not (body.get("content") or embeds or file_sizes):
        yield "the message is empty"
    yield from _over("content", body.get("content", ""), MAX_CONTENT)
    if len(embeds) > MAX_EMBEDS:
        yield f"{len(embeds)} embeds, at most {MAX_EMBEDS}"
    total = 0
    for embed in embeds:
        texts = list(_embed_texts(embed))
        total += sum(len(text) for _, text, limit in texts if limit)
        for name, text, limit in texts:
            yield from _over(name, text, limit)
        yield from _field_faults(embed.get("fields", []))
    if total > MAX_TOTAL:
        yield f"the embeds hold {total} characters, at most {MAX_TOTAL}"
    yield from _component_faults(body.get("components", []))
    if len(file_sizes) > MAX_FILES:
        yield f"{len(file_sizes)} files, at most {MAX_FILES}"
    yield from (f"a file of {size} bytes, at most {MAX_FILE_BYTES}" for size in file_sizes if size > MAX_FILE_BYTES)


def _embed_texts(embed: Mapping[str, Any]) -> Iterator[tuple[str, str, int]]:
    yield "title", embed.get("title", ""), MAX_TITLE
    yield "description", embed.get("description", ""), MAX_DESCRIPTION
    yield "author", embed.get("author", {}).get("name", ""), MAX_AUTHOR
    yield "footer", embed.get("footer", {}).get("text", ""), MAX_FOOTER
    for field in embed.get("fields", []):
        yield "field name", field["name"], MAX_FIELD_NAME
        yield "field value", field["value"], MAX_FIELD_VALUE


def _field_faults(fields: list[Mapping[str, Any]]) -> Iterator[str]:
    if len(fields) > MAX_FIELDS:
        yield f"{len(fields)} fields, at most {MAX_FIELDS}"
    if any(not field["name"].strip() or not field["value"].strip() for field in fields):
        yield "a field is empty"


def _component_faults(rows: list[Mapping[str, Any]]) -> Iterator[str]:
    if len(rows) > MAX_ROWS:
        yield f"{len(rows)} rows of buttons, at most {MAX_ROWS}"
    for button in (button for row in rows for button in row["components"]):
        yield from _over("button label", button.get("label", ""), MAX_LABEL)
        yield from _over("custom_id", button.get("custom_id") or "", MAX_CUSTOM_ID)


def _over(name: str, text: str, limit: int) -> Iterator[str]:
    if len(text) > limit:
        yield f"{name} has {len(text)} characters, at most {limit}"
