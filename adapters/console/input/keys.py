"""Keys that press a reply's actions: `2`, `3b` (film 3, second action), `4.1`, `m1` (a message's)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from string import ascii_lowercase

from bot.messages.replies import Action, Actions, Block, Choice, FilmList, Option, Reply


@dataclass(frozen=True, slots=True)
class ChosenOption:
    """One option of a choice, with the choice itself."""

    choice: Choice
    option: Option


Pressable = Action | ChosenOption
KeyRow = tuple[tuple[str, Action], ...]
"""Keys with their actions, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class ActionKeys:
    """The keys of one reply.

    `films`: by the number of a block that lists films, a row for each of its films. `below`: those
    of all other actions. `lettered`: the number of the block whose films' keys are their own
    numbers with a letter; a number alone opens its film, where `opened` by that choice.
    """

    films: Mapping[int, tuple[KeyRow, ...]]
    below: KeyRow
    lettered: int | None = None
    opened: Choice | None = None

    @property
    def rows(self) -> list[KeyRow]:
        """Rows of the films, then the one below."""
        return [*(row for rows in self.films.values() for row in rows), self.below]

    @property
    def pressable(self) -> dict[str, Pressable]:
        """Every action by its key, and every option of a choice by its own."""
        found: dict[str, Pressable] = {}
        if opened := self.opened:
            options = enumerate(opened.options, start=1)
            found |= {str(place): ChosenOption(opened, option) for place, option in options}
        for key, action in (pair for row in self.rows for pair in row):
            found[key] = action
            if isinstance(action, Choice):
                options = enumerate(action.options, start=1)
                found |= {
                    f"{key}.{place}": ChosenOption(action, option) for place, option in options
                }
        return found


def keys_of(reply: Reply, former: int = 0) -> ActionKeys:
    """Assign a key to every action of a reply; numbers begin after `former`."""
    lettered = next((n for n, films in _lists(reply) if films.numbered and _few(films)), None)
    lists = dict(_lists(reply))
    # Other keys begin after the last film's number, which must not press something else.
    first = len(lists[lettered].items) + 1 if lettered is not None else former + 1
    return _keys(reply, (str(number) for number in count(first)), lettered)


def last_number(keys: Iterable[str]) -> int:
    """Return the highest number that a key begins with; 0 where there is none."""
    found = (re.match(r"\d+", key) for key in keys)
    return max((int(each[0]) for each in found if each), default=0)


def message_keys(reply: Reply, former: int) -> ActionKeys:
    """Assign keys to the actions of a delivered message, after `former` others: `m3`.

    Unlike those of a reply they stay valid after the next reply.
    """
    return _keys(reply, (f"m{number}" for number in count(former + 1)), None)


def _keys(reply: Reply, fresh: Iterator[str], lettered: int | None) -> ActionKeys:
    films = {
        number: _letters(block) if number == lettered else _numbers(block, fresh)
        for number, block in _lists(reply)
    }
    opened = next((each.choice for n, each in _lists(reply) if n == lettered), None)
    below = [
        each
        for n, block in enumerate(reply.blocks)
        for each in _below(block, lettered=n == lettered)
    ]
    return ActionKeys(films, _row(fresh, below), lettered, opened)


def _below(block: Block, *, lettered: bool) -> tuple[Action, ...]:
    """Return the actions of a block that stand below all of a reply."""
    match block:
        case Actions(actions):
            return actions
        case FilmList(choice=Choice() as choice) if not lettered:
            return (choice,)
    return ()


def _lists(reply: Reply) -> Iterator[tuple[int, FilmList]]:
    for number, block in enumerate(reply.blocks):
        if isinstance(block, FilmList):
            yield number, block


def _few(films: FilmList) -> bool:
    most = max((len(each.actions) for each in films.items), default=0)
    return bool(films.choice or most) and most <= len(ascii_lowercase)


def _letters(films: FilmList) -> tuple[KeyRow, ...]:
    return tuple(
        _row((f"{place}{letter}" for letter in ascii_lowercase), item.actions)
        for place, item in enumerate(films.items, start=1)
    )


def _numbers(films: FilmList, fresh: Iterator[str]) -> tuple[KeyRow, ...]:
    return tuple(_row(fresh, item.actions) for item in films.items)


def _row(fresh: Iterator[str], actions: Iterable[Action]) -> KeyRow:
    return tuple((next(fresh), action) for action in actions)
