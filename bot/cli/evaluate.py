"""`market-pulse evaluate`: score the extractors on annotated articles."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.evaluation import Reads
    from bot.settings import Settings

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--split", type=click.Choice(["train", "dev", "test"]), help="Score one part of the corpus only.")
@click.option("--errors", is_flag=True, help="List each miss with its sentence and the rule that fired.")
@click.option("--diff", "baseline", type=_FILE, help="Print facts gained and lost since a run saved with --json.")
@click.option(
    "--explain",
    "explain_dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write an HTML page per wrong article.",
)
@click.option("--json", "as_json", is_flag=True, help="Print figures and facts as JSON.")
@click.option("--markdown", is_flag=True, help="Print the README's table: the extractors beside the plain ruler.")
@click.option("--readme", type=_FILE, help="Put that table between the markers of this README.")
@click.option("--stories", is_flag=True, help="Say how well the articles of one story come together as one deal.")
@click.option("--plain", is_flag=True, help="Score the plain ruler (names and regular expressions) instead.")
@click.option(
    "--hide-aliases", type=click.FloatRange(0, 1), default=0.0, help="Leave out this share of the company table."
)
@click.option("--write-floors", type=_FILE, help="Write each split's figures minus one point to this file.")
@click.pass_context
def evaluate(
    ctx: click.Context,
    *,
    path: Path,
    split: str | None,
    errors: bool,
    baseline: Path | None,
    explain_dir: Path | None,
    as_json: bool,
    markdown: bool,
    readme: Path | None,
    stories: bool,
    plain: bool,
    hide_aliases: float,
    write_floors: Path | None,
) -> None:
    """Score the extractors on annotated articles: a file or a folder of *.json in the schema of tests/corpus/README.md.

    Prints precision, recall and F1 of alerts, deals, reactions, roles and of every field, with counts.
    """
    from bot import evaluation
    from bot.cli import evaluate_view
    from bot.cli.context import settings_from, with_progress

    articles = evaluation.read_annotated(path, split=split)
    extractor = build_reader(settings_from(ctx), plain=plain, hidden=hide_aliases)
    run = evaluation.run_over(
        articles, extractor, counted=lambda all_of_them: with_progress(all_of_them, len(all_of_them), "reading")
    )
    if as_json:
        click.echo(json.dumps(run.to_json(), ensure_ascii=False, default=str))
    elif markdown or readme:
        evaluate_view.put_table(run, readme)
    else:
        evaluate_view.show_figures(run)
    if errors:
        evaluate_view.show_misses(run)
    if baseline:
        evaluate_view.show_change(run, baseline)
    if explain_dir:
        evaluate_view.write_pages(run, extractor, explain_dir)
    if stories:
        evaluate_view.show_stories(run)
        if errors:
            evaluate_view.show_confusions(run)
    if write_floors:
        evaluation.write_floors(write_floors, run.floors())


def build_reader(settings: "Settings", *, plain: bool, hidden: float) -> "Reads":
    """Return what is to be scored: the service's extractor, one with a thinned company table, or the plain ruler."""
    from bot.catalog import load_companies, load_gpu_models
    from bot.evaluation import hide_companies

    companies = hide_companies(load_companies(), hidden)
    if plain:
        from extractors.evaluate.baseline import PlainRuler

        return PlainRuler(companies=companies, gpus=load_gpu_models())
    if hidden:
        from bot.judgement_file import load_judgement
        from extractors.pipeline import Extractor

        return Extractor(
            companies=companies,
            gpus=load_gpu_models(),
            judgement=load_judgement(),
        )
    from bot.app import build_extractor

    return build_extractor(settings)
