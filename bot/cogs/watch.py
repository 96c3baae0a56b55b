"""`/watch add|list|edit|remove|test|why`: what each channel of a server hears. For members who manage the server."""

from typing import Any

import discord
from discord import app_commands

from bot.cogs.choices import complete_company, complete_deal, complete_zone
from bot.delivery import watch_desk
from bot.delivery.watch_requests import DIGEST_CHOICES, EVENT_CHOICES, KIND_CHOICES, NUMBER_CHOICES, Wishes, watch_words
from bot.discord.answers import answer, say
from bot.discord.permissions import check_place, require_admin
from bot.discord.services import Services
from bot.messages.wording import TYPE_WORDS

Choice = app_commands.Choice[str]
_EVENTS = [Choice(name=words, value=key) for key, (words, _) in EVENT_CHOICES.items()]
_KINDS = [Choice(name="every kind", value="all")] + [Choice(name=TYPE_WORDS[k], value=k.value) for k in KIND_CHOICES]
_DIGESTS = [Choice(name=words, value=key) for key, words in DIGEST_CHOICES.items()]
_NUMBERS = [Choice(name=words, value=key) for key, words in NUMBER_CHOICES.items()]
_WORDS = {
    "events": "What it hears",
    "companies": "Only these companies, separated by commas; all = every company",
    "kind": "Only this kind of deal",
    "min_value": "Only from this value, like 500m or 1.5bn; 0 = any",
    "min_mw": "Only from so many megawatts; 0 = any. With a value too, either is enough",
    "confidence": "Only when the reading is at least so many per cent sure",
    "quiet": "Hold alerts back, like 22:00-07:00; none = never",
    "role": "The one role an alert may mention",
    "numbers": "How numbers are written",
    "time_zone": "For quiet hours and digests",
    "digest": "A regular summary",
    "digest_at": "When the digest comes, like 08:00",
}


