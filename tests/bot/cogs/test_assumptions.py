"""/assumptions: a server that manages itself sets its own, everybody sees them, and its estimates use them."""

POWER = "escalator_pct"


async def test_an_admin_sets_and_members_see(admin, member, channel, said):
    assert "now assumes" in said(await admin.slash(channel, "assumptions set", key=POWER, value="1, 2, 2.5"))
    assert "set by this server" in said(await member.slash(channel, "assumptions show", text="rent"))


async def test_the_servers_estimates_use_it(admin, member, channel, said):
    what = "100 MW critical IT for 15 years"
    before = said(await member.slash(channel, "estimate lease", what=what))
    await admin.slash(channel, "assumptions set", key=POWER, value="1")
    during = said(await member.slash(channel, "estimate lease", what=what))
    await admin.slash(channel, "assumptions reset", key=POWER)
    after = said(await member.slash(channel, "estimate lease", what=what))
    assert during != before
    assert after == before


async def test_a_member_may_not_set(member, channel, said, simcord_env):
    simcord_env.check_errors = False
    assert "Manage Server" in said(await member.slash(channel, "assumptions set", key=POWER, value="2"))


async def test_a_bad_value_is_answered_with_the_reason(admin, channel, said, simcord_env):
    simcord_env.check_errors = False
    assert "is not a number" in said(await admin.slash(channel, "assumptions set", key=POWER, value="much"))
