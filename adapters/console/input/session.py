"""Session of one terminal: turns lines into requests, and keys into the actions they press."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from adapters.chat.text_files import AttachmentError, ReceivedFile
from adapters.console.ids import caller_of
from adapters.console.input.attachments import attach, named_file
from adapters.console.input.forms import values_in
from adapters.console.input.keys import ActionKeys, ChosenOption, Pressable, keys_of, last_number
from bot.domain.errors import UsageError
from bot.domain.films.film import film_label
from bot.language.grammar.forms import check_answered, with_value
from bot.messages.codec import action_of
from bot.messages.commands import Command
from bot.messages.replies import Action, Button, Choice, Form, Paragraph, Reply
from bot.messages.requests import Request
from bot.messages.spans import Plain
from bot.messages.visibility import Visibility
from bot.ports.clock import Ids
from bot.registry import COMMANDS
from bot.service import Bot

MOST_LISTED = 8
"""Keys that are named to somebody who typed one that is not there."""

_PRESS = re.compile(
    r"(?:press\s+(?P<named>\S+)|(?P<key>(?!\d0s(?!\S))m?\d{1,3}[a-z]?(?:\.\d{1,3})?))(?:\s+(?P<rest>.*))?",
    re.DOTALL,
)
_ACTION_ID = re.compile(r"\d+\.[a-z]")


@dataclass(frozen=True, slots=True)
class Exchange:
    """One line of a member, the reply to it, and the keys of its actions."""

    member: str
    line: str
    reply: Reply
    keys: ActionKeys | None = None


def notice(text: str) -> Reply:
    """Make a reply of the terminal's own, outside the core."""
    return Reply((Paragraph((Plain(text),)),), " ".join(text.split()), Visibility.ONLY_YOU)


