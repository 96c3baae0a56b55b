"""Questions for an estimate, answered by the capacity model with its range and what it leans on."""

from collections.abc import Mapping

from bot.ask.answers import Answer
from bot.capacity.estimate import Estimate, estimate
from bot.capacity.figures import LABELS, amount
from bot.capacity.parse import parse_question
from bot.capacity.question import STATED, QuestionError, read_question
from bot.capacity.solve import Origin
from bot.valuation.model_tables import load_assumptions

#: How many figures an answer in words shows beside the one the question is about.
_SHOWN = 6
#: What may be given besides figures.
_KEYS = {"gpu_model": "GPU", "use": "use"}
_HELP = "Say what is known, for example: “200 MW of GB300 for 5 years at $9.7bn” or “lease of 100 MW for 15 years”."


def estimate_answer(text: str) -> Answer:
    """Answer a plain-word question for an estimate; what cannot be read or is missing is said."""
    assumptions = load_assumptions()
    names = [name for gpu in assumptions.gpus.values() for name in (gpu.name, *gpu.aliases)]
    try:
        parsed = parse_question(text, gpu_names=names)
        if not parsed.answers:
            return Answer(text=_HELP, understood="", answered=False)
        result = estimate(read_question(parsed.answers), assumptions)
    except QuestionError as error:
        return Answer(text=f"{error}. {_HELP}", understood="", answered=False)
    if result.headline is None:
        missing = ", ".join(result.missing) or "more facts"
        return Answer(text=f"That needs {missing}. {_HELP}", understood=_understood(parsed.answers), answered=False)
    return Answer(text=_headline(result), understood=_understood(parsed.answers), lines=_lines(result))


def _headline(result: Estimate) -> str:
    return f"{_said(result, result.headline or '')} (model of {result.as_of:%B %Y}, {result.use.value})."


def _said(result: Estimate, name: str) -> str:
    figure = result[name]
    middle = amount(figure.p50, figure.unit)
    label = LABELS.get(name, name)
    if figure.origin is Origin.STATED:
        return f"{label}: {middle}, as stated"
    if figure.p10 == figure.p90:
        return f"{label}: {middle}"
    return f"{label}: {middle}, between {amount(figure.p10, figure.unit)} and {amount(figure.p90, figure.unit)}"


def _lines(result: Estimate) -> tuple[str, ...]:
    others = [name for name in result.figures if name != result.headline and result[name].origin is Origin.DERIVED]
    drivers = [driver.key for driver in result.drivers[:2]]
    leans = [f"leans most on {' and '.join(drivers)}"] if drivers else []
    return (*(_said(result, name) for name in others[:_SHOWN]), *leans, *result.warnings)


def _understood(answers: Mapping[str, object]) -> str:
    return ", ".join(f"{_KEYS.get(key) or LABELS.get(key, key)} {_given(key, value)}" for key, value in answers.items())


def _given(key: str, value: object) -> str:
    """Write what was given as a person would: $9.70bn and 5 years, not 9700000000.0 and 5.0."""
    if key in STATED and isinstance(value, int | float):
        return amount(float(value), STATED[key].unit)
    return str(value)
