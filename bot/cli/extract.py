"""`market-pulse extract`: read articles and print the deals they state."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from bot.errors import InputError, MarketPulseError
from extractors.models import Article, Extraction


@click.command()
@click.argument("sources", nargs=-1, metavar="[FILE|URL]...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, in input order.")
@click.option(
    "--explain",
    "explain_path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write an HTML page that colours every quantity and company by its role and says why.",
)
@click.pass_context
def extract(ctx: click.Context, sources: tuple[str, ...], as_json: bool, explain_path: Path | None) -> None:
    """Read articles and print the deals they state, each fact with its sentence.

    Give text, HTML or JSON files or addresses; without any, articles are read as JSON lines from standard input
    ({"id", "title", "text", "published", "url"}, all but "text" optional). A source that cannot be read is named on
    standard error, the others are still printed, and the exit code is 2.
    """
    from bot.app import build_extractor
    from bot.cli.context import settings_from

    settings = settings_from(ctx)
    if not sources and sys.stdin.isatty():
        raise InputError("give a file or an address, or pipe articles as JSON lines (see market-pulse extract --help)")
    extractor = build_extractor(settings)
    failures, explained = 0, []
    for item in _articles(sources, ctx):
        if isinstance(item, MarketPulseError):
            click.echo(f"market-pulse: {item}", err=True)
            failures += 1
            continue
        extraction = extractor.extract(item)
        _print(item, extraction, as_json=as_json, with_text=bool(sources))
        if explain_path:
            explained.append((item, extractor.explain(item)))
    if explain_path and explained:
        from bot.messages.explain_page import page_of

        explain_path.write_text(page_of(explained), encoding="utf-8")
        click.echo(f"written to {explain_path}", err=True)
    if failures:
        ctx.exit(InputError.exit_code)


def _articles(sources: tuple[str, ...], ctx: click.Context) -> Iterator[Article | MarketPulseError]:
    from bot.inputs import articles_from_lines

    if not sources:
        yield from articles_from_lines(_standard_input())
    for source in sources:
        try:
            yield from _read_source(source, ctx)
        except MarketPulseError as error:
            yield error


def _standard_input() -> Iterator[str]:
    """Yield the lines of standard input as UTF-8, whatever the locale says."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", errors="replace")


def _read_source(source: str, ctx: click.Context) -> Iterator[Article]:
    from bot.inputs import articles_from_file

    if source.startswith(("http://", "https://")):
        from bot.app import fetch_article
        from bot.cli.context import settings_from

        return iter([fetch_article(source, settings_from(ctx))])
    return articles_from_file(Path(source))


def _print(article: Article, extraction: Extraction, *, as_json: bool, with_text: bool) -> None:
    if as_json:
        from extractors.record import extraction_to_json

        record = extraction_to_json(extraction, article=article if with_text else None)
        click.echo(json.dumps(record, ensure_ascii=False))
        return
    from bot.cli.extract_view import show_extraction

    show_extraction(article, extraction)
