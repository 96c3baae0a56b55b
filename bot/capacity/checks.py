"""What is odd about an answer, in sentences: impossible densities, rents far from all others, mixed dates.

Looks at medians only and changes nothing.
"""

import math
from collections.abc import Iterator, Mapping

import numpy as np

from bot.capacity.assumptions import RowOrigin
from bot.capacity.contract import Answer
from bot.capacity.lease import Number
from bot.capacity.priors import PRIORS, Book
from bot.capacity.project import LONGEST_YEARS, uses_network
from bot.capacity.question import Use
from bot.capacity.solve import Origin

#: How many standard deviations from the prior a derived unit price is called an outlier.
OUTLIER_Z = 3.0

_HINTS = {
    (Use.LEASE, True): "far above leases: services, GPUs or options may be included",
    (Use.LEASE, False): "far below leases: the capacity may be gross, an option, or only space and power",
    (Use.CLOUD, True): "far above GPU clouds: check the capacity, the GPU count and the term",
    (Use.CLOUD, False): "far below GPU clouds: it may be a lease, or the capacity may not be used for this contract",
}

#: Quantities that contracts choose freely.
_UNCHECKED = frozenset({"term_years", "escalator_pct", "utilisation"})
_NETWORK_ROWS = ("btc_usd", "difficulty_t", "fee_share_pct", "hashprice_usd_per_ph_day")


def z_scores(book: Book, answer: Answer) -> dict[str, float]:
    """Return how many standard deviations each quantity that was not assumed lies from its prior."""
    found: dict[str, float] = {}
    if book.use is Use.MINING:
        return found
    for name, prior in PRIORS.items():
        if name in _UNCHECKED or answer.origins.get(name, Origin.ASSUMED) is Origin.ASSUMED:
            continue
        if name in answer.values:
            middle, spread = prior.middle(book, answer.values), prior.spread(book, answer.values)
            value = float(np.median(answer.values[name]))
            if spread > 0 and value > 0:
                found[name] = math.log(value / middle) / spread
    return found


def warnings(book: Book, answer: Answer) -> list[str]:
    """Return one sentence for each oddity of the answer."""
    said = [*answer.notes, *_tensions(answer), *_impossible(book, answer)]
    said += _outliers(book, answer)
    said += _escalator(answer)
    said += _endless(answer)
    return said + (network_notes(book) if book.use is Use.MINING else [])


def _tensions(answer: Answer) -> Iterator[str]:
    if answer.tensions:
        relation, gap = answer.tensions[0]
        names = ", ".join(relation.variables)
        yield f"the stated numbers disagree by {math.expm1(abs(gap)):.0%}: {relation.says} ({names})"


def _impossible(book: Book, answer: Answer) -> Iterator[str]:
    """Say when the GPUs cannot fit, whatever the assumptions."""
    if book.gpu is None or not {"gpu_count", "mw_it"} <= answer.values.keys():
        return
    if answer.origins.get("kw_it_per_gpu") is not Origin.DERIVED:
        return
    each_kw = _middle(answer.values, "kw_it_per_gpu")
    if each_kw < book.gpu.tdp_w / 1000:
        mw, count = _middle(answer.values, "mw_it"), _middle(answer.values, "gpu_count")
        yield (
            f"{mw:,.0f} MW cannot hold {count:,.0f} {book.gpu.name}: {each_kw:.2f} kW each, "
            f"less than the {book.gpu.tdp_w / 1000:.2f} kW the chip alone draws"
        )


def _outliers(book: Book, answer: Answer) -> Iterator[str]:
    for name, z in z_scores(book, answer).items():
        if abs(z) <= OUTLIER_Z:
            continue
        if name in {"rent_y1_usd_per_mw_year", "price_usd_per_gpu_hour"}:
            unit = _density(answer.values) if book.use is Use.LEASE else _price(answer.values)
            yield f"{unit} is {_HINTS[book.use, z > 0]} (z {z:+.1f})"
        elif name == "kw_it_per_gpu":
            each = _middle(answer.values, name)
            yield f"{each:.2f} kW of IT power a GPU is far from the usual (z {z:+.1f}): the capacity may not be for these GPUs"
        elif name == "gross_per_it":
            yield f"{_middle(answer.values, name):.2f} gross MW per IT MW is far from the usual 1.25-1.52 (z {z:+.1f})"


def _density(values: Mapping[str, Number]) -> str:
    return f"{_middle(values, 'usd_per_mw_year') / 1e6:.1f} M$/MW-year"


def _price(values: Mapping[str, Number]) -> str:
    return f"${_middle(values, 'price_usd_per_gpu_hour'):.2f} a GPU-hour"


def _escalator(answer: Answer) -> Iterator[str]:
    if answer.origins.get("escalator_pct") is Origin.DERIVED:
        growth = _middle(answer.values, "escalator_pct")
        yield f"an escalator of {growth:.1f} % a year is inferred from the totals with and without extensions"


def _endless(answer: Answer) -> Iterator[str]:
    if "term_years" in answer.values and _middle(answer.values, "term_years") > LONGEST_YEARS:
        years = _middle(answer.values, "term_years")
        yield f"a term of {years:,.0f} years follows from the stated numbers; check value and yearly value"


def network_notes(book: Book) -> list[str]:
    """Say whether network figures are live or dated defaults, and warn when their dates differ."""
    keys = _NETWORK_ROWS if uses_network(book) else ("hashprice_usd_per_ph_day",)
    rows = [book.used[key] for key in keys if key in book.used]
    said = []
    for origin, word in ((RowOrigin.LIVE, "live"), (RowOrigin.DEFAULT, "default as of")):
        of_origin = [row for row in rows if row.origin is origin]
        if of_origin:
            dates = ", ".join(sorted({row.as_of for row in of_origin}))
            said.append(f"{', '.join(row.label.lower() for row in of_origin)}: {word} {dates}")
    days = {row.as_of[:10] for row in rows if row.origin is not RowOrigin.OVERRIDE}
    if len(days) > 1 or (days and any(row.origin is RowOrigin.OVERRIDE for row in rows)):
        said.append("network figures of different dates are combined; the hashprice is a scenario, not a quote")
    return said


def _middle(values: Mapping[str, Number], name: str) -> float:
    return float(np.median(values[name]))
