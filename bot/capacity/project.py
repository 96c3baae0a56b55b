"""The money of a solved contract: income, building and machine cost, return. One function a use.

Takes what `solve` found and adds figures by name; amounts are dollars, rates in percent.
"""

from datetime import date

import numpy as np

from bot.capacity.finance import Flows, capital_charge, debt_cover, irr, npv, payback
from bot.capacity.lease import Number, plain
from bot.capacity.mining import Fleet, hashcost, hashprice, hashprice_path
from bot.capacity.priors import Book, noi_row

_HOURS = 8_766.0
#: Flows are laid out year by year; a longer term comes from a slip of the pen.
LONGEST_YEARS = 100.0


def lease_money(book: Book, values: dict[str, Number]) -> dict[str, Number]:
    """Return NOI, cost and return of a lease; power is the tenant's and appears on neither side."""
    stated = book.question.noi_margin_pct
    margin = (book.draw(noi_row(book)) if stated is None else stated) / 100
    found: dict[str, Number] = {"noi_margin_pct": 100 * margin}
    if "annual_value_usd" not in values:
        return found
    found["noi_usd"] = margin * values["annual_value_usd"]
    if "rent_y1_usd_per_mw_year" in values and "mw_it" in values:
        found["noi_y1_usd"] = margin * values["rent_y1_usd_per_mw_year"] * values["mw_it"]
    if "capex_dc_usd" not in values or not _has_term(values):
        return found
    capex, term = values["capex_dc_usd"], values["term_years"]
    growth = values["escalator_pct"] / 100
    residual = capex * np.maximum(0.0, 1 - term / book.draw("dc_life_years"))
    flows = _contract_flows(book, values, capex=capex, margin=margin, growth=growth, residual=plain(residual))
    found["capex_total_usd"] = capex
    found["capital_charge_usd"] = capital_charge(capex, book.draw("wacc_lease_pct") / 100, book.draw("dc_life_years"))
    found["dscr"] = debt_cover(
        found["noi_usd"],
        capex,
        loan_to_cost=book.draw("loan_to_cost_pct") / 100,
        rate=book.draw("debt_rate_lease_pct") / 100,
        years=term,
    )
    return found | _returns(flows, book.draw("wacc_lease_pct") / 100)


def cloud_money(book: Book, values: dict[str, Number]) -> dict[str, Number]:
    """Return EBITDA, cost and return of a GPU cloud in an own building."""
    stated = book.question.noi_margin_pct
    margin = (book.draw("cloud_ebitda_margin_pct") if stated is None else stated) / 100
    found: dict[str, Number] = {"noi_margin_pct": 100 * margin} | _compute(book, values)
    if "annual_value_usd" in values:
        found["noi_usd"] = margin * values["annual_value_usd"]
    if not {"capex_gpu_usd", "capex_dc_usd", "annual_value_usd"} <= values.keys() or not _has_term(values):
        return found
    gpus, building, term = values["capex_gpu_usd"], values["capex_dc_usd"], values["term_years"]
    left = book.draw("gpu_residual_pct") / 100
    residual = gpus * left + building * np.maximum(0.0, 1 - term / book.draw("dc_life_years"))
    flows = _contract_flows(book, values, capex=gpus + building, margin=margin, growth=0.0, residual=plain(residual))
    wacc = book.draw("wacc_cloud_pct") / 100
    found["capex_total_usd"] = gpus + building
    found["capital_charge_usd"] = capital_charge(gpus, wacc, term, residual=left) + capital_charge(
        building, wacc, book.draw("dc_life_years")
    )
    found["dscr"] = debt_cover(
        found["noi_usd"],
        gpus + building,
        loan_to_cost=book.draw("loan_to_cost_pct") / 100,
        rate=book.draw("debt_rate_cloud_pct") / 100,
        years=term,
    )
    return found | _returns(flows, wacc)


def mining_money(book: Book, values: dict[str, Number]) -> dict[str, Number]:
    """Return revenue, margin and return of mining on the gross power."""
    fleet = mining_fleet(book)
    price = mining_hashprice(book)
    found: dict[str, Number] = {
        "hashprice_usd_per_ph_day": price,
        "fleet_j_per_th": fleet.j_per_th,
        "hashcost_usd_per_ph_day": hashcost(j_per_th=fleet.j_per_th, usd_per_mwh=fleet.usd_per_mwh, pue=fleet.pue),
        "breakeven_hashprice_usd_per_ph_day": fleet.breakeven(),
        "revenue_usd_per_mwh": fleet.petahash_per_mw() * price / 24,
        "usd_per_gross_mw_year": fleet.revenue_per_mw(price),
    }
    if "mw_gross" not in values:
        return found
    mw, term = values["mw_gross"], values["term_years"]
    cost = mining_capex_per_mw(book, fleet) * mw
    path = _mining_path(book, price, years=max(1, int(np.ceil(np.max(term)))))
    margins = [fleet.margin_per_mw(level) * mw * _share(term, year) for year, level in enumerate(path)]
    revenues = [fleet.revenue_per_mw(level) * mw * _share(term, year) for year, level in enumerate(path)]
    wacc = book.draw("wacc_mining_pct") / 100
    found |= {
        "hashrate_ph": fleet.petahash_per_mw() * mw,
        "annual_value_usd": fleet.revenue_per_mw(price) * mw,
        "value_usd": plain(sum(np.asarray(part) for part in revenues)),
        "energy_cost_usd": fleet.energy_per_mw() * mw,
        "energy_mwh_year": _HOURS * fleet.uptime * mw,
        "noi_usd": fleet.margin_per_mw(price) * mw,
        "capex_total_usd": cost,
        "capital_charge_usd": capital_charge(cost, wacc, book.draw("mining_life_years")),
    }
    return found | _returns([-cost, *margins], wacc)


