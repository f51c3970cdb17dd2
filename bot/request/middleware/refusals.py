"""Refusals: private replies that say what was wrong, and give back everything that was typed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields

from cachetools import LRUCache

from bot.domain.ids import ClubId, DraftId, MemberId
from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.text import one_line
from bot.messages.codec import Commands, action_id
from bot.messages.commands import Command, Kind
from bot.messages.plain_text import plain
from bot.messages.replies import (
    Action,
    Actions,
    Block,
    Button,
    Field,
    Fields,
    Footnote,
    Form,
    Paragraph,
    Quote,
    Reply,
)
from bot.messages.requests import Request
from bot.messages.spans import Code, Mention, Plain, Span, Usage
from bot.messages.visibility import Visibility
from bot.ports.clock import Ids
from bot.request.commands import ChooseClubCommand, RecallCommand

MOST_HELD = 500
"""Refused commands that are kept in memory, each with up to 20,000 characters of text."""

_NAMED = lazy_pattern(r"/(?P<name>[\w-]+)(?:\s+|$)")

_LONG = 60
"""Characters up to which a typed value is shown on one line."""


class Refusals:
    """Words refusals; keeps the refused commands in memory, for the database may be what failed."""

    def __init__(self, ids: Ids, commands: Commands) -> None:
        """Begin without any; `commands` are those that a line can name."""
        self._ids = ids
        self._commands = commands
        self._held = LRUCache[DraftId, tuple[MemberId, Command]](MOST_HELD)

    def reply(self, parts: Sequence[object], request: Request, *, again: bool = False) -> Reply:
        """Refuse a request; `again`: the same may succeed a moment later."""
        spans = tuple(each if isinstance(each, Usage) else Plain(str(each)) for each in parts)
        blocks: list[Block] = [Paragraph(spans)]
        content = request.content
        typed = content.line if isinstance(content, ChooseClubCommand) else content
        if isinstance(typed, str):
            blocks += self._line(typed, request.caller.club_id)
        else:
            blocks += _values(typed)
            member_id = request.caller.member_id
            if actions := tuple(self._actions(typed, member_id, again=again)):
                blocks.append(Actions(actions))
        summary = one_line(plain(spans), 300)
        club = request.caller.meant or None
        return Reply(tuple(blocks), summary, Visibility.ONLY_YOU, aside=True, club=club)

    def held(self, command: Command, member_id: MemberId) -> Command | None:
        """Return the refused command that a member's button recalls; None if it is none."""
        if not isinstance(command, RecallCommand):
            return None
        owner, refused = self._held.get(command.draft, (None, None))
        return refused if owner == member_id else None

    def _actions(self, command: Command, member_id: MemberId, *, again: bool) -> Iterator[Action]:
        if again:
            yield self._short(Button("Try again", command), member_id)
        names = tuple(each.name for each, _ in command.given())
        if command.writes and set(names) & _typed_fields(command):
            yield self._short(Form("Change it", command, names), member_id)

    def _line(self, typed: str, club_id: ClubId) -> Iterator[Block]:
        """Repeat a typed line, its command as it is given on the member's platform."""
        name, rest = self._command_in(typed)
        if name and not rest:
            return  # the command alone says nothing that the refusal does not
        named = _with_mentions(rest, club_id)
        if len(typed) > _LONG or "\n" in typed:
            yield Quote((*name, *named), (Plain("what you typed"),))
        elif any(isinstance(each, Mention) for each in named):
            yield Footnote((Plain("You typed: "), *name, *named))
        elif typed.strip():
            yield Footnote((Plain("You typed: "), *name, *((Code(rest),) if rest else ())))

    def _command_in(self, typed: str) -> tuple[tuple[Span, ...], str]:
        """Split a line into its command, if it names one, and the rest."""
        found = _NAMED.match(typed)
        command = self._commands.get(found["name"].lower()) if found else None
        if found is None or command is None or not command.typed:
            return (), typed
        rest = typed[found.end() :]
        return (Usage(command()), *((Plain(" "),) if rest else ())), rest

    def _short(self, action: Button | Form, member_id: MemberId) -> Action:
        """Return an action that fits into a button; a long one recalls its command from memory."""
        try:
            action_id(action)
        except ValueError:
            held = DraftId(self._ids.new())
            self._held[held] = (member_id, action.command)
            recall = RecallCommand(held)
            if isinstance(action, Form):
                return Form(action.label, recall, action.fields)
            return Button(action.label, recall)
        return action


def _with_mentions(typed: str, club_id: ClubId) -> tuple[Span, ...]:
    """Show the members in a typed line, whom a platform names by ids, as mentions."""
    platform = re.escape(club_id.partition(":")[0])
    pieces = re.split(rf"@({platform}:\w+)", typed)
    return tuple(
        Mention(MemberId(piece), "a member") if place % 2 else Plain(piece)
        for place, piece in enumerate(pieces)
        if piece or len(pieces) == 1
    )


def _values(command: Command) -> Iterator[Block]:
    """Repeat the values of a form, or of a command with options."""
    given = [(each, text) for each, text in command.given() if not text.startswith("id:")]
    if not command.typed or not {each.name for each, _ in given} & _typed_fields(command):
        return
    short = [pair for pair in given if len(pair[1]) <= _LONG and "\n" not in pair[1]]
    rows = tuple(Field(each.label, _entered(each.kind, text)) for each, text in short)
    yield Fields((Field("You entered", (Usage(type(command)()),)), *rows))
    for each, text in given:
        if (each, text) not in short:
            yield Quote((Plain(text),), (Plain(f"{each.label}; nothing is saved yet"),))


def _entered(kind: Kind, text: str) -> tuple[Span, ...]:
    """Show a value that was entered; members whom the platform names by ids, as mentions."""
    if kind not in {Kind.MEMBER, Kind.MEMBERS} or ":" not in text:
        return (Code(text),)
    spans: list[Span] = []
    for each in text.split():
        named = each.removeprefix("@")
        who = Mention(MemberId(named), "a member") if ":" in named else Code(each)
        spans += [Plain(" "), who] if spans else [who]
    return tuple(spans)


def _typed_fields(command: Command) -> set[str]:
    """Return the fields that hold something a person typed: not a film of a button, or a switch."""
    held = {each.name: getattr(command, each.name) for each in fields(command)}
    options = {each.name for each in command.options() if each.kind is not Kind.CHOICE}
    return {
        name
        for name in options & held.keys()
        if isinstance(held[name], str) and held[name] and not held[name].startswith("id:")
    }
