"""Responds to an interaction within Discord's three seconds, to the people who may see it."""

import asyncio
import io
import logging
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import discord
from discord import InteractionResponseType, InteractionType, ui

from adapters.chat.interactions import private_reply
from adapters.discord.ids import is_guest, place_of
from adapters.discord.outgoing.controls import Turns
from adapters.discord.outgoing.render import RenderedMessage, render, rendered
from adapters.discord.outgoing.turning import turns_for_one
from bot.messages.commands import Command
from bot.messages.replies import Reply
from bot.messages.visibility import Visibility
from bot.request.sharing import not_shown_in, shown_in

log = logging.getLogger(__name__)

DEFER_AFTER = 0.7
"""Seconds after which a response is deferred; Discord waits for three."""

_ANSWERED_ALREADY = 40060

ABANDONED_AFTER = (1.0,) * 8
"""Seconds between looks at an answer that was deferred elsewhere, before it counts as abandoned."""

_OF_THE_PRESSED = frozenset(
    {
        InteractionResponseType.deferred_message_update,
        InteractionResponseType.message_update,
    }
)
"""Responses that stand for the message that was pressed: another answer comes beside it."""

_NOTED = "noted"
"""Extra of an interaction that has shown its progress: a message of components never becomes plain text."""

BELOW = "Here it is:"
BELOW_FOR_ALL = "Everybody here sees it now."

Interaction = discord.Interaction[Any]


class ComponentsView(ui.LayoutView):
    """Components to send. The library dispatches none of them: their ids hold their commands."""

    def __init__(self, message: RenderedMessage) -> None:
        """Hold the components of a message."""
        super().__init__(timeout=None)
        for item in message.items:
            self.add_item(item)

    def is_finished(self) -> bool:
        """Return true, so that the library does not keep the view to dispatch to it."""
        return True


def files_of(message: RenderedMessage) -> list[discord.File]:
    """Open a message's files for sending."""
    return [discord.File(io.BytesIO(each.data), each.name) for each in message.files]


async def respond(
    interaction: Interaction,
    reply: Reply | Awaitable[Reply],
    command: Command,
    *,
    in_place: bool = False,
) -> None:
    """Send a reply as soon as it is there, deferring the response first if that takes long.

    `in_place` replaces the message that was pressed.
    """
    if not isinstance(reply, Reply):
        reply = await _in_time(interaction, _placed(interaction, reply), in_place=in_place)
    if is_guest(interaction):
        reply = replace(reply, visibility=Visibility.ONLY_YOU)
    alone = interaction.guild_id is None or reply.visibility is Visibility.ONLY_YOU
    # Only pages that one person sees are turned where they are: nobody else is reading there.
    turns = turns_for_one(reply, command) if alone else None
    if interaction.guild_id is None:
        reply = replace(reply, visibility=Visibility.CLUB)  # a direct message needs no hiding
    if in_place and not alone and not await _settled(interaction):
        return
    # What went wrong takes no question's place: its buttons are wanted again.
    in_place = in_place and alone and (reply.asks or not reply.aside)
    await _send(interaction, reply, turns, in_place=in_place)


async def _settled(interaction: Interaction) -> bool:
    """Take the buttons from the question that was pressed, as its answer follows for all to see.

    False where another process does so, and then answers.
    """
    note = render(private_reply(BELOW_FOR_ALL), bare=False)
    if interaction.response.is_done():
        await interaction.edit_original_response(view=ComponentsView(note))
        return True
    try:
        await interaction.response.edit_message(view=ComponentsView(note))
    except discord.HTTPException as error:
        if error.code != _ANSWERED_ALREADY:
            raise
        interaction.client.rivals.noticed()
        return False
    return True


async def _placed(interaction: Interaction, reply: Awaitable[Reply]) -> Reply:
    """Wait for a reply; show one that is for another channel there, and return what that came to."""
    answer = await reply
    where = place_of(answer.place) if answer.place else None
    if answer.place is None or where is None:
        return answer
    channel = interaction.client.get_partial_messageable(where.number)
    try:
        await post_once(channel, answer, f"{interaction.id}")
    except discord.HTTPException as error:
        log.info("an answer was not shown in a channel: HTTP %s", error.status)
        return not_shown_in(answer.place)
    return shown_in(answer.place)


