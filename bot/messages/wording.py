"""How facts are put into words: numbers, money, megawatts, terms, dates, qualifiers, share moves.

Knows the reader's number format; knows nothing of deals as a whole, of Discord's markdown, limits or layout.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from extractors.closed_sets import (
    CapacityKind,
    DealStatus,
    DealType,
    Direction,
    PartyKind,
    Precision,
    Qualifier,
    Session,
)
from extractors.models import PartialDate, Reaction


class NumberFormat(StrEnum):
    """How a reader writes one thousand two hundred thirty-four and a half."""

    EN = "en"  # 1,234.5
    EU = "eu"  # 1.234,5
    SPACE = "space"  # 1 234.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What a channel chose for its numbers and its clock."""

    numbers: NumberFormat = NumberFormat.EN
    timezone: str = "UTC"


PLAIN = Style()
_TRANSLATIONS: dict[NumberFormat, dict[int, str]] = {
    NumberFormat.EN: {},
    NumberFormat.EU: {ord(","): ".", ord("."): ","},
    NumberFormat.SPACE: {ord(","): "\u202f"},
}
_SYMBOLS = {"USD": "$", "CAD": "C$", "AUD": "A$", "NZD": "NZ$", "HKD": "HK$", "SGD": "S$", "EUR": "€", "GBP": "£"}
_MAGNITUDES = ((Decimal(10) ** 12, "trillion", 3), (Decimal(10) ** 9, "billion", 3), (Decimal(10) ** 6, "million", 1))
_QUALIFIERS = {Qualifier.APPROX: "about ", Qualifier.AT_LEAST: "at least ", Qualifier.UP_TO: "up to "}
_BASES = {CapacityKind.IT: " critical IT", CapacityKind.GROSS: " gross"}

TYPE_WORDS = {
    DealType.HOSTING_LEASE: "data-centre lease",
    DealType.CLOUD_CONTRACT: "AI cloud contract",
    DealType.ACQUISITION: "acquisition",
    DealType.JOINT_VENTURE: "joint venture",
    DealType.EQUIPMENT_PURCHASE: "equipment purchase",
    DealType.FINANCING: "financing",
    DealType.EQUITY_STAKE: "equity stake",
    DealType.POWER_SUPPLY: "power supply",
    DealType.LAND: "land deal",
    DealType.PARTNERSHIP: "partnership",
    DealType.OTHER: "deal",
}
STATUS_WORDS = {
    DealStatus.RUMORED: "rumoured",
    DealStatus.IN_TALKS: "in talks",
    DealStatus.LOI: "letter of intent",
    DealStatus.SIGNED: "signed",
    DealStatus.EXPANDED: "expanded",
    DealStatus.CLOSED: "closed",
    DealStatus.TERMINATED: "terminated",
    DealStatus.REJECTED: "rejected",
}
SESSION_WORDS = {
    Session.PREMARKET: "before the open",
    Session.INTRADAY: "during the session",
    Session.CLOSE: "at the close",
    Session.AFTER_HOURS: "after hours",
    Session.WEEK: "over the week",
    Session.MONTH: "over the month",
    Session.YEAR: "over the year",
    Session.UNSPECIFIED: "",
}
_ARROWS = {Direction.UP: "▲", Direction.DOWN: "▼", Direction.FLAT: "■"}


def number(value: Decimal | float, *, decimals: int = 0, style: Style = PLAIN, keep_zeros: bool = False) -> str:
    """Write a number with at most `decimals` decimals, trailing zeros dropped unless asked for."""
    text = f"{value:,.{decimals}f}"
    if "." in text and not keep_zeros:
        text = text.rstrip("0").rstrip(".")
    return text.translate(_TRANSLATIONS[style.numbers])


def money(value: Decimal | float, *, currency: str = "USD", style: Style = PLAIN) -> str:
    """Write an amount in words of its size: "$9.7 billion", "C$450 million", "$725,000"."""
    amount = Decimal(str(value))
    sign = "−" if amount < 0 else ""
    symbol = _SYMBOLS.get(currency, f"{currency} ")
    for unit, word, decimals in _MAGNITUDES:
        if abs(amount) >= unit:
            return f"{sign}{symbol}{number(abs(amount) / unit, decimals=decimals, style=style)} {word}"
    return f"{sign}{symbol}{number(abs(amount), style=style)}"


def short_money(value: Decimal | float, *, currency: str = "USD", style: Style = PLAIN) -> str:
    """Write an amount for a table or a headline's tail: "$9.7B", "$450M"."""
    words = money(value, currency=currency, style=style)
    for _, word, _ in _MAGNITUDES:
        words = words.replace(f" {word}", word[0].upper())
    return words


