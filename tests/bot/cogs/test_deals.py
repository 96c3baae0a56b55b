"""/deals and /deal: lists, pages, tabs, buttons that survive a restart, help for what does not exist."""

import pytest

from bot.discord.client import PulseClient


async def test_an_empty_desk_says_what_to_do(member, channel, said):
    text = said(await member.slash(channel, "deals"))
    assert "No stored deal fits" in text
    assert "longer period" in text


async def test_filters_and_sort(member, channel, tell, said):
    tell(1)
    tell(2, provider="Palisade", customer="Cloudline", capacity_mw=50.0)
    text = said(await member.slash(channel, "deals", company="Palisade", min_mw=20.0, sort="mw"))
    assert "1 deal" in text
    assert "Palisade · from 20 MW · most megawatts first" in text


async def test_pages_turn_in_place_and_after_a_restart(member, channel, tell, said, simcord_env, services):
    for number in range(1, 12):
        tell(number, provider=f"Miner {number}", customer=f"Tenant {number}")
    first = await member.slash(channel, "deals")
    assert "page 1 of 2" in said(first)
    await simcord_env.restart_bot(PulseClient(services, guild_ready_timeout=0.05))
    await member.click(first.response.message, custom_id="mp:page:1:")
    assert "page 2 of 2" in said(first)


@pytest.mark.parametrize(
    ("tab", "words"),
    [
        ("facts", "200 MW critical IT"),
        ("evidence", "have agreed on the deal number 1"),
        ("history", "signed"),
        ("reactions", "No article reports a share move"),
        ("value", "The articles state too little"),
    ],
)
async def test_each_side_of_a_deal(member, channel, tell, said, tab, words):
    deal = tell().after
    assert words in said(await member.slash(channel, "deal", deal=deal.slug, tab=tab))


async def test_tabs_turn_in_place(member, channel, tell, said):
    deal = tell().after
    shown = await member.slash(channel, "deal", deal=deal.slug)
    await member.click(shown.response.message, custom_id=f"mp:tab:evidence:{deal.id}")
    assert "have agreed on" in said(shown)


async def test_a_deal_is_found_by_words(member, channel, tell, said):
    tell()
    assert "Northgate Digital signs" in said(await member.slash(channel, "deal", deal="redwood"))


async def test_an_unknown_deal_is_answered_with_help(member, channel, said, simcord_env):
    simcord_env.check_errors = False
    result = await member.slash(channel, "deal", deal="nobody")
    assert result.ephemeral
    assert "pick one from the list" in said(result)


async def test_before_it_was_known_a_deal_is_not_there(member, channel, tell, said, simcord_env):
    simcord_env.check_errors = False
    deal = tell().after
    assert "as of 2020-01-01" in said(await member.slash(channel, "deal", deal=deal.slug, as_of="2020-01-01"))


async def test_share_shows_the_answer_to_the_channel(member, channel, tell):
    deal = tell().after
    shown = await member.slash(channel, "deal", deal=deal.slug)
    assert shown.ephemeral
    await member.click(shown.response.message, custom_id="mp:share:")
    assert "shared by mo" in channel.last_message.embeds[0].footer.text


async def test_chart_button_draws(member, channel, tell):
    deal = tell().after
    shown = await member.slash(channel, "deal", deal=deal.slug)
    drawn = await member.click(shown.response.message, custom_id=f"mp:chart:{deal.id}")
    assert drawn.response.attachments[0].filename == "price-per-mw-year.png"
    assert drawn.ephemeral


async def test_autocompletion_offers_deals_and_companies(member, channel, tell):
    deal = tell().after
    offered = await member.autocomplete(channel, "deal", "deal", "north")
    assert [choice["value"] for choice in offered] == [deal.slug]
    companies = await member.autocomplete(channel, "deals", "company", "red")
    assert [choice["value"] for choice in companies] == ["Redwood AI"]


async def test_direct_messages_work_too(simcord_env, guild, tell, said):
    tell()
    user = simcord_env.create_user("dee")
    guild.add_member(user)
    assert "1 deal" in said(await user.slash("deals"))


async def test_digest_status_feeds_help(member, channel, tell, said):
    tell()
    assert "1 new deal" in said(await member.slash(channel, "digest now", period="daily"))
    assert "All well" in said(await member.slash(channel, "status"))
    assert "No feed is followed yet" in said(await member.slash(channel, "feeds"))
    assert "/deals" in said(await member.slash(channel, "help"))
