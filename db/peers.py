"""The deals that another deal is compared with: the provider's own, and the latest of the same type.

    peers_of(db, deal_id, *, latest=60) -> list[PeerRow]

Knows rows only; what a comparison means is known by the capacity model.
"""

from dataclasses import dataclass, fields

from db.connection import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerRow:
    """A live, contracted deal with what its stored estimate says a megawatt-year costs."""

    deal_id: int
    deal_type: str
    provider: str | None
    customer: str | None
    announced_on: str | None
    value_usd: float | None
    usd_per_mw_year: float | None
    usd_per_mw_year_y1: float | None


_COLUMNS = ", ".join(field.name for field in fields(PeerRow))
_QUERY = """
WITH me AS (SELECT id, provider, deal_type FROM deals WHERE id = :deal_id),
chosen AS (
    SELECT id FROM (
        SELECT d.id FROM deals AS d, me
        WHERE d.deal_type = me.deal_type AND d.id <> me.id AND d.merged_into IS NULL AND d.is_withdrawn = 0
          AND d.status IN ('signed', 'expanded', 'closed')
        ORDER BY d.day DESC, d.id DESC LIMIT :latest)
    UNION
    SELECT d.id FROM deals AS d, me
    WHERE d.provider = me.provider AND d.id <> me.id AND d.merged_into IS NULL AND d.is_withdrawn = 0
      AND d.status IN ('signed', 'expanded', 'closed')
)
SELECT d.id AS deal_id, d.deal_type, d.provider, d.customer, d.announced_on, d.value_usd,
       average.p50 AS usd_per_mw_year, first.p50 AS usd_per_mw_year_y1
FROM chosen JOIN deals AS d ON d.id = chosen.id
LEFT JOIN estimates AS e ON e.deal_id = d.id AND e.is_current = 1
LEFT JOIN estimate_values AS average ON average.estimate_id = e.id AND average.key = 'usd_per_mw_year'
LEFT JOIN estimate_values AS first ON first.estimate_id = e.id AND first.key = 'usd_per_mw_year_y1'
ORDER BY d.id
"""


def peers_of(db: Database, deal_id: int, *, latest: int = 60) -> list[PeerRow]:
    """Return the deals to compare with, oldest record first; `latest` bounds those of other providers."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM ({_QUERY})", {"deal_id": deal_id, "latest": latest})
    names = [field.name for field in fields(PeerRow)]
    return [PeerRow(**dict(zip(names, row, strict=True))) for row in rows]
