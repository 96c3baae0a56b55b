"""What a partial date covers: its first and last day, whether two of them can mean the same time.

    last_day(when) -> date      quarter_of(day) -> PartialDate      overlap(one, other) -> bool      is_later(new, old) -> bool

"H2 2026" and "Q4 2026" overlap: the second only says it more exactly.
"""

from datetime import date, timedelta

from extractors.closed_sets import Precision
from extractors.models import PartialDate

_MONTHS = {Precision.MONTH: 1, Precision.QUARTER: 3, Precision.HALF: 6, Precision.YEAR: 12}


def first_day(when: PartialDate) -> date:
    """Return the first day of the period."""
    return date.fromisoformat(when.date)


def last_day(when: PartialDate) -> date:
    """Return the last day the precision allows."""
    first = first_day(when)
    months = _MONTHS.get(when.precision)
    return months_later(first, months) - timedelta(days=1) if months else first


def months_later(day: date, months: int) -> date:
    """Return the first day of the month that lies so many months after the month of `day`."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def quarter_of(day: date) -> PartialDate:
    """Return the quarter that holds a day."""
    first = day.replace(month=day.month - (day.month - 1) % 3, day=1)
    return PartialDate(date=first.isoformat(), precision=Precision.QUARTER)


def overlap(one: PartialDate, other: PartialDate) -> bool:
    """Tell whether two periods share a day."""
    return first_day(one) <= last_day(other) and first_day(other) <= last_day(one)


def is_later(new: PartialDate, old: PartialDate) -> bool:
    """Tell whether a period begins after the other has ended."""
    return first_day(new) > last_day(old)
