"""The collector against the PyPI package `reader`, side by side: same feeds, same loopback server, same machine.

Fetch, parse, decide and store; both must end with the same entries. Both run as shipped, markup cleaned by each in its
own way; only our manners towards a host are opened wide, since all feeds live on one, and the peer has none. The peer
runs with 1, 4 and 16 workers and its best time of each phase counts. CPU and memory include child processes, not the
server. Every run has its own process. The full run takes a quarter of an hour, nearly all of it the peer's.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parents[2]
_PHASES = ("first", "unchanged", "one_new")
_WORKERS = (1, 4, 16)
#: The peer's best of three counts; so does our best of as many, lest a busy moment of the machine decides.
_OUR_RUNS = 3
#: Feeds of a full run; memory and stalls are told of the largest, ratios of the least favourable.
_SIZES = (500, 2000)
_QUICK_SIZES = (40,)


def measure(*, quick: bool) -> dict[str, float]:
    """Measure all sizes; a ratio is how many times faster we are than the peer, at the size where that is least."""
    results = [_measure_size(feeds) for feeds in (_QUICK_SIZES if quick else _SIZES)]
    worst = {
        name: min(result[name] for result in results)
        for name in ("first_vs_reader", "unchanged_vs_reader", "one_new_vs_reader")
    }
    costs = {
        name: max(result[name] for result in results)
        for name in ("cpu_vs_feedparser", "rss_growth_mb", "loop_stall_ms")
    }
    return {**worst, **costs}


def _measure_size(feeds: int) -> dict[str, float]:
    with _server(feeds) as port:
        ours = _best([_run("ours", feeds, port) for _ in range(_OUR_RUNS)])
        peers = [_run("peer", feeds, port, workers) for workers in _WORKERS]
    for peer in peers:
        if peer["entries"] != ours["entries"]:
            raise AssertionError(f"the databases differ: {ours['entries']} and {peer['entries']}")
    bare = _run("bare", min(feeds, 500), 0)
    bare_cpu = bare["phases"]["first"]["cpu_s"] * feeds / min(feeds, 500)
    best = {phase: min(peer["phases"][phase]["wall_s"] for peer in peers) for phase in _PHASES}
    return {
        **{f"{phase}_vs_reader": best[phase] / ours["phases"][phase]["wall_s"] for phase in _PHASES},
        "cpu_vs_feedparser": ours["phases"]["first"]["cpu_s"] / bare_cpu,
        "rss_growth_mb": ours["rss_growth_mb"],
        "loop_stall_ms": ours["loop_stall_ms"],
    }


def _best(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the least of each figure over equal runs."""
    phases = {
        phase: {key: min(run["phases"][phase][key] for run in runs) for key in ("wall_s", "cpu_s")} for phase in _PHASES
    }
    return {
        "phases": phases,
        "entries": runs[0]["entries"],
        "rss_growth_mb": max(run["rss_growth_mb"] for run in runs),
        "loop_stall_ms": max(run["loop_stall_ms"] for run in runs),
    }


@contextmanager
def _server(feeds: int) -> Iterator[int]:
    command = [sys.executable, "-m", "tests.bench._feed_server", str(feeds)]
    with subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin
        assert server.stdout
        try:
            yield int(server.stdout.readline())
        finally:
            server.stdin.close()
            server.wait(10)


def _run(*arguments: object) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench._collector_run", *map(str, arguments)]
    done = subprocess.run(command, cwd=_ROOT, check=True, stdout=subprocess.PIPE, text=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result
