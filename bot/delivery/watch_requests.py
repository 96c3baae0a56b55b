"""What a person asks a watch to hear, read into a watch draft, and a watch said back in words. Pure.

Every answer that cannot be used is an InputError whose sentence says what to write instead.
"""

import re
from dataclasses import dataclass, replace
from typing import Final
from zoneinfo import available_timezones

from bot.delivery.watching import style_of
from bot.errors import InputError
from bot.messages.wording import TYPE_WORDS, listed, money, percent, power
from db.watches import Watch, WatchDraft
from extractors.closed_sets import DealType

EVENT_CHOICES: Final = {
    "deals": ("new and changed deals", ("new", "change")),
    "rumours": ("new and changed deals, and rumours", ("new", "change", "rumour")),
    "everything": ("all of that, and share reactions", ("new", "change", "rumour", "reaction")),
    "new": ("new deals only", ("new",)),
}
DIGEST_CHOICES: Final = {"none": "no digest", "daily": "daily", "weekly": "weekly", "both": "daily and weekly"}
NUMBER_CHOICES: Final = {"en": "1,234.5", "eu": "1.234,5", "space": "1 234.5"}
KIND_CHOICES: Final = (
    DealType.HOSTING_LEASE,
    DealType.CLOUD_CONTRACT,
    DealType.ACQUISITION,
    DealType.JOINT_VENTURE,
    DealType.PARTNERSHIP,
)
_AMOUNT = re.compile(r"\$?\s*(?P<number>\d+(?:[.,]\d+)?)\s*(?P<scale>k|m|mn|million|b|bn|billion|)\s*", re.IGNORECASE)
_SCALES = {"": 1, "k": 10**3, "m": 10**6, "b": 10**9}
_QUIET = re.compile(r"(?P<from>\d{1,2}(?::\d{2})?)\s*(?:-|–|to)\s*(?P<until>\d{1,2}(?::\d{2})?)", re.IGNORECASE)
_MAX_COMPANIES = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """The options of `/watch add` and `/watch edit` as typed; None = not given."""

    events: str | None = None
    companies: str | None = None
    kind: str | None = None
    min_value: str | None = None
    min_mw: float | None = None
    confidence_pct: int | None = None
    quiet: str | None = None
    role_id: int | None = None
    numbers: str | None = None
    time_zone: str | None = None
    digest: str | None = None
    digest_at: str | None = None


def apply_wishes(draft: WatchDraft, wishes: Wishes) -> WatchDraft:
    """Lay what was asked over a draft (a new watch's defaults or a stored watch)."""
    changes: dict[str, object] = {}
    if wishes.events is not None:
        changes["events"] = EVENT_CHOICES[wishes.events][1]
    if wishes.companies is not None:
        changes["companies"] = read_companies(wishes.companies)
    if wishes.kind is not None:
        changes["deal_types"] = () if wishes.kind == "all" else (wishes.kind,)
    if wishes.min_value is not None:
        changes["min_value_usd"] = read_amount(wishes.min_value) or None
    if wishes.min_mw is not None:
        changes["min_capacity_mw"] = wishes.min_mw or None
    if wishes.confidence_pct is not None:
        changes["min_confidence"] = wishes.confidence_pct / 100
    if wishes.quiet is not None:
        changes["quiet_from"], changes["quiet_until"] = read_quiet_hours(wishes.quiet)
    if wishes.role_id is not None:
        changes["role_id"] = str(wishes.role_id)
    return replace(draft, **changes, **_presentation(wishes))  # type: ignore[arg-type]


def _presentation(wishes: Wishes) -> dict[str, str]:
    changes = {"number_format": wishes.numbers, "digest": wishes.digest}
    if wishes.time_zone is not None:
        changes["time_zone"] = read_time_zone(wishes.time_zone)
    if wishes.digest_at is not None:
        changes["digest_at"] = read_time(wishes.digest_at)
    return {key: value for key, value in changes.items() if value is not None}


def read_companies(text: str) -> tuple[str, ...]:
    """Read "IREN, Cipher Mining"; "all" means every company."""
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    if len(names) > _MAX_COMPANIES:
        raise InputError(f"A watch takes at most {_MAX_COMPANIES} companies; make a second watch for the others.")
    return () if [name.casefold() for name in names] == ["all"] else names


def read_amount(text: str) -> int:
    """Read "500m", "$1.5bn" or "250,000,000" into dollars."""
    plain = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text.strip())
    match = _AMOUNT.fullmatch(plain)
    if match is None:
        raise InputError(f"“{text[:40]}” is no amount I can read; write it like 500m or $1.5bn.")
    number = float(match["number"].replace(",", "."))
    return round(number * _SCALES[match["scale"][:1].lower()])


def read_quiet_hours(text: str) -> tuple[str | None, str | None]:
    """Read "22:00-07:00"; "none" means no quiet hours."""
    if text.strip().casefold() in {"none", "off", ""}:
        return None, None
    match = _QUIET.fullmatch(text.strip())
    if match is None:
        raise InputError("Quiet hours look like 22:00-07:00; write none to have no quiet hours.")
    return read_time(match["from"]), read_time(match["until"])


def read_time(text: str) -> str:
    """Read "8", "8:30" or "08:30" into HH:MM."""
    hour, _, minute = text.strip().partition(":")
    if not (hour.isdigit() and (minute or "0").isdigit() and int(hour) < 24 and int(minute or 0) < 60):
        raise InputError(f"“{text[:20]}” is no time of day; write it like 08:30.")
    return f"{int(hour):02d}:{int(minute or 0):02d}"


def read_time_zone(text: str) -> str:
    """Read a zone of the tz database, in any case."""
    zones = {zone.casefold(): zone for zone in available_timezones()}
    zone = zones.get(text.strip().casefold().replace(" ", "_"))
    if zone is None:
        raise InputError(f"I know no time zone “{text[:40]}”; pick one from the list, such as Europe/Berlin.")
    return zone


def zones_like(text: str, *, limit: int = 25) -> list[str]:
    """Return time zones for an autocompletion, those that start with the text first."""
    wanted = text.strip().casefold().replace(" ", "_")
    fitting = [
        zone for zone in sorted(available_timezones()) if (wanted in zone.casefold() and "/" in zone) or zone == "UTC"
    ]
    return sorted(fitting, key=lambda zone: not zone.rpartition("/")[2].casefold().startswith(wanted))[:limit]


def watch_words(watch: Watch) -> str:
    """Say what a watch hears, in one line of plain words."""
    style = style_of(watch)
    parts = [listed([event.replace("change", "changed") for event in watch.events])]
    types = [TYPE_WORDS[DealType(kind)] for kind in watch.deal_types]
    parts.append(listed(types) + " only" if types else "")
    parts.append(f"about {listed(list(watch.companies), joint='or')}" if watch.companies else "")
    sizes = [money(watch.min_value_usd, style=style)] if watch.min_value_usd is not None else []
    sizes += [power(watch.min_capacity_mw, style=style)] if watch.min_capacity_mw is not None else []
    parts.append(f"from {listed(sizes, joint='or')}" if sizes else "")
    parts.append(f"at least {percent(watch.min_confidence * 100)} sure" if watch.min_confidence else "")
    parts.append(f"quiet {watch.quiet_from}–{watch.quiet_until} {watch.time_zone}" if watch.quiet_from else "")
    parts.append(
        f"{DIGEST_CHOICES[watch.digest]} digest at {watch.digest_at} {watch.time_zone}"
        if watch.digest != "none"
        else ""
    )
    return ", ".join(part for part in parts if part)
