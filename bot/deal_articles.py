"""A deal's articles in the schema of the annotated corpus, its corrections applied: what the extractors should read.

Only figures an article itself states are corrected in it; a text that retention deleted cannot be exported.
"""

from dataclasses import replace
from typing import Any

from db import mentions
from db.articles import get_article
from db.connection import Database
from db.corrections import accepted
from db.records import DealRecord
from extractors.record import mention_to_json


def annotated_articles(db: Database, deal: DealRecord) -> list[dict[str, Any]]:
    """Return the articles of a deal that still have their text, annotated with what they should yield."""
    fixed = accepted(db, deal.id)
    found = []
    for source in deal.sources:
        article = get_article(db, source.article_id)
        if article is None or article.text is None or article.duplicate_of is not None:
            continue
        told = [_annotation(row, fixed, of_deal=row.deal_id == deal.id) for row in mentions.of_article(db, article.id)]
        found.append(
            {
                "id": f"{deal.slug}-{article.id}",
                "style": article.tier.value,
                "title": article.title,
                "published": article.published_at.date().isoformat() if article.published_at else None,
                "text": article.text,
                "is_deal_article": bool(told),
                "deals": told,
                "reactions": [],
            }
        )
    return found


def _annotation(row: mentions.Placed, fixed: dict[str, Any], *, of_deal: bool) -> dict[str, Any]:
    facts = row.item.mention
    stated = {field: value for field, value in fixed.items() if getattr(facts, field) not in {None, ()}}
    record = mention_to_json(replace(facts, **stated) if of_deal else facts)
    return {key: value for key, value in record.items() if key not in {"evidence", "confidence"}}
