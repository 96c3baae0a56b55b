"""Read a question written by a person: "200 MW GB300 for 5 years at $9.7bn", "at $2.40 per GPU-hour", "PUE 1.3".

Units are normalised here (kW, GW, $M, $B, cents, W/TH, $/TH/day). What could not be read is given back, not guessed.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.capacity.question import QuestionError

_NUMBER = r"(?P<n>\d[\d,]*(?:\.\d+)?|\.\d+)"
_HOW = r"(?:(?P<how>about|around|roughly|approximately|nearly|~|over|more\ than|at\ least|up\ to|as\ much\ as)\s*)?"
_SCALE = r"\s*(?P<scale>trillion|tn|t|billion|bn|b|million|mn|mm|m|thousand|k)?\b"
_PER = r"\s*(?:/|per|an?)\s*"
_DOLLARS = rf"{_HOW}(?:US)?\$\s*{_NUMBER}{_SCALE}"

_HOW_WORDS = {"over": "at_least", "more than": "at_least", "at least": "at_least", "up to": "up_to"}
_HOW_WORDS |= {"as much as": "up_to"}
_SCALES = {"t": 1e12, "b": 1e9, "m": 1e6, "k": 1e3}
_POWER = {"gw": 1e3, "mw": 1.0, "kw": 1e-3}
_UNIT_PRICES = frozenset({"price_usd_per_gpu_hour", "rent_usd_per_kw_month"})
_TOTALS = frozenset({"value_usd", "annual_value_usd", "value_max_usd"})
_COUNT_WORDS = r"(?:gpus?|accelerators?|chips?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """The keys read, as `read_question` takes them, the words not understood, and how doubtful ones were taken."""

    answers: Mapping[str, Any]
    unread: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], dict[str, Any]]


def parse_question(text: str, *, gpu_names: Iterable[str] = ()) -> Parsed:
    """Read the stated quantities of a sentence. Assumptions found in it stand under `assumptions`."""
    answers: dict[str, Any] = {}
    notes: list[str] = []
    left = text
    for rule in (*_RATES, *_model_rules(gpu_names), *_QUANTITIES):
        while (found := rule.pattern.search(left)) is not None:
            _merge(answers, rule.read(found))
            notes += _doubts(found)
            left = f"{left[: found.start()]} ; {left[found.end() :]}"
    return Parsed(answers=answers, unread=tuple(_unread(left)), notes=tuple(notes))


def merge_answers(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers of a question with those of a what-if laid over them."""
    merged = dict(base)
    for key, value in changes.items():
        merged[key] = {**merged.get(key, {}), **value} if isinstance(value, Mapping) else value
    return merged


