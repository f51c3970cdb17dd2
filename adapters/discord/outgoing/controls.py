"""Actions of a reply as buttons and menus, each with an id that holds its command.

Nothing is kept in memory, so that they still work after a restart, or weeks later.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from string import ascii_lowercase, digits
from typing import Any, TypeVar

from discord import ButtonStyle, SelectOption, ui

from adapters.chat.interactions import named_club
from adapters.discord import limits
from adapters.discord.limits import fitted
from bot.language.grammar.forms import questions
from bot.messages.codec import action_id
from bot.messages.replies import Action, Button, Choice, Form, Option, Style

PICK = "pick"
"""The id of a menu whose options are action ids."""

IN_PLACE = "u"
"""Marks the ids of actions that change their own message instead of adding one."""

_STYLES = {
    Style.PRIMARY: ButtonStyle.primary,
    Style.NORMAL: ButtonStyle.secondary,
    Style.DANGER: ButtonStyle.danger,
}

Row = ui.ActionRow[Any]
"""Buttons in a row, or one menu."""

_DIGITS = digits + ascii_lowercase

Turns = Callable[[Action], bool]
"""Returns whether an action changes its own message."""


@dataclass(slots=True)
class Namer:
    """Makes the custom ids of one message; no two are the same. `club`: the one that it speaks of."""

    turns: Turns
    club: str = ""
    given: int = 0

    def name(self, action: Action) -> str | None:
        """Return the id of an action; None if it is too long, and so should have been stored."""
        try:
            name = action_id(action)
        except ValueError:
            return None
        return self.distinct(name, IN_PLACE if self.turns(action) else "")

    def distinct(self, name: str, mark: str = "") -> str:
        """Append a number, by which an id differs from all others of the message."""
        self.given += 1
        high, low = divmod(self.given, 36)
        numbered = f"{name}#{mark}{_DIGITS[high % 36]}{_DIGITS[low]}"
        return named_club(numbered, self.club, limits.CUSTOM_ID)


def rows(actions: Iterable[Action], namer: Namer) -> list[Row]:
    """Arrange actions: buttons five to a row, then a menu for each choice; spoilers open by themselves."""
    actions = tuple(part for each in actions for part in _parted(each))
    buttons = [made for each in actions if (made := button(each, namer))]
    laid = [Row(*some) for some in _shares(buttons, limits.BUTTONS_IN_A_ROW)]
    for each in actions:
        if isinstance(each, Choice):
            laid += _choice(each, namer)
    return laid


def _parted(action: Action) -> Iterator[Action]:
    """Split a form too large for a modal: its fields with choices become menus."""
    if not isinstance(action, Form) or len(action.fields) <= limits.FORM_LABELS:
        yield action
        return
    chosen = {each.name: each for each in questions(action) if each.choices}
    rest = tuple(name for name in action.fields if name not in chosen)
    if rest:
        yield replace(action, fields=rest)
    for name, question in chosen.items():
        options = tuple(Option(each.capitalize(), each) for each in question.choices)
        yield Choice(question.label, options, action.command, name)


def button(action: Action, namer: Namer) -> ui.Button[Any] | None:
    """Make the button of an action; dots after its label announce a form. None for a choice.

    None for what shows folded words, too: they open where they stand.
    """
    if isinstance(action, Choice) or (isinstance(action, Button) and action.unfolds):
        return None
    name = namer.name(action)
    if name is None:
        return None
    style = action.style if isinstance(action, Button) else Style.NORMAL
    label = fitted(action.label, limits.BUTTON_LABEL - 1) or "…"
    dots = "…" if isinstance(action, Form) and not label.endswith("…") else ""
    return ui.Button(style=_STYLES[style], label=label + dots, custom_id=name)


def _choice(choice: Choice, namer: Namer) -> Iterator[Row]:
    fitting = [
        each for each in choice.options if 0 < limits.units(each.value) <= limits.OPTION_TEXT
    ]
    options = list({each.value: each for each in fitting}.values())
    for some in _shares(options, limits.OPTIONS):
        name = namer.name(choice)
        if name is not None:
            shown = [_option(each.label or each.value, each.value, each.detail) for each in some]
            yield _menu(name, choice.label, shown)


def menus(films: Iterable[tuple[str, Sequence[Action]]], namer: Namer) -> list[Row]:
    """Make a menu for each kind of action on films, each with its name, as the menus' options."""
    by_label: dict[str, list[SelectOption]] = {}
    laid: list[Row] = []
    for shown, actions in films:
        for action in actions:
            if isinstance(action, Choice):
                laid += _choice(action, namer)
            elif (value := namer.name(action)) is not None:
                by_label.setdefault(action.label, []).append(_option(shown, value))
    for label, options in by_label.items():
        for some in _shares(options, limits.OPTIONS):
            laid.append(_menu(namer.distinct(PICK), label, some))
    return laid


def _option(label: str, value: str, detail: str = "") -> SelectOption:
    return SelectOption(
        label=fitted(label, limits.OPTION_TEXT) or "…",
        value=value,
        description=fitted(detail, limits.OPTION_TEXT) or None,
    )


def _menu(name: str, label: str, options: list[SelectOption]) -> Row:
    placeholder = fitted(label, limits.PLACEHOLDER) or "…"
    return Row(ui.Select[Any](custom_id=name, placeholder=placeholder, options=options))


_T = TypeVar("_T")


def _shares(many: Sequence[_T], most: int) -> list[list[_T]]:
    """Split a sequence into as few lists of at most `most` as it takes, none much shorter."""
    count = -(-len(many) // most)
    size = -(-len(many) // count) if count else most
    return [list(many[start : start + size]) for start in range(0, len(many), size)]
