"""What each button does: reads the argument in its id, asks for one message, sends or turns it."""

from collections.abc import Mapping

import discord

from bot.delivery import watch_desk
from bot.discord import correcting, long_answers
from bot.discord.answers import answer, say, think, turn
from bot.discord.buttons import Action
from bot.discord.modals import CorrectionForm, WhatIfForm
from bot.discord.permissions import require_admin
from bot.discord.replies import deal_reply, deals_reply, side_reply
from bot.discord.services import Services
from bot.messages.estimate_message import unpack
from bot.messages.pages import unpack_query


def _side(side: str) -> Action:
    async def press(services: Services, interaction: discord.Interaction, argument: str) -> None:
        await answer(interaction, await side_reply(services, int(argument), side))

    return press


async def _tab(services: Services, interaction: discord.Interaction, argument: str) -> None:
    tab, _, deal_id = argument.partition(":")
    await turn(interaction, await deal_reply(services, int(deal_id), tab=tab))


async def _page(services: Services, interaction: discord.Interaction, argument: str) -> None:
    page, _, packed = argument.partition(":")
    await turn(interaction, await deals_reply(services, unpack_query(packed), page=int(page)))


async def _chart(services: Services, interaction: discord.Interaction, argument: str) -> None:
    await think(interaction)
    await answer(interaction, await services.work(long_answers.deal_chart, int(argument)))


async def _share(services: Services, interaction: discord.Interaction, argument: str) -> None:  # noqa: ARG001 - every action takes the same
    """Show a private answer to the channel, named after who shared it."""
    message = interaction.message
    if message is None or not message.embeds:
        await say(interaction, "There is nothing to share here.")
        return
    files = [await attachment.to_file() for attachment in message.attachments]
    embeds = [embed.copy() for embed in message.embeds]
    embeds[-1].set_footer(text=f"{embeds[-1].footer.text or ''} · shared by {interaction.user.display_name}"[:2048])
    await interaction.response.send_message(embeds=embeds, files=files, allowed_mentions=discord.AllowedMentions.none())


async def _test(services: Services, interaction: discord.Interaction, argument: str) -> None:
    guild_id = require_admin(interaction)
    await answer(interaction, await services.store.run(watch_desk.test, int(argument), services, guild_id=guild_id))


async def _correct(services: Services, interaction: discord.Interaction, argument: str) -> None:
    await interaction.response.send_modal(CorrectionForm(services, int(argument)))


async def _what_if(services: Services, interaction: discord.Interaction, argument: str) -> None:
    await interaction.response.send_modal(WhatIfForm(services, unpack(argument)))


def _decide(*, accept: bool) -> Action:
    async def press(services: Services, interaction: discord.Interaction, argument: str) -> None:
        if interaction.user.id not in services.operator_ids:
            await say(interaction, "Only the operator of this bot decides on corrections.")
            return
        decided_by = str(interaction.user)
        message = await services.store.run(
            correcting.decide, int(argument), accept=accept, decided_by=decided_by, services=services
        )
        await turn(interaction, message)

    return press


ACTIONS: Mapping[str, Action] = {
    "sources": _side("sources"),
    "why": _side("evidence"),
    "value": _side("value"),
    "tab": _tab,
    "page": _page,
    "chart": _chart,
    "share": _share,
    "test": _test,
    "correct": _correct,
    "whatif": _what_if,
    "accept": _decide(accept=True),
    "decline": _decide(accept=False),
}
