"""robots.txt as RFC 9309 has it."""

import time

import pytest

from bot.collector.robots import ALLOW_ALL, DISALLOW_ALL, parse_robots, rules_for

EXAMPLE = """
# comment
User-agent: *
Disallow: /private/
Disallow: /*.pdf$
Allow: /private/press

User-agent: OtherBot
User-agent: MarketPulse
Disallow: /no-pulse   # a reason
Disallow:

Sitemap: https://a.example/sitemap.xml
"""


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        pytest.param(EXAMPLE, "/no-pulse/x", False, id="our own group"),
        pytest.param(EXAMPLE, "/private/x", True, id="our own group replaces the general one"),
        pytest.param("User-agent: *\nDisallow: /private/", "/private/x", False, id="the general group"),
        pytest.param("User-agent: *\nDisallow: /private/", "/private", True, id="a prefix is literal"),
        pytest.param("User-agent: *\nDisallow: /p\nAllow: /page", "/page/1", True, id="the longer rule wins"),
        pytest.param("User-agent: *\nDisallow: /page\nAllow: /page", "/page", True, id="on a tie the kinder one"),
        pytest.param("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False, id="star and end"),
        pytest.param("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x=1", True, id="end means the end"),
        pytest.param("User-agent: *\nDisallow: /*?print=", "/a?print=1", False, id="query"),
        pytest.param("User-agent: *\nDisallow: /caf%C3%A9", "/café", False, id="percent-encoding"),
        pytest.param("User-agent: *\nDisallow: /", "/", False, id="everything"),
        pytest.param("User-agent: *\nDisallow:", "/", True, id="an empty rule forbids nothing"),
        pytest.param("Disallow: /", "/", True, id="a rule without a group"),
        pytest.param("", "/", True, id="empty"),
        pytest.param("<html>not found</html>", "/", True, id="HTML instead"),
        pytest.param("User-agent: MarketPulseX\nDisallow: /", "/", True, id="another product"),
        pytest.param("user-AGENT: marketpulse/1.0\ndisallow: /", "/x", False, id="case and version"),
    ],
)
def test_rules(text: str, path: str, allowed: bool) -> None:
    assert parse_robots(text).allows(f"https://a.example{path}") is allowed


@pytest.mark.parametrize(
    ("status", "rules"),
    [
        pytest.param(404, ALLOW_ALL, id="missing"),
        pytest.param(403, ALLOW_ALL, id="forbidden"),
        pytest.param(500, DISALLOW_ALL, id="failing"),
        pytest.param(429, DISALLOW_ALL, id="busy"),
        pytest.param(None, DISALLOW_ALL, id="no answer"),
    ],
)
def test_an_answer_without_a_file(status: int | None, rules: object) -> None:
    assert rules_for(status, "") == rules


def test_a_hostile_file_costs_little() -> None:
    rules = parse_robots("User-agent: *\n" + f"Disallow: /{'*a' * 500}$\n" * 300)
    started = time.process_time()
    rules.allows("https://a.example/" + "a" * 2000 + "b")
    assert time.process_time() - started < 1
