"""Deals as people and programs read them.

    get_deal(db, slug_or_id, *, as_of=None) -> DealRecord | None    a merged deal's slug leads to the survivor
    require_deal(db, slug_or_id, *, as_of=None) -> DealRecord       or UnknownDealError
    list_deals(db, DealFilter(...)) -> list[DealRecord]             newest first unless sorted otherwise
    count_deals(db, DealFilter(...)) -> int
    records(db, ids) -> list[DealRecord]                            in the order of the ids
    proven(db, deals, *, as_of=None) -> list[DealRecord]            brief records with their proofs
    links_of(db, deal_id) -> list[tuple[str, str, str]]             (kind, slug, name) of related deals

`as_of` answers from the articles published until the end of that day; corrections made later do not count (`db.past`).
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db import slugs
from db.claims import chunks, claims_of, evidence_of
from db.connection import Database
from db.deal_rows import FACT_COLUMNS, facts_of
from db.errors import UnknownDealError
from db.estimates import values_of
from db.events import events_of
from db.instants import from_text
from db.market import measured_of
from db.milestones import milestones_of
from db.past import day_of, past
from db.reactions import reactions_of
from db.records import Conflict, DealRecord, Source, SourceTier
from extractors.closed_sets import PartyRole
from extractors.models import OtherParty

#: What lists can be sorted by -> the column, which has an index.
SORTS = {"day": "day", "value": "value_usd", "mw": "capacity_mw", "updated": "updated_at"}

_RECORD_COLUMNS = (
    *("id", "slug", "name", "first_seen_at", "updated_at", "evidence_tier", "conflicts", "is_history"),
    *FACT_COLUMNS,
)
#: The views that records are read through.
READ_BY_RECORDS = ("v_milestones",)
_LIVE = "merged_into IS NULL AND is_withdrawn = 0"


@dataclass(frozen=True, slots=True, kw_only=True)
class DealFilter:
    """Which deals to list. Days are ISO dates, `since` included and `until` not; `company` is a name or key.

    `alerting_only` keeps what could raise an alert; `updated_since` is for digests. `brief` leaves claims, sources and
    events empty, ten times faster where thousands of deals are only counted, ranked or drawn; `events` keeps the events,
    `milestones` those.
    """

    company: str | None = None
    deal_types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    min_value_usd: int | None = None
    min_capacity_mw: float | None = None
    alerting_only: bool = False
    text: str | None = None
    updated_since: datetime | None = None
    sort: str = "day"
    limit: int = 50
    offset: int = 0
    as_of: datetime | None = None
    brief: bool = False
    events: bool = False
    milestones: bool = False


def get_deal(db: Database, slug_or_id: str | int, *, as_of: datetime | None = None) -> DealRecord | None:
    """Return a deal, None when there is none or (as of then) no article told it yet."""
    deal_id = find_deal(db, slug_or_id)
    if deal_id is None:
        return None
    with seen(db, as_of):
        found = records(db, [deal_id])
    return found[0] if found else None


@contextmanager
def seen(
    db: Database, as_of: datetime | None, *, views: Collection[str] | None = READ_BY_RECORDS
) -> Iterator[Database]:
    """Ask the present, or the past where a day is given; `views` are those that will be read, None = any."""
    with nullcontext(db) if as_of is None else past(db, as_of, views=views):
        yield db


def require_deal(db: Database, slug_or_id: str | int, *, as_of: datetime | None = None) -> DealRecord:
    """Return a deal; UnknownDealError says what a wrong or too short slug might mean."""
    found = get_deal(db, slug_or_id, as_of=as_of)
    if found is None:
        candidates = slugs.slugs_beginning(db, slug_or_id) if isinstance(slug_or_id, str) else []
        raise UnknownDealError(
            slug_or_id,
            candidates=candidates if len(candidates) > 1 else (),
            on=day_of(as_of) if as_of is not None and find_deal(db, slug_or_id) is not None else None,
        )
    return found


def find_deal(db: Database, slug_or_id: str | int) -> int | None:
    """Return the number of the deal a slug, or the number of a deal perhaps merged since, leads to."""
    if isinstance(slug_or_id, str) and not slug_or_id.isdecimal():
        return slugs.deal_of_slug(db, slug_or_id)
    deal_id: int | None = int(slug_or_id)
    for _ in range(20):  # a chain of merges is short; a ring would be a fault
        row = db.execute("SELECT merged_into FROM deals WHERE id = ?", (deal_id,)).fetchone()
        if row is None:
            return None
        if row[0] is None:
            return deal_id
        deal_id = row[0]
    return None


def list_deals(db: Database, wanted: DealFilter | None = None) -> list[DealRecord]:
    """Return the deals that fit, a page of them."""
    wanted = wanted or DealFilter()
    where, values = _conditions(db, wanted)
    column = SORTS[wanted.sort]
    with seen(db, wanted.as_of):
        ids = db.execute(
            f"SELECT id FROM deals WHERE {where} ORDER BY {column} DESC, id LIMIT :limit OFFSET :offset",
            values | {"limit": wanted.limit, "offset": wanted.offset},
        ).fetchall()
        chosen = [row[0] for row in ids]
        return records(db, chosen, brief=wanted.brief, events=wanted.events, milestones=wanted.milestones)


def count_deals(db: Database, wanted: DealFilter | None = None) -> int:
    """Count the deals that fit, on all pages."""
    wanted = wanted or DealFilter()
    where, values = _conditions(db, wanted)
    with seen(db, wanted.as_of):
        return int(db.execute(f"SELECT count(*) FROM deals WHERE {where}", values).fetchone()[0])


def proven(db: Database, deals: Iterable[DealRecord], *, as_of: datetime | None = None) -> list[DealRecord]:
    """Return brief records again with their claims, sources and events."""
    with seen(db, as_of):
        return records(db, [deal.id for deal in deals])


def records(
    db: Database, ids: Sequence[int], *, brief: bool = False, events: bool = False, milestones: bool = False
) -> list[DealRecord]:
    """Return records of deals, in the order of the ids; unknown ids are left out, so are proofs when `brief`."""
    rows: dict[int, dict[str, Any]] = {}
    for chunk in chunks(ids):
        found = db.execute(
            f"SELECT {', '.join(_RECORD_COLUMNS)} FROM deals WHERE id IN ({', '.join('?' * len(chunk))})", chunk
        )
        rows |= {row[0]: dict(zip(_RECORD_COLUMNS, row, strict=True)) for row in found}
    wanted: Collection[int] = () if brief else rows.keys()
    claims, sources = claims_of(db, wanted), _sources_of(db, wanted)
    dated = events_of(db, rows.keys() if events else wanted)
    reactions, parties = reactions_of(db, rows.keys()), _parties_of(db, rows.keys())
    estimates, measured = values_of(db, rows.keys()), measured_of(db, rows.keys())
    planned = milestones_of(db, rows.keys() if milestones else wanted)
    return [
        DealRecord(
            id=deal_id,
            slug=row["slug"],
            name=row["name"],
            facts=facts_of(row, other_parties=parties.get(deal_id, ()), evidence=evidence_of(claims.get(deal_id, ()))),
            first_seen_at=datetime.fromisoformat(row["first_seen_at"]),
            updated_at=datetime.fromisoformat(row["updated_at"]),
            evidence_tier=row["evidence_tier"],
            sources=sources.get(deal_id, ()),
            claims=tuple(claims.get(deal_id, ())),
            conflicts=conflicts_from_json(row["conflicts"]),
            reactions=reactions.get(deal_id, ()),
            measured=measured.get(deal_id, ()),
            events=dated.get(deal_id, ()),
            estimate=estimates.get(deal_id, {}),
            is_history=bool(row["is_history"]),
            milestones=planned.get(deal_id, ()),
        )
        for deal_id in ids
        if (row := rows.get(deal_id)) is not None
    ]


def links_of(db: Database, deal_id: int) -> list[tuple[str, str, str]]:
    """Return (kind, slug, name) of the deals related to one; `expanded by` and the like read from the other side."""
    rows = db.execute(
        f"SELECT l.kind, d.slug, d.name FROM deal_links AS l JOIN deals AS d ON d.id = l.to_deal_id"
        f" WHERE l.from_deal_id = ?1 AND d.{_LIVE.replace('AND ', 'AND d.')}"
        f" UNION ALL SELECT {_INVERSE}, d.slug, d.name FROM deal_links AS l JOIN deals AS d ON d.id = l.from_deal_id"
        f" WHERE l.to_deal_id = ?1 AND d.{_LIVE.replace('AND ', 'AND d.')} ORDER BY 2",
        (deal_id,),
    )
    return [(kind, slug, name) for kind, slug, name in rows]


_INVERSE = (
    "CASE l.kind WHEN 'expands' THEN 'expanded by' WHEN 'finances' THEN 'financed by' WHEN 'supplies' THEN"
    " 'supplied by' WHEN 'rejects' THEN 'rejected by' WHEN 'follows' THEN 'followed by' ELSE 'accompanied by' END"
)


def conflicts_from_json(text: str) -> tuple[Conflict, ...]:
    """Read the stored disagreements."""
    return tuple(
        Conflict(field=field, values=tuple((value, count) for value, count in values))
        for field, values in json.loads(text)
    )


def _conditions(db: Database, wanted: DealFilter) -> tuple[str, dict[str, Any]]:
    from db.companies import keys_of
    from db.search import matching_deals
    from extractors.resolve import party_key

    key = party_key(wanted.company, keys_of(db, (wanted.company,)))
    parts: dict[str, Any] = {
        "(provider_key = :company OR customer_key = :company)": ("company", key),
        "deal_type IN (SELECT value FROM json_each(:types))": ("types", _list(wanted.deal_types)),
        "status IN (SELECT value FROM json_each(:statuses))": ("statuses", _list(wanted.statuses)),
        "day >= :since": ("since", wanted.since),
        "day < :until": ("until", wanted.until),
        "value_usd >= :value": ("value", wanted.min_value_usd),
        "capacity_mw >= :mw": ("mw", wanted.min_capacity_mw),
        "updated_at >= :updated": ("updated", _instant_text(wanted.updated_since)),
    }
    given = {condition: pair for condition, pair in parts.items() if pair[1] is not None}
    conditions, values = [_LIVE, *given], dict(given.values())
    if wanted.alerting_only:
        conditions.append(
            "is_primary = 1 AND miner_hyperscaler = 1 AND deal_type NOT IN"
            " ('financing', 'land', 'power_supply', 'equipment_purchase', 'equity_stake', 'other')"
        )
    if wanted.text is not None:
        conditions.append("id IN (SELECT value FROM json_each(:found))")
        values["found"] = json.dumps(matching_deals(db, wanted.text))
    return " AND ".join(conditions), values


def _list(members: Iterable[str]) -> str | None:
    listed = [str(member) for member in members]
    return json.dumps(listed) if listed else None


def _instant_text(when: datetime | None) -> str | None:
    from db.instants import to_text

    return to_text(when)


def _sources_of(db: Database, deal_ids: Collection[int]) -> dict[int, tuple[Source, ...]]:
    found: dict[int, tuple[Source, ...]] = {}
    for chunk in chunks(deal_ids):
        rows = db.execute(
            "SELECT m.deal_id, a.id, coalesce(a.canonical_url, a.url), a.title, a.publisher, a.published_at, a.tier,"
            " a.duplicate_of, max(m.is_primary) FROM mentions AS m JOIN articles AS a ON a.id = m.article_id"
            f" WHERE m.deal_id IN ({', '.join('?' * len(chunk))}) GROUP BY m.deal_id, a.id"
            " ORDER BY m.deal_id, coalesce(a.published_at, a.fetched_at), a.id",
            chunk,
        )
        for deal_id, article_id, url, title, publisher, published_at, tier, duplicate_of, primary in rows:
            source = Source(
                article_id=article_id,
                url=url,
                title=title,
                publisher=publisher,
                published_at=from_text(published_at),
                tier=SourceTier(tier),
                duplicate_of=duplicate_of,
                primary=bool(primary),
            )
            found[deal_id] = (*found.get(deal_id, ()), source)
    return found


def _parties_of(db: Database, deal_ids: Collection[int]) -> dict[int, tuple[OtherParty, ...]]:
    found: dict[int, tuple[OtherParty, ...]] = {}
    for chunk in chunks(deal_ids):
        rows = db.execute(
            "SELECT deal_id, name, role FROM deal_parties"
            f" WHERE deal_id IN ({', '.join('?' * len(chunk))}) ORDER BY deal_id, name, role",
            chunk,
        )
        for deal_id, name, role in rows:
            found[deal_id] = (*found.get(deal_id, ()), OtherParty(name=name, role=PartyRole(role)))
    return found
