"""A name that leads to its address: a hyperlink where the terminal knows them, the address in full where none is."""

from rich.console import Console
from rich.style import Style
from rich.text import Text


def linked(name: str, url: str | None, console: Console) -> Text:
    """Write a name so that its address can be opened or copied; the name alone where there is no address."""
    if url is None:
        return Text(name, style="italic dim")
    if console.is_terminal:
        return Text(name, style=Style(italic=True, dim=True, underline=True, link=url))
    return Text(f"{name} {url}")
