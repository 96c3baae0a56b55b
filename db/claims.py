"""Claims: one row per fact a mention states, with the sentence and the characters that say so.

insert_claims(db, mention_id, mention, *, title, text)     show(db, deal_id, shown)
claims_of(db, deal_ids) -> {deal id: list[Claim]}           evidence_of(db, deal_ids) -> {deal id: {field: …}}
sentence_around(text, start, end) -> str                    proven_sentence(proofs, *, title, text) -> str | None
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from db.connection import Database
from db.instants import from_text
from db.records import Claim, SourceTier
from extractors.closed_sets import Qualifier, Where
from extractors.models import Evidence, Mention
from extractors.resolution.claims import said_text
from extractors.text.proof_link import text_directive

MAX_SENTENCE = 300
#: Ends of sentences; an abbreviation's full stop costs a shorter quotation, nothing else.
_BREAK = re.compile(r"(?<=[.!?…])[\"”’)\]]*\s+(?=[\"“‘(\[]?[A-Z0-9])|\n+")

#: Fields that are claims; qualifiers, currency and basis travel with the figure they belong to.
CLAIM_FIELDS = (
    *("provider", "customer", "deal_type", "status", "miner_hyperscaler", "value_usd", "value_original"),
    *("value_max_usd", "term_years", "term_max_years", "announced_on", "delivery_start", "delivery_end"),
    *("capacity_mw", "capacity_max_mw", "gpu_count", "site", "annual_value_usd", "prepayment_pct"),
    *("noi_margin_pct", "escalator_pct", "lease_form", "capex_usd", "energy_source"),
)
_QUALIFIED = {"value_usd", "value_original"}
#: A fact may be proven under the name of the field it travels with.
_PROVEN_BY = {"value_usd": ("value_original",), "value_original": ("value_usd",)}


def insert_claims(
    db: Database, mention_id: int, mention: Mention, *, title: str, text: str, only: Collection[str] | None = None
) -> None:
    """Store what a mention states, field by field; of a source that states only some of them, `only` those."""
    stated = CLAIM_FIELDS if only is None else [field for field in CLAIM_FIELDS if field in only]
    for field in stated:
        value = getattr(mention, field)
        if value is not None:
            _insert(db, mention_id, mention, field, title=title, text=text)
    if mention.gpu_models and (only is None or "gpu_models" in only):
        _insert(db, mention_id, mention, "gpu_models", title=title, text=text, value=", ".join(mention.gpu_models))


def _insert(
    db: Database, mention_id: int, mention: Mention, field: str, *, title: str, text: str, value: str | None = None
) -> None:
    said = value if value is not None else said_text(mention, field)
    proofs = _proofs(mention.evidence, field)
    qualifier = mention.value_qualifier if field in _QUALIFIED else None
    sentence = proven_sentence(proofs, title=title, text=text)
    directive = text_directive(sentence or "", within=text) or None
    cursor = db.execute(
        "INSERT INTO claims (mention_id, field, value, value_number, qualifier, sentence, text_directive)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (mention_id, field, said, _number(getattr(mention, field)), qualifier, sentence, directive),
    )
    claim_id = int(cursor.lastrowid or 0)
    for position, proof in enumerate(proofs):
        db.execute(
            "INSERT INTO evidence (claim_id, position, place, start, end, text, rule) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (claim_id, position, proof.where.value, proof.start, proof.end, proof.text, proof.rule),
        )


def _proofs(evidence: Mapping[str, tuple[Evidence, ...]], field: str) -> tuple[Evidence, ...]:
    found = next((evidence[name] for name in (field, *_PROVEN_BY.get(field, ())) if evidence.get(name)), ())
    return tuple(proof for proof in found if proof.end > proof.start)


def _number(value: Any) -> float | None:
    if value is None or isinstance(value, bool | str | tuple) or hasattr(value, "precision"):
        return None
    return float(value)


def proven_sentence(proofs: Sequence[Evidence], *, title: str, text: str) -> str | None:
    """Return the sentence in which the first of some proofs stands."""
    if not proofs:
        return None
    proof = proofs[0]
    return sentence_around(title if proof.where is Where.TITLE else text, proof.start, proof.end) or proof.text


def sentence_around(text: str, start: int, end: int) -> str:
    """Return the sentence in which some characters stand, at most 300 characters of it."""
    ends = [0, *(found.end() for found in _BREAK.finditer(text)), len(text)]
    left = max(at for at in ends if at <= start)
    right = min((at for at in ends if at >= end), default=len(text))
    if right - left > MAX_SENTENCE:
        # Only whole words: half a word is found on no page.
        left = _word_start(text, max(left, min(start, end - MAX_SENTENCE // 2) - MAX_SENTENCE // 3), start)
        right = _word_end(text, min(right, left + MAX_SENTENCE), end)
    return " ".join(text[left:right].split())


def _word_start(text: str, at: int, limit: int) -> int:
    while 0 < at < limit and not text[at - 1].isspace():
        at += 1
    return at


def _word_end(text: str, at: int, limit: int) -> int:
    while len(text) > at > limit and not text[at].isspace():
        at -= 1
    return at


def show(db: Database, deal_id: int, shown: Iterable[tuple[int, str]]) -> None:
    """Mark the claims (mention id, field) whose values a deal shows, and no others."""
    db.execute("UPDATE claims SET is_shown = 0 WHERE deal_id = ? AND is_shown = 1", (deal_id,))
    for mention_id, field in shown:
        db.execute("UPDATE claims SET is_shown = 1 WHERE mention_id = ? AND field = ?", (mention_id, field))


def claims_of(db: Database, deal_ids: Collection[int]) -> dict[int, list[Claim]]:
    """Return the claims of deals: shown ones first, then by field and time."""
    found: dict[int, list[Claim]] = {deal_id: [] for deal_id in deal_ids}
    for chunk in chunks(deal_ids):
        for row in db.execute(_CLAIMS.format(marks=", ".join("?" * len(chunk))), chunk):
            found[row[0]].append(_claim(row[1:]))
    return found


_CLAIMS = """
SELECT c.deal_id, c.field, c.value, c.qualifier, m.article_id, a.published_at, a.tier, c.is_shown, c.sentence,
       c.text_directive, e.place, e.start, e.end, e.text, e.rule
