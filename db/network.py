"""The bitcoin network's figures as last read from a live source."""

from dataclasses import dataclass
from datetime import datetime

from db.connection import Database
from db.instants import to_text


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkFigure:
    """A figure with the time it was read; the unit is in its name."""

    name: str
    value: float
    observed_at: datetime
    source_url: str


def network_figures(db: Database) -> dict[str, NetworkFigure]:
    """Return every stored figure by name."""
    rows = db.execute("SELECT name, value, observed_at, source_url FROM network_figures")
    return {
        row[0]: NetworkFigure(name=row[0], value=row[1], observed_at=datetime.fromisoformat(row[2]), source_url=row[3])
        for row in rows
    }


def store_network_figure(db: Database, figure: NetworkFigure) -> None:
    """Keep a figure in place of the one before."""
    db.execute(
        "INSERT INTO network_figures (name, value, observed_at, source_url) VALUES (?, ?, ?, ?) ON CONFLICT (name)"
        " DO UPDATE SET value = excluded.value, observed_at = excluded.observed_at, source_url = excluded.source_url",
        (figure.name, figure.value, to_text(figure.observed_at), figure.source_url),
    )
