"""`market-pulse reprocess`: read stored articles again with a newer extractor; alerts nobody."""

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from bot.cli.desk import desk
from bot.clock import utc_now

if TYPE_CHECKING:
    from db.articles import ArticleRow
    from db.connection import Database
    from db.desk import DealChange
    from extractors.models import Extraction

BATCH = 50


@click.command()
@click.option("--apply", "do_apply", is_flag=True, help="Write what changed; without it, only show it.")
@click.option("--limit", type=click.IntRange(min=1), help="Read at most this many articles.")
@click.pass_context
def reprocess(ctx: click.Context, do_apply: bool, limit: int | None) -> None:
    """Read stored articles again with the present extractor and show what changes.

    Nothing is written without --apply, and nobody is alerted in any case. It can be stopped and started again: an
    article that was read by this version is not read twice. Corrections stay.
    """
    from bot.app import build_extractor
    from bot.cli.context import settings_from, with_progress
    from db.reprocessing import count_unread

    extractor = build_extractor(settings_from(ctx))
    with desk(ctx, read_only=False) as db:
        backlog = count_unread(db, extractor.version)
        wanted = min(backlog.waiting, limit or backlog.waiting)
        batches = with_progress(_work(db, extractor, wanted, do_apply=do_apply), -(-wanted // BATCH), "reading")
        lines = [line for batch in batches for line in batch]
    for line in lines:
        click.echo(line)
    click.echo(f"{wanted} articles read by extractor {extractor.version}, {len(lines)} changes")
    if backlog.unreadable:
        click.echo(f"{backlog.unreadable} deal articles cannot be read again: retention deleted their texts")
    if lines and not do_apply:
        click.echo("nothing was written; --apply writes it")


def _work(db: "Database", extractor: Any, wanted: int, *, do_apply: bool) -> Iterator[list[str]]:
    from db.reprocessing import unread_by

    after, left = 0, wanted
    while left > 0 and (batch := unread_by(db, extractor.version, after_id=after, limit=min(BATCH, left))):
        after, left = batch[-1].id, left - len(batch)
        extractions = list(extractor.extract_many([_article(row) for row in batch]))
        yield _store(db, batch, extractions, extractor.version, do_apply=do_apply)


class _Undo(Exception):  # noqa: N818 - it carries no error
    """Ends a transaction whose effects were only to be seen."""


def _store(
    db: "Database", batch: "list[ArticleRow]", extractions: "list[Extraction]", version: str, *, do_apply: bool
) -> list[str]:
    """Store a batch and say what changed; a dry run is taken back as a whole."""
    from db import desk as room
    from db.reprocessing import withdrawn_slugs

    said: list[str] = []
    with suppress(_Undo), db.atomic():
        gone = withdrawn_slugs(db)
        for article, extraction in zip(batch, extractions, strict=True):
            changes = room.store_reading(
                db, article_id=article.id, extraction=extraction, extractor_version=version, now=utc_now()
            )
            said += [line for change in changes for line in _said(change)]
        said += [f"- {slug}: no article tells it any more" for slug in sorted(withdrawn_slugs(db) - gone)]
        if not do_apply:
            raise _Undo
    return said


def _said(change: "DealChange") -> Iterator[str]:
    from dataclasses import fields

    if change.before is None:
        yield f"+ {change.after.slug}: {change.after.name}"
        return
    old, new = change.before.facts, change.after.facts
    for field in fields(old):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if field.name not in {"evidence", "confidence"} and before != after:
            yield f"  {change.after.slug}: {field.name} {_plain(before)} → {_plain(after)}"


def _plain(value: object) -> str:
    return "not stated" if value is None or value == () else str(getattr(value, "value", value))


def _article(row: "ArticleRow") -> Any:
    from extractors.models import Article

    return Article(title=row.title, text=row.text or "", published=row.published_at, url=row.canonical_url or row.url)