class WatchGroup(app_commands.Group):
    """The group; its commands live in it so that Discord shows them together."""

    def __init__(self, services: Services) -> None:
        super().__init__(
            name="watch",
            description="What this server's channels hear",
            guild_only=True,
            default_permissions=discord.Permissions(manage_guild=True),
        )
        self._services = services

    async def complete_zone(self, interaction: discord.Interaction, text: str) -> list[Choice]:
        """Offer time zones."""
        return await complete_zone(self._services, interaction, text)

    async def complete_company(self, interaction: discord.Interaction, text: str) -> list[Choice]:
        """Offer companies."""
        return await complete_company(self._services, interaction, text)

    async def complete_deal(self, interaction: discord.Interaction, text: str) -> list[Choice]:
        """Offer deals."""
        return await complete_deal(self._services, interaction, text)

    @app_commands.command(description="Let a channel hear of deals, as you wish")
    @app_commands.describe(channel="Where alerts should go; this channel if left out", **_WORDS)
    @app_commands.choices(events=_EVENTS, kind=_KINDS, digest=_DIGESTS, numbers=_NUMBERS)
    @app_commands.autocomplete(time_zone=complete_zone, companies=complete_company)
    async def add(
        self,
        interaction: discord.Interaction,
        *,
        channel: discord.TextChannel | discord.Thread | None = None,
        events: str | None = None,
        companies: app_commands.Range[str, 1, 200] | None = None,
        kind: str | None = None,
        min_value: app_commands.Range[str, 1, 30] | None = None,
        min_mw: app_commands.Range[float, 0, 100_000] | None = None,
        confidence: app_commands.Range[int, 0, 100] | None = None,
        quiet: app_commands.Range[str, 1, 30] | None = None,
        role: discord.Role | None = None,
        numbers: str | None = None,
        time_zone: str | None = None,
        digest: str | None = None,
        digest_at: app_commands.Range[str, 1, 10] | None = None,
    ) -> None:
        guild_id = require_admin(interaction)
        place = check_place(interaction, channel or interaction.channel)
        wishes = _wishes(
            events, companies, kind, min_value, min_mw, confidence, quiet, role, numbers, time_zone, digest, digest_at
        )
        watch = await self._services.store.run(
            watch_desk.add,
            wishes,
            guild_id=guild_id,
            guild_name=place.guild.name,
            channel_id=str(place.id),
            now=self._services.clock(),
        )
        await say(interaction, f"Added. {watch_desk.watch_line(watch)}")

    @app_commands.command(name="list", description="Show this server's watches")
    async def list_(self, interaction: discord.Interaction) -> None:
        guild_id = require_admin(interaction)
        await answer(interaction, await self._services.store.run(watch_desk.list_message, guild_id=guild_id))

    @app_commands.command(description="Change what a watch hears; what you leave out stays")
    @app_commands.describe(number="The watch's number, see /watch list", **_WORDS)
    @app_commands.choices(events=_EVENTS, kind=_KINDS, digest=_DIGESTS, numbers=_NUMBERS)
    @app_commands.autocomplete(time_zone=complete_zone, companies=complete_company)
    async def edit(
        self,
        interaction: discord.Interaction,
        *,
        number: app_commands.Range[int, 1],
        events: str | None = None,
        companies: app_commands.Range[str, 1, 200] | None = None,
        kind: str | None = None,
        min_value: app_commands.Range[str, 1, 30] | None = None,
        min_mw: app_commands.Range[float, 0, 100_000] | None = None,
        confidence: app_commands.Range[int, 0, 100] | None = None,
        quiet: app_commands.Range[str, 1, 30] | None = None,
        role: discord.Role | None = None,
        numbers: str | None = None,
        time_zone: str | None = None,
        digest: str | None = None,
        digest_at: app_commands.Range[str, 1, 10] | None = None,
    ) -> None:
        guild_id = require_admin(interaction)
        wishes = _wishes(
            events, companies, kind, min_value, min_mw, confidence, quiet, role, numbers, time_zone, digest, digest_at
        )
        watch = await self._services.store.run(watch_desk.edit, number, wishes, guild_id=guild_id)
        await say(interaction, f"Changed. {watch_desk.watch_line(watch)}")

    @app_commands.command(description="Stop a watch")
    @app_commands.describe(number="The watch's number, see /watch list")
    async def remove(self, interaction: discord.Interaction, number: app_commands.Range[int, 1]) -> None:
        guild_id = require_admin(interaction)
        watch = await self._services.store.run(watch_desk.remove, number, guild_id=guild_id)
        await say(interaction, f"Removed. <#{watch.channel_id}> no longer hears {watch_words(watch)}.")

    @app_commands.command(description="Show what the last 30 days would have sent")
    @app_commands.describe(number="The watch's number, see /watch list")
    async def test(self, interaction: discord.Interaction, number: app_commands.Range[int, 1]) -> None:
        guild_id = require_admin(interaction)
        await answer(
            interaction, await self._services.store.run(watch_desk.test, number, self._services, guild_id=guild_id)
        )

    @app_commands.command(description="Say stage by stage why a deal was or was not sent")
    @app_commands.describe(deal="The deal", number="The watch's number; the server's first if left out")
    @app_commands.autocomplete(deal=complete_deal)
    async def why(
        self, interaction: discord.Interaction, deal: str, number: app_commands.Range[int, 1] | None = None
    ) -> None:
        guild_id = require_admin(interaction)
        message = await self._services.store.run(watch_desk.why, deal, number, self._services, guild_id=guild_id)
        await answer(interaction, message)


def _wishes(*options: Any) -> Wishes:
    """Read the options in the order both commands list them."""
    names = (
        "events",
        "companies",
        "kind",
        "min_value",
        "min_mw",
        "confidence_pct",
        "quiet",
        "role",
        "numbers",
        "time_zone",
        "digest",
        "digest_at",
    )
    given = dict(zip(names, options, strict=True))
    role = given.pop("role")
    return Wishes(role_id=role.id if role is not None else None, **given)


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Add the group."""
    tree.add_command(WatchGroup(services))
