"""Every command in every situation: who asks, where, with how much stored, and what was typed.

One table says what is typed; each test goes through all of it. A command that is missing from the table fails
`test_the_table_holds_every_command`. Commands without a wrong input take nothing, or only what Discord itself offers.
"""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from simcord.backend.errors import SetupError

from bot.discord import long_answers
from bot.discord.client import PulseClient
from bot.discord.services import Services
from bot.workshop import OnStore
from db.feeds import add_feed
from db.records import SourceTier
from extractors.closed_sets import DealType

MANY = 40
LONG = "Extraordinarily Verbose Computing & Power Holdings (International) *Group* <@everyone>"


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What is typed after a command. `wrong` is what cannot be read and `sentence` part of the answer to it.

    `managed` commands are for who manages the server, `here` for those that need a server; a `form` answers with one.
    """

    right: dict[str, Any] = field(default_factory=dict)
    wrong: dict[str, Any] | None = None
    sentence: str = ""
    managed: bool = False
    here: bool = False
    form: bool = False


DEAL = "@deal"  # stands for the slug of a stored deal
COMMANDS = {
    "deals": Typed(right={"min_mw": 1.0}, wrong={"min_value": "a lot"}, sentence="write it like 500m"),
    "deal": Typed(right={"deal": DEAL}, wrong={"deal": "nobody"}, sentence="pick one from the list"),
    "company": Typed(right={"name": "Northgate Digital"}, wrong={"name": "Nobody"}, sentence="pick a company"),
    "league": Typed(right={"by": "value"}),
    "estimate lease": Typed(right={"what": "200 MW for 15 years"}, wrong={"what": "space"}, sentence="Write it like"),
    "estimate cloud": Typed(right={"what": "200 MW GB300, 5 years"}, wrong={"what": "gpus"}, sentence="Write it like"),
    "estimate mining": Typed(right={"what": "100 MW gross"}, wrong={"what": "bitcoin"}, sentence="Write it like"),
    "estimate compare": Typed(right={"what": "100 MW, 15 years"}, wrong={"what": "all"}, sentence="Write it like"),
    "estimate deal": Typed(right={"deal": DEAL}, wrong={"deal": "nobody"}, sentence="pick one from the list"),
    "ask": Typed(right={"question": "largest deals by MW"}, wrong={"question": "why is the sky blue?"}, sentence="I could not tell what you ask"),
    "digest now": Typed(right={"period": "daily"}),
    "assumptions show": Typed(right={"text": "rent"}, wrong={"text": "unheard-of"}, sentence="Nothing called unheard-of"),
    "correct": Typed(right={"deal": DEAL}, wrong={"deal": "nobody"}, sentence="pick one from the list", form=True),
    "status": Typed(),
    "feeds": Typed(),
    "help": Typed(),
    "setup": Typed(managed=True, here=True),
    "watch add": Typed(right={"min_mw": 50.0}, wrong={"quiet": "at night"}, sentence="22:00-07:00", managed=True, here=True),
    "watch list": Typed(managed=True, here=True),
    "watch edit": Typed(right={"number": 1, "min_mw": 9.0}, wrong={"number": 77}, sentence="no watch number 77", managed=True, here=True),
    "watch test": Typed(right={"number": 1}, wrong={"number": 77}, sentence="no watch number 77", managed=True, here=True),
    "watch why": Typed(right={"deal": DEAL}, wrong={"deal": "nobody"}, sentence="no deal", managed=True, here=True),
    "watch remove": Typed(right={"number": 1}, wrong={"number": 77}, sentence="no watch number 77", managed=True, here=True),
    "assumptions set": Typed(right={"key": "escalator_pct", "value": "2"}, wrong={"key": "escalator_pct", "value": "much"}, sentence="is not a number", here=True),
    "assumptions reset": Typed(right={"key": "escalator_pct"}, wrong={"key": "unheard-of"}, sentence="unheard-of", here=True),
}  # fmt: skip
OPEN = [name for name, typed in COMMANDS.items() if not typed.here]
MANAGED = [name for name, typed in COMMANDS.items() if typed.managed]
ADMINS = [name for name, typed in COMMANDS.items() if typed.here]
PRONE = [name for name, typed in COMMANDS.items() if typed.wrong is not None]


@pytest.fixture
def services(store, clock, now):
    worker = OnStore(store)

    async def ask(text, as_of):
        return await worker.run(long_answers.question, text, as_of, now=clock())

    return Services(store=store, clock=clock, version="test", started_at=now, ask=ask)


@pytest.fixture
def few(tell):
    return tell().after


@pytest.fixture
def heard(admin, channel):
    """Return a coroutine function that sets first what a command needs: a watch, an assumption."""

    async def heard(name):
        if name.startswith("watch ") and name != "watch add":
            await admin.slash(channel, "setup")
        if name == "assumptions reset":
            await admin.slash(channel, "assumptions set", key="escalator_pct", value="1")

    return heard


@pytest.fixture
def many(tell, store, now):
    """Many deals of one company with long names, and many feeds."""
    for number in range(MANY):
        told = tell(
            number,
            provider=f"Northgate {LONG}" if number % 2 else "Northgate Digital",
            customer=f"Tenant {number} {LONG}",
            deal_type=DealType.HOSTING_LEASE if number % 3 else DealType.CLOUD_CONTRACT,
            capacity_mw=10.0 + number,
            site=f"{LONG}, county {number}",
        )
    for number in range(MANY):
        feed = {"url": f"https://feed{number}.example/", "title": f"{LONG} {number}", "group": "news"}
        store.call(add_feed, tier=SourceTier.BLOG, poll_minutes=30, now=now, **feed)
    return told.after


def typed(options, deal):
    return {key: deal.slug if value == DEAL else value for key, value in options.items()}


def check(result, name, said):
    """An answer is there, for the asker alone, and nothing broke."""
    assert result.acknowledged
    if COMMANDS[name].form and result.modal is not None:
        return ""
    assert result.ephemeral
    text = said(result)
    assert text
    assert "Something broke" not in text
    return text


def test_the_table_holds_every_command(services):
    tree = PulseClient(services).tree
    names = {command.qualified_name for command in tree.walk_commands() if not hasattr(command, "commands")}
    assert names == COMMANDS.keys()


@pytest.mark.parametrize("name", OPEN)
async def test_a_member_is_answered(member, channel, few, said, name):
    check(await member.slash(channel, name, **typed(COMMANDS[name].right, few)), name, said)


@pytest.mark.parametrize("name", MANAGED)
async def test_a_member_does_not_see_what_is_for_those_who_manage(member, channel, few, name):
    with pytest.raises(SetupError, match="default-member-permissions"):
        await member.slash(channel, name, **typed(COMMANDS[name].right, few))


@pytest.mark.parametrize("name", ADMINS)
async def test_a_member_let_in_is_refused_all_the_same(member, channel, guild, few, said, heard, simcord_env, name):
    await heard(name)
    simcord_env.check_errors = False
    (root,) = [c for c in await simcord_env.bot.tree.fetch_commands() if c.name == name.split()[0]]
    guild.set_command_permissions(root, {member: True})
    text = check(await member.slash(channel, name, **typed(COMMANDS[name].right, few)), name, said)
    assert "Manage Server" in text


@pytest.mark.parametrize("name", COMMANDS)
async def test_an_admin_is_answered(admin, channel, few, said, heard, name):
    await heard(name)
    text = check(await admin.slash(channel, name, **typed(COMMANDS[name].right, few)), name, said)
    assert "Manage Server" not in text


@pytest.mark.parametrize("name", OPEN)
async def test_the_operator_is_answered(simcord_env, guild, channel, few, services, said, name):
    user = simcord_env.create_user("boss")
    object.__setattr__(services, "operator_ids", frozenset({user.id}))  # frozen in the product, known late in a test
    operator = guild.add_member(user)
    check(await operator.slash(channel, name, **typed(COMMANDS[name].right, few)), name, said)


@pytest.mark.parametrize("name", OPEN)
async def test_a_direct_message_is_answered(simcord_env, guild, few, said, name):
    user = simcord_env.create_user("dee")
    guild.add_member(user)
    result = await user.slash(name, **typed(COMMANDS[name].right, few))
    assert result.acknowledged
    assert result.modal is not None or "Something broke" not in said(result)


@pytest.mark.parametrize("name", ADMINS)
async def test_what_needs_a_server_is_not_offered_or_refused_in_a_direct_message(simcord_env, guild, few, said, name):
    simcord_env.check_errors = False
    user = simcord_env.create_user("dee")
    guild.add_member(user)
    try:
        result = await user.slash(name, **typed(COMMANDS[name].right, few))
    except SetupError:
        return  # Discord does not offer it there
    assert "in a server only" in said(result)


@pytest.mark.parametrize("name", COMMANDS)
async def test_an_empty_desk_is_answered_with_help(admin, channel, make_deal, said, heard, simcord_env, name):
    await heard(name)
    simcord_env.check_errors = False  # a deal that is not there is the asker's to mend
    absent = replace(make_deal(), slug="northgate-redwood-2026-03")
    check(await admin.slash(channel, name, **typed(COMMANDS[name].right, absent)), name, said)


@pytest.mark.parametrize("name", COMMANDS)
async def test_a_full_desk_fits(admin, channel, many, said, heard, name):
    """Simulated Discord refuses what is over its limits, as the real one does."""
    await heard(name)
    check(await admin.slash(channel, name, **typed(COMMANDS[name].right, many)), name, said)


@pytest.mark.parametrize("name", PRONE)
async def test_wrong_input_is_answered_with_a_sentence_that_helps(admin, channel, few, said, heard, simcord_env, name):
    await heard(name)
    simcord_env.check_errors = False
    text = check(await admin.slash(channel, name, **COMMANDS[name].wrong), name, said)
    assert COMMANDS[name].sentence in text
