"""`market-pulse chart`: draw a chart of the stored deals."""

from datetime import UTC, datetime
from pathlib import Path

import click

from bot.cli.desk import Day, end_of

#: The names and what each shows; `tests/bot/cli` checks them against `bot.charts`, which is too slow for --help.
NAMES = ("timeline", "prices", "contracted", "delivery", "reactions", "measured", "tenants")


@click.command()
@click.argument("name", type=click.Choice(NAMES), metavar="NAME")
@click.option("--company", help="Only the deals of this company, as miner or as tenant.")
@click.option("--theme", type=click.Choice(["dark", "light"]), default="dark", show_default=True)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write the PNG [default: NAME.png]."
)
@click.option("--as-of", "as_of", type=Day(), help="As known at the end of that day.")
@click.pass_context
def chart(
    ctx: click.Context, *, name: str, company: str | None, theme: str, out: Path | None, as_of: str | None
) -> None:
    """Draw a chart of the stored deals as PNG.

    \b
    timeline    deals over time by value, lease and cloud
    prices      US$ per MW-year by deal, lease and cloud apart
    contracted  contracted megawatts by miner
    delivery    contracted against energised megawatts by miner
    reactions   share moves reported beside deals
    measured    share moves measured from closes, less those of peers
    tenants     how much rests on each tenant
    """
    from bot.charts import draw_chart
    from bot.cli.stored import stored_deals
    from bot.errors import InputError

    deals = [deal for deal in stored_deals(ctx, as_of=as_of, milestones=True) if deal.facts.alerts]
    if company:
        deals = [
            d
            for d in deals
            if company.casefold() in {(d.facts.provider or "").casefold(), (d.facts.customer or "").casefold()}
        ]
        if not deals:
            raise InputError(f"no stored deal names {company!r}; `market-pulse deals` lists the names")
    drawn = draw_chart(name, deals, now=end_of(as_of) or datetime.now(UTC), theme=theme)
    target = out or Path(drawn.filename)
    try:
        target.write_bytes(drawn.png)
    except OSError as error:
        raise InputError(f"{target} cannot be written ({error.strerror}); choose another place with --out") from error
    click.echo(f"{drawn.title}\n{target}")
