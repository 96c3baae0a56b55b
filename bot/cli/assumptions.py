"""`market-pulse assumptions`: what the capacity model assumes, with date, grade and source."""

import json

import click

from bot.errors import InputError


@click.command()
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def assumptions(keys: tuple[str, ...], as_json: bool) -> None:
    """List the model's assumptions: low, base and high with unit, date, grade and source.

    Give parts of keys to see only those: market-pulse assumptions rent gb300. Change one for a question with
    `market-pulse estimate --assume KEY=VALUE`. Grades: A company, B analyst or vendor, C derived, D weak.
    """
    from rich.table import Table

    from bot.cli.context import console
    from bot.valuation.model_tables import load_assumptions

    found = load_assumptions()
    wanted = [key.lower() for key in keys]
    rows = [row for key, row in found.rows.items() if not wanted or any(part in key for part in wanted)]
    if not rows:
        raise InputError(f"no assumption has {' or '.join(keys)} in its key; `market-pulse assumptions` lists all")
    if as_json:
        for row in rows:
            click.echo(json.dumps({"key": row.key} | row.as_json(), ensure_ascii=False))
        return
    table = Table("key", "low", "base", "high", "unit", "as of", "grade", "source")
    for row in rows:
        figures = (f"{row.low:g}", f"{row.base:g}", f"{row.high:g}")
        table.add_row(row.key, *figures, row.unit, row.as_of, row.grade, row.source)
    console().print(table)
