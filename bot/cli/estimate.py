"""`market-pulse estimate`: value compute from options, from plain words, or from JSON lines."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.errors import InputError

if TYPE_CHECKING:
    from bot.capacity.assumptions import Assumptions
    from bot.capacity.estimate import Estimate

#: Option -> key of a question.
_NUMBERS = {
    "--mw-it": ("mw_it", "MW of critical IT load."),
    "--mw-gross": ("mw_gross", "MW of gross (utility) power."),
    "--gpus": ("gpu_count", "Number of GPUs."),
    "--term": ("term_years", "Years of the base term."),
    "--term-max": ("term_max_years", "Years with all extensions."),
    "--value": ("value_usd", "Contract value of the base term, in dollars."),
    "--value-max": ("value_max_usd", "Contract value with all extensions."),
    "--annual-value": ("annual_value_usd", "Contract value a year."),
    "--escalator": ("escalator_pct", "Yearly rent increase, in percent."),
    "--price": ("price_usd_per_gpu_hour", "Dollars a GPU-hour."),
    "--rent": ("rent_usd_per_kw_month", "Dollars a kW of IT load and month, average over the term."),
    "--power": ("power_usd_per_mwh", "Dollars a MWh."),
    "--hashprice": ("hashprice_usd_per_ph_day", "Dollars a PH/s and day."),
    "--prepayment": ("prepayment_pct", "Share of the value paid in advance, in percent."),
    "--capex": ("capex_usd", "Cost: of the GPUs in a cloud, of the building in a lease."),
}


def _options(command: Any) -> Any:
    for flag, (key, words) in reversed(_NUMBERS.items()):
        command = click.option(flag, key, type=float, help=words)(command)
    return command


@click.command()
@click.argument("words", nargs=-1, metavar="[QUESTION]...")
@click.option("--use", type=click.Choice(["lease", "cloud", "mining"]), help="What the power is used for.")
@click.option("--gpu", "gpu_model", metavar="MODEL", help="GPU model, such as GB300.")
@_options
@click.option("--new-build/--retrofit", "new_build", default=None, help="A new hall, or a refitted mining hall.")
@click.option("--as-of", metavar="DATE", help="When the deal was signed, such as 2025-11-03.")
@click.option("--assume", multiple=True, metavar="KEY=VALUE", help="Change an assumption; VALUE or LOW,BASE,HIGH.")
@click.option(
    "--what-if", "what_ifs", multiple=True, metavar="WORDS", help='Change one thing: "at $2.40 per GPU-hour".'
)
@click.option("--compare", "compares", is_flag=True, help="Show a lease, a GPU cloud and mining on the same power.")
@click.option(
    "--chart", type=click.Path(dir_okay=False, path_type=Path), help="Draw the sensitivity chart to a PNG file."
)
@click.option("--draws", type=click.IntRange(100, 1_000_000), default=20_000, show_default=True, help="Draws.")
@click.option("--live/--defaults", default=True, help="Use the network figures last collected, or dated defaults.")
@click.option("--json", "as_json", is_flag=True, help="Read questions as JSON lines; answer each with one JSON object.")
@click.pass_context
def estimate(
    ctx: click.Context,
    /,
    *,
    words: tuple[str, ...],
    assume: tuple[str, ...],
    what_ifs: tuple[str, ...],
    compares: bool,
    chart: Path | None,
    draws: int,
    live: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Value compute: say what is known, in words or options; the rest is worked out with a range.

    \b
    market-pulse estimate 200 MW GB300 for 5 years at '$9.7bn'
    market-pulse estimate 100 MW gross lease, 15 years --what-if "escalator 2.5%"
    market-pulse estimate 100 MW gross --compare --what-if "hashprice 55"
    echo '{"use": "lease", "mw_it": 200, "term_years": 15}' | market-pulse estimate --json
    """
    assumptions = _rows(ctx, live=live)
    given = {key: value for key, value in options.items() if value is not None}
    if as_json and not words and not given:
        _answer_lines(assumptions, draws=draws, compares=compares)
        return
    answers = _merge_words(" ".join(words), given, assumptions)
    if assume:
        answers["assumptions"] = {**answers.get("assumptions", {}), **_assumed(assume)}
    if not answers:
        raise InputError("say what is known, such as: market-pulse estimate 200 MW GB300 for 5 years (see --help)")
    _answer(answers, assumptions, what_ifs=what_ifs, compares=compares, draws=draws, as_json=as_json, chart=chart)


def _rows(ctx: click.Context, *, live: bool) -> "Assumptions":
    """Return the assumptions, with the network figures last collected if there is a database that has them."""
    from datetime import UTC, datetime

    from bot.cli.context import open_db, settings_from
    from bot.errors import DatabaseError
    from bot.valuation.live_network import with_network
    from bot.valuation.model_tables import load_assumptions
    from db.network import network_figures

    assumptions = load_assumptions()
    if not live or not settings_from(ctx).database_path.is_file():
        return assumptions
    try:
        figures = network_figures(open_db(ctx, read_only=True))
    except DatabaseError as error:
        click.echo(f"market-pulse: dated defaults are used: {error}", err=True)
        return assumptions
    return with_network(assumptions, figures, now=datetime.now(UTC))


