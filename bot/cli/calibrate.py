"""`market-pulse calibrate`: predict known deals from their other facts and print the error."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from bot.errors import ConfigError, InputError

if TYPE_CHECKING:
    from bot.capacity.calibration import Case, Score


@click.command()
@click.option("--stored/--bundled", default=None, help="Use only the deals of the database, or only the bundled ones.")
@click.option("--deals", "per_deal", is_flag=True, help="Also print every prediction.")
@click.option("--markdown", is_flag=True, help="Print the tables of the documentation.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line: the predictions, then the summaries.")
@click.pass_context
def calibrate(ctx: click.Context, stored: bool | None, per_deal: bool, markdown: bool, as_json: bool) -> None:
    """Predict every known deal from its other facts, leaving it out of the medians, and print error and coverage.

    Coverage is the share of deals within the 80 % band; 75-90 % is the aim. A deal of the database that is also
    bundled counts once.
    """
    from bot.capacity.calibration import calibrate as score
    from bot.capacity.calibration import summarise
    from bot.valuation.model_tables import load_assumptions

    cases = _cases(ctx, stored)
    if not cases:
        raise InputError("no deal states enough to be predicted; run without --stored to use the bundled deals")
    rows = load_assumptions()
    scores = score(cases, rows)
    summaries = summarise(scores)
    if markdown:
        from bot.capacity.side_by_side import calibration_table, side_by_side

        click.echo(f"{calibration_table(summaries)}\n\n{side_by_side(rows)}")
        return
    if as_json:
        for one in scores:
            click.echo(json.dumps(asdict(one) | {"error": one.error, "covered": one.covered}))
        for summary in summaries:
            click.echo(json.dumps(asdict(summary)))
        return
    _print(cases, scores if per_deal else ())
    _print_summaries(scores)


def _cases(ctx: click.Context, stored: bool | None) -> tuple["Case", ...]:
    bundled = () if stored else _bundled()
    return (*bundled, *(() if stored is False else _from_database(ctx, known={case.key for case in bundled})))


def _bundled() -> tuple["Case", ...]:
    from bot.capacity.calibration import read_cases
    from bot.capacity.question import QuestionError
    from bot.settings import config_dir
    from bot.toml_file import load_toml

    file = load_toml(config_dir() / "validation_deals.toml")
    try:
        return read_cases(file.data["deal"])
    except (QuestionError, KeyError) as error:
        raise ConfigError(file.path, "deal", str(error), "Correct the row, or restore the shipped file.") from error


def _from_database(ctx: click.Context, *, known: set[str]) -> tuple["Case", ...]:
    """Return the stored deals that are signed, if there is a database."""
    from bot.cli.context import open_db, settings_from
    from bot.valuation.stored_cases import cases_of

    if not settings_from(ctx).database_path.is_file():
        return ()
    return cases_of(open_db(ctx, read_only=True), known=known)


def _print(cases: tuple["Case", ...], scores: "tuple[Score, ...]") -> None:
    from rich.table import Table

    from bot.capacity.figures import amount
    from bot.cli.context import console

    if not scores:
        return
    names = {case.key: case.name for case in cases}
    table = Table("deal", "predicted", "10 %", "median", "90 %", "actual", "error", "in band")
    for one in scores:
        unit = "USD" if one.target == "value_usd" else ""
        figures = (amount(value, unit) for value in (one.p10, one.p50, one.p90, one.actual))
        inside = "yes" if one.covered else "no"
        table.add_row(names[one.case], one.target.removesuffix("_usd"), *figures, f"{one.error:+.1%}", inside)
    console().print(table)


def _print_summaries(scores: "tuple[Score, ...]") -> None:
    from rich.table import Table

    from bot.capacity.calibration import summarise
    from bot.cli.context import console

    table = Table("use", "predicted", "deals", "median error", "bias", "in the 80 % band")
    for line in summarise(scores):
        figures = (f"{line.median_error:.1%}", f"{line.bias:+.1%}", f"{line.coverage:.0%}")
        table.add_row(line.use, line.target.removesuffix("_usd"), str(line.count), *figures)
    console().print(table)
