"""Forms that a button or a command opens: a correction, and a what-if of an estimate."""

from dataclasses import replace

import discord

from bot.discord import correcting, long_answers
from bot.discord.answers import answer, answer_error, say, think
from bot.discord.services import Services
from bot.messages.estimate_message import Asked


class _Form(discord.ui.Modal):
    """A form whose errors are answered."""

    # discord.py itself overrides the view's signature here: a form has no item at fault.
    async def on_error(self, interaction: discord.Interaction, error: Exception, /) -> None:  # type: ignore[override]
        await answer_error(interaction, error)


class CorrectionForm(_Form, title="Suggest a correction"):
    """Asks which fact, what it should be, and the source that says so."""

    fact: discord.ui.Label["CorrectionForm"] = discord.ui.Label(
        text="Which fact?",
        component=discord.ui.Select(
            custom_id="fact",
            options=[discord.SelectOption(label=words, value=field) for field, words in correcting.FIELDS.items()],
        ),
    )
    value: discord.ui.Label["CorrectionForm"] = discord.ui.Label(
        text="What should it be?",
        description="Like 9.7bn, 200, 2025-11-03 or a name; none = not stated after all",
        component=discord.ui.TextInput(custom_id="value", max_length=100),
    )
    reason: discord.ui.Label["CorrectionForm"] = discord.ui.Label(
        text="Which source says so?",
        description="A link, or the sentence",
        component=discord.ui.TextInput(
            custom_id="reason", style=discord.TextStyle.paragraph, min_length=5, max_length=500
        ),
    )

    def __init__(self, services: Services, deal_id: int) -> None:
        super().__init__()
        self._services, self._deal_id = services, deal_id

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        """Store the proposal and tell the operator."""
        chosen, value, reason = self.fact.component, self.value.component, self.reason.component
        if not isinstance(chosen, discord.ui.Select) or not isinstance(value, discord.ui.TextInput):
            return
        if not isinstance(reason, discord.ui.TextInput):
            return
        await submit_correction(
            self._services, interaction, self._deal_id, field=chosen.values[0], value=value.value, reason=reason.value
        )


async def submit_correction(
    services: Services, interaction: discord.Interaction, wanted: str | int, *, field: str, value: str, reason: str
) -> None:
    """Store a proposal, thank for it, and put it before every operator."""
    now = services.clock()
    number = await services.store.run(
        correcting.propose, wanted, field=field, value=value, reason=reason, made_by=str(interaction.user), now=now
    )
    await say(interaction, f"Thank you. Correction {number} waits for the operator; nothing changes until then.")
    for operator_id in services.operator_ids:
        try:
            direct = await interaction.client.create_dm(discord.Object(operator_id))
        except discord.HTTPException:
            continue  # this operator takes no messages; the proposal is stored and listed all the same
        await services.store.run(correcting.tell_operator, number, direct.id, now=now)


class WhatIfForm(_Form, title="What if …"):
    """Asks for one change to an estimate."""

    change: discord.ui.Label["WhatIfForm"] = discord.ui.Label(
        text="What would be different?",
        description="In words: at $2.40 per GPU-hour · escalator 2.5% · 7 years · hashprice 55",
        component=discord.ui.TextInput(custom_id="change", max_length=150),
    )

    def __init__(self, services: Services, asked: Asked) -> None:
        super().__init__()
        self._services, self._asked = services, asked

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        """Work the changed estimate out."""
        await think(interaction)
        words = self.change.component.value if isinstance(self.change.component, discord.ui.TextInput) else ""
        asked = replace(self._asked, change=words)
        await answer(interaction, await self._services.work(long_answers.estimate, asked, interaction.guild_id))
