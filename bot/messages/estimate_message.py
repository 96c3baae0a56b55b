"""An estimate of the capacity model as a message: the answer, its figures, what moves it, what is assumed. Pure.

What is asked travels in the message's button as words, so that a what-if works after a restart.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.capacity.assumptions import Assumptions
from bot.capacity.compare import Comparison, compare
from bot.capacity.estimate import Estimate, estimate
from bot.capacity.figures import LABELS, amount
from bot.capacity.parse import merge_answers, parse_question, what_if
from bot.capacity.question import QuestionError, read_question
from bot.capacity.solve import Origin
from bot.charts.canvas import Chart
from bot.errors import InputError
from bot.messages.limits import MAX_FIELD_VALUE, fit
from bot.messages.markdown import escape, join_lines, plain, shorten
from bot.messages.message import Attachment, Button, Embed, Field, Message
from bot.messages.render import BLUE, DISCLAIMER

USES = {"lease": "data-centre lease", "cloud": "GPU cloud", "mining": "bitcoin mining"}
EXAMPLES = {
    "lease": "200 MW critical IT for 15 years",
    "cloud": "200 MW GB300 for 5 years at $9.7bn",
    "mining": "100 MW gross at $45 per MWh",
    "compare": "100 MW gross, 15 years",
}
#: Room in a button's id for the question itself.
_PACKED = 80
_FIGURES, _DRIVERS, _ASSUMED = 8, 4, 6
_COLUMNS = {
    "mining_sunk": "Mining, machines paid",
    "mining_new": "Mining, new machines",
    "lease": "Lease",
    "gpu_cloud": "GPU cloud",
}
_ROWS = {
    "revenue": "revenue a year",
    "cash_margin": "cash a year",
    "capex": "capital",
    "after_capital": "left after capital charge",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as typed, its use if the command names one, and a change to it ("" = none)."""

    words: str
    use: str | None = None
    change: str = ""


def answer_estimate(asked: Asked, assumptions: Assumptions) -> Estimate:
    """Work an estimate out; InputError says what cannot be read. Takes some tenths of a second."""
    try:
        return estimate(read_question(_answers(asked, assumptions)), assumptions)
    except QuestionError as error:
        raise InputError(f"{error}. {_hint(asked)}") from error


def answer_comparison(asked: Asked, assumptions: Assumptions) -> Comparison:
    """Compare the three uses of the same power."""
    try:
        return compare(read_question(_answers(asked, assumptions)), assumptions)
    except QuestionError as error:
        raise InputError(f"{error}. {_hint(asked)}") from error


def _answers(asked: Asked, assumptions: Assumptions) -> dict[str, Any]:
    names = assumptions.gpu_names()
    parsed = parse_question(asked.words, gpu_names=names)
    if not parsed.answers:
        raise InputError(f"I found no quantity in “{shorten(plain(asked.words), 80)}”. {_hint(asked)}")
    answers = merge_answers(parsed.answers, {"use": asked.use} if asked.use in USES else {})
    if not asked.change:
        return answers
    changed = parse_question(asked.change, gpu_names=names)
    if not changed.answers:
        raise InputError(
            f"I found no quantity in “{shorten(plain(asked.change), 80)}”; write it like “at $2.40 per GPU-hour”."
        )
    return what_if(answers, changed.answers)


def _hint(asked: Asked) -> str:
    return f"Write it like “{EXAMPLES.get(asked.use or 'cloud', EXAMPLES['cloud'])}”."


def estimate_message(result: Estimate, asked: Asked, *, chart: Chart | None = None) -> Message:
    """Draw an estimate with its range, what moves it and what it assumes."""
    embed = Embed(
        title=escape(_headline(result)),
        author=f"{USES[result.use.value]}, model of {result.as_of:%B %Y}",
        colour=BLUE,
        description=escape(_asked_words(asked)),
        fields=tuple(_fields(result)),
        footer=f"model {result.model_version}, {result.draws:,} draws · {DISCLAIMER}",
        image=chart.filename if chart else None,
    )
    files = (Attachment(filename=chart.filename, content=chart.png, alt=chart.alt),) if chart else ()
    packed = pack(asked)
    buttons = (Button(label="What if …", custom_id=f"mp:whatif:{packed}"),) if packed else ()
    return Message(embeds=(fit(embed),), buttons=buttons, attachments=files)


def _asked_words(asked: Asked) -> str:
    return shorten(plain(asked.words), 300) + (
        f" — what if {shorten(plain(asked.change), 200)}" if asked.change else ""
    )


def _headline(result: Estimate) -> str:
    if result.headline is None:
        return f"To say more I need {', '.join(result.missing) or 'more facts'}"
    return _said(result, result.headline)


def _said(result: Estimate, name: str) -> str:
    figure, label = result[name], LABELS.get(name, name)
    # The label may be the unit already: "GPUs: 79,472".
    unit = "" if label == figure.unit else figure.unit
    low, middle, high = (amount(value, unit).strip() for value in (figure.p10, figure.p50, figure.p90))
    said = f"{label[:1].upper()}{label[1:]}: {middle}"
    return said if figure.origin is Origin.STATED or low == high else f"{said} ({low} to {high})"


def _fields(result: Estimate) -> Iterator[Field]:
    derived = [n for n in result.figures if n != result.headline and result[n].origin is Origin.DERIVED]
    stated = [n for n in result.figures if result[n].origin is Origin.STATED]
    drivers = [f"{d.label}: {d.variance_share:.0%} of the spread" for d in result.drivers[:_DRIVERS]]
    assumed = [
        f"{row.label}: {row.base:g} {row.unit} ({row.as_of})" for row in list(result.assumptions.values())[:_ASSUMED]
    ]
    for name, lines in (
        ("As stated", [_said(result, n) for n in stated]),
        ("What follows, with the 10 % to 90 % range", [_said(result, n) for n in derived[:_FIGURES]]),
        ("What moves it", drivers),
        ("Assumed, with its date", assumed),
        ("Mind", list(result.warnings)),
    ):
        if lines:
            yield Field(
                name=name, value=join_lines([f"- {escape(line)}" for line in lines], MAX_FIELD_VALUE), inline=False
            )


def comparison_message(found: Comparison, asked: Asked) -> Message:
    """Draw the three uses of one gross megawatt side by side."""
    fields = []
    for use, label in _COLUMNS.items():
        column = found.uses.get(use, {})
        lines = [
            f"{words}: **{amount(column[row].p50, column[row].unit)}**" for row, words in _ROWS.items() if row in column
        ]
        if lines:
            fields.append(Field(name=label, value="\n".join(lines)))
    best = _COLUMNS.get(found.best_after_capital, found.best_after_capital)
    embed = Embed(
        title=f"{best} leaves most after the capital charge",
        author="One gross megawatt in three uses, a year",
        colour=BLUE,
        description=escape(_asked_words(asked)),
        fields=tuple(fields),
        footer=f"middle of the model's range · {DISCLAIMER}",
    )
    return Message(embeds=(fit(embed),))


def pack(asked: Asked) -> str:
    """Return the question as a button carries it; empty when it is too long."""
    packed = f"{asked.use or ''}|{plain(asked.words)}"
    return packed if len(packed) <= _PACKED else ""


def unpack(packed: str) -> Asked:
    """Read what `pack` wrote."""
    use, _, words = packed.partition("|")
    return Asked(words=words, use=use or None)
