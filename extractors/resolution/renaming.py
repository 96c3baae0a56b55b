"""Which names are one company, given who says that whom was renamed. Order of telling plays no part.

    united(told, listed) -> {normal name: key}      for names the list of companies does not have

Names joined by renames are one company: the listed one, where there is one, else it is called by its newest name. Names
that would join two listed companies stay apart: somebody is wrong, and the list is not.
"""

from collections.abc import Iterable, Mapping

#: (old, new): normal names.
Told = tuple[str, str]


def united(told: Iterable[Told], listed: Mapping[str, str]) -> dict[str, str]:
    """Return the key of each unlisted name that was or became another; `listed` are the keys of the list's names."""
    pairs = {(listed.get(old, old), listed.get(new, new)) for old, new in told}
    keys = set(listed.values())
    found: dict[str, str] = {}
    for group in _groups(pairs):
        known = group & keys
        if len(known) > 1:
            continue
        replaced = {old for old, new in pairs if old in group and old != new}
        key = min(known or (group - replaced) or group)
        found |= dict.fromkeys(group - keys, key)
    return found


def _groups(pairs: Iterable[Told]) -> list[frozenset[str]]:
    """Gather the names that renames connect."""
    home: dict[str, frozenset[str]] = {}
    for old, new in pairs:
        joined = home.get(old, frozenset({old})) | home.get(new, frozenset({new}))
        home |= dict.fromkeys(joined, joined)
    return sorted(set(home.values()), key=sorted)
