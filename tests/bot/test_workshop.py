"""The workshop: another process works, errors come back, one order is worked once, a killed process is replaced."""

import asyncio
import os
from datetime import UTC, datetime

import pytest

from bot.discord import long_answers
from bot.errors import InputError
from bot.workshop import OnStore, Workshop

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def process_id(db, *, now):
    return os.getpid()


def die(db, path, *, now):
    if not path.exists():
        path.write_text("once")
        os._exit(1)
    return "alive"


@pytest.fixture
async def workshop(store):
    workshop = Workshop(store.path)
    yield workshop
    workshop.close()
    await asyncio.sleep(0)


async def test_long_answers_come_from_another_process_as_they_do_here(workshop, store, tell):
    tell()
    assert await workshop.run(process_id, now=NOW) != os.getpid()
    there = await workshop.run(long_answers.league, "mw", now=NOW)
    assert there == await OnStore(store).run(long_answers.league, "mw", now=NOW)
    with pytest.raises(InputError, match="pick a company"):
        await workshop.run(long_answers.company, "Nobody", now=NOW)


async def test_what_waits_already_is_worked_once(workshop, store):
    one, other = (asyncio.create_task(workshop.run(long_answers.digest, "weekly", now=NOW)) for _ in range(2))
    assert (await one) is (await other)


async def test_a_process_that_dies_is_replaced(workshop, tmp_path):
    assert await workshop.run(die, tmp_path / "died", now=NOW) == "alive"
