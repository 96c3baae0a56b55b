"""`market-pulse db explore` running on a database, as a person starts it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


@contextmanager
def exploring(database: Path) -> Iterator[str]:
    """Start it on a free port; yield its address, end it with Ctrl-C."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "--db", str(database), "db", "explore", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().split()[0]
    finally:
        process.terminate()
        process.wait(timeout=20)
        process.stdout.close()
