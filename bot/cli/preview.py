"""`market-pulse preview`: alerts, digest and answers as HTML, as Discord shows them."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.messages.preview import Preview
    from db.connection import Database
    from db.records import DealRecord


@click.command()
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=Path("preview.html"), show_default=True)
@click.option("--last", default=5, show_default=True, type=click.IntRange(1, 50), help="How many of the latest deals.")
@click.option("--theme", type=click.Choice(["dark", "light"]), multiple=True, help="Only this ground [default: both].")
@click.pass_context
def preview(ctx: click.Context, out: Path, last: int, theme: tuple[str, ...]) -> None:
    """Draw the latest alerts, the weekly digest and some answers as HTML, from the very payloads that Discord gets."""
    from bot.cli.context import open_db
    from bot.cli.stored import stored_deals
    from bot.delivery.announce import standing
    from bot.delivery.digest_rounds import digest_chart
    from bot.errors import InputError
    from bot.messages.digest import Period, compose, digest_message
    from bot.messages.preview import THEMES, Preview, page
    from bot.messages.render import alert_message
    from bot.messages.wording import plural

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
    db = open_db(ctx, read_only=True)
    answers = list(_answers(db, telling, now=now))
    db.close()
    html = page([*shown, Preview(caption="weekly digest", message=digest), *answers], themes=theme or THEMES)
    try:
        out.write_text(html, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{out} cannot be written ({error.strerror}); choose another place with --out") from error
    click.echo(f"{plural(len(shown), 'alert')}, a digest and {plural(len(answers), 'answer')} written to {out}")


def _answers(db: "Database", deals: "Sequence[DealRecord]", *, now: datetime) -> "Iterator[Preview]":
    """Ask each command once; `deals` are those that could alert, the latest first."""
    from bot.delivery.announce import standing
    from bot.discord import long_answers
    from bot.messages.deal_card import deal_tab
    from bot.messages.estimate_message import EXAMPLES, Asked
    from bot.messages.pages import PAGE, ListQuery, deals_page
    from bot.messages.preview import Preview

    latest, question = deals[0], "largest deals by MW"
    yield Preview(caption="/deal, evidence", message=deal_tab(latest, "evidence", standing(latest, now=now)))
    yield Preview(caption="/deals", message=deals_page(deals[:PAGE], ListQuery(), total=len(deals), page=0, now=now))
    if miner := next((deal.facts.provider for deal in deals if deal.facts.provider), None):
        yield Preview(caption=f"/company {miner}", message=long_answers.company(db, miner, now=now))
    yield Preview(caption="/league", message=long_answers.league(db, "mw", now=now))
    yield Preview(caption=f"/ask {question}", message=long_answers.question(db, question, now=now))
    asked = Asked(words=EXAMPLES["cloud"], use="cloud")
    yield Preview(caption=f"/estimate cloud {asked.words}", message=long_answers.estimate(db, asked, None, now=now))
    compared = Asked(words=EXAMPLES["compare"])
    yield Preview(
        caption=f"/estimate compare {compared.words}", message=long_answers.comparison(db, compared, None, now=now)
    )