FROM claims AS c
JOIN mentions AS m ON m.id = c.mention_id
JOIN articles AS a ON a.id = m.article_id
LEFT JOIN evidence AS e ON e.claim_id = c.id AND e.position = 0
WHERE c.deal_id IN ({marks})
ORDER BY c.deal_id, c.field, c.is_shown DESC, coalesce(a.published_at, a.fetched_at), c.id
"""


def evidence_of(claims: Iterable[Claim]) -> dict[str, tuple[Evidence, ...]]:
    """Return the proofs of the shown facts by field."""
    proofs: dict[str, tuple[Evidence, ...]] = {}
    for claim in claims:
        if claim.shown and claim.evidence is not None:
            proofs.setdefault(claim.field, (claim.evidence,))
    return proofs


def chunks(ids: Collection[int], size: int = 500) -> Iterator[list[int]]:
    """Cut ids into lists short enough for one statement."""
    ordered = list(ids)
    for at in range(0, len(ordered), size):
        yield ordered[at : at + size]


def _claim(row: tuple[Any, ...]) -> Claim:
    field, value, qualifier, article_id, published_at, tier, shown, sentence, directive, *proven = row
    place, start, end, words, rule = proven
    proof = None
    if place is not None:
        proof = Evidence(where=Where(place), start=start, end=end, text=words, rule=rule)
    return Claim(
        field=field,
        value=value,
        qualifier=None if qualifier is None else Qualifier(qualifier),
        article_id=article_id,
        published_at=from_text(published_at),
        tier=SourceTier(tier),
        evidence=proof,
        shown=bool(shown),
        sentence=sentence,
        text_directive=directive,
    )
