"""The command `market-pulse collect`, killed with SIGKILL at random moments while it takes in a feed that goes on.

    survive(folder, kills=…, seed=…) -> Outcome

The feed publishes a few articles at every request and lists the newest two hundred. A process and its readers die
together; the lease they held is let run out, as a minute's wait would. The last process may finish.
"""

import multiprocessing
import os
import random
import signal
import sqlite3
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from multiprocessing.process import BaseProcess
from pathlib import Path

from aiohttp import web

from db import watches
from db.checks import check
from db.connection import open_database
from db.watches import WatchDraft
from tests.bot.collect_process import run
from tests.loopback.in_thread import running_world

#: A server process from which the killed ones are forked, so that each is there within a moment.
_NURSERY = multiprocessing.get_context("forkserver")
_NURSERY.set_forkserver_preload(["tests.bot.collect_process"])
PER_REQUEST = 4
LISTED = 200
MINERS = ("IREN", "Cipher Mining", "TeraWulf", "Hut 8", "Galaxy Digital", "Riot Platforms", "Bitfarms", "CleanSpark")
TENANTS = ("Microsoft", "Google", "Oracle", "Meta", "CoreWeave", "Anthropic", "Fluidstack")
SETTINGS = """
[database]
history = false
[collector]
groups = ["test"]
extra_feeds = "{feeds}"
allow_loopback = true
per_host_delay_s = 0.0
[discord]
alert_channels = []
"""
FEEDS = """
[river]
title = "River"
url = "{url}"
group = "test"
tier = "newswire"
poll_minutes = 5
homepage = "https://river.example/"
source = "test"
"""


