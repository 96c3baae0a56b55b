"""What articles say has happened on site, one row per statement; read through the view `v_milestones`."""

from collections.abc import Sequence

from db.claims import proven_sentence
from db.connection import Database
from extractors.models import Extraction
from extractors.text.proof_link import text_directive


def insert_progress(db: Database, mention_ids: Sequence[int], extraction: Extraction, *, title: str, text: str) -> None:
    """Store the progress an article tells; `mention_ids` are those of its deals, in order."""
    for told in extraction.progress:
        mention = extraction.deals[told.deal]
        name = f"{mention.provider or 'unnamed'} – {mention.customer or 'unnamed'}: {told.stage.value}"
        sentence = proven_sentence(told.evidence, title=title, text=text)
        db.execute(
            "INSERT INTO progress (mention_id, name, stage, capacity_mw, happened_on, happened_on_precision, sentence,"
            " text_directive) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                mention_ids[told.deal],
                name.replace("_", " "),
                told.stage.value,
                told.capacity_mw,
                told.on.date,
                told.on.precision.value,
                sentence,
                text_directive(sentence or "", within=text) or None,
            ),
        )
