"""What the stored articles told, in the order of their publication: for playing the past through a watch.

    stored_readings(db) -> list[StoredReading]      articles that tell a deal or a share move, oldest first

Reads only. The bundled history is not among them; it is played from its rows.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from db.articles import ArticleRow, get_article
from db.connection import Database
from db.reactions import reactions_by_article
from db.records import SourceTier
from extractors.closed_sets import Where
from extractors.models import Evidence, Extraction, Mention, Reaction
from extractors.record import mention_from_json


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReading:
    """An article with what was read from it; `told_at` is when it was published, else fetched."""

    article: ArticleRow
    told_at: datetime
    extraction: Extraction


def stored_readings(db: Database) -> list[StoredReading]:
    """Return what articles told, in the order in which they told it."""
    mentions = _mentions(db)
    reactions: Mapping[int, tuple[Reaction, ...]] = reactions_by_article(db)
    found = []
    for article_id in sorted(mentions.keys() | reactions.keys()):
        article = get_article(db, article_id)
        if article is None or article.tier is SourceTier.HISTORY:
            continue
        extraction = Extraction(
            id=None,
            url=article.url,
            is_deal_article=bool(mentions.get(article_id)),
            deals=tuple(mentions.get(article_id, ())),
            reactions=reactions.get(article_id, ()),
        )
        told_at = article.published_at or article.fetched_at
        found.append(StoredReading(article=article, told_at=told_at, extraction=extraction))
    return sorted(found, key=lambda reading: (reading.told_at, reading.article.id))


def _mentions(db: Database) -> dict[int, list[Mention]]:
    proofs = _proofs(db)
    found: dict[int, list[Mention]] = {}
    for mention_id, article_id, record in db.execute(
        "SELECT id, article_id, record FROM mentions WHERE history_id IS NULL ORDER BY article_id, position"
    ):
        mention = replace(mention_from_json(json.loads(record)), evidence=proofs.get(mention_id, {}))
        found.setdefault(article_id, []).append(mention)
    return found


def _proofs(db: Database) -> dict[int, dict[str, tuple[Evidence, ...]]]:
    found: dict[int, dict[str, tuple[Evidence, ...]]] = {}
    rows: Any = db.execute(
        "SELECT c.mention_id, c.field, e.place, e.start, e.end, e.text, e.rule FROM evidence AS e"
        " JOIN claims AS c ON c.id = e.claim_id ORDER BY c.mention_id, c.field, e.position"
    )
    for mention_id, field, place, start, end, text, rule in rows:
        proof = Evidence(where=Where(place), start=start, end=end, text=text, rule=rule)
        of_mention = found.setdefault(mention_id, {})
        of_mention[field] = (*of_mention.get(field, ()), proof)
    return found
