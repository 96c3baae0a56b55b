"""A Discord payload as HTML, as Discord shows it on its dark and its light ground.

Reads the very payload that is sent, with its files. Knows HTML; knows no deal.
"""

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from bot.messages.markdown import Line, Run, parse
from bot.messages.message import Message, payload

_CSS = Path(__file__).with_name("preview.css")
THEMES = ("dark", "light")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """One message with the caption that tells the viewer what it is."""

    caption: str
    message: Message


def page(previews: Sequence[Preview], *, title: str = "Market Pulse", themes: Sequence[str] = THEMES) -> str:
    """Return a whole HTML page that needs nothing else; each theme is a column."""
    columns = "".join(_column(previews, theme) for theme in themes)
    css = _CSS.read_text(encoding="utf-8")
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{css}</style><body>{columns}</body></html>"
    )


def _column(previews: Sequence[Preview], theme: str) -> str:
    parts = [f"<h2>{escape(preview.caption)}</h2>{message_html(preview.message)}" for preview in previews]
    return f'<section class="theme {theme}">{"".join(parts)}</section>'


def message_html(message: Message) -> str:
    """Return one message with the bot's face and name beside it."""
    body = payload(message)
    files = {file.filename: base64.b64encode(file.content).decode() for file in message.attachments}
    alts = {file.filename: file.alt for file in message.attachments}
    pictures = {name: f'<img src="data:image/png;base64,{files[name]}" alt="{escape(alts[name])}">' for name in files}
    inner = "".join(_parts(body, pictures))
    return (
        '<div class="message"><div class="face">MP</div><div><div class="name">Market Pulse<b>APP</b></div>'
        f"{inner}</div></div>"
    )


def _parts(body: Mapping[str, Any], pictures: Mapping[str, str]) -> Iterator[str]:
    if body.get("content"):
        yield f'<div class="content">{markdown(body["content"])}</div>'
    for embed in body.get("embeds", []):
        yield f'<div class="embed" style="--bar:#{embed.get("color", 0):06x}">{"".join(_card(embed, pictures))}</div>'
    shown = {embed.get("image", {}).get("url", "").removeprefix("attachment://") for embed in body.get("embeds", [])}
    yield from (picture for name, picture in pictures.items() if name not in shown)
    for row in body.get("components", []):
        yield f'<div class="buttons">{"".join(map(_button, row["components"]))}</div>'


def _card(embed: Mapping[str, Any], pictures: Mapping[str, str]) -> Iterator[str]:
    if "author" in embed:
        yield f'<div class="author">{escape(embed["author"]["name"])}</div>'
    if "title" in embed:
        title = markdown(embed["title"], links=False)
        yield f'<div class="title">{_linked(title, embed.get("url"))}</div>'
    if "description" in embed:
        yield f'<div class="description">{markdown(embed["description"])}</div>'
    if embed.get("fields"):
        yield f'<div class="fields">{"".join(_fields(embed["fields"]))}</div>'
    if "image" in embed:
        yield pictures.get(embed["image"]["url"].removeprefix("attachment://"), "")
    yield f'<div class="footer">{" • ".join(_footer(embed))}</div>'


def _footer(embed: Mapping[str, Any]) -> Iterator[str]:
    if "footer" in embed:
        yield escape(embed["footer"]["text"])
    if "timestamp" in embed:
        yield f"{datetime.fromisoformat(embed['timestamp']):%d/%m/%Y %H:%M}"


def _fields(fields: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Lay inline fields three to a row; Discord gives two of a row half the width each."""
    for inline, group in groupby(fields, key=lambda field: bool(field.get("inline"))):
        run = list(group)
        for at in range(0, len(run), 3 if inline else 1):
            row = run[at : at + 3] if inline else run[at : at + 1]
            width = f" c{len(row)}" if len(row) > 1 else ""
            yield from (_field(field, width) for field in row)


def _field(field: Mapping[str, Any], width: str) -> str:
    key, value = markdown(field["name"], links=False), markdown(field["value"])
    return f'<div class="field{width}"><div class="key">{key}</div>{value}</div>'


def _button(button: Mapping[str, Any]) -> str:
    face = f'<span class="button s{button["style"]}">{escape(button["label"])}</span>'
    return _linked(face, button.get("url"))


def markdown(text: str, *, links: bool = True) -> str:
    """Turn Discord's markdown into HTML."""
    lines = parse(text)
    blocks = []
    for quoted, group in groupby(lines, key=lambda line: line.quoted):
        inner = "".join(_line(line, links=links) for line in group)
        blocks.append(f'<div class="quote">{inner}</div>' if quoted else inner)
    return "".join(blocks)


def _line(line: Line, *, links: bool) -> str:
    look = "small" if line.small else f"h{line.heading}" if line.heading else "item" if line.item else "line"
    inner = "".join(_run(run, links=links) for run in line.runs) or "&nbsp;"
    return f'<div class="{look}">{inner}</div>'


def _run(run: Run, *, links: bool) -> str:
    html = escape(run.text)
    for wanted, tag in ((run.code, "code"), (run.bold, "strong"), (run.italic, "em"), (run.struck, "s")):
        html = f"<{tag}>{html}</{tag}>" if wanted else html
    return _linked(html, run.url) if links else html


def _linked(html: str, url: str | None) -> str:
    return f'<a href="{escape(url)}">{html}</a>' if url else html
