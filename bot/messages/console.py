"""A Discord payload on the terminal, as Discord would show it: coloured bar, headline, fields in columns, buttons.

Reads the very payload that is sent. Knows rich; knows no deal.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any

from rich import box
from rich.align import Align
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.messages.markdown import Line, Run, parse

#: Only the left edge is drawn, in the embed's colour.
BAR = box.Box("▌   \n▌   \n▌   \n▌   \n▌   \n▌   \n▌   \n▌   \n")
QUOTE = box.Box("    \n▎   \n    \n▎   \n    \n    \n▎   \n    \n")
COLUMNS = 3
WIDTH = 92


def show(payload: Mapping[str, Any], console: Console) -> None:
    """Print one message."""
    console.print(rendering(payload, width=min(WIDTH, console.width)))


def rendering(payload: Mapping[str, Any], *, width: int = WIDTH) -> RenderableType:
    """Return one message as something rich can print."""
    parts: list[RenderableType] = []
    if payload.get("content"):
        parts.append(markdown(payload["content"]))
    parts.extend(_card(embed, payload, width) for embed in payload.get("embeds", []))
    parts.extend(Padding(_buttons(row["components"]), (0, 0, 0, 1)) for row in payload.get("components", []))
    return Group(*parts, Text())


def _card(embed: Mapping[str, Any], payload: Mapping[str, Any], width: int) -> RenderableType:
    colour = f"#{embed.get('color', 0x888888):06x}"
    body = Group(*_card_parts(embed, payload))
    return Align.left(Panel(body, box=BAR, border_style=colour, padding=(0, 1), width=width))


def _card_parts(embed: Mapping[str, Any], payload: Mapping[str, Any]) -> Iterator[RenderableType]:
    if "author" in embed:
        yield Text(embed["author"]["name"], style="bold dim")
    if "title" in embed:
        # Blue means "opens something" on Discord; a title without an address is plain.
        style = Style(bold=True, color="bright_blue", link=embed["url"]) if "url" in embed else Style(bold=True)
        yield Text.assemble((markdown(embed["title"]).plain, style))
    if "description" in embed:
        yield _blocks(embed["description"])
    yield from _fields(embed.get("fields", []))
    if "image" in embed:
        yield Padding(_picture(embed["image"]["url"], payload), (1, 0, 0, 0))
    footer = " · ".join(_footer_parts(embed))
    if footer:
        yield Padding(Text(footer, style="dim"), (1, 0, 0, 0))


def _picture(url: str, payload: Mapping[str, Any]) -> Text:
    name = url.removeprefix("attachment://")
    alts = {file["filename"]: file.get("description", "") for file in payload.get("attachments", [])}
    return Text.assemble(("▣ ", "bold"), (name, "bold"), (f"  {alts.get(name, '')}", "italic dim"))


def _footer_parts(embed: Mapping[str, Any]) -> Iterator[str]:
    if "footer" in embed:
        yield embed["footer"]["text"]
    if "timestamp" in embed:
        yield f"{datetime.fromisoformat(embed['timestamp']):%d %b %Y %H:%M %Z}"


def _fields(fields: list[Mapping[str, Any]]) -> Iterator[RenderableType]:
    for inline, group in groupby(fields, key=lambda field: bool(field.get("inline"))):
        if inline:
            yield Padding(_columns(list(group)), (1, 0, 0, 0))
        else:
            yield from (Padding(_field(field), (1, 0, 0, 0)) for field in group)


def _columns(fields: list[Mapping[str, Any]]) -> Table:
    table = Table.grid(padding=(0, 2, 1, 0), expand=True)
    for _ in range(COLUMNS):
        table.add_column(ratio=1)
    for at in range(0, len(fields), COLUMNS):
        table.add_row(*[_field(field) for field in fields[at : at + COLUMNS]])
    return table


def _field(field: Mapping[str, Any]) -> Text:
    return Text("\n").join([Text(markdown(field["name"]).plain, style="bold"), markdown(field["value"])])


def _buttons(buttons: list[Mapping[str, Any]]) -> Text:
    labels = [Text(f" {button['label']}{' ↗' if 'url' in button else ''} ", style="on grey30") for button in buttons]
    return Text("  ").join(labels)


def markdown(text: str) -> Text:
    """Turn Discord's markdown into styled text."""
    return Text("\n").join([_line(line) for line in parse(text)])


def _blocks(text: str) -> Group:
    """Keep a quotation's bar on every line it wraps to."""
    parts: list[RenderableType] = []
    for quoted, group in groupby(parse(text), key=lambda line: line.quoted):
        body = Text("\n").join([_line(replace(line, quoted=False)) for line in group])
        above = Padding(body, (0 if parts else 1, 0, 0, 0))
        parts.append(Panel(body, box=QUOTE, border_style="dim", padding=(0, 0, 0, 1)) if quoted else above)
    return Group(*parts)


def _line(line: Line) -> Text:
    head = ("▎ " if line.quoted else "") + ("• " if line.item else "")
    body = Text.assemble(*[(run.text, _style(run)) for run in line.runs])
    if line.small:
        body.stylize("dim")
    if line.heading:
        body.stylize("bold")
    return Text.assemble((head, "dim"), body)


def _style(run: Run) -> Style:
    return Style(
        bold=run.bold or None,
        italic=run.italic or None,
        strike=run.struck or None,
        reverse=run.code or None,
        color="bright_blue" if run.url else None,
        link=run.url,
    )
