"""What the model assumes when a question does not say: one row a quantity, with range, date, grade and source.

Builds the rows from parsed tables and applies overrides. Reads no file.
"""

import difflib
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from bot.capacity.hardware import GPU_QUANTITIES, Asic, Gpu, gpu_rows, read_asics, read_gpus
from bot.capacity.question import Override, QuestionError


class Shape(StrEnum):
    """How a range is spread: in ratio, in difference, or not at all."""

    LOGNORMAL = "lognormal"
    NORMAL = "normal"
    POINT = "point"


class RowOrigin(StrEnum):
    """Where the numbers of a row come from."""

    DEFAULT = "default"
    LIVE = "live"
    OVERRIDE = "override"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """One row: low and high are the 10 % and 90 % points, base the median."""

    key: str
    label: str
    unit: str
    low: float
    base: float
    high: float
    shape: Shape
    as_of: str
    grade: str
    source: str
    minimum: float = -math.inf
    maximum: float = math.inf
    origin: RowOrigin = RowOrigin.DEFAULT

    def __post_init__(self) -> None:
        if not all(math.isfinite(v) for v in (self.low, self.base, self.high)):
            raise QuestionError(f"assumption {self.key} is not a finite number")
        if not self.low <= self.base <= self.high:
            raise QuestionError(f"assumption {self.key}: low, base, high are not in order")
        if not (self.minimum <= self.low and self.high <= self.maximum):
            limits = f"{self.minimum:g} to {self.maximum:g} {self.unit}"
            raise QuestionError(f"assumption {self.key} is outside the plausible {limits}; check the unit")
        if self.shape is Shape.LOGNORMAL and self.low <= 0:
            raise QuestionError(f"assumption {self.key} must be more than zero")

    def as_json(self) -> dict[str, Any]:
        """Return the row as plain JSON values; unlimited bounds are left out."""
        plain: dict[str, Any] = {"label": self.label, "unit": self.unit}
        plain |= {"low": self.low, "base": self.base, "high": self.high, "distribution": self.shape.value}
        plain |= {"as_of": self.as_of, "grade": self.grade, "source": self.source, "origin": self.origin.value}
        limits = {"minimum": self.minimum, "maximum": self.maximum}
        return plain | {k: v for k, v in limits.items() if math.isfinite(v)}


#: Short names of the literature -> (key, factor to the key's unit). A model's own quantities follow the same pattern.
ALIASES: Mapping[str, tuple[str, float]] = {
    "rent_y1": ("rent_y1_musd_per_mw_year", 1),
    "rent_y1_usd_per_kw_month": ("rent_y1_musd_per_mw_year", 12e-3),
    "escalator": ("escalator_pct", 100),
    "noi_margin": ("noi_margin_nnn_pct", 100),
    "noi_margin_nnn": ("noi_margin_nnn_pct", 100),
    "noi_margin_modified_gross": ("noi_margin_modified_gross_pct", 100),
    "noi_margin_retrofit": ("noi_margin_retrofit_pct", 100),
    "ebitda_margin": ("cloud_ebitda_margin_pct", 100),
    "cloud_ebitda_margin": ("cloud_ebitda_margin_pct", 100),
    "capex_dc": ("capex_dc_musd_per_mw_it", 1),
    "capex_dc_retrofit": ("capex_dc_retrofit_musd_per_mw_it", 1),
    "wacc_lease": ("wacc_lease_pct", 100),
    "wacc_cloud": ("wacc_cloud_pct", 100),
    "wacc_mining": ("wacc_mining_pct", 100),
    "residual": ("gpu_residual_pct", 100),
    "ltc": ("loan_to_cost_pct", 100),
    "power_mining": ("power_mining_usd_per_mwh", 1),
    "power_ai": ("power_ai_usd_per_mwh", 1),
    "hashprice": ("hashprice_usd_per_ph_day", 1),
    "uptime": ("mining_uptime", 1),
    "utilisation": ("utilisation_take_or_pay", 1),
    "utilization": ("utilisation_take_or_pay", 1),
    "load_factor": ("load_factor_energy", 1),
    "btc": ("btc_usd", 1),
    "difficulty": ("difficulty_t", 1),
}

