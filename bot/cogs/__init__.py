"""The slash commands, one module per thing a person wants. Each module has one `register(tree, services)`.

A command reads its options, calls one function and sends one message: no SQL, HTTP, parsing or drawing here.
"""

import importlib
from typing import Any

from discord import app_commands

from bot.discord.services import Services

MODULES = ("setup", "watch", "deals", "company", "estimate", "assumptions", "ask", "correct", "status")


def register_all(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Add every command to a tree."""
    for name in MODULES:
        importlib.import_module(f"bot.cogs.{name}").register(tree, services)
