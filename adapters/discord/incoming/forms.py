"""Forms in Discord: opened in time, and offered again with what does not fit."""

import asyncio
from collections.abc import Mapping

from adapters.discord.ids import caller_of
from adapters.discord.incoming.modals import label_on, modal_of
from adapters.discord.incoming.refusals import refusal
from adapters.discord.outgoing.responses import Interaction, refuse, respond
from bot.features.reviews.commands import ReviewCommand
from bot.language.grammar.forms import FormErrors
from bot.messages.codec import action_id
from bot.messages.commands import Command
from bot.messages.replies import Form, Reply
from bot.service import Bot

OPENING = 2.0
"""Seconds in which a form has to be found; Discord lets nothing be deferred before it opens."""

_SLOW = "I couldn't open the form in time. Nothing is lost; press it again."


class Forms:
    """Opens forms, which Discord takes only as the first answer to an interaction."""

    def __init__(self, bot: Bot) -> None:
        """Fill forms by this bot."""
        self._bot = bot

    async def open(
        self, interaction: Interaction, name: str, form: Form, until: float | None = None
    ) -> None:
        """Open a form, by an instant of the event loop's clock if less than `OPENING` is left."""
        try:
            async with asyncio.timeout_at(until or asyncio.get_running_loop().time() + OPENING):
                opened = await self._bot.forms.load(caller_of(interaction), form)
        except TimeoutError:
            await refuse(interaction, _SLOW)
            return
        if isinstance(opened, Reply):
            await respond(interaction, opened, form.command)
            return
        title = opened.label or label_on(interaction.message, name) or opened.command.name
        await interaction.response.send_modal(modal_of(opened, name, title))

    async def open_message(self, interaction: Interaction, text: str) -> None:
        """Open the form for a message that a member saves as a review."""
        until = asyncio.get_running_loop().time() + OPENING
        try:
            async with asyncio.timeout_at(until):
                form = await self._bot.forms.of_message(caller_of(interaction), text)
        except TimeoutError:
            await refuse(interaction, _SLOW)
            return
        if isinstance(form, Reply):
            await respond(interaction, form, ReviewCommand())
            return
        await self.open(interaction, action_id(form), form, until)

    async def ask_again(
        self,
        interaction: Interaction,
        command: Command,
        typed: Mapping[str, str],
        errors: FormErrors,
        form: Form | None = None,
    ) -> None:
        """Say what would fit in place of what was typed, and offer a form with all that did fit."""
        reply = refusal(command, typed, errors, form=form)
        stored = self._bot.forms.store_long_actions(caller_of(interaction), reply)
        await respond(interaction, stored, command)
