"""robots.txt as RFC 9309 has it: groups by product name, longest rule wins, * and $ in paths. Pure.

Fetching and keeping it for a day is the reader's business (`articles`).
"""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes, urlsplit

PRODUCT = "marketpulse"
MAX_BYTES = 500_000
_LONGEST_RULE = 2000


@dataclass(frozen=True, slots=True)
class Rule:
    """One Allow or Disallow line."""

    allow: bool
    path: str


@dataclass(frozen=True, slots=True)
class RobotRules:
    """The rules that hold for us."""

    rules: tuple[Rule, ...] = ()

    def allows(self, url: str) -> bool:
        """Tell whether the address may be fetched; on a tie the kinder rule wins."""
        parts = urlsplit(url)
        path = _normal(parts.path or "/") + (f"?{_normal(parts.query)}" if parts.query else "")
        best = max((_strength(rule, path) for rule in self.rules), default=(-1, True))
        return best[1] if best[0] >= 0 else True


ALLOW_ALL = RobotRules()
DISALLOW_ALL = RobotRules((Rule(allow=False, path="/"),))


def rules_for(status: int | None, body: str) -> RobotRules:
    """Return the rules of an answer: a missing file allows everything, a failing server nothing for now."""
    if status is None or status >= 500 or status == 429:
        return DISALLOW_ALL
    return parse_robots(body) if status == 200 else ALLOW_ALL


def parse_robots(text: str, *, product: str = PRODUCT) -> RobotRules:
    """Return the rules for our product, else those for everybody."""
    groups: dict[str, list[Rule]] = {}
    agents: list[str] = []
    in_rules = False
    for line in text[:MAX_BYTES].splitlines():
        key, _, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if key == "user-agent":
            agents = [value.lower()] if in_rules else [*agents, value.lower()]
            in_rules = False
            groups.setdefault(value.lower(), [])
        elif key in {"allow", "disallow"}:
            in_rules = True
            if value and len(value) <= _LONGEST_RULE:
                for agent in agents:
                    groups[agent].append(Rule(allow=key == "allow", path=_normal(value)))
    ours = next((rules for agent, rules in groups.items() if agent.partition("/")[0].strip() == product), None)
    return RobotRules(tuple(groups.get("*", ()) if ours is None else ours))


def _normal(path: str) -> str:
    """Write a path with one spelling of its percent-encoding; * and $ keep their meaning."""
    return quote(unquote_to_bytes(path), safe="/*$?&=+:;,@!~'()-._%")


def _strength(rule: Rule, path: str) -> tuple[int, bool]:
    return (len(rule.path), rule.allow) if _matches(rule.path, path) else (-1, True)


def _matches(pattern: str, path: str) -> bool:
    if "*" not in pattern and not pattern.endswith("$"):
        return path.startswith(pattern)
    anchored = pattern.endswith("$")
    pieces = re.sub(r"\*+", "*", pattern.removesuffix("$")).split("*")
    return _pieces_match(pieces, path, anchored=anchored)


def _pieces_match(pieces: list[str], path: str, *, anchored: bool) -> bool:
    """Match the pieces between stars from left to right; linear, unlike a regular expression of many stars."""
    first, *rest = pieces
    if not path.startswith(first):
        return False
    at = len(first)
    for number, piece in enumerate(rest):
        if anchored and number == len(rest) - 1:
            return path.endswith(piece) and len(path) - len(piece) >= at
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return not anchored or at == len(path)