def millions(value: float, *, style: Style = PLAIN) -> str:
    """Write a price or a worked-out sum to the cent of its unit: "$1.85M", "$9.70B"."""
    size, letter = (1e9, "B") if abs(value) >= 1e9 else (1e6, "M")
    sign = "−" if value < 0 else ""
    return f"{sign}${number(abs(value) / size, decimals=2, style=style, keep_zeros=True)}{letter}"


def qualified(text: str, qualifier: Qualifier | None) -> str:
    """Put "about", "at least" or "up to" before a figure that is not stated as exact."""
    return _QUALIFIERS.get(qualifier, "") + text if qualifier else text


def power(mw: float, *, kind: CapacityKind | None = None, style: Style = PLAIN) -> str:
    """Write megawatts with their basis: "200 MW critical IT", "1.2 GW gross"; no basis is said when none is known."""
    basis = _BASES.get(kind, "") if kind else ""
    if abs(mw) >= 1000:
        return f"{number(mw / 1000, decimals=2, style=style)} GW{basis}"
    return f"{number(mw, decimals=1, style=style)} MW{basis}"


def term(years: float, *, style: Style = PLAIN) -> str:
    """Write a duration in years, in months below two years unless whole, in days below a month."""
    months = years * 12
    if years < 1 / 12:
        return _counted(years * 365.25, "day", style=style)
    if years < 2 and abs(years - round(years)) > 0.01:
        return _counted(months, "month", style=style)
    return _counted(years, "year", style=style, decimals=1)


def _counted(count: float, noun: str, *, style: Style, decimals: int = 0) -> str:
    text = number(count, decimals=decimals, style=style)
    return f"{text} {noun}" if text == "1" else f"{text} {noun}s"


def period(when: PartialDate) -> str:
    """Write a date no more precisely than it is known: "3 Nov 2025", "Nov 2025", "Q4 2025", "H2 2026", "2026"."""
    day = date.fromisoformat(when.date)
    match when.precision:
        case Precision.DAY:
            return f"{day.day} {day:%b %Y}"
        case Precision.MONTH:
            return f"{day:%b %Y}"
        case Precision.QUARTER:
            return f"Q{(day.month + 2) // 3} {day.year}"
        case Precision.HALF:
            return f"H{1 if day.month <= 6 else 2} {day.year}"
        case Precision.YEAR:
            return str(day.year)


def moment(when: datetime, *, style: Style = PLAIN, clock: bool = False) -> str:
    """Write an aware time in the reader's zone: "3 Nov 2025", with `clock` "3 Nov 2025, 14:05 CET"."""
    local = when.astimezone(ZoneInfo(style.timezone))
    day = f"{local.day} {local:%b %Y}"
    return f"{day}, {local:%H:%M %Z}" if clock else day


def percent(value: float, *, style: Style = PLAIN) -> str:
    """Write a percentage: "30%", "7.4%"."""
    return f"{number(value, decimals=1, style=style)}%"


def move(reaction: Reaction, *, style: Style = PLAIN) -> str:
    """Write a share move: "▲ at least 30% during the session", "▼ 5%", "▲ $8.1 → $9.4"."""
    parts = [_ARROWS[reaction.direction]]
    if reaction.pct is not None:
        parts.append(qualified(percent(reaction.pct, style=style), reaction.qualifier))
    elif reaction.price_from is not None and reaction.price_to is not None:
        prices = (number(price, decimals=2, style=style) for price in (reaction.price_from, reaction.price_to))
        parts.append(" → ".join(f"${price}" for price in prices))
    else:
        parts.append(reaction.direction.value)
    return " ".join(filter(None, [*parts, SESSION_WORDS[reaction.session]]))


def signed_pct(reaction: Reaction) -> float | None:
    """Return the move as a signed percentage, None where only words or prices are known."""
    if reaction.pct is None:
        return 0.0 if reaction.direction is Direction.FLAT else None
    return -reaction.pct if reaction.direction is Direction.DOWN else reaction.pct


def unnamed(kind: PartyKind) -> str:
    """Name a party that the sources leave unnamed by what it does."""
    words = {PartyKind.UNDISCLOSED: "party", PartyKind.OTHER: "company", PartyKind.AI_LAB: "AI lab"}
    return f"an unnamed {words.get(kind, kind.value.replace('_', ' '))}"


def listed(items: list[str], *, joint: str = "and") -> str:
    """Join words the way a sentence does: "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {joint} {items[-1]}"


def plural(count: int, noun: str, *, style: Style = PLAIN) -> str:
    """Write a count with its noun: "1 deal", "1,204 deals"."""
    return f"{number(count, style=style)} {noun if count == 1 else noun + 's'}"
