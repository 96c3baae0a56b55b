"""Day one is not empty: the bundled history goes into the database, each deal with its estimate, alerting nobody."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from db.connection import Database
from db.history import Imported, import_history
from db.history_rows import HistoryRow

if TYPE_CHECKING:
    from bot.pipeline import Valuer

_log = logging.getLogger(__name__)


def take_in(db: Database, rows: Sequence[HistoryRow], *, value: "Valuer", now: datetime) -> Imported:
    """Import the rows that are new or changed and value the deals they touch. Nobody is told: nothing is announced."""
    with db.atomic():
        done = import_history(db, rows, now=now)
        for change in done.deals:
            value(db, change.after, now)
    if done.deals:
        counts = {"added": done.added, "changed": done.changed, "removed": done.removed}
        _log.info("history imported", extra=counts)
    return done
