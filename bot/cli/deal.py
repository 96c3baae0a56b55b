"""`market-pulse deal`: one deal with its evidence, and the operator's word on it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.desk import Day, desk, end_of
from bot.cli.told_group import ToldGroup
from bot.clock import utc_now

if TYPE_CHECKING:
    from db.connection import Database
    from db.desk import DealChange


class ShowByDefault(ToldGroup):
    """A group whose first word may be a deal's slug: `deal SLUG` is `deal show SLUG`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `show` before a first word that is no command."""
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            args = ["show", *args]
        return super().parse_args(ctx, args)


_slug = click.argument("slug")
_reason = click.option("--reason", required=True, help="Why; it is recorded.")
_by = click.option("--by", "made_by", default="operator", show_default=True, help="Who says so; it is recorded.")


@click.group(cls=ShowByDefault)
def deal() -> None:
    """Show one deal with its evidence; correct, merge or split it.

    `market-pulse deal SLUG` shows a deal. What the operator corrects overrides every source, survives re-extraction
    and can be undone.
    """


@deal.command()
@_slug
@click.option("--as-of", "as_of", type=Day(), help="As known at the end of that day.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with every claim.")
@click.pass_context
def show(ctx: click.Context, slug: str, as_of: str | None, as_json: bool) -> None:
    """Show a deal: its facts, who says so, where sources disagree, its history."""
    from db.deals import links_of, require_deal
    from db.history import research_of

    with desk(ctx) as db:
        found = require_deal(db, slug, as_of=end_of(as_of))
        links, research = links_of(db, found.id), research_of(db, found.id)
    if as_json:
        from bot.deal_json import deal_to_json

        related = [{"kind": kind, "slug": other, "name": name} for kind, other, name in links]
        rows = [{"id": row_id, "doubt": doubt, "checked_on": day} for row_id, doubt, day in research]
        whole = deal_to_json(found, full=True) | {"links": related, "history_rows": rows}
        click.echo(json.dumps(whole, ensure_ascii=False, indent=1))
        return
    from bot.cli.context import console
    from bot.cli.deal_view import rendering

    screen = console()
    screen.print(rendering(found, links, research, console=screen))


@deal.command()
@_slug
@click.argument("field")
@click.argument("value")
@_reason
@_by
@click.pass_context
def correct(ctx: click.Context, /, slug: str, field: str, value: str, **said: str) -> None:
    """Override FIELD of a deal with VALUE ("-" = not stated after all)."""
    from db.merges import correct_deal

    with desk(ctx, read_only=False) as db, db.atomic():
        change = correct_deal(db, slug, field=field, value=_stated(value), now=utc_now(), **said)
        _edit_alerts(db, (change,))
    click.echo(
        f"{change.after.slug}: {field} is now {value}; `market-pulse deal undo {change.after.slug}` takes it back"
    )


@deal.command()
@_slug
@_by
@click.pass_context
def undo(ctx: click.Context, slug: str, made_by: str) -> None:
    """Take back the last correction, merge or split of a deal."""
    from db.merges import undo_last

    with desk(ctx, read_only=False) as db, db.atomic():
        what, changes = undo_last(db, slug, made_by=made_by, now=utc_now())
        _edit_alerts(db, changes)
    click.echo(f"{what} is undone: {_named(changes)}")


@deal.command()
@_slug
@click.argument("other")
@_reason
@_by
@click.pass_context
def merge(ctx: click.Context, /, slug: str, other: str, **said: str) -> None:
    """Declare two deals one; the older survives, the other's slug leads to it."""
    from db.merges import merge_deals

    with desk(ctx, read_only=False) as db, db.atomic():
        changes = merge_deals(db, slug, other, now=utc_now(), **said)
        _edit_alerts(db, changes)
    click.echo(f"one deal now: {_named(changes)}")


@deal.command()
@_slug
@click.argument("article_ids", nargs=-1, required=True, type=int, metavar="ARTICLE...")
@_reason
@_by
@click.pass_context
def split(ctx: click.Context, /, slug: str, article_ids: tuple[int, ...], **said: str) -> None:
    """Make what some articles tell a deal of its own; `deal SLUG` shows their numbers."""
    from db.merges import split_deal

    with desk(ctx, read_only=False) as db, db.atomic():
        changes = split_deal(db, slug, article_ids, now=utc_now(), **said)
        _edit_alerts(db, changes)
    click.echo(f"two deals now: {_named(changes)}")


@deal.command()
@click.option("--all", "every", is_flag=True, help="Also those decided already.")
@click.pass_context
def proposals(ctx: click.Context, every: bool) -> None:
    """List the corrections that others proposed and the operator has not decided."""
    from db.corrections import list_corrections
    from db.deals import get_deal

    with desk(ctx) as db:
        found = list_corrections(db, state=None if every else "proposed")
        slugs = {item.deal_id: record.slug for item in found if (record := get_deal(db, item.deal_id))}
    for item in found:
        change = f"{item.field}: {item.previous or 'not stated'} → {item.value or 'not stated'}"
        click.echo(
            f"{item.id}  {slugs.get(item.deal_id, '?')}  {change}  ({item.reason}; {item.made_by}, {item.state})"
        )
    if not found:
        click.echo("no proposal waits")


@deal.command()
@click.argument("number", type=int)
@click.option("--decline", is_flag=True, help="Decline it instead of accepting it.")
@_by
@click.pass_context
def decide(ctx: click.Context, number: int, decline: bool, made_by: str) -> None:
    """Accept (or decline) the proposal with this NUMBER."""
    from db.merges import decide_proposal

    with desk(ctx, read_only=False) as db, db.atomic():
        change = decide_proposal(db, number, accept=not decline, decided_by=made_by, now=utc_now())
        _edit_alerts(db, (change,) if change else ())
    click.echo(f"proposal {number} is {'declined' if decline else 'accepted'}")


@deal.command()
@_slug
@click.argument("target", type=click.Path(file_okay=False, path_type=Path))
@click.pass_context
def export(ctx: click.Context, slug: str, target: Path) -> None:
    """Write a corrected deal's articles as annotated articles for the corpus into a folder."""
    from bot.deal_articles import annotated_articles
    from db.deals import require_deal

    with desk(ctx) as db:
        found = require_deal(db, slug)
        articles = annotated_articles(db, found)
    target.mkdir(parents=True, exist_ok=True)
    for article in articles:
        path = target / f"{article['id']}.json"
        path.write_text(json.dumps(article, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    click.echo(f"{len(articles)} annotated articles in {target}; texts that retention deleted are left out")


def _edit_alerts(db: "Database", changes: "tuple[DealChange, ...]") -> None:
    """Put edits of the alerts sent before into the outbox; the service sends them, and announces nothing."""
    from bot.delivery.announce import write_edits

    write_edits(db, changes, now=utc_now())


def _stated(value: str) -> str | None:
    return None if value == "-" else value


def _named(changes: "tuple[DealChange, ...] | Any") -> str:
    return ", ".join(change.after.slug for change in changes) or "no deal is left"
