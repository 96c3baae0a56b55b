"""`market-pulse preview`: alerts and digests as HTML, as Discord shows them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click


@click.command()
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=Path("preview.html"), show_default=True)
@click.option("--last", default=5, show_default=True, type=click.IntRange(1, 50), help="How many of the latest deals.")
@click.option("--theme", type=click.Choice(["dark", "light"]), multiple=True, help="Only this ground [default: both].")
@click.pass_context
def preview(ctx: click.Context, out: Path, last: int, theme: tuple[str, ...]) -> None:
    """Draw the latest alerts and the weekly digest as HTML, from the very payloads that Discord gets."""
    from bot.announce import standing
    from bot.cli.stored import stored_deals
    from bot.digest import Period, compose, digest_message
    from bot.digest_rounds import digest_chart
    from bot.errors import InputError
    from bot.preview import THEMES, Preview, page
    from bot.render import alert_message

    now = datetime.now(UTC)
    deals = stored_deals(ctx)
    telling = sorted((d for d in deals if d.facts.alerts), key=lambda d: d.first_seen_at, reverse=True)
    if not telling:
        raise InputError("no deal is stored yet; run `market-pulse demo` or `market-pulse collect` first")
    shown = [
        Preview(caption=deal.name, message=alert_message(deal, standing(deal, now=now))) for deal in telling[:last]
    ]
    composed = compose(deals, Period(name="weekly", start=now - timedelta(days=7), end=now))
    digest = digest_message(composed, chart=digest_chart(composed, deals))
    html = page([*shown, Preview(caption="weekly digest", message=digest)], themes=theme or THEMES)
    out.write_text(html, encoding="utf-8")
    click.echo(f"{len(shown)} alerts and a digest written to {out}")