def mining_fleet(book: Book) -> Fleet:
    """Draw the machines, the site and the price of its power."""
    power = book.question.power_usd_per_mwh
    return Fleet(
        j_per_th=book.draw("fleet_j_per_th"),
        pue=book.draw("pue_mining"),
        uptime=book.draw("mining_uptime"),
        fee=book.draw("mining_opex_pct") / 100,
        usd_per_mwh=book.draw("power_mining_usd_per_mwh") if power is None else power,
    )


def mining_hashprice(book: Book) -> Number:
    """Return the hashprice stated, or computed from network figures if those were set, or the dated default."""
    if book.question.hashprice_usd_per_ph_day is not None:
        return book.question.hashprice_usd_per_ph_day
    if not uses_network(book):
        return book.draw("hashprice_usd_per_ph_day")
    share = book.draw("fee_share_pct") / 100
    subsidy = book.assumptions.constants["block_subsidy_btc"]
    return hashprice(
        difficulty=book.draw("difficulty_t") * 1e12,
        price_usd=book.draw("btc_usd"),
        subsidy=subsidy,
        fees_btc=subsidy * share / (1 - share),
    )


def uses_network(book: Book) -> bool:
    """Tell whether bitcoin price or difficulty were set, live or for this question, and the hashprice itself was not."""
    network = {book.row(key).origin for key in ("btc_usd", "difficulty_t")}
    return network != {"default"} and book.row("hashprice_usd_per_ph_day").origin == "default"


def mining_capex_per_mw(book: Book, fleet: Fleet) -> Number:
    """Return the cost of new machines and their site, per gross megawatt."""
    machines = fleet.petahash_per_mw() * 1000 * book.draw("asic_usd_per_th")
    return machines + 1e6 * book.draw("mining_site_musd_per_mw")


def _mining_path(book: Book, price: Number, *, years: int) -> list[Number]:
    return hashprice_path(
        start=price,
        years=years,
        fee_share=book.draw("fee_share_pct") / 100,
        price_growth=book.draw("btc_growth_pct_year") / 100,
        difficulty_growth=book.draw("difficulty_growth_pct_year") / 100,
        begins=book.as_of,
        halving=date.fromisoformat(f"{book.assumptions.constants['halving_date']}-01"),
    )


def _compute(book: Book, values: dict[str, Number]) -> dict[str, Number]:
    """Return racks and peak computing power of the GPUs."""
    if book.gpu is None or "gpu_count" not in values:
        return {}
    count = values["gpu_count"]
    h100 = book.assumptions.gpus.get("h100", book.gpu)
    return {
        "racks": plain(np.ceil(np.round(count) / book.gpu.gpus_per_rack)),
        "bf16_exaflops": count * book.gpu.bf16_pflops / 1000,
        "h100_equivalents": count * book.gpu.bf16_pflops / h100.bf16_pflops,
    }


def _contract_flows(
    book: Book, values: dict[str, Number], *, capex: Number, margin: Number, growth: Number, residual: Number
) -> Flows:
    """Return outlay and yearly income; a prepayment comes first and is credited over the last three fifths."""
    term = values["term_years"]
    years = max(1, int(np.ceil(np.max(term))))
    total = values["annual_value_usd"] * term
    weights: list[Number] = []
    level: Number = 1.0
    for year in range(years):
        weights.append(level * _share(term, year))
        level = level * (1 + growth)
    income = margin * total / sum(weights)
    flows: list[Number] = [-capex, *(income * weight for weight in weights)]
    for year in range(years):
        ends = np.ceil(term) == year + 1
        if np.any(ends):
            flows[year + 1] = plain(flows[year + 1] + residual * ends)
    if book.question.prepayment_pct:
        prepaid = total * book.question.prepayment_pct / 100
        flows[0] = flows[0] + prepaid
        for year in range(years):
            flows[year + 1] = flows[year + 1] - prepaid * _credited(term, year)
    return flows


def _has_term(values: dict[str, Number]) -> bool:
    return "term_years" in values and 0 < float(np.max(values["term_years"])) <= LONGEST_YEARS


def _share(term: Number, year: int) -> Number:
    """Return how much of a year lies within the term."""
    return plain(np.clip(np.asarray(term) - year, 0.0, 1.0))


def _credited(term: Number, year: int) -> Number:
    """Return the share of a prepayment credited in a year, as IREN-Microsoft: evenly, years 3 to 5 of 5."""
    start = 0.4 * np.asarray(term)
    overlap = np.clip(np.minimum(term, year + 1) - np.maximum(start, year), 0.0, 1.0)
    return plain(overlap / (np.asarray(term) - start))


def _returns(flows: Flows, wacc: Number) -> dict[str, Number]:
    return {
        "npv_usd": npv(flows, wacc),
        "irr": 100 * irr(flows),
        "payback_years": payback(flows),
        "discounted_payback_years": payback(flows, rate=wacc),
    }
