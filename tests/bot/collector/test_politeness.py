"""The gate of a host: so many at once, so long between two."""

import asyncio
from datetime import timedelta

import pytest

from bot.collector.politeness import HostGate, host_of
from tests.bot.collector.conftest import FakeTime
from tests.bot.collector.rows import NOW


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.A.example/x", "a.example"),
        ("http://a.example:8080/", "a.example:8080"),
        ("https://data.sec.gov/submissions/x", "sec.gov"),
        ("https://www.sec.gov/Archives", "sec.gov"),
        ("https://notsec.gov/", "notsec.gov"),
        ("http://[bad", ""),
    ],
)
def test_hosts_are_counted_under_one_name(url: str, host: str) -> None:
    assert host_of(url) == host


def gate(time: FakeTime, *, concurrency: int = 2, delay_s: float = 1.0) -> HostGate:
    return HostGate(concurrency=concurrency, delay_s=delay_s, clock=time.clock, sleep=time.sleep)


async def test_only_so_many_at_once() -> None:
    time, inside, most = FakeTime(), 0, 0
    narrow = gate(time, delay_s=0)

    async def visit() -> None:
        nonlocal inside, most
        async with narrow.visit("a"):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(visit() for _ in range(10)))
    assert most == 2


async def test_hosts_do_not_wait_for_each_other(fake_time: FakeTime) -> None:
    slow = gate(fake_time)
    for host in "abcd":
        async with slow.visit(host):
            pass
    assert fake_time.slept == []


async def test_the_sec_is_never_asked_more_than_ten_times_a_second(fake_time: FakeTime) -> None:
    hasty = gate(fake_time, concurrency=50, delay_s=0)
    for _ in range(21):
        async with hasty.visit("sec.gov"):
            pass
    assert sum(fake_time.slept) >= 2


async def test_the_later_end_of_two_pauses_wins(fake_time: FakeTime) -> None:
    patient = gate(fake_time)
    late = NOW + timedelta(hours=2)
    patient.pause("a", until=late)
    patient.pause("a", until=NOW + timedelta(hours=1))
    assert patient.paused_until("a", now=NOW) == late
    assert patient.paused_until("a", now=late) is None
    assert patient.paused_until("b", now=NOW) is None
