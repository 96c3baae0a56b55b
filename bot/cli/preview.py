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
    """Draw the latest alerts, the weekly digest and some answers as HTML, from the very payloads that Discord gets."""
    from bot.cli.stored import stored_deals
    from bot.delivery.announce import standing
    from bot.delivery.digest_rounds import digest_chart
    from bot.errors import InputError
    from bot.messages.deal_card import deal_tab
    from bot.messages.digest import Period, compose, digest_message
    from bot.messages.pages import PAGE, ListQuery, deals_page
    from bot.messages.portfolio import league_message
    from bot.messages.preview import THEMES, Preview, page
    from bot.messages.render import alert_message

    now = datetime.now(UTC)
    deals = stored_deals(ctx, brief=False)
    telling = sorted((d for d in deals if d.facts.alerts), key=lambda d: d.first_seen_at, reverse=True)
    if not telling:
        raise InputError("no deal is stored yet; run `market-pulse demo` or `market-pulse collect` first")
    shown = [
        Preview(caption=deal.name, message=alert_message(deal, standing(deal, now=now))) for deal in telling[:last]
    ]
    composed = compose(deals, Period(name="weekly", start=now - timedelta(days=7), end=now))
    digest = digest_message(composed, chart=digest_chart(composed, deals))
    answers = [
        Preview(caption="/deal, evidence", message=deal_tab(telling[0], "evidence", standing(telling[0], now=now))),
        Preview(caption="/deals", message=deals_page(telling[:PAGE], ListQuery(), total=len(telling), page=0, now=now)),
        Preview(caption="/league", message=league_message(deals, order="mw", now=now)),
    ]
    html = page([*shown, Preview(caption="weekly digest", message=digest), *answers], themes=theme or THEMES)
    try:
        out.write_text(html, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{out} cannot be written ({error.strerror}); choose another place with --out") from error
    click.echo(f"{len(shown)} alerts, a digest and {len(answers)} answers written to {out}")
