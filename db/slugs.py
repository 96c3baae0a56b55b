"""Permanent slugs: a deal's address for people, never reused, redirected after a merge.

new_slug(db, facts, *, day) -> str      claim_slug(db, slug, deal_id)
deal_of_slug(db, slug) -> int | None    redirect(db, from_deal, to_deal)
"""

import re
import unicodedata

from db.connection import Database
from extractors.models import Mention


def new_slug(db: Database, facts: Mention, *, day: str) -> str:
    """Make a slug like `iren-microsoft-2025-11` that no deal ever had."""
    stem = f"{_plain(facts.provider)}-{_plain(facts.customer)}-{day[:7]}"
    slug, number = stem, 1
    while db.execute("SELECT 1 FROM deal_slugs WHERE slug = ?", (slug,)).fetchone():
        number += 1
        slug = f"{stem}-{number}"
    return slug


def claim_slug(db: Database, slug: str, deal_id: int) -> None:
    """Record that a slug means this deal from now on."""
    db.execute("INSERT INTO deal_slugs (slug, deal_id) VALUES (?, ?)", (slug, deal_id))


def redirect(db: Database, from_deal: int, to_deal: int) -> None:
    """Let every slug of one deal lead to another."""
    db.execute("UPDATE deal_slugs SET deal_id = ? WHERE deal_id = ?", (to_deal, from_deal))


def reclaim(db: Database, deal_id: int) -> None:
    """Give a deal its own slug back after a merge was undone."""
    db.execute(
        "UPDATE deal_slugs SET deal_id = ?1 WHERE slug = (SELECT slug FROM deals WHERE id = ?1)",
        (deal_id,),
    )


def deal_of_slug(db: Database, slug: str) -> int | None:
    """Return the deal a slug leads to today; a beginning such as `iren-microsoft` does if it fits one deal alone."""
    wanted = slug.casefold()
    row = db.execute("SELECT deal_id FROM deal_slugs WHERE slug = ?", (wanted,)).fetchone()
    if row is not None:
        return int(row[0])
    fitting = {deal_id for deal_id, _ in _beginning(db, wanted)}
    return fitting.pop() if len(fitting) == 1 else None


def slugs_beginning(db: Database, slug: str) -> list[str]:
    """Return the slugs of the live deals that a shortened slug fits."""
    return sorted({found for _, found in _beginning(db, slug.casefold())})


def _beginning(db: Database, wanted: str) -> list[tuple[int, str]]:
    # "." sorts just after "-": every slug that goes on with a hyphen lies between the two.
    return db.execute(
        "SELECT d.id, d.slug FROM deal_slugs AS s JOIN deals AS d ON d.id = s.deal_id"
        " WHERE s.slug > ? AND s.slug < ? AND d.is_withdrawn = 0 LIMIT 20",
        (f"{wanted}-", f"{wanted}."),
    ).fetchall()


def _plain(name: str | None) -> str:
    if not name:
        return "undisclosed"
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_name.casefold()).strip("-")[:32].strip("-") or "undisclosed"
