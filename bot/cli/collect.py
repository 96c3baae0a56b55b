"""`market-pulse collect`: fetch the feeds once and store what is new."""

import json
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from bot.pipeline import Round
    from bot.settings import Settings


@click.command()
@click.option("--due", is_flag=True, help="Only the feeds whose time has come, as the service would.")
@click.option("--json", "as_json", is_flag=True, help="What the round came to, as JSON.")
@click.pass_context
def collect(ctx: click.Context, due: bool, as_json: bool) -> None:
    """Fetch the feeds once, read what is new, store the deals. Alerts wait in the outbox for the service.

    The exit code is 0 also when single feeds failed; `market-pulse feeds` shows which, and why.
    """
    import asyncio

    from bot.cli.context import console, settings_from

    settings = settings_from(ctx)
    if as_json:
        click.echo(json.dumps(_to_json(asyncio.run(_collect(settings, scheduled=due)))))
        return
    with console(stderr=True).status("Fetching feeds and reading what is new …"):
        done = asyncio.run(_collect(settings, scheduled=due))
    _show(done)


async def _collect(settings: "Settings", *, scheduled: bool) -> "Round":
    from bot.app import feed_specs, open_parts
    from bot.clock import utc_now
    from bot.lease import Lease
    from bot.pipeline import run_round

    async with open_parts(settings, feeds=feed_specs(settings), now=utc_now()) as parts:
        lease = Lease(parts.store, clock=utc_now)
        await lease.take()
        try:
            return await run_round(parts, now=utc_now(), scheduled=scheduled)
        finally:
            await lease.give_back()


def _to_json(done: "Round") -> dict[str, Any]:
    report = done.collected
    return {
        "feeds": report.feeds if report else 0,
        "outcomes": dict(report.outcomes) if report else {},
        "troubles": [{"feed": feed, "reason": reason} for feed, reason in report.troubles] if report else [],
        "new_entries": report.new_entries if report else 0,
        "articles": done.articles,
        "deal_articles": done.deal_articles,
        "deal_changes": done.deal_changes,
        "alerts": done.alerts,
        "skipped": done.skipped,
        "failed": done.failed,
    }


def _show(done: "Round") -> None:
    from bot.cli.context import console

    out = console()
    report = done.collected
    if report is not None:
        outcomes = ", ".join(f"{count} {outcome}" for outcome, count in sorted(report.outcomes.items()))
        out.print(f"{report.feeds} feeds asked ({outcomes or 'none was due'}), {report.new_entries} new entries.")
        for feed, reason in report.troubles:
            out.print(f"  {feed}: {reason}", style="yellow", markup=False)
    out.print(
        f"{done.articles} articles read, {done.deal_articles} tell a deal; {done.deal_changes} deals new or changed, "
        f"{done.alerts} alerts wait in the outbox."
    )
