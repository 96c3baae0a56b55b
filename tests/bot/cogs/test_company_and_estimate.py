"""/company, /league, /estimate, /ask: answers with their pictures, and help where there is nothing to answer."""

from dataclasses import replace

import pytest

from bot.messages.message import Embed, Message
from extractors.closed_sets import DealType


@pytest.fixture
def three(tell):
    tell(1)
    tell(2, customer="Cloudline", deal_type=DealType.HOSTING_LEASE, value_qualifier=None)
    tell(3, provider="Palisade", customer="Cloudline", capacity_mw=90.0)


async def test_company_shows_portfolio_tenants_and_place(member, channel, three, said):
    result = await member.slash(channel, "company", name="Northgate Digital")
    text = said(result)
    assert "number 1 of 2 miners" in text
    assert "Tenants: " in text
    assert "Redwood AI" in text
    assert "400 MW critical IT" in text
    assert "Of these: 400 MW promised for later" in text
    assert [file.filename for file in result.response.attachments] == ["timeline.png", "delivery-mw.png"]


async def test_an_unknown_company_is_answered_with_help(member, channel, said, simcord_env):
    simcord_env.check_errors = False
    assert "pick a company from the list" in said(await member.slash(channel, "company", name="Nobody"))


@pytest.mark.parametrize(
    ("by", "words"), [("mw", "2 miners by megawatts"), ("lease", "1 miner by $/MW-year of leases"), ("value", "$8.4B")]
)
async def test_league_keeps_leases_and_cloud_apart(member, channel, three, said, by, words):
    assert words in said(await member.slash(channel, "league", by=by))


async def test_company_and_league_of_the_past_say_so(member, channel, three, said):
    told = said(await member.slash(channel, "league", as_of="2030-01-01"))
    assert "as known on 2030-01-01" in told
    assert "2 miners by megawatts" in told
    assert "needs signed deals" in said(await member.slash(channel, "league", as_of="2020-01-01"))


async def test_a_company_nobody_had_told_of_is_unknown(member, channel, three, said, simcord_env):
    simcord_env.check_errors = False
    told = said(await member.slash(channel, "company", name="Northgate Digital", as_of="2020-01-01"))
    assert "No stored deal names" in told


async def test_an_empty_league_says_what_it_needs(member, channel, said):
    assert "needs signed deals" in said(await member.slash(channel, "league"))


@pytest.mark.parametrize(
    ("command", "what", "words"),
    [
        ("estimate lease", "200 MW critical IT for 15 years", "Contract value: "),
        ("estimate cloud", "200 MW GB300 for 5 years at $9.7bn", "GPUs: "),
        ("estimate mining", "100 MW gross at $45 per MWh", "Assumed, with its date"),
        ("estimate compare", "100 MW gross, 15 years", "leaves most after the capital charge"),
    ],
)
async def test_estimates(member, channel, said, command, what, words):
    assert words in said(await member.slash(channel, command, what=what))


async def test_an_estimate_of_nothing_says_how_to_write_it(member, channel, said, simcord_env):
    simcord_env.check_errors = False
    assert "Write it like" in said(await member.slash(channel, "estimate cloud", what="something nice"))


async def test_what_if_asks_and_answers(member, channel, said):
    first = await member.slash(channel, "estimate cloud", what="200 MW GB300 for 5 years")
    button = first.response.components[0]["components"][0]
    assert button["label"] == "What if …"
    form = await member.click(first.response.message, custom_id=button["custom_id"])
    changed = await member.submit_modal(form, {"change": "7 years"})
    assert "what if 7 years" in said(changed)


async def test_estimate_of_a_deal_is_its_value_tab(member, channel, tell, said):
    deal = tell().after
    assert "Value · " in said(await member.slash(channel, "estimate deal", deal=deal.slug))


async def test_ask_is_answered_or_says_it_is_off(member, channel, said):
    assert "not switched on" in said(await member.slash(channel, "ask", question="who leads?"))


class TestAsking:
    @pytest.fixture
    def services(self, services):
        async def ask(text, as_of):
            return Message(embeds=(Embed(title=f"you asked {text} {as_of or ''}", colour=1),))

        return replace(services, ask=ask)

    async def test_ask_hands_the_question_over(self, member, channel, said):
        assert "you asked who leads?" in said(await member.slash(channel, "ask", question="who leads?"))

    async def test_ask_may_mean_the_past(self, member, channel, said):
        told = said(await member.slash(channel, "ask", question="who leads?", as_of="2025-12-31"))
        assert "you asked who leads? 2025-12-31 23:59:59" in told
