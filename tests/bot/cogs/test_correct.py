"""/correct: anybody proposes, only the operator decides, and what was sent is edited."""

from decimal import Decimal

import pytest

from db import corrections, deals, outbox
from db.outbox import OutboxKind

FORM = {
    "fact": ["value_usd"],
    "value": "5.1bn",
    "reason": "https://filing.example/8-k says so",
}


@pytest.fixture
def operator(simcord_env, guild, services):
    user = simcord_env.create_user("boss")
    object.__setattr__(services, "operator_ids", frozenset({user.id}))  # frozen in the product, known late in a test
    return guild.add_member(user)


async def propose(member, channel, deal, **changes):
    form = await member.slash(channel, "correct", deal=deal.slug)
    return await member.submit_modal(form, FORM | changes)


async def test_a_proposal_waits_and_the_operator_is_told(member, operator, channel, tell, store, said):
    deal = tell().after
    assert "Correction 1 waits for the operator" in said(await propose(member, channel, deal))
    (proposal,) = store.call(corrections.list_corrections)
    assert (proposal.state, proposal.value) == ("proposed", "5100000000")
    (notice,) = store.call(outbox.list_outbox)
    assert notice.kind is OutboxKind.NOTICE
    assert store.call(deals.get_deal, deal.id).facts.value_usd == Decimal(4_200_000_000)


async def test_a_value_that_cannot_be_read_is_explained(member, channel, tell, store, said, simcord_env):
    simcord_env.check_errors = False
    deal = tell().after
    result = await propose(member, channel, deal, value="lots")
    assert "write it like 500m" in said(result)
    assert store.call(corrections.list_corrections) == []


async def test_only_the_operator_decides(member, operator, channel, tell, store, said, simcord_env):
    deal = tell().after
    await propose(member, channel, deal)
    sent = await simcord_env.bot.get_channel(channel.id).send(**arguments(store))
    refused = await member.click(sent, custom_id="mp:accept:1")
    assert "Only the operator" in said(refused)
    await operator.click(sent, custom_id="mp:accept:1")
    assert store.call(deals.get_deal, deal.id).facts.value_usd == Decimal(5_100_000_000)
    assert store.call(corrections.get_correction, 1).state == "accepted"


def arguments(store):
    from bot.discord.payload import send_arguments
    from bot.messages.message_json import message_from_json

    (notice,) = store.call(outbox.list_outbox)
    return send_arguments(message_from_json(notice.payload))


async def test_the_alerts_button_opens_the_form(member, channel, tell):
    deal = tell().after
    shown = await member.slash(channel, "deal", deal=deal.slug)
    form = await member.click(shown.response.message, custom_id=f"mp:correct:{deal.id}")
    assert form.modal is not None
