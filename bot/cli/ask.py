"""`market-pulse ask`: answer a question in plain words from the stored deals."""

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from bot.cli.desk import Day, desk, end_of
from bot.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from bot.ask.answers import Answer


@click.command()
@click.argument("question", nargs=-1, required=True)
@click.option("--as-of", "as_of", type=Day(), help="As known at the end of that day.")
@click.option("--json", "as_json", is_flag=True, help="The answer, its deals and its sentences as JSON.")
@click.pass_context
def ask(ctx: click.Context, question: tuple[str, ...], as_of: str | None, as_json: bool) -> None:
    """Answer a question in plain words from the stored deals, each fact with its sentence.

    \b
    market-pulse ask how much is the IREN deal with Microsoft worth
    market-pulse ask "largest leases by MW this year"
    market-pulse ask "who are TeraWulf's tenants?"
    """
    from bot.ask.stored import answer_stored
    from bot.cli.context import console

    text = " ".join(question).strip()
    if not text:
        raise InputError("give a question, such as: market-pulse ask how large is the IREN deal with Microsoft")
    with desk(ctx) as db:
        said = answer_stored(db, text, now=datetime.now(UTC), as_of=end_of(as_of))
    if as_json:
        click.echo(json.dumps(answer_to_json(said), ensure_ascii=False))
    else:
        show_answer(said, console())


def answer_to_json(said: "Answer") -> dict[str, Any]:
    """Return an answer as plain values."""
    return {
        "answered": said.answered,
        "text": said.text,
        "understood": said.understood,
        "lines": list(said.lines),
        "deals": [deal.slug for deal in said.deals],
        "citations": [{"sentence": c.sentence, "publisher": c.publisher, "url": c.url} for c in said.citations],
    }


def show_answer(said: "Answer", console: "Console") -> None:
    """Print an answer for a person."""
    from rich.padding import Padding
    from rich.text import Text

    from bot.cli.linked import linked

    console.print(Text(said.text, style="bold"))
    for line in said.lines:
        console.print(Padding(Text(line), (0, 0, 0, 2), expand=False))
    for cite in said.citations:
        proof = Text.assemble(("“", "dim"), cite.sentence, ("” ", "dim"), linked(cite.publisher, cite.url, console))
        console.print(Padding(proof, (0, 0, 0, 2), expand=False))
    if said.understood:
        console.print(Text(f"understood as: {said.understood}", style="dim"))
