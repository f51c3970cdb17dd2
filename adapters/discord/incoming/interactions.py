"""What members do in Discord as requests: commands, presses, forms, messages to be saved."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Coroutine, Iterable
from dataclasses import replace
from typing import Any

import discord
from discord import InteractionType, app_commands

from adapters.chat.text_files import AttachmentError
from adapters.discord.ids import caller_of, club_of, hall_of
from adapters.discord.incoming.attachments import fetch_text
from adapters.discord.incoming.autocomplete import suggestions
from adapters.discord.incoming.modals import filled, label_on, modal_of
from adapters.discord.incoming.refusals import refusal
from adapters.discord.incoming.slash_commands import SAVE_AS_REVIEW, Json, given
from adapters.discord.outgoing.controls import IN_PLACE, PICK
from adapters.discord.outgoing.responses import Asked, answer, notice, refuse
from bot.critics import looks_like_critique
from bot.domain.errors import StoreError, UsageError
from bot.features.reviews.commands import ReviewCommand
from bot.grammar.forms import FormErrors, fill, with_value
from bot.messages.codec import action_of
from bot.messages.commands import Command
from bot.messages.replies import Choice, Form, Reply
from bot.messages.requests import Request
from bot.registry import COMMANDS
from bot.service import Bot

log = logging.getLogger(__name__)

REMEMBERED = 2_000
"""Interactions of which is known that they came in: Discord may send one twice."""

NOTED_AT_ONCE = 1
"""Clubs noted at a time: a start with thousands of them holds up nobody's command."""

OPENING = 2.0
"""Seconds in which a form has to be found; nothing can be put off before it opens."""

_OLD = "I don't know that any more. Give the command again that it stood under."
_UNKNOWN = "I don't know that command any more. Type / to see those that there are."
_SLOW = "I couldn't open the form in time. Nothing is lost; press it again."
_NOT_YOURS = (
    "Only whoever wrote a message can save it as their review. A critic's review, with a byline or "
    "a rating, can be saved by anybody."
)
_EMPTY = "There are no words in that message to save."
_WRONG = (
    "I couldn't do that because something went wrong on my side. Try again; a write is kept only "
    "once, however often it is sent."
)


