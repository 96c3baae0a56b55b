"""How good the model is: predict known deals from their other facts, without the deal's own influence on the priors.

Each deal is left out in turn: the medians of rent, price and density are taken from the other deals before it is
predicted. Works on cases given; reads no file and no database.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from bot.capacity.assumptions import Assumption, Assumptions
from bot.capacity.contract import Answer, answer
from bot.capacity.draws import OneAtATime
from bot.capacity.estimate import MODEL_DATE, points
from bot.capacity.lease import Number
from bot.capacity.priors import PRIORS, Book
from bot.capacity.question import Question, QuestionError, Use, read_question

DRAWS = 4_000
#: What is predicted, and what must be hidden with it because it says the same.
_HIDES: Mapping[str, frozenset[str]] = {
    "value_usd": frozenset({"value_usd", "annual_value_usd", "value_max_usd", "rent_usd_per_kw_month"}),
    "gpu_count": frozenset({"gpu_count", "capex_usd"}),
}
#: Quantities whose row is re-centred on the other deals.
_RECENTRED = ("rent_y1_usd_per_mw_year", "price_usd_per_gpu_hour", "kw_it_per_gpu", "gross_per_it")
#: With fewer other deals than this a row keeps its published median.
_FEWEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A known deal."""

    key: str
    name: str
    question: Question
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One prediction: the band and the truth."""

    case: str
    use: str
    target: str
    p10: float
    p50: float
    p90: float
    actual: float

    @property
    def error(self) -> float:
        """Predicted over actual, less one."""
        return self.p50 / self.actual - 1

    @property
    def covered(self) -> bool:
        return self.p10 <= self.actual <= self.p90


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """How a kind of prediction did."""

    use: str
    target: str
    count: int
    median_error: float
    bias: float
    coverage: float


def read_cases(table: Mapping[str, Mapping[str, Any]]) -> tuple[Case, ...]:
    """Build the cases from the parsed table of known deals."""
    return tuple(
        Case(
            key=key,
            name=str(row["name"]),
            question=read_question({k: v for k, v in row.items() if k not in _NOT_ASKED}),
            source=str(row["source"]),
        )
        for key, row in table.items()
    )


def calibrate(
    cases: Sequence[Case], assumptions: Assumptions, *, leave_one_out: bool = True, draws: int = DRAWS
) -> tuple[Score, ...]:
    """Predict value and GPU count of every case that states them."""
    evidence = [_implied(case, assumptions) for case in cases]
    scores: list[Score] = []
    for place, case in enumerate(cases):
        others = evidence[:place] + evidence[place + 1 :]
        rows = _recentred(assumptions, others) if leave_one_out else assumptions
        scores += _predict(case, rows, draws=draws)
    return tuple(scores)


def summarise(scores: Sequence[Score]) -> tuple[Summary, ...]:
    """Summarise by use and target, then over all."""
    kinds = sorted({(score.use, score.target) for score in scores})
    parts = [_summary(use, target, [s for s in scores if (s.use, s.target) == (use, target)]) for use, target in kinds]
    return (*parts, _summary("all", "all", list(scores))) if scores else ()


_NOT_ASKED = frozenset({"name", "provider", "customer", "source"})


def _predict(case: Case, rows: Assumptions, *, draws: int) -> Iterator[Score]:
    from bot.capacity.estimate import open_book

    for target, hidden in _HIDES.items():
        actual = getattr(case.question, target)
        if actual is None or case.question.use is Use.MINING:
            continue
        asked = case.question.having(**dict.fromkeys(hidden))
        book = open_book(asked, rows, draws=draws)
        found = answer(book)
        if found.missing or target not in found.values:
            continue
        low, middle, high = points(found.values[target])
        yield Score(case=case.key, use=book.use.value, target=target, p10=low, p50=middle, p90=high, actual=actual)


def _implied(case: Case, assumptions: Assumptions) -> dict[str, tuple[str, float]]:
    """Return what a deal says of each row, as a factor on the row's median: quantity -> (row, factor)."""
    try:
        book, found = _base(case.question, assumptions)
    except QuestionError:
        return {}
    implied = {}
    for name in _RECENTRED:
        if (said := _stated(case.question, found, name)) is None:
            continue
        middle = PRIORS[name].middle(book, found.values)
        implied[name] = (PRIORS[name].rows(book, found.values)[0], said / middle)
    return implied


def _stated(question: Question, found: Answer, name: str) -> float | None:
    """Return a unit quantity if the deal's own figures give it."""
    needs: Mapping[str, tuple[str, ...]] = {
        "rent_y1_usd_per_mw_year": ("value_usd", "mw_it", "term_years"),
        "price_usd_per_gpu_hour": ("value_usd", "gpu_count", "term_years"),
        "kw_it_per_gpu": ("gpu_count", "mw_it"),
        "gross_per_it": ("mw_gross", "mw_it"),
    }
    if any(getattr(question, need) is None for need in needs[name]) or name not in found.values:
        return None
    return _float(found.values[name])


def _base(question: Question, assumptions: Assumptions) -> tuple[Book, Answer]:
    from bot.capacity.contract import decide_use

    book = Book(
        question=question,
        use=decide_use(question)[0],
        assumptions=assumptions,
        draws=OneAtATime(()),
        as_of=question.as_of or MODEL_DATE,
        gpu=assumptions.gpu(question.gpu_model) if question.gpu_model else None,
    )
    return book, answer(book)


def _recentred(assumptions: Assumptions, others: Sequence[Mapping[str, tuple[str, float]]]) -> Assumptions:
    """Move each row's range so that its median is the median of the other deals."""
    factors: dict[str, list[float]] = {}
    for implied in others:
        for row, factor in implied.values():
            factors.setdefault(row, []).append(math.log(factor))
    rows = dict(assumptions.rows)
    for key, logs in factors.items():
        if len(logs) >= _FEWEST:
            rows[key] = _moved(rows[key], math.exp(median(logs)))
    return replace(assumptions, rows=rows)


def _moved(row: Assumption, factor: float) -> Assumption:
    low, base, high = (min(max(v * factor, row.minimum), row.maximum) for v in (row.low, row.base, row.high))
    return replace(row, low=low, base=base, high=high)


def _summary(use: str, target: str, scores: Sequence[Score]) -> Summary:
    return Summary(
        use=use,
        target=target,
        count=len(scores),
        median_error=median(abs(score.error) for score in scores),
        bias=median(score.error for score in scores),
        coverage=sum(score.covered for score in scores) / len(scores),
    )


def _float(value: Number) -> float:
    return float(value) if isinstance(value, float) else float(value.flat[0])