async def post_once(
    place: discord.abc.Messageable, reply: Reply, nonce: str, turns: Turns | None = None
) -> None:
    """Post a reply to a place, once for this nonce; nobody is mentioned by it."""
    shown = await rendered(reply, mark=1, turns=turns)
    await place.send(
        view=ComponentsView(shown),
        files=files_of(shown),
        nonce=nonce,
        allowed_mentions=discord.AllowedMentions.none(),
    )


async def _in_time(interaction: Interaction, reply: Awaitable[Reply], *, in_place: bool) -> Reply:
    handling = asyncio.ensure_future(reply)
    done, _ = await asyncio.wait({handling}, timeout=DEFER_AFTER)
    if not done:
        await _defer(interaction, in_place=in_place)
    return await handling


async def _defer(interaction: Interaction, *, in_place: bool) -> None:
    try:
        await interaction.response.defer(
            ephemeral=interaction.guild_id is not None, thinking=not in_place
        )
    except discord.HTTPException as error:
        if error.code == _ANSWERED_ALREADY:
            return  # the answer itself notices it, too
        log.warning(
            "could not defer %s: HTTP %s, code %s", interaction.id, error.status, error.code
        )


async def _send(
    interaction: Interaction, reply: Reply, turns: Turns | None, *, in_place: bool
) -> None:
    message = await rendered(
        reply, turns=turns, bare=not in_place and _NOTED not in interaction.extras
    )
    if not interaction.response.is_done() and await _responded(
        interaction, message, in_place=in_place
    ):
        return
    beside = interaction.response.type in _OF_THE_PRESSED and not in_place
    alone = message.private or interaction.guild_id is None
    if in_place or (alone and not beside):
        await _complete(interaction, message)
        return
    if not beside:
        await interaction.edit_original_response(content=BELOW)
    await _follow(interaction, message)


async def _responded(interaction: Interaction, message: RenderedMessage, *, in_place: bool) -> bool:
    """Respond at once; False where the interaction is already deferred, and nobody answers it.

    This process did so before a restart, or the same interaction came in twice, or to two processes.
    """
    try:
        await _respond(interaction, message, in_place=in_place)
    except discord.HTTPException as error:
        if error.code != _ANSWERED_ALREADY:
            raise
        interaction.client.rivals.noticed()
        return not await _is_abandoned(interaction)
    return True


async def _is_abandoned(interaction: Interaction) -> bool:
    """Tell whether an interaction that was deferred elsewhere stays so: whoever did that is gone.

    Another process with the same token may only be slow, and then answers itself.
    """
    for wait in ABANDONED_AFTER:
        interaction._original_response = None  # noqa: SLF001 - the library remembers the first look
        before = await interaction.original_response()
        if not before.flags.loading:
            return False
        await asyncio.sleep(wait)
    return True


async def _respond(interaction: Interaction, message: RenderedMessage, *, in_place: bool) -> None:
    if in_place:
        await interaction.response.edit_message(
            view=ComponentsView(message), attachments=files_of(message)
        )
    elif message.content:
        await interaction.response.send_message(
            message.content, ephemeral=message.private, suppress_embeds=True
        )
    else:
        await interaction.response.send_message(
            view=ComponentsView(message), files=files_of(message), ephemeral=message.private
        )


async def _complete(interaction: Interaction, message: RenderedMessage) -> None:
    """Put the message in place of the deferred response."""
    if message.content:
        await interaction.edit_original_response(content=message.content)
    else:
        await interaction.edit_original_response(
            view=ComponentsView(message), attachments=files_of(message)
        )


async def show_progress(interaction: Interaction, reply: Reply) -> None:
    """Put a note in place of the deferred response, until the reply is there."""
    if not interaction.response.is_done():
        return
    interaction.extras[_NOTED] = True
    with suppress(discord.HTTPException):
        await interaction.edit_original_response(view=ComponentsView(render(reply, bare=False)))


async def _follow(interaction: Interaction, message: RenderedMessage) -> None:
    """Send the message by itself: a response deferred in private stays private."""
    private = message.private
    if message.content:
        await interaction.followup.send(message.content, suppress_embeds=True, ephemeral=private)
    else:
        await interaction.followup.send(
            view=ComponentsView(message), files=files_of(message), ephemeral=private
        )


async def refuse(interaction: Interaction, text: str) -> None:
    """Say in private that something went wrong, if Discord still takes a response."""
    if interaction.type is InteractionType.autocomplete:
        return
    with suppress(discord.HTTPException):
        await _send(interaction, private_reply(text), None, in_place=False)
