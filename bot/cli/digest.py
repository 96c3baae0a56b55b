"""`market-pulse digest`: print the digest of a day or a week."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from bot.cli.desk import desk


@click.command()
@click.option("--weekly", is_flag=True, help="The last seven days instead of the last day.")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"]),
    metavar="MOMENT",
    help="End of the period, UTC, such as 2025-11-03 or 2025-11-03T08:00 [default: now].",
)
@click.option("--json", "as_json", is_flag=True, help="The Discord payload that would be sent, as JSON.")
@click.option(
    "--html", "html_path", type=click.Path(dir_okay=False, path_type=Path), help="Write it as Discord shows it."
)
@click.pass_context
def digest(ctx: click.Context, weekly: bool, until: datetime | None, as_json: bool, html_path: Path | None) -> None:
    """Print the digest of a day or a week: new and changed deals, who leads, share moves, what is due."""
    from bot.cli.context import console
    from bot.delivery.digest_rounds import digest_chart, digest_deals
    from bot.messages.console import show
    from bot.messages.digest import Period, compose, digest_message
    from bot.messages.message import payload
    from bot.messages.preview import Preview, page

    end = (until or datetime.now(UTC)).replace(tzinfo=UTC)
    name = "weekly" if weekly else "daily"
    span = Period(name=name, start=end - timedelta(days=7 if weekly else 1), end=end)
    with desk(ctx) as db:
        deals = digest_deals(db, [span])
    composed = compose(deals, span)
    message = digest_message(composed, chart=digest_chart(composed, deals) if html_path else None)
    if html_path:
        html_path.write_text(page([Preview(caption=f"{name} digest", message=message)]), encoding="utf-8")
        click.echo(f"written to {html_path}", err=True)
    elif as_json:
        click.echo(json.dumps(payload(message), ensure_ascii=False))
    else:
        show(payload(message), console())