#: Names that stand for several rows at once.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "pue": ("pue_liquid", "pue_air"),
    "wacc_pct": ("wacc_lease_pct", "wacc_cloud_pct", "wacc_mining_pct"),
    "wacc": ("wacc_lease", "wacc_cloud", "wacc_mining"),
    "power_usd_per_mwh": ("power_mining_usd_per_mwh", "power_ai_usd_per_mwh"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Correlation:
    """Two rows that move together. `first` and `second` are keys, or a quantity of every GPU model."""

    first: str
    second: str
    rho: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """All rows in force, the GPU and ASIC models they speak of, and the protocol's constants."""

    rows: Mapping[str, Assumption]
    gpus: Mapping[str, Gpu] = field(default_factory=dict)
    asics: Mapping[str, Asic] = field(default_factory=dict)
    correlations: tuple[Correlation, ...] = ()
    price_vintages: Mapping[str, tuple[tuple[str, float], ...]] = field(default_factory=dict)
    constants: Mapping[str, Any] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Assumption:
        return self.rows[key]

    def gpu(self, name: str) -> Gpu:
        """Find a GPU model by any of its names; an unknown name is refused with the known ones."""
        wanted = _plain(name)
        for model in self.gpus.values():
            if wanted in {_plain(n) for n in (model.key, model.name, *model.aliases)}:
                return model
        known = ", ".join(model.name for model in self.gpus.values())
        raise QuestionError(f"GPU model {name!r} is not known; known are {known}")

    def gpu_names(self) -> tuple[str, ...]:
        """Return every name by which a GPU model may be asked for."""
        return tuple(name for model in self.gpus.values() for name in (model.name, *model.aliases))

    def override(self, changes: Mapping[str, Override], *, origin: RowOrigin = RowOrigin.OVERRIDE) -> "Assumptions":
        """Return the same assumptions with some rows changed; an unknown key is refused with the nearest one."""
        rows = dict(self.rows)
        for name, given in changes.items():
            for key, value in self._resolve(name, given):
                rows[key] = _changed(rows[key], value, origin)
        return replace(self, rows=rows)

    def live(self, values: Mapping[str, float], *, as_of: str, source: str) -> "Assumptions":
        """Return the same assumptions with network figures of the moment, as points with their time and source."""
        rows = dict(self.override(values, origin=RowOrigin.LIVE).rows)
        for key in values:
            rows[key] = replace(rows[key], as_of=as_of, source=source, grade="B")
        return replace(self, rows=rows)

    def _resolve(self, name: str, given: Override) -> list[tuple[str, Override]]:
        plain = name.strip().lower()
        if plain in self.rows:
            return [(plain, given)]
        if plain in GROUPS:
            return [pair for member in GROUPS[plain] for pair in self._resolve(member, given)]
        if plain in ALIASES:
            key, factor = ALIASES[plain]
            return [(key, _scaled(given, factor))]
        return [(self._gpu_key(name, plain), given)]

    def _gpu_key(self, name: str, plain: str) -> str:
        """Resolve the short names of a model's quantities: k_GB300, capex_GB300, p_GB300."""
        short, _, model = plain.partition("_")
        quantity = {"k": "kw_it", "p": "price"}.get(short, short)
        if quantity in GPU_QUANTITIES and f"{quantity}_{model}" in self.rows:
            return f"{quantity}_{model}"
        near = difflib.get_close_matches(plain, [*self.rows, *ALIASES, *GROUPS], n=1, cutoff=0.4)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise QuestionError(f"no assumption is called {name!r}{hint} (`market-pulse assumptions` lists them)")


def build_assumptions(economics: Mapping[str, Any], hardware: Mapping[str, Any]) -> Assumptions:
    """Build the assumptions from the parsed economics and hardware tables."""
    gpus = read_gpus(hardware)
    own = (read_row(key, row) for key, row in economics["assumption"].items())
    models = (read_row(key, row) for key, row in gpu_rows(gpus, hardware))
    vintages = {
        model: tuple((str(day), float(factor)) for day, factor in table["points"])
        for table in economics.get("price_vintage", {}).values()
        for model in table["models"]
    }
    return Assumptions(
        rows={row.key: row for row in (*own, *models)},
        gpus=gpus,
        asics=read_asics(hardware),
        correlations=tuple(_correlations(economics, gpus)),
        price_vintages=vintages,
        constants=dict(economics.get("constant", {})),
    )


def read_row(key: str, row: Mapping[str, Any]) -> Assumption:
    """Build one row from its table; a missing column is named."""
    try:
        return Assumption(
            key=key,
            label=str(row["label"]),
            unit=str(row["unit"]),
            low=float(row["low"]),
            base=float(row["base"]),
            high=float(row["high"]),
            shape=Shape(row.get("distribution", "lognormal")),
            as_of=str(row["as_of"]),
            grade=str(row["grade"]),
            source=str(row["source"]),
            minimum=float(row.get("minimum", -math.inf)),
            maximum=float(row.get("maximum", math.inf)),
            origin=RowOrigin(row.get("origin", "default")),
        )
    except KeyError as error:
        raise QuestionError(f"assumption {key} lacks its {error.args[0]}") from None


def _correlations(economics: Mapping[str, Any], gpus: Mapping[str, Gpu]) -> Iterator[Correlation]:
    """Yield the pairs; one between two quantities of a GPU model holds for every model."""
    for pair in economics.get("correlation", ()):
        first, second, rho = str(pair["first"]), str(pair["second"]), float(pair["rho"])
        if first in GPU_QUANTITIES:
            yield from (Correlation(first=f"{first}_{key}", second=f"{second}_{key}", rho=rho) for key in gpus)
        else:
            yield Correlation(first=first, second=second, rho=rho)


def _changed(row: Assumption, given: Override, origin: RowOrigin) -> Assumption:
    if isinstance(given, tuple):
        low, base, high = given
    else:
        low = base = high = given
    shape: Shape = row.shape
    if low == high:
        shape = Shape.POINT
    elif row.shape is Shape.POINT or low <= 0:
        shape = Shape.NORMAL
    source = "set for this question" if origin is RowOrigin.OVERRIDE else row.source
    return replace(row, low=low, base=base, high=high, shape=shape, origin=origin, source=source)


def _scaled(given: Override, factor: float) -> Override:
    if isinstance(given, tuple):
        return (given[0] * factor, given[1] * factor, given[2] * factor)
    return given * factor


def _plain(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())