def what_if(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers with a change; a new unit price takes the place of the contract value it contradicts."""
    kept = dict(base)
    if _UNIT_PRICES & set(changes) and not _TOTALS & set(changes):
        kept = {key: value for key, value in base.items() if key not in _TOTALS | _UNIT_PRICES}
    return merge_answers(kept, changes)


def _merge(answers: dict[str, Any], found: Mapping[str, Any]) -> None:
    for key, value in found.items():
        if isinstance(value, dict):
            answers.setdefault(key, {}).update(value)
        elif key in answers and answers[key] != value:
            raise QuestionError(f"{key} is said twice: {answers[key]:g} and {value:g}")
        else:
            answers[key] = value


def _value(found: re.Match[str]) -> float:
    scale = (found.groupdict().get("scale") or "").lower()
    return float(found["n"].replace(",", "")) * _SCALES.get(scale[:1], 1.0)


def _stated(key: str, found: re.Match[str], value: float) -> dict[str, Any]:
    how = (found.groupdict().get("how") or "").lower()
    if not how:
        return {key: value}
    return {key: value, "firmness": {key: _HOW_WORDS.get(how, "approx")}}


def _money(key: str) -> Callable[[re.Match[str]], dict[str, Any]]:
    return lambda found: _stated(key, found, _value(found))


def _assume(key: str, factor: float = 1.0) -> Callable[[re.Match[str]], dict[str, Any]]:
    return lambda found: {"assumptions": {key: _value(found) * factor}}


def _number(key: str, factor: float = 1.0) -> Callable[[re.Match[str]], dict[str, Any]]:
    return lambda found: {key: _value(found) * factor}


def _says(**answers: Any) -> Callable[[re.Match[str]], dict[str, Any]]:
    return lambda _: dict(answers)


def _doubts(found: re.Match[str]) -> list[str]:
    """Say that megawatts without a basis were taken as critical IT load."""
    unit = (found.groupdict().get("unit") or "").lower()
    if unit not in _POWER or re.search(r"gross|utility|it\b", found[0].lower()):
        return []
    return [f"{found[0].strip()} is read as critical IT load; write “gross” for the power of the site"]


def _power(found: re.Match[str]) -> dict[str, Any]:
    gross = "gross" in found[0].lower() or "utility" in found[0].lower()
    mw = float(found["n"].replace(",", "")) * _POWER[found["unit"].lower()]
    return _stated("mw_gross" if gross else "mw_it", found, mw)


def _energy_price(found: re.Match[str]) -> dict[str, Any]:
    cents = (found["cents"] or "") != ""
    per_mwh = found["unit"].lower() == "mwh"
    return {"power_usd_per_mwh": _value(found) * (0.01 if cents else 1.0) * (1.0 if per_mwh else 1000.0)}


def _hashprice(found: re.Match[str]) -> dict[str, Any]:
    per_th = (found["unit"] or "").lower().startswith("t")
    return {"hashprice_usd_per_ph_day": _value(found) * (1000.0 if per_th else 1.0)}


def _model_rules(names: Iterable[str]) -> list[_Rule]:
    """Build the rules for GPU models: longest name first, with or without a count before it."""
    known = sorted(set(names), key=lambda name: (-len(name), name))
    if not known:
        return []
    model = "(?P<model>" + "|".join(re.escape(name) for name in known) + r")s?\b"
    racks = r"(?:\s*(?:NVL\d+|gpus?|accelerators?))*"
    count = rf"{_HOW}{_NUMBER}\s*(?P<scale>k|thousand|million|m)?\s*x?\s*(?:nvidia|amd)?\s*\b{model}{racks}"
    return [
        _rule(count, lambda found: _stated("gpu_count", found, _value(found)) | {"gpu_model": found["model"]}),
        _rule(rf"\b{model}{racks}", lambda found: {"gpu_model": found["model"]}),
    ]


def _rule(pattern: str, read: Callable[[re.Match[str]], dict[str, Any]]) -> _Rule:
    return _Rule(pattern=re.compile(pattern, re.IGNORECASE), read=read)


_HOUR = r"(?:gpu)?[\s\-/]*(?:per\s+)?(?:hour|hr|h)\b"
#: Prices, rates and assumptions: they speak of "per GPU" and must come before the names of models.
_RATES: tuple[_Rule, ...] = (
    _rule(rf"{_DOLLARS}{_PER}gpu[\s\-/]*{_HOUR}", _money("price_usd_per_gpu_hour")),
    _rule(rf"{_DOLLARS}{_PER}(?:hour|hr|h)\b", _money("price_usd_per_gpu_hour")),
    _rule(rf"{_DOLLARS}{_PER}kw[\s\-/]*(?:per\s+|a\s+)?(?:month|mo)\b", _money("rent_usd_per_kw_month")),
    _rule(rf"(?P<cents>)\$?\s*{_NUMBER}(?:{_PER}|\s*\$/)(?P<unit>mwh|kwh)\b(?:\s+power)?", _energy_price),
    _rule(rf"{_NUMBER}\s*(?P<cents>¢|c|cts?|cents?){_PER}(?P<unit>mwh|kwh)\b(?:\s+power)?", _energy_price),
    _rule(
        rf"hash\s?price\s*(?:of|at|=|:)?\s*\$?\s*{_NUMBER}(?:\s*\$?/\s*(?P<unit>ph|th)(?:/s)?(?:/d(?:ay)?)?)?",
        _hashprice,
    ),
    _rule(rf"\bpue\s*(?:of|at|=|:)?\s*{_NUMBER}", lambda f: {"assumptions": {"pue": _value(f)}}),
    _rule(rf"{_NUMBER}\s*(?:j|w)/th\b", _assume("fleet_j_per_th")),
    _rule(rf"(?:btc|bitcoin)(?:\s+price)?\s*(?:of|at|=|:)?\s*\$?\s*{_NUMBER}{_SCALE}", _assume("btc_usd")),
    _rule(rf"difficulty\s*(?:of|at|=|:)?\s*{_NUMBER}\s*t?\b", _assume("difficulty_t")),
    _rule(rf"(?:{_NUMBER}\s*%\s*(?:yearly\s+|annual\s+)?escalat(?:or|ion))", _number("escalator_pct")),
    _rule(rf"escalat(?:or|ion)\s*(?:of|at|=|:)?\s*{_NUMBER}\s*%?", _number("escalator_pct")),
    _rule(rf"(?:{_NUMBER}\s*%\s*pre-?pay(?:ment|ed)?)", _number("prepayment_pct")),
    _rule(rf"(?:wacc|cost of capital)\s*(?:of|at|=|:)?\s*{_NUMBER}\s*%", _assume("wacc_pct")),
    _rule(rf"(?:utili[sz]ation)\s*(?:of|at|=|:)?\s*{_NUMBER}\s*%", _assume("utilisation_take_or_pay", 0.01)),
    _rule(rf"(?:uptime)\s*(?:of|at|=|:)?\s*{_NUMBER}\s*%", _assume("mining_uptime", 0.01)),
    _rule(rf"(?:residual)(?:\s+value)?\s*(?:of|at|=|:)?\s*{_NUMBER}\s*%", _assume("gpu_residual_pct")),
    _rule(rf"{_NUMBER}\s*%\s*(?:noi\s+|ebitda\s+)?margin", _number("noi_margin_pct")),
    _rule(
        rf"(?:capex|build(?:ing)?\s+cost)\s*(?:of|at|=|:)?\s*{_DOLLARS}{_PER}mw",
        _assume("capex_dc_musd_per_mw_it", 1e-6),
    ),
    _rule(rf"(?:capex|gpu\s+cost)\s*(?:of|at|=|:)?\s*{_DOLLARS}{_PER}gpu", _assume("capex_gpu_kusd", 1e-3)),
    _rule(rf"{_NUMBER}\s*kw{_PER}gpu", _assume("kw_it_per_gpu")),
)

#: Amounts, sizes, terms and words, most specific first.
_QUANTITIES: tuple[_Rule, ...] = (
    _rule(rf"{_DOLLARS}\s*(?:of\s+|in\s+|for\s+)?(?:capex|equipment|gpus\s+cost)", _money("capex_usd")),
    _rule(rf"(?:capex|equipment)\s*(?:of|at|=|:|for)?\s*{_DOLLARS}", _money("capex_usd")),
    _rule(
        rf"(?:{_DOLLARS})\s*(?:with|including|if)\s+(?:all\s+)?(?:options?|extensions?|renewals?)",
        _money("value_max_usd"),
    ),
    _rule(
        rf"{_NUMBER}[\s\-]*(?:years?|yrs?|y)\s+(?:with|including)\s+(?:all\s+)?(?:options?|extensions?)",
        _number("term_max_years"),
    ),
    _rule(rf"{_DOLLARS}(?:{_PER}|\s+)(?:year|yr|annum|annually)\b", _money("annual_value_usd")),
    _rule(
        rf"{_HOW}{_NUMBER}[\s\-]*(?P<unit>gw|mw|kw)\b(?:\s*(?:of\s+)?(?:gross|utility|critical\s+it|it)\b(?:\s+load)?)?",
        _power,
    ),
    _rule(_DOLLARS, _money("value_usd")),
    _rule(
        rf"{_HOW}{_NUMBER}\s*(?P<scale>k|thousand|million|m)?\s*{_COUNT_WORDS}\b",
        lambda f: _stated("gpu_count", f, _value(f)),
    ),
    _rule(rf"{_NUMBER}[\s\-]*(?:months?)\b", _number("term_years", 1 / 12)),
    _rule(rf"{_NUMBER}[\s\-]*(?:years?|yrs?|y)\b", _number("term_years")),
    _rule(r"\b(?:retrofit|refit(?:ted)?|converted)\b(?:\s+(?:hall|site))?", _says(new_build=False)),
    _rule(r"\b(?:new[\s\-]build|greenfield)\b", _says(new_build=True)),
    _rule(r"\b(?:triple[\s\-]net|nnn)\b", _says(lease_form="triple_net")),
    _rule(r"\bmodified[\s\-]gross\b", _says(lease_form="modified_gross")),
    _rule(r"\b(?:lease[ds]?|leasing|colo(?:cation)?|hosting|landlord)\b", _says(use="lease")),
    _rule(r"\b(?:gpu\s+)?(?:cloud|neocloud)\b(?:\s+(?:contract|services?))?", _says(use="cloud")),
    _rule(r"\b(?:bitcoin\s+)?min(?:ing|e)\b", _says(use="mining")),
)

_FILLERS = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "contract",
        "deal",
        "for",
        "from",
        "in",
        "is",
        "it",
        "of",
        "on",
        "over",
        "power",
        "price",
        "priced",
        "the",
        "to",
        "total",
        "value",
        "valued",
        "what",
        "whats",
        "worth",
        "with",
        "would",
        "if",
        "were",
        "was",
        "be",
        "be:",
        "site",
        "campus",
        "capacity",
        "critical",
        "load",
        "term",
        "base",
        "including",
    ]
)


def _unread(left: str) -> list[str]:
    words = re.findall(r"[^\s;,?!()]+", left)
    return [word for word in words if word.lower().strip(".:'’") not in _FILLERS and word.strip(".:-@'’")]
