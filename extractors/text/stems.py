"""Words of masked text as features see them: endings cut off, numbers and names as one sign each; sizes in steps."""

import re

from extractors.reading import NAME_MASK

_TOKEN = re.compile(rf"[a-z][a-z'&/-]*|{NAME_MASK}+|[$€£]|\d[\d,.]*|[;:()\u2014\u2013-]")
_ENDINGS = ("ing", "ed", "es", "s")
_SHORTEST_STEM = 4


def stems(text: str) -> list[str]:
    """Return the words of masked text, endings cut off, numbers and names as one sign each."""
    return [_stem(token) for token in _TOKEN.findall(text)]


def step(value: float, *edges: float) -> int:
    """Return the number of the interval that holds a value."""
    return next((index for index, edge in enumerate(edges) if value <= edge), len(edges))


def _stem(token: str) -> str:
    if token[0] == NAME_MASK:
        return NAME_MASK
    if token[0].isdigit():
        return "#"
    return next(
        (
            token[: -len(ending)]
            for ending in _ENDINGS
            if token.endswith(ending) and len(token) - len(ending) >= _SHORTEST_STEM
        ),
        token,
    )
