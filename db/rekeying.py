"""Gives mentions and share moves the company keys that the lists of names say by now.

rekey_all(db) -> Rekeyed                    after the list of companies changed
rekey_names(db, names) -> Rekeyed           after these names came to stand for another company
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from db import mentions
from db.companies import keys_of
from db.connection import Database
from extractors.resolve import block_of, party_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Rekeyed:
    """Parties whose mentions must be regrouped, under their old and their new keys, and deals to be drawn anew."""

    parties: set[frozenset[str]] = field(default_factory=set)
    deals: set[int] = field(default_factory=set)


_COLUMNS = (
    "SELECT m.id, m.record ->> 'provider', m.record ->> 'customer', m.provider_key, m.customer_key, m.deal_id"
    " FROM mentions AS m"
)


def rekey_all(db: Database) -> Rekeyed:
    """Look every mention's and every share move's company up again."""
    _rekey_reactions(db, db.execute("SELECT id, company, company_key FROM reactions").fetchall())
    return _rekey(db, db.execute(_COLUMNS).fetchall())


def rekey_names(db: Database, names: Collection[str]) -> Rekeyed:
    """Look up again the mentions and share moves that may mean one of some normal names; `names` are old and new keys too."""
    blocks = json.dumps(sorted({block_of(name) for name in names}))
    _rekey_reactions(
        db,
        # A share move has no block: its company's key is a name, or the beginning of one.
        db.execute(
            "SELECT id, company, company_key FROM reactions WHERE company_key IN (SELECT value FROM json_each(?1)"
            " UNION SELECT value FROM json_each(?2))",
            (blocks, json.dumps(sorted(names))),
        ).fetchall(),
    )
    rows = [
        row
        for side in ("provider_block", "customer_block")
        for row in db.execute(f"{_COLUMNS} WHERE m.{side} IN (SELECT value FROM json_each(?))", (blocks,)).fetchall()
    ]
    return _rekey(db, dict.fromkeys(rows))


def _rekey(
    db: Database, rows: Iterable[tuple[int, str | None, str | None, str | None, str | None, int | None]]
) -> Rekeyed:
    changed = Rekeyed()
    for mention_id, provider, customer, old_provider, old_customer, deal_id in rows:
        keys = keys_of(db, (provider, customer))
        new = party_key(provider, keys), party_key(customer, keys)
        if new == (old_provider, old_customer):
            continue
        mentions.set_keys(db, mention_id, *new)
        changed.parties.update((_named(new), _named((old_provider, old_customer))))
        if deal_id is not None:
            changed.deals.add(deal_id)
    return changed


def _rekey_reactions(db: Database, rows: Iterable[tuple[int, str, str | None]]) -> None:
    for reaction_id, company, old in rows:
        new = party_key(company, keys_of(db, (company,)))
        if new != old:
            db.execute("UPDATE reactions SET company_key = ? WHERE id = ?", (new, reaction_id))


def _named(keys: tuple[str | None, str | None]) -> frozenset[str]:
    return frozenset(block_of(key) for key in keys if key is not None)