class Listener:
    """Takes each interaction through the door once, and sees to it that it is answered."""

    def __init__(self, bot: Bot) -> None:
        """Listen for this bot."""
        self._bot = bot
        self._seen: OrderedDict[int, None] = OrderedDict()
        self._busy: set[asyncio.Task[None]] = set()
        self._ended = False
        self._noting = asyncio.Semaphore(NOTED_AT_ONCE)

    def hear(self, interaction: Asked) -> None:
        """Begin to answer; what came in before is being answered already."""
        if interaction.id in self._seen:
            return
        self._seen[interaction.id] = None
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        self._begin(self._guarded(interaction))

    def joined(self, guild: discord.Guild) -> None:
        """Take note of a club that has let us in, or that was there before us."""
        joining = self._bot.membership.joined(club_of(guild.id), guild.name, hall_of(guild))
        self._begin(self._note(joining))

    def left(self, guild: discord.Guild) -> None:
        """Take note of a club that has shown us the door."""
        self._begin(self._note(self._bot.membership.left(club_of(guild.id))))

    def present(self, guilds: Iterable[discord.Guild]) -> None:
        """Take note of the clubs that have shown us the door while we were away."""
        here = {club_of(guild.id) for guild in guilds}
        self._begin(self._note(self._bot.membership.present("discord:", here)))

    async def finish(self, seconds: float) -> None:
        """Let what was begun come to its end; cut off what takes longer."""
        if self._busy:
            await asyncio.wait(self._busy, timeout=seconds)
        self._ended = True
        for task in self._busy:
            task.cancel()
        await asyncio.gather(*self._busy, return_exceptions=True)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        if self._ended:
            work.close()
            return
        task = asyncio.ensure_future(work)
        self._busy.add(task)
        task.add_done_callback(self._busy.discard)

    async def _note(self, noting: Coroutine[Any, Any, None]) -> None:
        async with self._noting:
            try:
                await noting
            except StoreError as error:
                log.warning("could not note a club: %s", error)

    async def _guarded(self, interaction: Asked) -> None:
        try:
            await self._work(interaction)
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

    def _work(self, interaction: Asked) -> Coroutine[Any, Any, None]:
        data: Json = dict(interaction.data or {})
        match interaction.type:
            case InteractionType.application_command if data.get("type") == 3:
                return self._save_message(interaction, data)
            case InteractionType.application_command:
                return self._command(interaction, data)
            case InteractionType.autocomplete:
                return self._suggest(interaction, data)
            case InteractionType.component:
                return self._press(interaction, data)
            case InteractionType.modal_submit:
                return self._form(interaction, data)
        return refuse(interaction, _UNKNOWN)

    async def _command(self, interaction: Asked, data: Json) -> None:
        said = given(data)
        if said is None:
            await refuse(interaction, _UNKNOWN)
            return
        if said.typed:
            request = replace(_request(interaction, said.blank), content=said.typed)
            await answer(interaction, self._bot.handle(request), said.blank)
            return
        file = next(iter(said.files.values()), None)
        try:
            command = fill(said.blank, said.values)
        except FormErrors as errors:
            again = refusal(said.blank, said.values, errors)
            await answer(
                interaction, self._bot.store_long_actions(caller_of(interaction), again), said.blank
            )
            return
        await self._ask(interaction, command, file)

    async def _suggest(self, interaction: Asked, data: Json) -> None:
        said = given(data)
        club = club_of(interaction.guild_id) if interaction.guild_id else None
        found = (
            suggestions(said, lambda typed: self._bot.films.suggest(typed, 25, club))
            if said
            else []
        )
        choices = [app_commands.Choice(name=e["name"], value=e["value"]) for e in found]
        await interaction.response.autocomplete(choices)

    async def _press(self, interaction: Asked, data: Json) -> None:
        values: list[str] = data.get("values", [])
        name: str = data["custom_id"]
        if name.startswith(PICK) and values:
            name = values[0]
        action = _action(name)
        if action is None:
            await refuse(interaction, _OLD)
        elif isinstance(action, Form):
            await self._open(interaction, name, action)
        elif isinstance(action, Choice):
            chosen = with_value(action.command, action.field, values[0] if values else "")
            await self._ask(interaction, chosen, in_place=_turns(name))
        else:
            await self._ask(interaction, action, in_place=_turns(name))

    async def _open(self, interaction: Asked, name: str, form: Form) -> None:
        try:
            async with asyncio.timeout(OPENING):
                opened = await self._bot.load_form(caller_of(interaction), form)
        except TimeoutError:
            await refuse(interaction, _SLOW)
            return
        if isinstance(opened, Reply):
            await answer(interaction, _at_once(opened), form.command)
            return
        title = label_on(interaction.message, name) or opened.command.name
        await interaction.response.send_modal(modal_of(opened, name, title))

    async def _form(self, interaction: Asked, data: Json) -> None:
        name: str = data["custom_id"]
        form = _action(name)
        if not isinstance(form, Form):
            await refuse(interaction, _OLD)
            return
        opened = await self._bot.load_form(caller_of(interaction), form)
        if isinstance(opened, Reply):
            await answer(interaction, _at_once(opened), form.command)
            return
        typed = filled(opened, data)
        try:
            command = fill(opened.command, typed.values)
        except FormErrors as errors:
            again = refusal(opened.command, typed.values, errors, form=opened)
            reply = self._bot.store_long_actions(caller_of(interaction), again)
            await answer(interaction, reply, opened.command)
            return
        on_message = interaction.message is not None and _turns(name)
        await self._ask(interaction, command, typed.file, in_place=on_message)

    async def _save_message(self, interaction: Asked, data: Json) -> None:
        messages = data.get("resolved", {}).get("messages", {})
        message = messages.get(str(data.get("target_id")))
        if data.get("name") != SAVE_AS_REVIEW or message is None:
            await refuse(interaction, _UNKNOWN)
            return
        text, attached = message.get("content", ""), message.get("attachments", ())
        own = int(message["author"]["id"]) == interaction.user.id
        critique = looks_like_critique(text)
        if not (own or critique):
            await refuse(interaction, _NOT_YOURS)
        elif text.strip():
            await self._hand_over(interaction, ReviewCommand(mine=not critique), text, "message")
        elif attached:
            await self._ask(interaction, ReviewCommand(mine=True), attached[0])
        else:
            await refuse(interaction, _EMPTY)

    async def _ask(
        self,
        interaction: Asked,
        command: Command,
        file: Json | None = None,
        *,
        in_place: bool = False,
    ) -> None:
        """Send a command through the door, and say what comes back."""
        if file is None:
            reply = self._bot.handle(_request(interaction, command))
            await answer(interaction, reply, command, in_place=in_place)
            return
        await answer(interaction, self._with_file(interaction, command, file), command)

    async def _with_file(self, interaction: Asked, command: Command, file: Json) -> Reply:
        """Fetch the file that came along, while Discord is told in time if that takes long."""
        try:
            text = await fetch_text(interaction.client.http, file)
        except AttachmentError as error:
            return notice(str(error))
        request = replace(
            _request(interaction, command), attachment=text, attachment_name=file["filename"]
        )
        return await self._bot.handle(request)

    async def _hand_over(self, interaction: Asked, command: Command, text: str, name: str) -> None:
        request = _request(interaction, command)
        request = replace(request, attachment=text, attachment_name=name)
        await answer(interaction, self._bot.handle(request), command)


def _request(interaction: Asked, command: Command) -> Request:
    return Request(f"discord:{interaction.id}", caller_of(interaction), command)


def _action(name: str) -> Command | Form | Choice | None:
    """Read an id; None for what no version of ours has written."""
    try:
        return action_of(name, COMMANDS)
    except (ValueError, TypeError):
        return None


def _turns(name: str) -> bool:
    """Whether an id says that its message is to be changed."""
    return name.partition("#")[2].startswith(IN_PLACE)


async def _at_once(reply: Reply) -> Reply:
    return reply
