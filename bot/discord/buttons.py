"""Buttons that survive a restart: their id says what to do, so a press needs no memory of the message.

An id reads `mp:<action>:<argument>`. Knows how a press reaches its action; the actions stand in `bot.discord.presses`.
"""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Self

import discord

from bot.discord.answers import answer_error, say
from bot.discord.services import Services

_log = logging.getLogger(__name__)

Action = Callable[[Services, discord.Interaction, str], Awaitable[None]]
PATTERN = r"mp:(?P<action>[a-z]+):(?P<argument>.{0,90})"


def press_item(
    services: Services, actions: Mapping[str, Action]
) -> type[discord.ui.DynamicItem[discord.ui.Button[Any]]]:
    """Return the item class that a client registers once and that answers every button of ours."""

    class Press(discord.ui.DynamicItem[discord.ui.Button[Any]], template=PATTERN):
        """One pressed button."""

        def __init__(self, item: discord.ui.Button[Any], action: str, argument: str) -> None:
            super().__init__(item)
            self.action, self.argument = action, argument

        @classmethod
        async def from_custom_id(
            cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
        ) -> Self:
            if not isinstance(item, discord.ui.Button) or interaction.type is not discord.InteractionType.component:
                raise TypeError(f"{item!r} is no button that was pressed")
            return cls(item, match["action"], match["argument"])

        async def callback(self, interaction: discord.Interaction) -> None:
            action = actions.get(self.action)
            if action is None:
                await say(interaction, "This button is from an older version; use `/deal` instead.")
                return
            try:
                await action(services, interaction, self.argument)
            except Exception as error:  # noqa: BLE001 - a press always gets an answer
                await answer_error(interaction, error)

    return Press
