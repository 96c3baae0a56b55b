"""How `market-pulse evaluate` shows a run: the table, the misses, a comparison, pages of the wrong articles."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.errors import InputError

if TYPE_CHECKING:
    from bot.evaluation import Reads, Run

#: The table is not broken by a narrow terminal or a pipe.
_TABLE_WIDTH = 110


def show_figures(run: "Run") -> None:
    """Print every figure, grouped, with the counts behind it."""
    from rich.console import Console
    from rich.table import Table

    from extractors.evaluate.report import label_of

    table = Table(title=f"{len(run.articles)} articles", box=None, pad_edge=False)
    table.add_column("", no_wrap=True)
    for column in ("precision", "recall", "F1", "right", "tp", "fp", "fn"):
        table.add_column(column, justify="right", no_wrap=True)
    for figure in run.figures():
        counts = figure.counts
        rates = [f"{rate:.3f}" if counts.stated else "" for rate in (counts.precision, counts.recall, counts.f1)]
        right = f"{figure.accuracy:.3f} ({figure.right}/{figure.total})" if figure.total else ""
        table.add_row(label_of(figure), *rates, right, str(counts.tp), str(counts.fp), str(counts.fn))
    console = Console()
    console.width = max(console.width, _TABLE_WIDTH)
    console.print(table)


def show_misses(run: "Run") -> None:
    """Print each miss with its sentence and rule."""
    for miss in run.misses():
        click.echo(str(miss))


def put_table(run: "Run", readme: Path | None) -> None:
    """Print the README's table, or put it between the README's markers."""
    from bot.evaluation import put_into_readme, readme_table

    table = readme_table(run)
    if readme is None:
        click.echo(table, nl=False)
        return
    readme.write_text(put_into_readme(readme.read_text("utf-8"), table), encoding="utf-8")
    click.echo(f"{readme} brought up to date", err=True)


def show_change(run: "Run", baseline: Path) -> None:
    """Print the facts gained (+) and lost (-) since a saved run."""
    from extractors.evaluate import compare_runs

    try:
        before = json.loads(baseline.read_text("utf-8"))["facts"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{baseline} is no saved run; save one with: market-pulse evaluate PATH --json > FILE"
        ) from error
    change = compare_runs(before, json.loads(json.dumps(run.to_json(), default=str))["facts"])
    for line in change.gained:
        click.echo(f"+ {line}")
    for line in change.lost:
        click.echo(f"- {line}")
    click.echo(f"{len(change.gained)} gained, {len(change.lost)} lost")


def write_pages(run: "Run", extractor: "Reads", folder: Path) -> None:
    """Write an HTML page for each article with a miss, showing what was read and why."""
    from bot.messages.explain_page import page_of

    explain = getattr(extractor, "explain", None)
    if explain is None:
        raise InputError("the plain ruler explains nothing; leave out --plain or --explain")
    folder.mkdir(parents=True, exist_ok=True)
    wrong = {miss.verdict.article for miss in run.misses()}
    for annotated in run.articles:
        if annotated.article.id in wrong:
            page = page_of([(annotated.article, explain(annotated.article))])
            (folder / f"{annotated.article.id}.html").write_text(page, encoding="utf-8")
    click.echo(f"{len(wrong)} pages written to {folder}", err=True)


def show_stories(run: "Run") -> None:
    """Print how well mentions come together as deals, in all and per story, as annotated and as extracted."""
    from rich.console import Console
    from rich.table import Table

    from bot.evaluation import story_results

    annotated, extracted = story_results(run)
    table = Table(title="stories: B-cubed F1 of mention > deal (deals told > deals made)", box=None, pad_edge=False)
    for column in ("story", "articles", "as annotated", "as extracted"):
        table.add_column(column, no_wrap=True)
    for one, other in zip(annotated.stories, extracted.stories, strict=True):
        cells = [f"{s.score.f1:.3f} ({s.identities} > {s.deals})" for s in (one, other)]
        table.add_row(one.story, str(one.articles), *cells)
    Console(width=_TABLE_WIDTH).print(table)
    for words, result in (("as annotated", annotated), ("as extracted", extracted)):
        score = result.score
        click.echo(
            f"{words}: precision {score.precision:.3f}, recall {score.recall:.3f}, B-cubed F1 {score.f1:.3f} over"
            f" {score.mentions} mentions; {result.background_deals} deals made by background mentions"
        )


def show_confusions(run: "Run") -> None:
    """Print which deals mix what is not one, and which lie apart, of the annotated mentions."""
    from bot.evaluation import story_results

    for confusion in story_results(run)[0].confusions:
        parts = "; ".join(f"{part} ({', '.join(told)})" for part, told in confusion.parts)
        click.echo(f"{confusion.what}: {parts}")
