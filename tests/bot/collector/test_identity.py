"""A known entry stays known when its title, date or tracking changes; two different ones stay two."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.collector.documents import FeedEntry
from bot.collector.identity import clean_url, identify
from tests.bot.collector.rows import NOW

ENTRY = FeedEntry(guid="g-1", url="https://a.example/news/one", title="One", published_at=NOW)
BARE = replace(ENTRY, guid=None)
NAMELESS = FeedEntry(title="Site offline, new lease", published_at=NOW)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(ENTRY, replace(ENTRY, title="One, updated"), id="edited title"),
        pytest.param(ENTRY, replace(ENTRY, published_at=NOW + timedelta(days=2)), id="edited date"),
        pytest.param(ENTRY, replace(ENTRY, url="https://a.example/news/one-corrected"), id="edited address"),
        pytest.param(BARE, replace(BARE, title="One, updated"), id="edited title without a GUID"),
        pytest.param(BARE, replace(BARE, url=f"{BARE.url}?utm_source=rss&utm_medium=feed"), id="tracking added"),
        pytest.param(BARE, replace(BARE, url="http://www.a.example/news/one/#comments"), id="www, http, slash, anchor"),
        pytest.param(
            replace(ENTRY, guid="https://a.example/?p=7"),
            replace(ENTRY, guid="http://a.example/?p=7"),
            id="GUID to https",
        ),
        pytest.param(
            NAMELESS, replace(NAMELESS, title="Site offline - new lease!"), id="punctuation, neither GUID nor URL"
        ),
    ],
)
def test_the_same_entry_is_known_again(before: FeedEntry, after: FeedEntry) -> None:
    (one,), (two,) = identify([before]), identify([after])
    assert one.main == two.main


def test_an_edited_guid_is_known_by_its_address() -> None:
    (one,), (two,) = identify([ENTRY]), identify([replace(ENTRY, guid="g-1-v2")])
    assert one.main != two.main
    assert one.url == two.url is not None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(ENTRY, replace(ENTRY, guid="g-2", url="https://a.example/news/two"), id="two entries"),
        pytest.param(BARE, replace(BARE, url="https://a.example/news/two"), id="without GUIDs"),
        pytest.param(ENTRY, replace(ENTRY, url="https://a.example/news/two"), id="one GUID for all"),
        pytest.param(
            replace(BARE, url="https://a.example/?id=1"), replace(BARE, url="https://a.example/?id=2"), id="by query"
        ),
        pytest.param(
            replace(BARE, url="https://a.example/", title="One"),
            replace(BARE, url="https://a.example/", title="Two"),
            id="everything links to the front page",
        ),
        pytest.param(NAMELESS, replace(NAMELESS, title="Another thing"), id="only titles"),
    ],
)
def test_different_entries_stay_different(first: FeedEntry, second: FeedEntry) -> None:
    one, two = identify([first, second])
    assert one.main != two.main
    assert one.url is None or one.url != two.url


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("HTTPS://WWW.A.example:443/x/?b=2&a=1&fbclid=z", "http://a.example/x?a=1&b=2"),
        ("http://a.example/#!/story/5", "http://a.example#!/story/5"),
        ("http://a.example:8080/x", "http://a.example:8080/x"),
        ("http://a.example:bad/x", "http://a.example:bad/x"),
    ],
)
def test_addresses_are_cleaned(url: str, clean: str) -> None:
    assert clean_url(url) == clean
