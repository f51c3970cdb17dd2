"""Actions of a reply as buttons and menus of Block Kit."""

from collections.abc import Iterable, Iterator
from itertools import count

from adapters.chat.interactions import named_club
from adapters.slack import limits
from adapters.slack.outgoing.blocks import plain_text
from adapters.slack.outgoing.rich_text import Json
from bot.messages.codec import action_id
from bot.messages.replies import Action, Button, Choice, Form, Option, Style

SHOW = "show"
"""The action id of buttons that show a spoiler; the button's value is its text."""

_STYLES = {Style.PRIMARY: "primary", Style.DANGER: "danger"}


ASKED = "#="
"""Marks the action ids of what is settled by an answer, which takes its message's place."""


class ActionIds:
    """Makes the action ids of one message distinct.

    `asks`: the message is a question; `club`: the one that it speaks of, as `T1` or `T1.C3`.
    """

    def __init__(self, *, asks: bool = False, club: str = "") -> None:
        """Begin with the first."""
        self._club = club
        self._numbers = count(1)
        self._asks = asks

    def distinct(self, name: str, *, settles: bool = False) -> str:
        """Return an id with a number after it; `settles`: as those of a question."""
        mark = ASKED if self._asks or settles else "#"
        numbered = f"{name}{mark}{next(self._numbers) % 1000}"
        return named_club(numbered, self._club, limits.ACTION_ID)


def elements_of(actions: Iterable[Action], ids: ActionIds) -> list[Json]:
    """Return the elements of actions, without those too long for an id."""
    return list(_elements(actions, ids))


def show_buttons(spoilers: Iterable[str], ids: ActionIds) -> list[Json]:
    """Return a button that shows spoilers to the member who presses it; none without spoilers."""
    words = "\n\n".join(spoilers)
    if not words:
        return []
    value = words if len(words) <= limits.VALUE else words[: limits.VALUE - 1] + "…"
    return [_button("Show spoiler", ids.distinct(SHOW)) | {"value": value}]


def options_of(options: Iterable[Option]) -> list[Json]:
    """Return distinct options for a menu, at most as many as Slack takes."""
    found: dict[str, Json] = {}
    for each in options:
        if 0 < len(each.value) <= limits.OPTION_VALUE and each.value not in found:
            found[each.value] = option(each.label, each.value, each.detail)
    return list(found.values())[: limits.OPTIONS]


def option(label: str, value: str, detail: str = "") -> Json:
    """Return one option of a menu."""
    more = {"description": plain_text(detail, limits.OPTION)} if detail.strip() else {}
    return {"text": plain_text(label, limits.OPTION), "value": value, **more}


def _elements(actions: Iterable[Action], ids: ActionIds) -> Iterator[Json]:
    for action in actions:
        try:
            settles = isinstance(action, Button | Choice) and action.settles
            name = ids.distinct(action_id(action), settles=settles)
        except ValueError:
            continue  # the core stores those too long for an id, so it sends none
        yield from _element(action, name)


def _element(action: Action, name: str) -> Iterator[Json]:
    match action:
        case Button(label, command, style):
            drawn = {"style": _STYLES[style]} if style in _STYLES else {}
            yield _button(label or command.name, name) | drawn
        case Form(label, command):
            yield _button(f"{label or command.name}…", name)
        case Choice(label, options) if choices := options_of(options):
            yield {
                "type": "static_select",
                "action_id": name,
                "placeholder": plain_text(label, limits.PLACEHOLDER),
                "options": choices,
            }


def _button(label: str, name: str) -> Json:
    return {"type": "button", "action_id": name, "text": plain_text(label, limits.BUTTON)}
