"""Answers Discord's interactions: commands, presses, forms, messages to be saved as reviews."""

import asyncio
import logging
from collections.abc import Coroutine, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import discord
from discord import InteractionType, app_commands

from adapters.chat.background import BackgroundTasks, RecentRequests
from adapters.chat.commands import with_channels
from adapters.chat.interactions import pressed, private_reply, review_of_message
from adapters.chat.progress import ProgressNotes
from adapters.chat.text_files import AttachmentError
from adapters.discord.commands import SAVE_AS_REVIEW, TASTE_MATCH, Json
from adapters.discord.host.installations import Installations
from adapters.discord.host.members import ServerMembers
from adapters.discord.ids import caller_of, club_of, is_guest, member_of
from adapters.discord.incoming.attachments import fetch_file
from adapters.discord.incoming.autocomplete import suggestions
from adapters.discord.incoming.forms import Forms
from adapters.discord.incoming.mentions import names_in, with_names
from adapters.discord.incoming.messages import answer, line_of
from adapters.discord.incoming.modals import filled
from adapters.discord.incoming.slash_commands import slash_command
from adapters.discord.outgoing.controls import IN_PLACE, PICK
from adapters.discord.outgoing.responses import Interaction, refuse, respond, show_progress
from bot.domain.errors import UsageError
from bot.features.members.commands import MeCommand
from bot.features.reviews.commands import ReviewCommand
from bot.language.grammar.forms import FormErrors, check_answered
from bot.messages.codec import action_id
from bot.messages.commands import Command
from bot.messages.replies import Form, Reply
from bot.messages.requests import Request
from bot.service import Bot
from bot.views.film_card import WRITE

log = logging.getLogger(__name__)

_OLD = "I don't know that any more. Give the command again that it stood under."
_UNKNOWN = "I don't know that command any more. Type / to see those that there are."
_NOT_YOURS = (
    "Only whoever wrote a message can save it as their review. A critic's review, with a byline or "
    "a rating, can be saved by anybody."
)
_EMPTY = "There are no words in that message to save."
_WRONG = (
    "I couldn't do that because something went wrong on my side. Try again; a write is kept only "
    "once, however often it is sent."
)


