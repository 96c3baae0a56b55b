"""The service starts, refuses a second one on its database, lets short writes work beside it, and ends cleanly."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import LeaseHeldError


def environment(folder: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("MARKET_PULSE", "DISCORD"))}
    return kept | {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}


def command(folder: Path, *args: str) -> list[str]:
    settings = folder / "settings.toml"
    settings.write_text('[collector]\ngroups = ["none-of-them"]\n')
    return [sys.executable, "-m", "bot", "--settings", str(settings), "--db", str(folder / "service.db"), *args]


@contextmanager
def running(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Start a service and wait until it says so."""
    process = subprocess.Popen(
        command(folder, "run"), env=environment(folder), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    )
    assert process.stderr is not None
    try:
        for line in process.stderr:
            if "service started" in line:
                break
        yield process
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


def end(process: subprocess.Popen[str], number: int) -> tuple[float, str]:
    """Send a signal; return how long the end took and what was said."""
    started = time.monotonic()
    process.send_signal(number)
    assert process.stderr is not None
    said = process.stderr.read()
    process.wait(timeout=10)
    return time.monotonic() - started, said


def test_sigterm_ends_it_within_five_seconds_without_a_traceback(tmp_path: Path) -> None:
    with running(tmp_path) as process:
        took, said = end(process, signal.SIGTERM)
        assert process.returncode == 0
    assert took < 5
    assert "Traceback" not in said
    assert "service stopped" in said


def test_control_c_is_the_same(tmp_path: Path) -> None:
    with running(tmp_path) as process:
        _, said = end(process, signal.SIGINT)
        assert (process.returncode, "Traceback" in said) == (0, False)


def test_a_second_service_is_refused_and_short_writes_are_not(tmp_path: Path) -> None:
    opml = tmp_path / "feeds.opml"
    opml.write_text(
        '<opml version="2.0"><body><outline type="rss" text="Wire" xmlUrl="https://example.org/f"/></body></opml>'
    )
    with running(tmp_path):
        env = environment(tmp_path)
        second = subprocess.run(
            command(tmp_path, "run"), env=env, capture_output=True, text=True, check=False, timeout=60
        )
        write = subprocess.run(
            command(tmp_path, "feeds", "import", str(opml)),
            env=env,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert second.returncode == LeaseHeldError.exit_code
    assert "another Market Pulse service" in second.stderr
    assert "Traceback" not in second.stderr
    assert (write.returncode, "1" in write.stdout) == (0, True), write.stderr


def test_the_lease_is_free_again_after_the_end(tmp_path: Path) -> None:
    for _ in range(2):
        with running(tmp_path) as process:
            end(process, signal.SIGTERM)
            assert process.returncode == 0
