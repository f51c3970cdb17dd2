"""How an interaction is answered: in time, by whom it may be seen, and with nothing lost."""

import asyncio
import io
import logging
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import fields, replace
from typing import Any

import discord
from discord import InteractionResponseType, InteractionType, ui

from adapters.discord.outgoing.components import Attached
from adapters.discord.outgoing.controls import Turns
from adapters.discord.outgoing.render import Sheet, render
from bot.domain.visibility import Visibility
from bot.features.club.commands import SettingsCommand, SetupCommand
from bot.messages.commands import Command
from bot.messages.replies import Action, Paragraph, Plain, Reply

log = logging.getLogger(__name__)

DEFER_AFTER = 0.7
"""Seconds after which Discord is told that the answer takes longer; it gives up after three."""

_ANSWERED_ALREADY = 40060

BELOW = "Here it is:"

_PAGING = frozenset({"page", "unfolded"})
"""The fields of a command that say which part of its answer is meant."""

Asked = discord.Interaction[Any]


class View(ui.LayoutView):
    """Items on their way out. The library need not listen to them: their ids say what they do."""

    def __init__(self, sheet: Sheet) -> None:
        """Hold a message's items."""
        super().__init__(timeout=None)
        for item in sheet.items:
            self.add_item(item)

    def is_finished(self) -> bool:
        """Say that nothing is waited for."""
        return True


def notice(text: str) -> Reply:
    """Say something that concerns only who asked."""
    return Reply((Paragraph((Plain(text),)),), " ".join(text.split()), Visibility.ONLY_YOU)


def files_of(sheet: Sheet) -> list[discord.File]:
    """Open a message's files for sending."""
    return [_file(each) for each in sheet.files]


def _file(attached: Attached) -> discord.File:
    return discord.File(io.BytesIO(attached.data), attached.name)


def turns_of(command: Command) -> Turns:
    """Tell which actions turn the pages of what a command answered, or change its settings."""

    def turns(action: Action) -> bool:
        again = action.command
        if type(again) is not type(command):
            return False
        return isinstance(command, SettingsCommand | SetupCommand) or _unpaged(again) == _unpaged(
            command
        )

    return turns


def _unpaged(command: Command) -> Command:
    """Leave out where in its answer a command stands."""
    unpaged: dict[str, Any] = {
        each.name: each.default for each in fields(command) if each.name in _PAGING
    }
    return replace(command, **unpaged)


async def answer(
    interaction: Asked, reply: Awaitable[Reply], command: Command, *, in_place: bool = False
) -> None:
    """Say a reply as soon as it is there; where that takes long, tell Discord so first.

    `in_place` puts it where the pressed message stood.
    """
    handling = asyncio.ensure_future(reply)
    done, _ = await asyncio.wait({handling}, timeout=DEFER_AFTER)
    if not done:
        await _defer(interaction, in_place=in_place)
    said = await handling
    in_place = in_place and _alone(interaction, said)
    turns = turns_of(command) if _alone(interaction, said) else None
    if interaction.guild_id is None:
        said = replace(said, visibility=Visibility.CLUB)  # nobody else is there, and it may stay
    await _say(interaction, said, turns, in_place=in_place)


def _alone(interaction: Asked, reply: Reply) -> bool:
    """Whether the answer is seen by one person: only their pages may be turned under their eyes."""
    return interaction.guild_id is None or reply.visibility is Visibility.ONLY_YOU


async def _defer(interaction: Asked, *, in_place: bool) -> None:
    try:
        await interaction.response.defer(
            ephemeral=interaction.guild_id is not None, thinking=not in_place
        )
    except discord.HTTPException as error:
        log.warning("could not defer %s: %s", interaction.id, _what(error))


async def _say(interaction: Asked, reply: Reply, turns: Turns | None, *, in_place: bool) -> None:
    sheet = render(reply, turns=turns, bare=not in_place)
    if not interaction.response.is_done() and await _responded(
        interaction, sheet, in_place=in_place
    ):
        return
    if sheet.private or in_place or interaction.guild_id is None:
        await _complete(interaction, sheet)
        return
    if interaction.response.type is not InteractionResponseType.deferred_message_update:
        await interaction.edit_original_response(content=BELOW)
    await _follow(interaction, sheet)


async def _responded(interaction: Asked, sheet: Sheet, *, in_place: bool) -> bool:
    """Answer at once; False where somebody before us only told Discord that it takes longer.

    That was this process's former life, or the same interaction come in a second time.
    """
    try:
        await _respond(interaction, sheet, in_place=in_place)
    except discord.HTTPException as error:
        if error.code != _ANSWERED_ALREADY:
            raise
        before = await interaction.original_response()
        return not before.flags.loading
    return True


async def _respond(interaction: Asked, sheet: Sheet, *, in_place: bool) -> None:
    if in_place:
        await interaction.response.edit_message(view=View(sheet), attachments=files_of(sheet))
    elif sheet.content:
        await interaction.response.send_message(
            sheet.content, ephemeral=sheet.private, suppress_embeds=True
        )
    else:
        await interaction.response.send_message(
            view=View(sheet), files=files_of(sheet), ephemeral=sheet.private
        )


async def _complete(interaction: Asked, sheet: Sheet) -> None:
    """Put the answer where Discord was told that it takes longer."""
    if sheet.content:
        await interaction.edit_original_response(content=sheet.content)
    else:
        await interaction.edit_original_response(view=View(sheet), attachments=files_of(sheet))


async def _follow(interaction: Asked, sheet: Sheet) -> None:
    """Say it to the club as a message of its own: what was put off privately stays private."""
    if sheet.content:
        await interaction.followup.send(sheet.content, suppress_embeds=True)
    else:
        await interaction.followup.send(view=View(sheet), files=files_of(sheet))


async def refuse(interaction: Asked, text: str) -> None:
    """Say that something went wrong, if Discord still listens and there is where to say it."""
    if interaction.type is InteractionType.autocomplete:
        return
    reply = notice(text)
    with suppress(discord.HTTPException):
        await _say(interaction, reply, None, in_place=False)


def _what(error: discord.HTTPException) -> str:
    return f"HTTP {error.status}, code {error.code}"
