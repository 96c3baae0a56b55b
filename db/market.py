"""Measured share moves: which parties of deals are listed, what was measured for them, what else concerned them.

    listed_parties(db, kinds) -> list[ListedParty]          parties of live deals, of companies of these kinds
    titled_articles(db) -> list[TitledArticle]              articles by the companies they name
    store_measured(db, party, measured)                     replaces what was measured before
    measured_deals(db) -> list[int]                         newest first
    measured_of(db, deal_ids) -> {deal id: tuple[MeasuredReaction, ...]}

Knows rows; what a move is, is decided in `bot.market`.
"""

import json
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from db.claims import chunks
from db.connection import Database
from db.instants import to_text
from db.market_records import (
    Cause,
    Confounder,
    ListedParty,
    MeasuredReaction,
    Move,
    TitledArticle,
    Window,
)
from extractors.closed_sets import PartyKind

_PARTIES = """
SELECT d.id, d.slug, d.name, d.deal_type, c.name, c.key, c.kind, c.exchange || ':' || c.ticker,
       CASE d.announced_on_precision WHEN 'day' THEN d.announced_on END,
       -- Bundled history knows days; the hour it is stored with means nothing.
       (SELECT json_group_array(CASE a.tier WHEN 'history' THEN substr(a.published_at, 1, 10) || 'T00:00:00Z'
                                ELSE a.published_at END) FROM mentions AS m JOIN articles AS a ON a.id = m.article_id
        WHERE m.deal_id = d.id AND m.is_primary = 1 AND a.published_at IS NOT NULL)
FROM deals AS d JOIN companies AS c ON c.key IN (d.provider_key, d.customer_key)
WHERE d.merged_into IS NULL AND d.is_withdrawn = 0 AND c.ticker IS NOT NULL
  AND c.kind IN (SELECT value FROM json_each(?))
ORDER BY d.id, c.key
"""


_ORDER = tuple(window.value for window in Window)


def listed_parties(db: Database, kinds: Collection[PartyKind]) -> list[ListedParty]:
    """Return the listed parties of live deals, of companies of these kinds."""
    return [
        ListedParty(
            deal_id=row[0],
            slug=row[1],
            deal_name=row[2],
            deal_type=row[3],
            company=row[4],
            company_key=row[5],
            kind=PartyKind(row[6]),
            symbol=row[7],
            announced_on=None if row[8] is None else date.fromisoformat(row[8]),
            published=tuple(map(datetime.fromisoformat, json.loads(row[9]))),
        )
        for row in db.execute(_PARTIES, (json.dumps([str(kind) for kind in kinds]),))
    ]


def titled_articles(db: Database) -> list[TitledArticle]:
    """Return the dated articles that name a listed company as a party of a mention, one row per company."""
    rows = db.execute(
        "SELECT DISTINCT c.key, a.title, a.published_at FROM mentions AS m"
        " JOIN articles AS a ON a.id = m.article_id"
        " JOIN companies AS c ON c.key IN (m.provider_key, m.customer_key)"
        " WHERE a.published_at IS NOT NULL AND c.ticker IS NOT NULL ORDER BY a.published_at"
    )
    return [
        TitledArticle(company_key=key, title=title, published_at=datetime.fromisoformat(at)) for key, title, at in rows
    ]


def store_measured(db: Database, party: ListedParty, measured: MeasuredReaction) -> None:
    """Store what was measured for a party of a deal, in place of what was measured before."""
    values = {
        "name": f"{measured.company} on {party.deal_name}",
        "deal_id": party.deal_id,
        "company": measured.company,
        "company_key": measured.company_key,
        "symbol": measured.symbol,
        "announced_at": to_text(measured.announced_at),
        "time_known": int(measured.time_known),
        "event_day": measured.event_day.isoformat() if measured.event_day else None,
        "reason": measured.reason,
        "confounders": json.dumps([_confounder_to_json(c) for c in measured.confounders], ensure_ascii=False),
        "source": measured.source,
        "is_complete": int(measured.is_complete),
        "computed_at": to_text(measured.computed_at),
    }
    with db.atomic():
        db.execute(
            "DELETE FROM market_events WHERE deal_id = ? AND company_key = ?", (party.deal_id, party.company_key)
        )
        cursor = db.execute(
            f"INSERT INTO market_events ({', '.join(values)}) VALUES ({', '.join(f':{key}' for key in values)})", values
        )
        for move in measured.moves:
            _insert_move(db, int(cursor.lastrowid or 0), move)


