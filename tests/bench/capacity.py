"""How long one estimate takes: 20,000 draws of every use, the tornado included. Best of several, in milliseconds."""

import time
from collections.abc import Callable

from bot.capacity.compare import compare
from bot.capacity.estimate import estimate
from bot.capacity.question import Question, read_question
from bot.valuation.model_tables import load_assumptions

_QUESTIONS = {
    "lease": {"use": "lease", "mw_gross": 200, "term_years": 15},
    "cloud": {"use": "cloud", "mw_it": 200, "gpu_model": "GB300", "value_usd": 9.7e9, "term_years": 5},
    "mining": {"use": "mining", "mw_gross": 100},
}


def _best_ms(work: Callable[[], object], *, repeats: int) -> float:
    work()
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return 1000 * min(times)


def measure(*, quick: bool) -> dict[str, float]:
    """Return the best time of an estimate by use, and of a comparison of all three."""
    rows, repeats = load_assumptions(), 5 if quick else 25
    figures = {}
    for name, given in _QUESTIONS.items():
        question: Question = read_question(given)
        figures[f"estimate_{name}_ms"] = _best_ms(lambda asked=question: estimate(asked, rows), repeats=repeats)
    figures["compare_ms"] = _best_ms(lambda: compare(Question(), rows), repeats=repeats)
    return figures
