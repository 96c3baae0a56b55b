"""One run of the collector's benchmark in a process of its own, so that CPU time and memory are this run's alone.

usage: python -m tests.bench._collector_run ours|peer|bare FEEDS PORT [WORKERS]     prints one JSON object
"""

import asyncio
import io
import json
import resource
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

NOW = datetime(2025, 11, 3, 13, tzinfo=UTC)


class Meter:
    """Measures phases: wall time, CPU time with children, and the highest memory over the start."""

    def __init__(self) -> None:
        self.phases: dict[str, dict[str, float]] = {}
        self._rss_start = _rss_mb()

    def record(self, phase: str, started: tuple[float, float]) -> None:
        wall, cpu = time.perf_counter() - started[0], _cpu_s() - started[1]
        self.phases[phase] = {"wall_s": wall, "cpu_s": cpu}

    def growth_mb(self) -> float:
        return _peak_mb() - self._rss_start


def clock() -> tuple[float, float]:
    return time.perf_counter(), _cpu_s()


def _cpu_s() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _rss_mb() -> float:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize() / 1e6


def _peak_mb() -> float:
    return (
        sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) * 1024 / 1e6
    )


def set_generation(port: int, generation: int) -> None:
    urllib.request.urlopen(f"http://127.0.0.1:{port}/generation/{generation}").close()


def url_of(port: int, feed: int) -> str:
    return f"http://127.0.0.1:{port}/feed/{feed}"


# --- ours ----------------------------------------------------------------------------------------------------------


async def run_ours(feeds: int, port: int, folder: Path) -> dict[str, Any]:
    from bot.collector.collector import Collector
    from bot.collector.fetch import open_session
    from bot.collector.options import CollectorOptions
    from bot.garbage import spare_what_stays
    from bot.store import Store
    from db.feeds import add_feed
    from db.records import SourceTier

    options = CollectorOptions(
        allow_loopback=True, per_host_delay_s=0, per_host_concurrency=32, concurrency=32, contact="bench@example.org"
    )
    store = Store(folder / "ours.db")
    for feed in range(feeds):
        url = url_of(port, feed)
        store.call(add_feed, url=url, title=url, group="b", tier=SourceTier.BLOG, poll_minutes=30, now=NOW)
    async with open_session(options) as session:
        collector = Collector(session=session, store=store, options=options)
        spare_what_stays()  # as the service does
        meter, stalls = Meter(), Stalls()
        async with stalls:
            for hour, (phase, generation) in enumerate((("first", 0), ("unchanged", 0), ("one_new", 1))):
                set_generation(port, generation)
                started = clock()
                report = await collector.update_feeds(NOW + timedelta(hours=hour), scheduled=False)
                meter.record(phase, started)
                assert not report.troubles, report.troubles[:3]
    entries = store.call(
        lambda db: db.execute("SELECT f.url, e.guid FROM entries e JOIN feeds f ON f.id = e.feed_id").fetchall()
    )
    store.close()
    return {
        "phases": meter.phases,
        "rss_growth_mb": meter.growth_mb(),
        "loop_stall_ms": stalls.longest_s * 1000,
        "entries": _digest(entries),
    }


class Stalls:
    """Watches the event loop from inside: how much later than asked does it wake up?"""

    _INTERVAL_S = 0.005

    def __init__(self) -> None:
        self.longest_s = 0.0

    async def __aenter__(self) -> "Stalls":
        self._task = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _watch(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(self._INTERVAL_S)
            self.longest_s = max(self.longest_s, time.perf_counter() - before - self._INTERVAL_S)


# --- the peer ------------------------------------------------------------------------------------------------------


def run_peer(feeds: int, port: int, folder: Path, workers: int) -> dict[str, Any]:
    # reader bundles a feedparser that imports sgmllib, which it does not declare; the same module by its present name.
    import feedparser_sgmllib

    sys.modules.setdefault("sgmllib", feedparser_sgmllib)
    from reader import make_reader

    reader = make_reader(str(folder / "peer.db"))
    for feed in range(feeds):
        reader.add_feed(url_of(port, feed))
    meter = Meter()
    for phase, generation in (("first", 0), ("unchanged", 0), ("one_new", 1)):
        set_generation(port, generation)
        started = clock()
        reader.update_feeds(scheduled=False, workers=workers)
        meter.record(phase, started)
    entries = [(entry.feed_url, entry.id) for entry in reader.get_entries()]
    reader.close()
    return {"phases": meter.phases, "rss_growth_mb": meter.growth_mb(), "entries": _digest(entries)}


# --- feedparser alone ----------------------------------------------------------------------------------------------


def run_bare(feeds: int) -> dict[str, Any]:
    import feedparser

    from tests.bench._feed_server import body_of

    bodies = [body_of(feed) for feed in range(feeds)]
    meter = Meter()
    started = clock()
    for body in bodies:
        feedparser.parse(io.BytesIO(body))
    meter.record("first", started)
    return {"phases": meter.phases}


def _digest(entries: list[tuple[str, str]]) -> dict[str, Any]:
    """Number the entries and fingerprint which ones they are; the feed by its number, ports differ."""
    from hashlib import sha256

    names = sorted(f"{url.rpartition('/')[2]} {guid}" for url, guid in entries)
    return {"count": len(names), "hash": sha256("\n".join(names).encode()).hexdigest()}


def main() -> None:
    kind, feeds, port = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    with tempfile.TemporaryDirectory() as folder:
        runs: dict[str, Callable[[], dict[str, Any]]] = {
            "ours": lambda: asyncio.run(run_ours(feeds, port, Path(folder))),
            "peer": lambda: run_peer(feeds, port, Path(folder), int(sys.argv[4])),
            "bare": lambda: run_bare(feeds),
        }
        print(json.dumps(runs[kind]()))


if __name__ == "__main__":
    main()