def _insert_move(db: Database, event_id: int, move: Move) -> None:
    values = (move.from_day.isoformat(), move.to_day.isoformat(), move.price_from, move.price_to)
    db.execute(
        "INSERT INTO market_moves (event_id, window, from_day, to_day, price_from, price_to, pct, btc_pct, peers_pct,"
        " peer_count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (event_id, move.window.value, *values, move.pct, move.btc_pct, move.peers_pct, move.peer_count),
    )


def measured_deals(db: Database) -> list[int]:
    """Return the live deals for which anything was measured, the latest event first."""
    rows = db.execute("SELECT deal_id FROM v_measured_reactions GROUP BY deal_id ORDER BY max(event_day) DESC, deal_id")
    return [row[0] for row in rows]


def measured_of(db: Database, deal_ids: Collection[int]) -> dict[int, tuple[MeasuredReaction, ...]]:
    """Return what was measured for deals, by company."""
    found: dict[int, tuple[MeasuredReaction, ...]] = {}
    for chunk in chunks(deal_ids):
        marks = ", ".join("?" * len(chunk))
        moves = _moves_of(db, chunk, marks)
        rows = db.execute(
            "SELECT deal_id, id, company, company_key, symbol, announced_at, time_known, event_day, reason,"
            " confounders, source, is_complete, computed_at FROM market_events"
            f" WHERE deal_id IN ({marks}) ORDER BY deal_id, company",
            chunk,
        )
        for deal_id, event_id, *row in rows:
            found[deal_id] = (*found.get(deal_id, ()), _measured(row, moves.get(event_id, ())))
    return found


def _measured(row: list[Any], moves: tuple[Move, ...]) -> MeasuredReaction:
    company, key, symbol, announced_at, time_known, event_day, reason, confounders, source, complete, computed = row
    return MeasuredReaction(
        company=company,
        company_key=key,
        symbol=symbol,
        announced_at=datetime.fromisoformat(announced_at),
        time_known=bool(time_known),
        event_day=None if event_day is None else date.fromisoformat(event_day),
        reason=reason,
        moves=moves,
        confounders=tuple(map(_confounder_from_json, json.loads(confounders))),
        source=source,
        is_complete=bool(complete),
        computed_at=datetime.fromisoformat(computed),
    )


def _moves_of(db: Database, deal_ids: Sequence[int], marks: str) -> dict[int, tuple[Move, ...]]:
    """Return the moves of the events of some deals, in the order of the windows."""
    rows = db.execute(
        "SELECT m.event_id, m.window, m.from_day, m.to_day, m.price_from, m.price_to, m.pct, m.btc_pct, m.peers_pct,"
        " m.peer_count FROM market_events AS e JOIN market_moves AS m ON m.event_id = e.id"
        f" WHERE e.deal_id IN ({marks})",
        deal_ids,
    )
    found: dict[int, tuple[Move, ...]] = {}
    for event_id, *row in sorted(rows, key=lambda row: _ORDER.index(row[1])):
        found[event_id] = (*found.get(event_id, ()), _move(row))
    return found


def _move(row: Sequence[Any]) -> Move:
    window, from_day, to_day, price_from, price_to, pct, btc_pct, peers_pct, peer_count = row
    return Move(
        window=Window(window),
        from_day=date.fromisoformat(from_day),
        to_day=date.fromisoformat(to_day),
        price_from=price_from,
        price_to=price_to,
        pct=pct,
        btc_pct=btc_pct,
        peers_pct=peers_pct,
        peer_count=peer_count,
    )


def _confounder_to_json(found: Confounder) -> dict[str, Any]:
    record = {"kind": found.cause.value, "name": found.name, "sessions_away": found.sessions_away}
    return record | ({"slug": found.slug} if found.slug else {})


def _confounder_from_json(record: dict[str, Any]) -> Confounder:
    return Confounder(
        cause=Cause(record["kind"]),
        name=record["name"],
        sessions_away=record["sessions_away"],
        slug=record.get("slug"),
    )
