"""What is offered while somebody types: deals, companies, time zones."""

import discord
from discord import app_commands

from bot.delivery.watch_requests import zones_like
from bot.discord.replies import company_choices, deal_choices
from bot.discord.services import Services

Choice = app_commands.Choice[str]
AS_OF_HELP = "As it was known on that day, like 2025-11-03"


async def complete_deal(services: Services, interaction: discord.Interaction, text: str) -> list[Choice]:  # noqa: ARG001
    """Offer deals by name, sending their slug."""
    return [Choice(name=name, value=slug) for name, slug in await deal_choices(services, text)]


async def complete_company(services: Services, interaction: discord.Interaction, text: str) -> list[Choice]:  # noqa: ARG001
    """Offer company names; in a list separated by commas, the last one is completed."""
    before, comma, last = text.rpartition(",")
    kept = f"{before}{comma} " if comma else ""
    names = await company_choices(services, last.strip())
    return [Choice(name=f"{kept}{name}"[:100], value=f"{kept}{name}"[:100]) for name in names]


async def complete_zone(services: Services, interaction: discord.Interaction, text: str) -> list[Choice]:  # noqa: ARG001
    """Offer time zones."""
    return [Choice(name=zone, value=zone) for zone in zones_like(text)]
