"""A server's own assumptions: stored with who and when, laid over the shipped tables for its own questions only."""

from datetime import UTC, datetime

import pytest

from bot.errors import InputError
from bot.valuation.model_tables import load_assumptions
from bot.valuation.server_model import Server, overlaid, reset_for_server, set_for_server, show_assumptions
from db.connection import Database, open_memory
from db.server_assumptions import assumptions_of
from db.watches import guild_left, purge_left_guilds

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
SERVER = Server(guild_id="7", name="Miners", user_id="42")
KEY = "escalator_pct"


@pytest.fixture
def db() -> Database:
    return open_memory()


def base_of(db: Database, guild_id: str | None) -> float:
    return overlaid(db, guild_id, load_assumptions()).rows[KEY].base


def test_a_set_value_counts_for_that_server_only(db: Database) -> None:
    shipped = base_of(db, None)
    set_for_server(db, SERVER, key=KEY, value="1, 2, 2.5", now=NOW)
    assert (base_of(db, "7"), base_of(db, "8"), base_of(db, None)) == (2, shipped, shipped)
    assert [(row.set_by, row.set_at) for row in assumptions_of(db, "7")] == [("42", NOW)]


def test_a_reset_brings_the_shipped_row_back(db: Database) -> None:
    set_for_server(db, SERVER, key=KEY, value="2", now=NOW)
    reset_for_server(db, SERVER, key=KEY)
    assert base_of(db, "7") == base_of(db, None)
    with pytest.raises(InputError, match="nothing of its own"):
        reset_for_server(db, SERVER, key=KEY)


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        pytest.param("no_such_key", "2", "assumptions show", id="unknown key"),
        pytest.param(KEY, "much", "is not a number", id="words"),
        pytest.param(KEY, "1, 2", "or three", id="two numbers"),
        pytest.param(KEY, "3, 2, 1", "in order", id="wrong order"),
        pytest.param(KEY, "900", "plausible", id="absurd"),
    ],
)
def test_bad_values_are_refused_with_the_reason(db: Database, key: str, value: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        set_for_server(db, SERVER, key=key, value=value, now=NOW)
    assert assumptions_of(db, "7") == []


def test_showing_puts_the_servers_own_first(db: Database) -> None:
    set_for_server(db, SERVER, key=KEY, value="2", now=NOW)
    said = show_assumptions(db, "7", text="rent").embeds[0].description
    assert said.index(KEY) < said.index("rent_y1")
    assert "set by this server" in said


def test_a_server_that_left_takes_its_assumptions_along(db: Database) -> None:
    set_for_server(db, SERVER, key=KEY, value="2", now=NOW)
    guild_left(db, "7", now=NOW)
    purge_left_guilds(db, before=datetime(2026, 6, 1, tzinfo=UTC))
    assert assumptions_of(db, "7") == []
