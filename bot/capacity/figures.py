"""The figures the model answers with: how each is called and how its amount is written for people."""

import math
from collections.abc import Mapping

LABELS: Mapping[str, str] = {
    "mw_it": "critical IT load",
    "mw_gross": "gross power",
    "gpu_count": "GPUs",
    "term_years": "base term",
    "term_max_years": "term with extensions",
    "value_usd": "contract value",
    "value_max_usd": "contract value with extensions",
    "annual_value_usd": "contract value a year",
    "escalator_pct": "escalator",
    "price_usd_per_gpu_hour": "price of a GPU-hour",
    "usd_per_gpu_hour": "price of a GPU-hour",
    "rent_usd_per_kw_month": "average $/kW-month",
    "rent_y1_usd_per_kw_month": "year-one $/kW-month",
    "usd_per_mw_year": "average $/MW-year",
    "usd_per_mw_year_y1": "year-one $/MW-year",
    "rent_y1_usd_per_mw_year": "year-one $/MW-year",
    "usd_per_gross_mw_year": "average $/gross MW-year",
    "usd_per_mw_year_if_gross": "average $/MW-year if the MW are gross",
    "gross_per_it": "gross per IT power",
    "noi_usd": "operating income a year",
    "noi_y1_usd": "operating income, year one",
    "capex_usd": "capex",
    "capex_gpu_usd": "capex, GPUs",
    "capex_dc_usd": "capex, building",
    "capex_total_usd": "capex, total",
    "capex_usd_per_gpu": "capex a GPU",
    "capex_dc_usd_per_mw": "building cost a MW",
    "capital_charge_usd": "capital charge a year",
    "kw_it_per_gpu": "IT power a GPU",
    "racks": "racks",
    "bf16_exaflops": "peak BF16",
    "h100_equivalents": "H100 equivalents",
    "energy_mwh_year": "energy a year",
    "energy_cost_usd": "power bill a year",
    "npv_usd": "net present value",
    "irr": "internal rate of return",
    "payback_years": "payback",
    "discounted_payback_years": "payback, discounted",
    "dscr": "debt service cover",
    "hashrate_ph": "hashrate",
    "hashprice_usd_per_ph_day": "hashprice",
    "hashcost_usd_per_ph_day": "hashcost",
    "breakeven_hashprice_usd_per_ph_day": "break-even hashprice",
    "revenue_usd_per_mwh": "mining revenue a MWh",
    "fleet_j_per_th": "fleet efficiency",
    "noi_margin_pct": "operating margin",
    "power_usd_per_mwh": "power price",
    "prepayment_pct": "prepayment",
    "mining_revenue_given_up_usd": "mining revenue given up a year",
    "mining_margin_given_up_usd": "mining margin given up a year",
    "crossover_hashprice_cash": "crossover hashprice (cash)",
    "crossover_hashprice_after_capital": "crossover hashprice (after capital charge)",
    "z_score": "distance from the usual price",
    "peer_percentile": "percentile among peers",
    "peer_count": "peers",
    "tenant_share_before_pct": "tenant's share of contracted value, before",
    "tenant_share_after_pct": "tenant's share of contracted value, after",
}

_SIZES = ((1e12, "tn"), (1e9, "bn"), (1e6, "M"), (1e3, "k"))
#: Units that are written by the dollar sign and the figure's name already.
_DOLLAR = "USD"


def amount(value: float, unit: str) -> str:
    """Write an amount with its unit, short enough for a table: $9.70bn, 76,000, 10.6 %."""
    if math.isnan(value):
        return "none"
    if math.isinf(value):
        return "never"
    if unit.startswith(_DOLLAR):
        return _dollars(value)
    if unit in {"ratio", "share"}:
        return f"{value:,.2f}"
    # "a year" and "a GPU" stand in the figure's name; a rate such as J/TH keeps its unit
    short = unit.split("/", maxsplit=1)[0] if unit.startswith(("%", "MWh/", "kW IT/")) else unit
    return f"{_plain(value)} {short}"


def change(before: float, after: float, unit: str) -> str:
    """Write how an amount moved: in points where it is a per cent, as a difference where a share would say nothing."""
    if not (math.isfinite(before) and math.isfinite(after)):
        return "–"
    if unit.startswith("%"):
        return f"{after - before:+.3g} points"
    if before <= 0 or after < 0:
        return f"{'+' if after > before else ''}{amount(after - before, unit)}"
    return f"{after / before - 1:+.1%}"


def _dollars(value: float) -> str:
    sign = "-" if value < 0 else ""
    for size, word in _SIZES:
        if abs(value) >= size and not (size == 1e3 and abs(value) < 1e4):
            return f"{sign}${abs(value) / size:,.2f}{word}"
    return f"{sign}${abs(value):,.2f}"


def _plain(value: float) -> str:
    if abs(value) >= 1e6:
        return f"{value / 1e6:,.2f}M"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.3g}"
