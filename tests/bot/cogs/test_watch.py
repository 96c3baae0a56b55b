"""/setup and /watch: for those who manage the server; every refusal is a sentence that helps."""

import discord
import pytest
from simcord.backend.errors import SetupError

from db import watches


async def test_setup_makes_one_watch_and_says_what_it_hears(admin, channel, store, said):
    first = await admin.slash(channel, "setup")
    assert first.ephemeral
    assert "now hears of every new and changed deal" in said(first)
    assert "listens already" in said(await admin.slash(channel, "setup"))
    (watch,) = store.call(watches.list_watches)
    assert (watch.channel_id, watch.events, watch.digest) == (str(channel.id), ("new", "change"), "weekly")


@pytest.mark.parametrize("command", ["setup", "watch add", "watch list"])
async def test_members_do_not_even_see_the_commands(member, channel, store, command):
    with pytest.raises(SetupError, match="default-member-permissions"):
        await member.slash(channel, command)
    assert store.call(watches.list_watches) == []


async def test_a_member_let_in_by_the_server_is_still_refused(member, channel, guild, simcord_env, store, said):
    simcord_env.check_errors = False
    (setup,) = [c for c in await simcord_env.bot.tree.fetch_commands() if c.name == "setup"]
    guild.set_command_permissions(setup, {member: True})
    result = await member.slash(channel, "setup")
    assert "Manage Server" in said(result)
    assert store.call(watches.list_watches) == []


async def test_setup_names_the_permissions_that_lack(admin, guild, simcord_env, store, said):
    simcord_env.check_errors = False
    deny = discord.PermissionOverwrite(embed_links=False, attach_files=False)
    quiet = guild.create_text_channel("quiet", overwrites={guild.default_role: deny})
    result = await admin.slash(quiet, "setup")
    assert "I lack Embed Links, Attach Files" in said(result)
    assert store.call(watches.list_watches) == []


async def test_add_reads_every_wish(admin, channel, store, said):
    result = await admin.slash(
        channel,
        "watch add",
        events="rumours",
        companies="Northgate Digital, Palisade",
        min_value="1.5bn",
        min_mw=100.0,
        confidence=70,
        quiet="22-7:30",
        numbers="eu",
        time_zone="Europe/Berlin",
        digest="daily",
        digest_at="9",
    )
    assert "about Northgate Digital or Palisade" in said(result)
    (watch,) = store.call(watches.list_watches)
    assert watch.events == ("new", "change", "rumour")
    assert (watch.min_value_usd, watch.min_capacity_mw, watch.min_confidence) == (1_500_000_000, 100.0, 0.7)
    assert (watch.quiet_from, watch.quiet_until, watch.time_zone) == ("22:00", "07:30", "Europe/Berlin")
    assert (watch.number_format, watch.digest, watch.digest_at) == ("eu", "daily", "09:00")


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        pytest.param({"min_value": "a lot"}, "write it like 500m", id="amount"),
        pytest.param({"quiet": "at night"}, "22:00-07:00", id="quiet-hours"),
        pytest.param({"time_zone": "Mars/Olympus"}, "pick one from the list", id="zone"),
        pytest.param({"digest_at": "25:00"}, "write it like 08:30", id="time"),
    ],
)
async def test_a_wish_that_cannot_be_read_says_how_to_write_it(
    admin, channel, simcord_env, store, said, wish, sentence
):
    simcord_env.check_errors = False
    result = await admin.slash(channel, "watch add", **wish)
    assert result.ephemeral
    assert sentence in said(result)
    assert store.call(watches.list_watches) == []


async def test_edit_keeps_what_is_left_out(admin, channel, store, said):
    await admin.slash(channel, "watch add", companies="Palisade", digest="weekly")
    result = await admin.slash(channel, "watch edit", number=1, companies="all", min_mw=50.0)
    assert "from 50 MW" in said(result)
    (watch,) = store.call(watches.list_watches)
    assert (watch.companies, watch.digest) == ((), "weekly")


async def test_list_and_remove(admin, channel, store, said):
    assert "No channel listens yet" in said(await admin.slash(channel, "watch list"))
    await admin.slash(channel, "setup")
    assert f"<#{channel.id}>" in said(await admin.slash(channel, "watch list"))
    assert "Removed" in said(await admin.slash(channel, "watch remove", number=1))
    assert store.call(watches.list_watches) == []


async def test_another_servers_watch_does_not_exist_here(admin, channel, simcord_env, said, store, now):
    simcord_env.check_errors = False
    store.call(watches.guild_joined, "999", name="other", now=now)
    store.call(watches.add_watch, watches.WatchDraft(name="w", guild_id="999", channel_id="1"), now=now)
    assert "no watch number 1" in said(await admin.slash(channel, "watch remove", number=1))
    assert len(store.call(watches.list_watches)) == 1


async def test_test_shows_what_would_have_come(admin, channel, tell, said):
    await admin.slash(channel, "watch add", companies="Palisade")
    tell(1)
    assert "Nothing of 1 stored deal fits" in said(await admin.slash(channel, "watch test", number=1))
    tell(2, provider="Palisade", customer="Cloudline")
    assert "1 alert in the last 30 days" in said(await admin.slash(channel, "watch test", number=1))


async def test_why_says_each_stage(admin, channel, tell, said):
    await admin.slash(channel, "watch add", companies="Palisade")
    deal = tell().after
    text = said(await admin.slash(channel, "watch why", deal=deal.slug))
    assert "Not sent to watch 1" in text
    assert "✅ **news** first time the deal is signed" in text
    assert "✖️ **company** it hears Palisade" in text


async def test_setups_button_runs_the_test(admin, channel, tell, said):
    result = await admin.slash(channel, "setup")
    tell()
    pressed = await admin.click(result.response.message, custom_id="mp:test:1")
    assert "in the last 30 days" in said(pressed)
