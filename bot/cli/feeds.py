"""`market-pulse feeds`: the health of the feeds, and all that a person does with them."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.told_group import ToldGroup
from bot.errors import InputError

if TYPE_CHECKING:
    from db.connection import Database
    from db.feeds import FeedRow

_TIERS = ("press_release", "newswire", "trade_press", "blog", "filing")
#: The group of feeds that a person adds without naming another.
_ADDED = "added"


@click.group(cls=ToldGroup, invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per feed and line.")
@click.option("--troubled", is_flag=True, help="Only feeds that are not ok.")
@click.pass_context
def feeds(ctx: click.Context, as_json: bool, troubled: bool) -> None:
    """Show how each feed is doing; add, check, pause or remove feeds.

    ok: read and fresh; quiet: silent for much longer than usual; failing: errors in a row, tried again with growing
    pauses; blocked: the server refuses us; gone: retired by its publisher. A FEED is its number, key, address or title.
    """
    if ctx.invoked_subcommand:
        return
    from bot.cli.context import console
    from bot.cli.feeds_view import feed_record, feeds_table
    from db.feeds import Health, list_feeds

    with _database(ctx) as db:
        rows = [feed for feed in list_feeds(db) if not troubled or feed.health is not Health.OK]
    if as_json:
        for feed in rows:
            click.echo(json.dumps(feed_record(feed), ensure_ascii=False))
    else:
        console().print(feeds_table(rows, now=_now()))


@feeds.command()
@click.argument("url")
@click.option("--title", help="A name of your own; else the feed's.")
@click.option("--group", default=_ADDED, show_default=True, help="Group it is listed in.")
@click.option("--tier", type=click.Choice(_TIERS), default="blog", show_default=True, help="What kind of source it is.")
@click.option(
    "--every", "poll_minutes", type=click.FloatRange(1, 10080), default=30, show_default=True, help="Minutes."
)
@click.pass_context
def add(ctx: click.Context, *, url: str, title: str | None, group: str, tier: str, poll_minutes: float) -> None:
    """Follow the feed at URL, or the one that the site at URL names."""
    from bot.cli.feeds_work import find_feed
    from db.feeds import add_feed
    from db.records import SourceTier

    if not url.startswith(("http://", "https://")):
        url = f"https://{url}"
    if "@" in url.split("/")[2]:
        raise InputError("an address with a password in it would stand in the database for all to read; leave it out")
    found = asyncio.run(find_feed(ctx, url, now=_now()))
    name = title or found.document.title or found.url
    with _database(ctx) as db:
        number = add_feed(
            db,
            url=found.url,
            title=name,
            group=group,
            tier=SourceTier(tier),
            poll_minutes=poll_minutes,
            now=_now(),
        )
    entries = len(found.document.entries)
    click.echo(f"feed {number} added: {name} ({found.url}), {entries} entries; it is read in the next round")


@feeds.command()
@click.argument("wanted", nargs=-1, metavar="[FEED]...")
@click.pass_context
def check(ctx: click.Context, wanted: tuple[str, ...]) -> None:
    """Fetch feeds now, due or not, store their entries and say what came; without FEED, the ones that are not ok."""
    from bot.cli.context import console
    from bot.cli.feeds_view import feeds_table
    from bot.cli.feeds_work import fetch_feeds
    from db.feeds import Health, list_feeds

    with _database(ctx) as db:
        rows = [_find(db, name) for name in wanted] or [f for f in list_feeds(db) if f.health is not Health.OK]
    if not rows:
        click.echo("every feed is ok; name one to fetch it")
        return
    report = asyncio.run(fetch_feeds(ctx, rows, now=_now()))
    numbers = {feed.id for feed in rows}
    with _database(ctx) as db:
        console().print(feeds_table([feed for feed in list_feeds(db, removed=True) if feed.id in numbers], now=_now()))
    click.echo(f"{report.feeds} fetched, {report.new_entries} new entries")
    if report.troubles:
        ctx.exit(4)


@feeds.command()
@click.argument("wanted", nargs=-1, required=True, metavar="FEED...")
@click.pass_context
def remove(ctx: click.Context, wanted: tuple[str, ...]) -> None:
    """Stop following feeds; what they told stays."""
    from db.feeds import remove_feed

    with _database(ctx) as db:
        for feed in [_find(db, name) for name in wanted]:
            remove_feed(db, feed.id)
            click.echo(f"removed: {feed.title}")


@feeds.command()
@click.argument("wanted", nargs=-1, required=True, metavar="FEED...")
@click.pass_context
def pause(ctx: click.Context, wanted: tuple[str, ...]) -> None:
    """Leave feeds alone until they are resumed."""
    _set_paused(ctx, wanted, paused=True)


@feeds.command()
@click.argument("wanted", nargs=-1, required=True, metavar="FEED...")
@click.pass_context
def resume(ctx: click.Context, wanted: tuple[str, ...]) -> None:
    """Read paused feeds again."""
    _set_paused(ctx, wanted, paused=False)


@feeds.command()
@click.argument("wanted", metavar="FEED")
@click.option("--limit", type=click.IntRange(1, 500), default=20, show_default=True)
@click.pass_context
def log(ctx: click.Context, wanted: str, limit: int) -> None:
    """Show what the last fetches of a feed came to, newest first."""
    from bot.cli.context import console
    from bot.cli.feeds_view import log_table
    from db.feed_log import fetch_log

    with _database(ctx) as db:
        feed = _find(db, wanted)
        console().print(log_table(feed, fetch_log(db, feed.id, limit=limit)))


@feeds.command("export")
@click.argument("path", required=False, type=click.Path(dir_okay=False, path_type=Path), metavar="[FILE]")
@click.pass_context
def export_feeds(ctx: click.Context, path: Path | None) -> None:
    """Write the feeds as OPML to FILE, or to standard output."""
    from bot.collector.opml import to_opml
    from db.feeds import list_feeds

    with _database(ctx) as db:
        rows = list_feeds(db)
    if path:
        path.write_bytes(to_opml(rows))
        click.echo(f"{len(rows)} feeds written to {path}", err=True)
    else:
        click.echo(to_opml(rows), nl=False)


@feeds.command("import")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE")
@click.option(
    "--every", "poll_minutes", type=click.FloatRange(1, 10080), default=30, show_default=True, help="Minutes."
)
@click.pass_context
def import_feeds(ctx: click.Context, path: Path, poll_minutes: float) -> None:
    """Follow the feeds of an OPML FILE; those already followed stay as they are."""
    from bot.collector.opml import NotOpmlError, from_opml
    from db.feeds import add_feed, get_feed
    from db.records import SourceTier

    try:
        listed = from_opml(path.read_bytes())
    except NotOpmlError as error:
        raise InputError(f"{path} is no OPML list ({error}); export one from your feed reader") from error
    with _database(ctx) as db, db.atomic():
        new = [feed for feed in listed if get_feed(db, feed.url) is None]
        for feed in new:
            add_feed(
                db,
                url=feed.url,
                title=feed.title,
                group=feed.group,
                tier=SourceTier.BLOG,
                poll_minutes=poll_minutes,
                now=_now(),
            )
    click.echo(f"{len(new)} feeds added, {len(listed) - len(new)} already known; they are read in the next round")


def _set_paused(ctx: click.Context, wanted: tuple[str, ...], *, paused: bool) -> None:
    from db.feeds import set_paused

    with _database(ctx) as db:
        for feed in [_find(db, name) for name in wanted]:
            set_paused(db, feed.id, paused=paused)
            click.echo(f"{'paused' if paused else 'resumed'}: {feed.title}")


def _find(db: "Database", wanted: str) -> "FeedRow":
    from db.feeds import get_feed

    feed = get_feed(db, wanted)
    if feed is None:
        raise InputError(f"no feed is called {wanted!r}; `market-pulse feeds` lists them with number and key")
    return feed


@contextmanager
def _database(ctx: click.Context) -> "Iterator[Database]":
    """Open the database with the configured feeds in it."""
    from bot.app import feed_specs
    from bot.cli.context import open_db, settings_from
    from db.feeds import sync_feed_specs

    db = open_db(ctx)
    try:
        sync_feed_specs(db, feed_specs(settings_from(ctx)), now=_now())
        yield db
    finally:
        db.close()


def _now() -> datetime:
    return datetime.now(UTC)
