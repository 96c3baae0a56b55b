"""/setup and /watch, as an admin and as somebody else."""

import pytest

from db import watches


def said(result):
    embeds = result.response.embeds
    parts = [result.response.content or ""]
    for embed in embeds:
        parts += [embed.title or "", embed.description or "", *(f"{f.name} {f.value}" for f in embed.fields)]
    return "\n".join(parts)


async def test_setup_makes_one_watch_and_says_what_it_hears(admin, channel, store, simcord_env):
    first = await admin.slash(channel, "setup")
    assert first.ephemeral
    assert "now hears of every new and changed deal" in said(first)
    again = await admin.slash(channel, "setup")
    assert "listens already" in said(again)
    (watch,) = store.call(watches.list_watches)
    assert (watch.channel_id, watch.events, watch.digest) == (str(channel.id), ("new", "change"), "weekly")


async def test_a_member_may_not_set_up(member, channel, store, simcord_env):
    with pytest.raises(Exception, match="setup|permission|Permission|50013|not available"):
        await member.slash(channel, "setup")
    assert store.call(watches.list_watches) == []