@dataclass(slots=True, kw_only=True)
class River:
    """The feed: what it published so far, and when it was asked."""

    dice: random.Random
    start: datetime
    items: list[str] = field(default_factory=list)
    requests: int = 0
    is_dry: bool = False

    async def answer(self, request: web.BaseRequest) -> web.Response:
        if not self.is_dry:
            self.items += [self._item(len(self.items) + at) for at in range(PER_REQUEST)]
        self.requests += 1
        listed = "".join(reversed(self.items[-LISTED:]))
        body = f'<rss version="2.0"><channel><title>River</title>{listed}</channel></rss>'
        return web.Response(text=body, content_type="application/rss+xml")

    def _item(self, number: int) -> str:
        miner, tenant = self.dice.choice(MINERS), self.dice.choice(TENANTS)
        megawatts, value = self.dice.randrange(20, 400), self.dice.randrange(200, 9000)
        rest = " ".join(f"note{self.dice.randrange(10**6)}" for _ in range(120))
        text = (
            f"Bitcoin miner {miner} signed a {self.dice.randrange(5, 16)}-year lease with {tenant} for {megawatts} MW"
            f" of critical IT load, worth ${value} million. The artificial intelligence data center is report {number}."
            f"</p><p>{rest}."
        )
        told = format_datetime(self.start + timedelta(seconds=number))
        return (
            f"<item><title>{miner} leases {megawatts} MW to {tenant} ({number})</title><guid>river-{number}</guid>"
            f"<pubDate>{told}</pubDate><description><![CDATA[<p>{text}</p>]]></description></item>"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the file holds after all: `faults` are sentences, none for a sound run."""

    kills: int
    published: int
    stored: int
    articles: int
    deals: int
    alerts: int
    killed_while: dict[str, int]
    faults: tuple[str, ...]


def survive(folder: Path, *, kills: int, seed: int = 11, life_s: float = 1.5) -> Outcome:
    """Kill the command so many times, let it finish once, and look at the file. `life_s`: at most so long after its request."""
    dice = random.Random(seed)
    path = folder / "deals.db"
    with running_world() as world:
        river = River(dice=dice, start=datetime.now(UTC) - timedelta(hours=10))
        world.on("/river.xml", river.answer)
        settings = _settings(folder, world.url("/river.xml"))
        _listen(path)
        faults: list[str] = []
        killed_while = {"before reading": 0, "reading": 0, "after": 0}
        for number in range(kills):
            killed_while[_one_life(path, settings, river, dice.uniform(0, life_s))] += 1
            if (said := _integrity(path)) != "ok":
                faults.append(f"kill {number}: {said}")
        river.is_dry = True
        _let_lease_run_out(path)
        last = _born(path, settings)
        last.join(600)
        if last.exitcode != 0:
            faults.append(f"the last process ended with {last.exitcode}")
    return _look(path, river, kills=kills, killed_while=killed_while, faults=faults)


def _settings(folder: Path, url: str) -> Path:
    feeds, settings = folder / "feeds.toml", folder / "settings.toml"
    feeds.write_text(FEEDS.format(url=url), encoding="utf-8")
    settings.write_text(SETTINGS.format(feeds=feeds), encoding="utf-8")
    return settings


def _listen(path: Path) -> None:
    """Set a watch, so that news becomes outbox rows."""
    db = open_database(path)
    early = datetime.now(UTC) - timedelta(days=2)
    watches.add_watch(db, WatchDraft(name="all", channel_id="1", starts_at=early), now=early)
    db.close()


def _born(path: Path, settings: Path) -> BaseProcess:
    process = _NURSERY.Process(target=run, args=(settings, path))
    process.start()
    return process


def _one_life(path: Path, settings: Path, river: River, life_s: float) -> str:
    """Let the command live so long after it asked the feed, then kill it with its readers; say what it was doing."""
    _let_lease_run_out(path)
    asked, before = river.requests, _articles(path)
    process = _born(path, settings)
    while river.requests == asked and process.is_alive():
        time.sleep(0.002)
    process.join(life_s)
    ended = not process.is_alive()
    with suppress(ProcessLookupError):
        os.killpg(process.pid or 0, signal.SIGKILL)
    process.join()
    return "after" if ended else "reading" if _articles(path) > before else "before reading"


def _let_lease_run_out(path: Path) -> None:
    with sqlite3.connect(path) as file:
        file.execute("UPDATE leases SET expires_at = '2020-01-01T00:00:00Z'")
    file.close()


def _articles(path: Path) -> int:
    file = sqlite3.connect(path)
    counted = int(file.execute("SELECT count(*) FROM articles").fetchone()[0])
    file.close()
    return counted


def _integrity(path: Path) -> str:
    file = sqlite3.connect(path)
    said = str(file.execute("PRAGMA integrity_check").fetchone()[0])
    file.close()
    return said


_FAULTS = {
    "an article without a reading": "SELECT count(*) FROM articles WHERE id NOT IN (SELECT article_id FROM readings)",
    "an entry done without an article": (
        "SELECT count(*) FROM entries WHERE state = 'done' AND id NOT IN (SELECT entry_id FROM articles)"
    ),
    "an article whose entry still waits": (
        "SELECT count(*) FROM articles AS a JOIN entries AS e ON e.id = a.entry_id WHERE e.state <> 'done'"
    ),
    "an entry that still waits": "SELECT count(*) FROM entries WHERE state = 'new'",
    "an article that told a deal and has no mention": (
        "SELECT count(*) FROM readings WHERE is_deal_article = 1 AND article_id NOT IN (SELECT article_id FROM mentions)"
    ),
    "a primary mention without a deal": "SELECT count(*) FROM mentions WHERE is_primary = 1 AND deal_id IS NULL",
    "a deal announced twice": (
        # A deal that swallowed another may hold the alert of each; both had been told before they proved to be one.
        "SELECT count(*) FROM (SELECT deal_id FROM outbox WHERE kind = 'alert'"
        " AND deal_id NOT IN (SELECT merged_into FROM deals WHERE merged_into IS NOT NULL)"
        " GROUP BY deal_id, target HAVING count(*) > 1)"
    ),
    "a new deal of a miner nobody is told of": (
        "SELECT count(*) FROM v_deals WHERE is_primary = 1 AND miner_hyperscaler = 1 AND confidence >= 0.5"
        " AND status = 'signed' AND deal_type IN ('hosting_lease', 'cloud_contract') AND provider IS NOT NULL"
        " AND coalesce(value_usd, capacity_mw) IS NOT NULL"
        " AND deal_id NOT IN (SELECT deal_id FROM outbox WHERE kind = 'alert')"
    ),
}


def _look(path: Path, river: River, *, kills: int, killed_while: dict[str, int], faults: list[str]) -> Outcome:
    db = open_database(path)
    faults += [f"{finding.what}: {finding.detail}" for finding in check(db)]
    for what, query in _FAULTS.items():
        if number := db.execute(query).fetchone()[0]:
            faults.append(f"{what}: {number}")
    guids = [row[0] for row in db.execute("SELECT guid FROM entries")]
    lost = {f"river-{number}" for number in range(len(river.items))} - set(guids)
    if lost or len(guids) != len(set(guids)):
        faults.append(f"{len(lost)} entries lost, {len(guids) - len(set(guids))} stored twice")
    counts = [
        db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("articles", "v_deals", "v_alerts")
    ]
    db.close()
    return Outcome(
        kills=kills,
        published=len(river.items),
        stored=len(guids),
        articles=counts[0],
        deals=counts[1],
        alerts=counts[2],
        killed_while=killed_while,
        faults=tuple(faults),
    )


if __name__ == "__main__":
    print(survive(Path(sys.argv[1]), kills=int(sys.argv[2])))
