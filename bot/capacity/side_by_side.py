"""This model beside the documented formulas of public calculators, on the same input, as a Markdown table.

The formulas are restated from their documentation: Epoch AI's cluster power estimate, the fleet sizing of
SemiAnalysis' InferenceX calculator, and the static profit of mining calculators such as Bitdeer's.
"""

from collections.abc import Iterator, Sequence

from bot.capacity.assumptions import Assumptions
from bot.capacity.calibration import Summary
from bot.capacity.compare import compare
from bot.capacity.estimate import Estimate, estimate
from bot.capacity.figures import amount
from bot.capacity.mining import DAYS_A_YEAR, hashcost
from bot.capacity.question import Question, Use

SITE_MW = 100.0
_MODEL = "GB200"
_NOT = "–"
_HOURS = 8_766
_DRAWS = 4_000


def epoch_gpus(*, site_mw: float, tdp_w: float, pue: float) -> float:
    """Return the GPUs of a site: power = TDP x count x 1.82 x PUE."""
    return site_mw * 1e6 / (tdp_w * 1.82 * pue)


def inferencex_gpus(*, site_mw: float, utility_kw_per_gpu: float) -> float:
    """Return the fleet that a power budget holds, by utility kW a GPU."""
    return site_mw * 1000 / utility_kw_per_gpu


def inferencex_yearly_cost(*, gpus: float, usd_per_gpu_hour: float) -> float:
    """Return the owner's yearly cost of a fleet."""
    return gpus * usd_per_gpu_hour * _HOURS


def static_mining_margin(*, petahash: float, hashprice: float, hashcost_usd: float, fee: float) -> float:
    """Return a year's mining margin at today's hashprice: output less fee and power."""
    return petahash * (hashprice * (1 - fee) - hashcost_usd) * DAYS_A_YEAR


def static_breakeven_days(*, usd_per_th: float, hashprice: float, hashcost_usd: float, fee: float) -> float:
    """Return the days in which a machine earns its price, were nothing to change."""
    return usd_per_th * 1000 / (hashprice * (1 - fee) - hashcost_usd)


def calibration_table(summaries: Sequence[Summary]) -> str:
    """Return the calibration as a Markdown table."""
    head = "| use | predicted | deals | median error | bias | in the 80 % band |\n|---|---|--:|--:|--:|--:|"
    lines = [
        f"| {s.use} | {s.target.removesuffix('_usd').replace('_', ' ')} | {s.count} | {s.median_error:.1%} "
        f"| {s.bias:+.1%} | {s.coverage:.0%} |"
        for s in summaries
    ]
    return "\n".join([head, *lines])


def side_by_side(rows: Assumptions) -> str:
    """Return the comparison on one 100-MW site as a Markdown table."""
    head = "| 100 MW gross | Epoch AI | InferenceX | mining calculator | this model (10 % to 90 %) |\n|---|--:|--:|--:|--:|"
    return "\n".join([head, *(f"| {' | '.join(line)} |" for line in _lines(rows))])


def _lines(rows: Assumptions) -> Iterator[tuple[str, str, str, str, str]]:
    cloud = estimate(Question(use=Use.CLOUD, mw_gross=SITE_MW, gpu_model=_MODEL, term_years=5.0), rows, draws=_DRAWS)
    rent = estimate(Question(use=Use.LEASE, mw_gross=SITE_MW, term_years=15.0), rows, draws=_DRAWS)
    gpu = rows.gpu(_MODEL)
    by_tdp = epoch_gpus(site_mw=SITE_MW, tdp_w=gpu.tdp_w, pue=rows["pue_liquid"].base)
    by_utility = inferencex_gpus(site_mw=SITE_MW, utility_kw_per_gpu=2.10)
    yearly = inferencex_yearly_cost(gpus=by_utility, usd_per_gpu_hour=2.75)
    yield f"{_MODEL} GPUs", f"{by_tdp:,.0f}", f"{by_utility:,.0f}", _NOT, _band(cloud, "gpu_count")
    yield "cost of the fleet a year, power included", _NOT, amount(yearly, "USD"), _NOT, _fleet_cost(cloud)
    yield "cloud contract, 5 years", _NOT, _NOT, _NOT, _band(cloud, "value_usd")
    yield "return on a cloud contract", _NOT, _NOT, _NOT, _band(cloud, "irr")
    yield "lease, 15 years", _NOT, _NOT, _NOT, _band(rent, "value_usd")
    yield "building", _NOT, _NOT, _NOT, _band(rent, "capex_total_usd")
    yield from _mining_lines(rows)
    yield "crossover hashprice, lease or mine", _NOT, _NOT, _NOT, _crossovers(rows)
    yield "escalator from two totals; what a lease gives up; what is odd", _NOT, _NOT, _NOT, "yes"


def _mining_lines(rows: Assumptions) -> Iterator[tuple[str, str, str, str, str]]:
    efficiency, power, price = (
        rows[key].base for key in ("fleet_j_per_th", "power_mining_usd_per_mwh", "hashprice_usd_per_ph_day")
    )
    fee, pue = rows["mining_opex_pct"].base / 100, rows["pue_mining"].base
    cost = float(hashcost(j_per_th=efficiency, usd_per_mwh=power, pue=pue))
    petahash = SITE_MW * 1000 / (efficiency * pue)
    margin = static_mining_margin(petahash=petahash, hashprice=price, hashcost_usd=cost, fee=fee)
    days = static_breakeven_days(usd_per_th=rows["asic_usd_per_th"].base, hashprice=price, hashcost_usd=cost, fee=fee)
    found = estimate(Question(use=Use.MINING, mw_gross=SITE_MW), rows, draws=_DRAWS)
    yield "mining margin a year", _NOT, _NOT, amount(margin, "USD"), _band(found, "noi_usd")
    yield "machines earn their price in", _NOT, _NOT, f"{days / DAYS_A_YEAR:.1f} years", _band(found, "payback_years")


def _band(found: Estimate, name: str) -> str:
    figure = found.figures[name]
    low, middle, high = (amount(point, figure.unit) for point in (figure.p10, figure.p50, figure.p90))
    return f"{middle} ({low} to {high})"


def _fleet_cost(found: Estimate) -> str:
    """Return capital charge plus running cost, at the medians."""
    running = found["annual_value_usd"].p50 - found["noi_usd"].p50
    return amount(found["capital_charge_usd"].p50 + running, "USD")


def _crossovers(rows: Assumptions) -> str:
    found = compare(Question(), rows, draws=_DRAWS).crossovers_base
    return f"${found['cash_y1']:,.0f} on cash, ${found['after_capital_y1']:,.0f} after capital"
