"""Messy feeds as golden pairs: `tests/feeds/NAME.ext` and what must come out of it, `NAME.expected.json`."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.collector.charset import decode
from bot.collector.documents import NotAFeedError
from bot.collector.mend import mend
from bot.collector.parse import parse_strictly
from bot.collector.parse_loose import parse_loose
from bot.collector.parse_xml import MalformedError
from tests.bot.collector.golden import BASE_URL, outcome, written

FEEDS = Path(__file__).parents[2] / "feeds"
FILES = sorted(path for path in FEEDS.iterdir() if path.suffix and not path.name.endswith(".expected.json"))

#: Well-formed feeds of which feedparser makes something else than we do; ours is the better reading.
DIFFERENT_IN_FEEDPARSER = {
    "atom-xml-base": "it resolves ids as if they were links",
    "media-and-itunes": "it takes the podcast's notes for the text",
}


def expected(path: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(path.with_name(f"{path.stem}.expected.json").read_text(encoding="utf-8"))
    return record


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_messy_feed_gives_what_is_expected(path: Path) -> None:
    record = expected(path)
    content_type = record.pop("content_type", "")
    assert outcome(path.read_bytes(), content_type) == record


def test_there_are_enough_of_them() -> None:
    assert len(FILES) >= 60


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix == ".xml"], ids=lambda path: path.stem)
def test_the_fast_and_the_tolerant_parser_agree(path: Path) -> None:
    body = path.read_bytes()
    try:
        fast = parse_strictly(body, base_url=BASE_URL)
    except (NotAFeedError, MalformedError):
        return  # only one parser reads this one
    loose = parse_loose(mend(decode(body).encode()), base_url=BASE_URL)
    keys = ("guid", "url", "title", "content", "published_at")
    ours, theirs = ([{k: e.get(k) for k in keys} for e in written(d)["entries"]] for d in (fast, loose))
    assert (ours == theirs) is (path.stem not in DIFFERENT_IN_FEEDPARSER)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_damage_to_a_feed_raises_or_hangs(data: st.DataObject) -> None:
    body = bytearray(data.draw(st.sampled_from(FILES)).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(body)))
        length = data.draw(st.integers(0, 40))
        body[at : at + length] = data.draw(
            st.binary(max_size=20) | st.sampled_from([b"<", b"&", b"]]>", b"<!--", b"\xff"])
        )
    _parses_in_time(bytes(body))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=2000))
def test_no_byte_string_raises_or_hangs(body: bytes) -> None:
    _parses_in_time(body)


@pytest.mark.parametrize(
    "piece",
    [b"<item>", b"<a ", b"<![CDATA[", b"<!--", b"&lt;", b"&#", b"<?", b"<!DOCTYPE ", b"<x:y ", b'<a b="', b"]]>"],
)
def test_repeated_pieces_cost_the_strict_parser_linear_time(piece: bytes) -> None:
    body = b"<rss version='2.0'><channel><title>" + piece * 60_000
    started = time.process_time()
    with pytest.raises((NotAFeedError, MalformedError)):
        parse_strictly(body)
    assert time.process_time() - started < 3


@pytest.mark.parametrize("depth", [1_000, 200_000])
def test_deep_nesting_costs_bounded_time(depth: int) -> None:
    inside = b"<b>" * depth + b"x" + b"</b>" * depth
    body = b"<rss><channel><item><title>" + inside + b"</title></item></channel></rss>"
    started = time.process_time()
    with pytest.raises((NotAFeedError, MalformedError)):
        parse_strictly(body)
    assert time.process_time() - started < 3


def _parses_in_time(body: bytes) -> None:
    started = time.process_time()
    outcome(body, "")
    assert time.process_time() - started < 5