def _answer(
    answers: Mapping[str, Any],
    assumptions: "Assumptions",
    *,
    what_ifs: tuple[str, ...],
    compares: bool,
    draws: int,
    as_json: bool,
    chart: Path | None,
) -> None:
    from bot.capacity.compare import compare, comparison_json
    from bot.capacity.estimate import estimate as value
    from bot.capacity.estimate import to_json
    from bot.capacity.parse import what_if
    from bot.capacity.question import QuestionError, read_question
    from bot.cli import estimate_view as view
    from bot.cli.context import console

    try:
        question = read_question(answers)
        seed = question.seed()
        base = value(question, assumptions, draws=draws, seed=seed)
        kept = {"use": base.use.value, **answers}  # a change of one figure is no change of the question
        scenarios = {text: read_question(what_if(kept, _read(text, assumptions))) for text in what_ifs}
        others = {text: value(other, assumptions, draws=draws, seed=seed) for text, other in scenarios.items()}
        compared = compare(question, assumptions, draws=draws, seed=seed) if compares else None
        compared_others = {t: compare(q, assumptions, draws=draws, seed=seed) for t, q in scenarios.items() if compares}
    except QuestionError as error:
        raise InputError(str(error)) from error
    if chart is not None:
        _draw(base, chart)
    if as_json:
        plain = to_json(base)
        if others:
            plain["what_if"] = {text: to_json(other) for text, other in others.items()}
        if compared is not None:
            plain["comparison"] = comparison_json(compared)
        click.echo(json.dumps(plain, ensure_ascii=False, allow_nan=False))
        return
    out = console()
    out.print(view.page(base))
    for text, other in others.items():
        out.print(view.change(base, other, text))
    if compared is not None:
        out.print(view.comparison(compared))
    for text, other_uses in compared_others.items():
        out.print(view.comparison(other_uses, title=f"What if {text}"))


def _answer_lines(assumptions: "Assumptions", *, draws: int, compares: bool) -> None:
    """Answer each line of standard input; a line that cannot be used is answered with its reason."""
    failed = 0
    for line in sys.stdin:
        if line.strip():
            answered = _answer_line(line, assumptions, draws=draws, compares=compares)
            failed += "error" in answered
            click.echo(json.dumps(answered, ensure_ascii=False, allow_nan=False))
    if failed:
        sys.exit(InputError.exit_code)


def _answer_line(line: str, assumptions: "Assumptions", *, draws: int, compares: bool) -> dict[str, Any]:
    from bot.capacity.compare import compare, comparison_json
    from bot.capacity.estimate import estimate as value
    from bot.capacity.estimate import to_json
    from bot.capacity.question import QuestionError, read_question, unknown_keys

    try:
        given = json.loads(line)
    except json.JSONDecodeError as error:
        return {"error": f"the line is not JSON: {error}"}
    if not isinstance(given, dict):
        return {"error": "the line is not a JSON object"}
    same = {"id": given["id"]} if "id" in given else {}
    left_out = unknown_keys(given)
    try:
        question = read_question({key: value for key, value in given.items() if key not in left_out})
        plain = to_json(value(question, assumptions, draws=draws))
        if compares:
            plain["comparison"] = comparison_json(compare(question, assumptions, draws=draws))
    except QuestionError as error:
        return same | {"error": str(error)}
    plain["warnings"] += [f"the key {key!r} is not known and was left out" for key in left_out]
    return same | plain


def _merge_words(text: str, given: Mapping[str, Any], assumptions: "Assumptions") -> dict[str, Any]:
    from bot.capacity.parse import merge_answers

    return merge_answers(_read(text, assumptions) if text else {}, given)


def _read(text: str, assumptions: "Assumptions") -> dict[str, Any]:
    from bot.capacity.parse import parse_question
    from bot.capacity.question import QuestionError

    try:
        parsed = parse_question(text, gpu_names=assumptions.gpu_names())
    except QuestionError as error:
        raise InputError(str(error)) from error
    if parsed.unread:
        click.echo(f"market-pulse: not understood and left out: {' '.join(parsed.unread)}", err=True)
    for note in parsed.notes:
        click.echo(f"market-pulse: {note}", err=True)
    if not parsed.answers:
        raise InputError(f"nothing in {text!r} could be read; try: 200 MW GB300 for 5 years at $9.7bn")
    return dict(parsed.answers)


def _assumed(pairs: tuple[str, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for pair in pairs:
        key, equals, text = pair.partition("=")
        try:
            values = [float(part) for part in text.split(",")]
        except ValueError:
            values = []
        if not equals or len(values) not in {1, 3}:
            raise InputError(f"--assume {pair!r}: write KEY=VALUE or KEY=LOW,BASE,HIGH")
        found[key] = values[0] if len(values) == 1 else values
    return found


def _draw(base: "Estimate", path: Path) -> None:
    from datetime import UTC, datetime

    from bot.charts.tornado import draw_tornado

    try:
        path.write_bytes(draw_tornado(base, now=datetime.now(UTC)).png)
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error}); give another path to --chart") from error
    click.echo(f"written to {path}", err=True)