class Interactions:
    """Passes each interaction to the core once, and answers every one of them."""

    def __init__(self, bot: Bot, members: ServerMembers) -> None:
        """Answer for this bot; `members` notes who is heard in a server."""
        self._bot = bot
        self._tasks = BackgroundTasks()
        self._members = members
        self._forms = Forms(bot)
        self.installations = Installations(bot, self._tasks)
        self._recent = RecentRequests()

    def handle(self, interaction: Interaction) -> None:
        """Begin to answer an interaction, unless it is a repeat."""
        if interaction.guild_id is not None and not is_guest(interaction):
            club_id, user = club_of(interaction.guild_id), interaction.user
            self._members.seen(club_id, member_of(user.id), user.display_name)
        if self._recent.is_new(str(interaction.id)):
            self._tasks.begin(self._guarded(interaction))

    def said(self, message: discord.Message, me: discord.ClientUser | None) -> None:
        """Begin to answer a message, if it is said to Matinee and no repeat."""
        line = line_of(message, me)
        if line is not None and self._recent.is_new(f"message {message.id}"):
            self._tasks.begin(self._answered(message, line))

    async def _answered(self, message: discord.Message, line: str) -> None:
        try:
            await answer(message, line, self._bot)
        except discord.HTTPException as error:
            log.warning(
                "could not answer message %s: HTTP %s, code %s",
                message.id,
                error.status,
                error.code,
            )

    async def finish(self, seconds: float) -> None:
        """Wait up to `seconds` for the answers that were begun, then cancel the rest."""
        await self._tasks.finish(seconds)

    async def _guarded(self, interaction: Interaction) -> None:
        try:
            await self._answer(interaction)
        except (UsageError, AttachmentError) as error:
            await refuse(interaction, str(error))
        except discord.HTTPException as error:
            log.warning(
                "could not answer %s: HTTP %s, code %s", interaction.id, error.status, error.code
            )
            await refuse(interaction, _WRONG)
        except Exception:
            log.exception("could not answer %s", interaction.id)
            await refuse(interaction, _WRONG)

    def _answer(self, interaction: Interaction) -> Coroutine[Any, Any, None]:
        data: Json = dict(interaction.data or {})
        match interaction.type:
            case InteractionType.application_command if data.get("type") == 3:
                return self._save_message(interaction, data)
            case InteractionType.application_command if data.get("type") == 2:
                return self._match(interaction, data)
            case InteractionType.application_command:
                return self._command(interaction, data)
            case InteractionType.autocomplete:
                return self._suggest(interaction, data)
            case InteractionType.component:
                return self._press(interaction, data)
            case InteractionType.modal_submit:
                return self._form(interaction, data)
        return refuse(interaction, _UNKNOWN)

    async def _command(self, interaction: Interaction, data: Json) -> None:
        given = slash_command(data)
        if given is None:
            await refuse(interaction, _UNKNOWN)
            return
        named = await self._named(interaction, {each: given.values[each] for each in given.texts})
        given = replace(given, values={**given.values, **named})
        if given.line:
            request = replace(_request(interaction, given.blank), content=given.line)
            await respond(interaction, self._bot.handle(request), given.blank)
            return
        try:
            command = await self._bot.forms.fill(caller_of(interaction), given.blank, given.values)
        except FormErrors as errors:
            await self._forms.ask_again(interaction, given.blank, given.values, errors)
            return
        if isinstance(command, Reply):
            await respond(interaction, command, given.blank)
            return
        command = with_channels(command, given.channels)
        if command == ReviewCommand() and not given.files:
            await self._forms.open(interaction, action_id(WRITE), WRITE)
            return
        await self._handle(interaction, command, next(iter(given.files.values()), None))

    async def _suggest(self, interaction: Interaction, data: Json) -> None:
        given = slash_command(data)
        server = None if is_guest(interaction) else interaction.guild_id
        club = club_of(server) if server else None
        films = self._bot.films
        blank = given is not None and given.asks_for_a_film
        at_hand = await self._bot.suggestions.at_hand(caller_of(interaction)) if blank else ()
        found = (
            suggestions(given, lambda typed: films.suggest(typed, 25, club) if typed else at_hand)
            if given
            else []
        )
        choices = [app_commands.Choice(name=e["name"], value=e["value"]) for e in found]
        await interaction.response.autocomplete(choices)

    async def _press(self, interaction: Interaction, data: Json) -> None:
        chosen: str = next(iter(data.get("values", ())), "")
        name: str = data["custom_id"]
        if name.startswith(PICK) and chosen:
            name = chosen
        match pressed(name, chosen):
            case None:
                await refuse(interaction, _OLD)
            case Form() as form:
                await self._forms.open(interaction, name, form)
            case command:
                await self._handle(interaction, command, in_place=_is_in_place(name))

    async def _form(self, interaction: Interaction, data: Json) -> None:
        name: str = data["custom_id"]
        form = pressed(name)
        if not isinstance(form, Form):
            await refuse(interaction, _OLD)
            return
        opened = await self._bot.forms.load(caller_of(interaction), form)
        if isinstance(opened, Reply):
            await respond(interaction, opened, form.command)
            return
        typed = filled(opened, data)
        typed = replace(typed, values=await self._named(interaction, typed.values))
        try:
            command = await self._bot.forms.fill(
                caller_of(interaction), opened.command, typed.values
            )
            if isinstance(command, Command):
                check_answered(opened, command, has_file=typed.file is not None)
        except FormErrors as errors:
            await self._forms.ask_again(interaction, opened.command, typed.values, errors, opened)
            return
        if isinstance(command, Reply):
            await respond(interaction, command, opened.command)
            return
        command = with_channels(command, typed.channels)
        on_message = interaction.message is not None and _is_in_place(name)
        await self._handle(interaction, command, typed.file, in_place=on_message)

    async def _named(
        self, interaction: Interaction, values: Mapping[str, str]
    ) -> Mapping[str, str]:
        """Put names in place of the numbers of people who are mentioned."""
        texts = (with_names(text, interaction, self._members, {}) for text in values.values())
        return dict(zip(values, await asyncio.gather(*texts), strict=True))

    async def _save_message(self, interaction: Interaction, data: Json) -> None:
        messages = data.get("resolved", {}).get("messages", {})
        message = messages.get(str(data.get("target_id")))
        if data.get("name") != SAVE_AS_REVIEW or message is None:
            await refuse(interaction, _UNKNOWN)
            return
        attached = message.get("attachments", ())
        text = await with_names(
            message.get("content", ""), interaction, self._members, names_in(message)
        )
        own = int(message["author"]["id"]) == interaction.user.id
        command = review_of_message(text, own=own)
        if command is None:
            await refuse(interaction, _NOT_YOURS)
        elif command.mine and text.strip():
            await self._forms.open_message(interaction, text)
        elif text.strip():
            request = _request(interaction, command)
            request = replace(request, attachment=text, attachment_name="message")
            await respond(interaction, self._bot.handle(request), command)
        elif attached:
            await self._handle(interaction, ReviewCommand(mine=True), attached[0])
        else:
            await refuse(interaction, _EMPTY)

    async def _match(self, interaction: Interaction, data: Json) -> None:
        """Show a member's page to whoever used the menu of that member."""
        if data.get("name") != TASTE_MATCH:
            await refuse(interaction, _UNKNOWN)
            return
        await self._handle(interaction, MeCommand(member_of(int(data["target_id"]))))

    async def _handle(
        self,
        interaction: Interaction,
        command: Command,
        file: Json | None = None,
        *,
        in_place: bool = False,
    ) -> None:
        """Send a command to the core, and respond with its reply."""
        if file is None:
            reply = self._bot.handle(_request(interaction, command))
            await respond(interaction, reply, command, in_place=in_place)
            return
        await respond(interaction, self._with_file(interaction, command, file), command)

    async def _with_file(self, interaction: Interaction, command: Command, file: Json) -> Reply:
        """Fetch a file for the command; `respond` defers meanwhile if that takes long."""
        try:
            found = await fetch_file(interaction.client.http, file)
        except AttachmentError as error:
            return private_reply(str(error))
        request = replace(
            _request(interaction, command),
            attachment=found.text,
            attachment_name=found.name,
            upload=found.data,
        )
        return await self._bot.handle(request)


def _request(interaction: Interaction, command: Command) -> Request:
    notes = ProgressNotes(partial(show_progress, interaction))
    return Request(f"discord:{interaction.id}", caller_of(interaction), command, progress=notes)


def _is_in_place(name: str) -> bool:
    """Return whether a custom id says that its own message is to be changed."""
    return name.partition("#")[2].startswith(IN_PLACE)