class Session:
    """Requests of one club's members at one terminal, with the actions each may press."""

    def __init__(
        self,
        bot: Bot,
        ids: Ids,
        club: str,
        message_actions: Mapping[str, Pressable] | None = None,
        *,
        reads_files: bool = True,
    ) -> None:
        """Begin without replies. `message_actions`: those of delivered messages, a live mapping.

        `reads_files`: whether a line may name a file of this machine.
        """
        self._bot = bot
        self._ids = ids
        self._message_actions = message_actions if message_actions is not None else {}
        self._reads_files = reads_files
        self._offered: dict[str, Mapping[str, Pressable]] = {}
        self.club = club

    async def say(self, member: str, line: str) -> Exchange:
        """Answer a line: a typed command, or the key of an action."""
        press = _PRESS.fullmatch(line.strip())
        if press is None:
            return await self._typed(member, line)
        named, rest = press["named"] or press["key"], (press["rest"] or "").strip()
        if press["key"] and rest and self._is_talk(member, named, rest):
            return await self._typed(member, line)
        return await self._pressed(member, line, named, rest)

    async def opens(self, member: str, line: str) -> Form | Choice | Reply | None:
        """Return the form or choice that has to be asked about first, if the line is a key of one.

        A Reply says why the form cannot be opened any more.
        """
        pressed = self._pressable(member).get(line.strip().removeprefix("press ").strip())
        if isinstance(pressed, Form):
            return await self._bot.forms.load(caller_of(self.club, member), pressed)
        return pressed if isinstance(pressed, Choice) else None

    async def send(self, member: str, line: str, command: Command) -> Exchange:
        """Send a command, as a filled form gives it."""
        return await self._ask(member, line, command)

    async def fill(
        self, member: str, command: Command, values: Mapping[str, str]
    ) -> Command | Reply:
        """Set fields of a command to what the member typed; raises FormErrors."""
        return await self._bot.forms.fill(caller_of(self.club, member), command, values)

    def suggest(self, typed: str, most: int) -> list[str]:
        """Complete a film's title."""
        club_id = caller_of(self.club, "").club_id
        return [
            film_label(each.title, each.year)
            for each in self._bot.films.complete(typed, most, club_id)
        ]

    async def _typed(self, member: str, line: str) -> Exchange:
        try:
            attached = attach(line, allowed=self._reads_files)
        except AttachmentError as error:
            return Exchange(member, line, notice(str(error)))
        return await self._ask(member, line, attached.line, attached.file)

    async def _ask(
        self,
        member: str,
        line: str,
        content: str | Command,
        file: ReceivedFile | None = None,
    ) -> Exchange:
        request = Request(
            request_id=f"console:{self._ids.new()}",
            caller=caller_of(self.club, member),
            content=content,
            attachment=file.text if file else None,
            attachment_name=file.name if file else "",
            upload=file.data if file else None,
        )
        reply = await self._bot.handle(request)
        return Exchange(member, line, reply, self._offer(member, reply))

    def _offer(self, member: str, reply: Reply) -> ActionKeys:
        """Note what a reply offers; after an aside the actions before it keep their keys."""
        former = self._offered.get(member, {}) if reply.aside else {}
        keys = keys_of(reply, last_number(former))
        self._offered[member] = {**former, **keys.pressable}
        return keys

    def _is_talk(self, member: str, key: str, rest: str) -> bool:
        """Tell whether a line only begins like a key: `12 angry men`, `3 picks for me and ben`, `3 stars`."""
        pressed = self._pressable(member).get(key)
        takes_more = isinstance(pressed, Form | Choice) or "=" in rest
        first, *_ = rest.casefold().split() or [""]
        rates = first.strip(".,!") in {"star", "stars"}
        return rates or (not takes_more and (pressed is None or " " in rest))

    async def _pressed(self, member: str, line: str, key: str, rest: str) -> Exchange:
        known = self._pressable(member)
        if key in known:
            return await self._press(member, line, key, known[key], rest)
        if not _ACTION_ID.match(key):
            return Exchange(member, line, notice(_nothing_there(key, known)))
        try:
            return await self._press(member, line, key, _named(key), rest)
        except (ValueError, TypeError):
            unknown = f"I don't know the action {key[:100]}. Ask again for what it stood under."
            return Exchange(member, line, notice(unknown))

    def _pressable(self, member: str) -> Mapping[str, Pressable]:
        return {**self._message_actions, **self._offered.get(member, {})}

    async def _press(
        self, member: str, line: str, key: str, pressed: Pressable, rest: str
    ) -> Exchange:
        if isinstance(pressed, Form):
            opened = await self._bot.forms.load(caller_of(self.club, member), pressed)
            if isinstance(opened, Reply):
                return Exchange(member, line, opened)
            pressed = opened
        try:
            if isinstance(pressed, Form):
                command = await self.fill(member, pressed.command, values_in(pressed, rest, key))
                if isinstance(command, Command):
                    check_answered(pressed, command)
            else:
                command = _command(key, pressed, rest)
        except UsageError as error:
            return Exchange(member, line, notice(str(error)))
        if isinstance(command, Reply):
            return Exchange(member, line, command)
        try:
            return await self._ask(
                member, line, command, named_file(command, allowed=self._reads_files)
            )
        except AttachmentError as error:
            return Exchange(member, line, notice(str(error)))


def _named(action: str) -> Action:
    """Decode an action by its id. Raises ValueError or TypeError for an unknown one."""
    found = action_of(action, COMMANDS)
    return found if isinstance(found, Form | Choice) else Button(action, found)


def _command(key: str, pressed: Button | Choice | ChosenOption, rest: str) -> Command:
    if isinstance(pressed, Choice) and rest:
        return with_value(pressed.command, pressed.field, rest)
    if isinstance(pressed, Choice):
        raise UsageError(f"Which one? Type {key}.1 to {key}.{len(pressed.options)}.")
    if rest:
        raise UsageError(f"{key} is “{_label(pressed)}” and takes nothing more. Type {key} alone.")
    if isinstance(pressed, Button):
        return pressed.command
    return with_value(pressed.choice.command, pressed.choice.field, pressed.option.value)


def _nothing_there(key: str, known: Mapping[str, Pressable]) -> str:
    if not known:
        return f"There is nothing numbered {key} here. Numbers press what the last answer offered."
    near = {name: each for name, each in known.items() if name.startswith(key)} or known
    listed = [f"{name} {_label(each)}" for name, each in near.items()][:MOST_LISTED]
    more = ", …" if len(near) > MOST_LISTED else ""
    return f"There is nothing numbered {key} here. Now there are: {', '.join(listed)}{more}."


def _label(pressable: Pressable) -> str:
    return pressable.option.label if isinstance(pressable, ChosenOption) else pressable.label
