"""`market-pulse demo`: watch a full round on bundled sample feeds."""

from pathlib import Path

import click


@click.command()
@click.option(
    "--out",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo-output"),
    show_default=True,
    help="Folder for the demo's database and chart.",
)
@click.pass_context
def demo(ctx: click.Context, folder: Path) -> None:
    """Watch a full round on bundled sample feeds: no network, no settings, no Discord needed.

    A server on this machine publishes about thirty sample articles in four feed formats. The real collector fetches
    them, the extractors read them, and you see each alert as its Discord message would look, the digest, an answered
    question, an estimate and a chart. A second round proves that nothing alerts twice.
    """
    import asyncio

    from rich.console import Console

    from bot.cli.context import settings_from
    from bot.demo import run_demo
    from bot.errors import InputError

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder} cannot be made ({error.strerror}); choose another folder with --out") from error
    if not asyncio.run(run_demo(settings_from(ctx), folder, Console())):
        click.echo(
            "market-pulse: the demo did not come out as it must; please report this with the lines above", err=True
        )
        ctx.exit(1)
