"""Values a deal when it is stored: facts of the record and its peers into the capacity model, figures into the database.

The only bridge between stored deals and the model; views and alerts read what is stored here.
"""

from datetime import datetime

from bot.capacity.assumptions import Assumptions
from bot.capacity.peers import Peer
from bot.capacity.valuation import Valuation, read_facts, value_deal
from bot.valuation.live_network import with_network
from db.connection import Database
from db.estimates import EstimateDraft, store_estimate
from db.network import network_figures
from db.peers import PeerRow, peers_of
from db.records import DealRecord, EstimateValue


def value_record(db: Database, deal: DealRecord, now: datetime, *, assumptions: Assumptions) -> bool:
    """Store the estimate of a deal; False when the model has nothing to say of it.

    The network's figures are those stored last, if they are fresh; else the dated defaults of `assumptions` stand.
    """
    facts = read_facts(deal.facts)
    if facts is None:
        return False
    assumptions = with_network(assumptions, network_figures(db), now=now)
    valued = value_deal(facts, assumptions, peers=[_peer(row) for row in peers_of(db, deal.id)])
    if valued is None:
        return False
    store_estimate(db, draft_of(deal.id, valued), now=now)
    return True


def draft_of(deal_id: int, valued: Valuation) -> EstimateDraft:
    """Return a valuation in the shape in which it is stored."""
    values = {
        key: EstimateValue(p10=f.p10, p50=f.p50, p90=f.p90, unit=f.unit, origin=f.origin.value)
        for key, f in valued.figures.items()
    }
    return EstimateDraft(
        deal_id=deal_id,
        model_version=valued.model_version,
        inputs=valued.inputs,
        assumptions=valued.assumptions,
        values=values,
        warnings=valued.warnings,
    )


def _peer(row: PeerRow) -> Peer:
    is_lease = row.deal_type == "hosting_lease"
    return Peer(
        deal_id=str(row.deal_id),
        use="lease" if is_lease else "cloud",
        provider=row.provider,
        customer=row.customer,
        announced_on=row.announced_on,
        value_usd=row.value_usd,
        usd_per_mw_year=row.usd_per_mw_year_y1 if is_lease else row.usd_per_mw_year,
    )
