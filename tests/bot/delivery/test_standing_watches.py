"""The watches of the settings: what they hear, and that a changed setting changes the stored watch."""

from datetime import UTC, datetime
from pathlib import Path

from bot.delivery.standing_watches import CONSOLE, standing_watches, sync_standing_watches
from bot.settings import Settings, load_settings
from db.connection import open_memory
from db.watches import list_watches

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def settings_of(tmp_path: Path, text: str) -> Settings:
    path = tmp_path / "s.toml"
    path.write_text(text, encoding="utf-8")
    return load_settings(path, database_path=None)


def test_channels_hear_alerts_and_digests_as_the_settings_say(tmp_path: Path) -> None:
    text = """
[discord]
alert_channels = [1, 2]
digest_channels = [2, 3]
[digest]
send = "weekly"
at = "07:30"
timezone = "Europe/Berlin"
"""
    watches = {draft.channel_id: draft for draft in standing_watches(settings_of(tmp_path, text), with_console=False)}
    assert {key: draft.digest for key, draft in watches.items()} == {"1": "none", "2": "weekly", "3": "weekly"}
    assert watches["3"].events == ()
    assert {(draft.digest_at, draft.time_zone) for draft in watches.values()} == {("07:30", "Europe/Berlin")}


def test_rumours_are_heard_when_the_settings_ask(tmp_path: Path) -> None:
    (draft,) = standing_watches(settings_of(tmp_path, "[alerts]\nrumours = true\n"), with_console=True)
    assert draft.channel_id == CONSOLE
    assert "rumour" in draft.events


def test_changed_settings_change_stored_watches(tmp_path: Path) -> None:
    db = open_memory()
    first = standing_watches(settings_of(tmp_path, "[discord]\nalert_channels = [1, 2]\n"), with_console=False)
    sync_standing_watches(db, first, now=NOW)
    text = '[discord]\nalert_channels = [1]\n[alerts]\nrumours = true\n[digest]\nat = "06:00"\n'
    sync_standing_watches(db, standing_watches(settings_of(tmp_path, text), with_console=False), now=NOW)
    one, two = list_watches(db)
    assert ("rumour" in one.events, one.digest_at, one.disabled_at) == (True, "06:00", None)
    assert two.disabled_at == NOW
    sync_standing_watches(db, first, now=NOW)
    assert [watch.disabled_at for watch in list_watches(db)] == [None, None]
