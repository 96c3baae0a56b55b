"""A simulated Discord around the real client, with a real database behind it."""

import discord
import pytest

from bot.discord.client import PulseClient
from bot.discord.services import Services


def pytest_collection_modifyitems(items):
    """Let a simulated Discord wait longer than its five seconds: charts and estimates share the machine with others."""
    for item in items:
        if "simcord_env" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.simcord(settle_timeout=30))


@pytest.fixture
def services(store, clock, now):
    return Services(store=store, clock=clock, version="test", started_at=now)


@pytest.fixture
def simcord_bot(services):
    return PulseClient(services, guild_ready_timeout=0.05)


@pytest.fixture
def guild(simcord_env):
    return simcord_env.create_guild()


@pytest.fixture
def channel(guild):
    return guild.create_text_channel("deals")


@pytest.fixture
def admin(simcord_env, guild, channel):
    role = guild.create_role("Admins", permissions=discord.Permissions(manage_guild=True))
    return guild.add_member(simcord_env.create_user("ada"), roles=[role])


@pytest.fixture
def member(simcord_env, guild, channel):
    return guild.add_member(simcord_env.create_user("mo"))


@pytest.fixture
def said():
    """Return everything a person reads in an answer, as one text."""

    def said(result):
        parts = [result.response.content or ""]
        for embed in result.response.embeds:
            parts += [embed.author.name or "", embed.title or "", embed.description or "", embed.footer.text or ""]
            parts += [f"{field.name}: {field.value}" for field in embed.fields]
        return "\n".join(filter(None, parts))

    return said
