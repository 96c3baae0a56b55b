"""Corrections from Discord: anybody proposes, the operator accepts or declines. Database in, messages out."""

from datetime import datetime

from bot.delivery.announce import announce
from bot.delivery.watch_requests import read_amount
from bot.discord.services import Services
from bot.errors import InputError
from bot.messages.facts import claim_words, field_name
from bot.messages.limits import fit
from bot.messages.markdown import escape, plain, shorten
from bot.messages.message import Button, ButtonStyle, Embed, Field, Message
from bot.messages.message_json import message_to_json
from bot.messages.render import AMBER, DISCLAIMER, GREEN, RED
from bot.messages.wording import PLAIN
from db import corrections, merges, outbox
from db.connection import Database
from db.deals import get_deal
from db.outbox import OutboxDraft, OutboxKind

#: What can be corrected from Discord, most wanted first (at most 25: one list).
FIELDS = {
    "value_usd": "Value of the initial term, US$",
    "value_max_usd": "Value with all options, US$",
    "capacity_mw": "Megawatts",
    "capacity_kind": "Basis of the megawatts: it, gross, unspecified",
    "term_years": "Term in years",
    "customer": "Customer",
    "provider": "Provider",
    "status": "Status",
    "deal_type": "Kind of deal",
    "gpu_count": "Number of GPUs",
    "gpu_models": "GPU models",
    "site": "Site",
    "announced_on": "Announced on",
    "delivery_start": "Delivery starts",
    "delivery_end": "Delivery ends",
    "annual_value_usd": "Value a year, US$",
    "prepayment_pct": "Prepaid, per cent",
    "escalator_pct": "Escalator, per cent",
    "noi_margin_pct": "NOI margin, per cent",
    "capex_usd": "Capex, US$",
}


def propose(
    db: Database, wanted: str | int, *, field: str, value: str, reason: str, made_by: str, now: datetime
) -> int:
    """Store a proposal after checking its value; return its number."""
    if field not in FIELDS:
        raise InputError("Choose one of the listed facts.")
    written = str(read_amount(value)) if field.endswith("_usd") and value.strip() not in corrections.UNSTATED else value
    return merges.propose_correction(db, wanted, field=field, value=written, reason=reason, made_by=made_by, now=now)


def proposal_message(db: Database, number: int, *, decidable: bool) -> Message:
    """Draw a proposal; `decidable` adds the operator's buttons."""
    proposal = corrections.get_correction(db, number)
    deal = get_deal(db, proposal.deal_id)
    state = {"proposed": AMBER, "accepted": GREEN}.get(proposal.state, RED)
    before, after = (
        escape(claim_words(proposal.field, text, style=PLAIN)) if text else "not stated"
        for text in (proposal.previous, proposal.value)
    )
    embed = Embed(
        title=f"Correction {number} {proposal.state}",
        author=plain(deal.name) if deal else "",
        colour=state,
        description=f"**{field_name(proposal.field)}** {before} → **{after}**",
        fields=(Field(name="Source or reason", value=escape(shorten(plain(proposal.reason), 900)), inline=False),),
        footer=f"proposed by {plain(proposal.made_by)} · {DISCLAIMER}",
        timestamp=proposal.decided_at or proposal.made_at,
    )
    buttons = (
        Button(label="Accept", custom_id=f"mp:accept:{number}", style=ButtonStyle.SUCCESS),
        Button(label="Decline", custom_id=f"mp:decline:{number}", style=ButtonStyle.DANGER),
    )
    return Message(embeds=(fit(embed),), buttons=buttons if decidable and proposal.state == "proposed" else ())


def tell_operator(db: Database, number: int, channel_id: int, *, now: datetime) -> None:
    """Put the proposal, with its buttons, on its way to the operator's channel."""
    draft = OutboxDraft(
        kind=OutboxKind.NOTICE,
        target=f"channel:{channel_id}",
        key=f"correction:{number}",
        payload=message_to_json(proposal_message(db, number, decidable=True)),
        name=f"correction {number}",
    )
    outbox.enqueue(db, draft, now=now)


def decide(db: Database, number: int, *, accept: bool, decided_by: str, services: Services) -> Message:
    """Accept or decline a proposal; sent alerts of an accepted one are edited."""
    now = services.clock()
    with db.atomic():
        change = merges.decide_proposal(db, number, accept=accept, decided_by=decided_by, now=now)
        if change is not None and change.after.sources:
            announce(db, change, change.after.sources[0].article_id, now, rules=services.rules)
    return proposal_message(db, number, decidable=False)
