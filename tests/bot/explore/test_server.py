"""The server: this machine only, nothing can be changed, and one sentence where Datasette is missing."""

import socket
import sys
from collections.abc import Iterator

import aiohttp
import pytest
from click.testing import CliRunner

from bot.cli.group import cli
from tests.browser.exploring import exploring


@pytest.fixture
def address(store, tell) -> Iterator[str]:
    tell()
    with exploring(store.path) as where:
        yield where


async def get(url: str, **headers: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as answer:
        return answer.status, await answer.text()


async def test_its_pages_answer(address: str) -> None:
    assert address.startswith("http://127.0.0.1:")
    for path, words in {
        "": "Questions",
        "market-pulse": "Custom SQL query",
        "market-pulse/v_deals": "the committed initial term of this deal",
        "market-pulse/search?words=redwood": "$4.2 billion",
        "market-pulse/largest": "northgate-digital-redwood-ai-2026-03",
        "charts": "contracted megawatts by miner",
    }.items():
        status, text = await get(address + path)
        assert (status, words in text) == (200, True), path


async def test_charts_are_drawn(address: str) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{address}charts/timeline.png") as answer:
            assert (await answer.read()).startswith(b"\x89PNG")
        async with session.get(f"{address}charts/nothing.png") as answer:
            assert answer.status == 404


async def test_another_host_name_is_refused(address: str) -> None:
    assert (await get(address, Host="rebound.example"))[0] == 403
    assert (await get(address, Host="localhost:1"))[0] == 200


async def test_nothing_can_be_changed(address: str, store) -> None:
    status, text = await get(f"{address}market-pulse?sql=delete+from+deals")
    assert (status, "Statement must be a SELECT" in text) == (400, True)
    assert store.call(lambda db: db.execute("SELECT count(*) FROM deals").fetchone()[0]) == 1


def test_without_datasette_one_sentence_says_what_to_install(store, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [name for name in sys.modules if name.split(".")[0] in {"uvicorn", "datasette"}]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    monkeypatch.setitem(sys.modules, "datasette", None)
    done = CliRunner().invoke(cli, ["--db", str(store.path), "db", "explore"])
    assert done.exit_code == 2
    assert done.stderr.strip() == (
        "market-pulse: exploring needs Datasette: run `pip install datasette`, then `market-pulse db explore` again"
    )


def test_a_taken_port_is_said(store) -> None:
    pytest.importorskip("datasette")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = CliRunner().invoke(cli, ["--db", str(store.path), "db", "explore", "--port", port])
    assert done.exit_code == 2
    assert f"port {port} is taken" in done.stderr
