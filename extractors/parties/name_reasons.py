"""Everything that may tell whether a capitalised name is a company: the features of the name model.

The points and rules of `discovery`, the shape of the name, where it stands and the words right beside it. Of the name
itself only trade words count, so no company is learned.
"""

import re
from collections.abc import Iterator, Mapping

from extractors.linear import LinearModel, count
from extractors.parties.company_candidates import TRADES, Candidate, Spot, points_of
from extractors.parties.stopwords import GIVEN, HEADLINE, OPENERS, PLACES, TERMS
from extractors.text.stems import step

COMPANY, NO_COMPANY = "company", "none"
_WORD = re.compile(r"[A-Za-z]+|\u00a7+|\d[\d.,]*|[^\s\w]")
_INNER = re.compile(r"[a-z][A-Z]|[A-Za-z]\d|\.ai$")
_KNOWN_NAME = "\u00a7"
#: A model that goes by points alone, for readers that have learned nothing: two points make a company.
BY_POINTS = LinearModel(labels=(COMPANY, NO_COMPANY), bias=(-4.1, 0.0), weights={"points": (4.0, 0.0)})
#: Rules that are counts, not signs.
_COUNTS = frozenset({"seen", "within"})


def name_reasons(one: Candidate, candidates: Mapping[str, Candidate], title: str) -> dict[str, float]:
    """Return the features of a pooled candidate among all of its article."""
    features = count([*_shape(one.name), *_standing(one, candidates, title), *_rules(one)])
    points = points_of(one, title)
    features["points"] = max(-3, min(points, 8)) / 2.0
    features[f"points:{max(-3, min(points, 5))}"] = 1.0
    for spot in one.spots:
        for name in _beside(spot):
            features[name] = 1.0
    return features


def _shape(name: str) -> Iterator[str]:
    words = name.split()
    low = [word.lower() for word in words]
    yield f"words:{min(4, len(words))}"
    if _INNER.search(name):
        yield "inner"
    if name.isupper():
        yield f"capitals:{min(5, len(name))}"
    if "-" in name or "&" in name:
        yield "joined"
    if any(character.isdigit() for character in name):
        yield "digit"
    if len(words) > 1:
        last = low[-1]
        yield f"ends:{last}" if last in TRADES or last in TERMS else "ends-else"
        yield f"terms:{sum(word in TERMS for word in low)}"
        if low[0] in GIVEN:
            yield "given"
    for kind, known in (("place", PLACES), ("term", TERMS), ("opener", OPENERS), ("headline", HEADLINE)):
        if low[0] in known:
            yield f"first:{kind}"


def _standing(one: Candidate, candidates: Mapping[str, Candidate], title: str) -> Iterator[str]:
    seen = len(one.spots)
    headed = sum(spot.heading for spot in one.spots)
    yield f"seen:{step(seen, 1, 2, 4, 7)}"
    yield f"within:{min(3, one.rules['within'])}"
    if headed:
        yield "only-heading" if headed == seen else "some-heading"
    if re.search(rf"(?<!\w){re.escape(one.name)}(?!\w)", title):
        yield "title-start" if title.startswith(one.name) else "title"
    elif one.name.split()[0] in re.split(r"[^\w&-]+", title):
        yield "title-first-word"
    most = max(len(other.spots) for other in candidates.values())
    yield "most-seen" if seen == most and seen > 1 else "less-seen"
    head = one.name.split()[0]
    if " " in one.name and head in candidates:
        yield "has-short"
    if any(name != one.name and name.split()[0] == head and " " in name for name in candidates):
        yield "shares-head"
    yield f"rivals:{step(sum(other.score >= 2 for other in candidates.values()), 0, 1, 3, 6)}"


def _rules(one: Candidate) -> Iterator[str]:
    for rule, times in one.rules.items():
        if rule not in _COUNTS and times:
            yield f"rule:{rule}"
            if times > 1:
                yield f"rule:{rule}:again"
    for kind in one.kinds:
        yield f"kind:{kind}"
    if one.shorts:
        yield "defined"


def _beside(spot: Spot) -> Iterator[str]:
    place = "h" if spot.heading else "x"
    before = [_plain(word) for word in _WORD.findall(spot.before)[-3:]]
    after = [_plain(word) for word in _WORD.findall(spot.after)[:3]]
    yield f"l:{before[-1] if before else 'start'}:{place}"
    yield f"r:{after[0] if after else 'end'}:{place}"
    if not spot.heading:
        yield "l2:" + " ".join(before[-2:])
        yield "r2:" + " ".join(after[:2])
        yield from (f"ln:{word}" for word in before)
        yield from (f"rn:{word}" for word in after)


def _plain(word: str) -> str:
    """Return a word as features see it: names and numbers as one sign each, capitals of other words ignored."""
    if word[0] == _KNOWN_NAME:
        return "company"
    if word[0].isdigit():
        return "#"
    low = word.lower()
    return low if word == low or low in OPENERS or low in TERMS else "Name"
