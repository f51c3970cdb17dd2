"""What to type to press an action: `2`, `3b` (pick 3, second action), `4.1`, `m1` (a message's)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import ascii_lowercase

from bot.replies import Action, Actions, Choice, FilmItem, FilmList, Option, Reply


@dataclass(frozen=True, slots=True)
class Chosen:
    """One option of a choice."""

    choice: Choice
    option: Option


Pressable = Action | Chosen


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one reply: of each action, and of all that can be pressed."""

    by_action: tuple[tuple[Action, str], ...]
    pressable: Mapping[str, Pressable]
    lettered: FilmList | None

    def of(self, action: Action) -> str:
        """Return the key of an action of this very reply."""
        return next(key for each, key in self.by_action if each is action)


def keys_of(reply: Reply) -> Keys:
    """Give every action of a reply a key, in the order in which they are shown."""
    lettered = _lettered(reply)
    return _keys(tuple(_pairs(reply, lettered)), lettered)


def message_keys(reply: Reply, former: int) -> Keys:
    """Give the actions of what is said unasked keys of their own, after `former` others: `m3`.

    They stay as they are while answers come and go with theirs.
    """
    actions = (action for action, _ in _pairs(reply, None))
    return _keys(tuple((each, f"m{n}") for n, each in enumerate(actions, former + 1)), None)


def _keys(pairs: tuple[tuple[Action, str], ...], lettered: FilmList | None) -> Keys:
    pressable: dict[str, Pressable] = {}
    for action, key in pairs:
        pressable[key] = action
        if isinstance(action, Choice):
            options = enumerate(action.options, start=1)
            pressable |= {f"{key}.{place}": Chosen(action, option) for place, option in options}
    return Keys(pairs, pressable, lettered)


def _lettered(reply: Reply) -> FilmList | None:
    """Find the first numbered list whose items have actions: they get the item's number."""
    lists = (each for each in reply.blocks if isinstance(each, FilmList))
    return next((each for each in lists if each.numbered and _few(each.items)), None)


def _few(items: tuple[FilmItem, ...]) -> bool:
    most = max((len(each.actions) for each in items), default=0)
    return 0 < most <= len(ascii_lowercase)


def _pairs(reply: Reply, lettered: FilmList | None) -> Iterator[tuple[Action, str]]:
    number = len(lettered.items) if lettered else 0  # a film's number must not press something else
    for block in reply.blocks:
        if block is lettered and lettered is not None:
            yield from _letters(lettered)
            continue
        actions: tuple[Action, ...] = ()
        if isinstance(block, Actions):
            actions = block.actions
        elif isinstance(block, FilmList):
            actions = tuple(action for item in block.items for action in item.actions)
        for action in actions:
            number += 1
            yield action, str(number)


def _letters(films: FilmList) -> Iterator[tuple[Action, str]]:
    for place, item in enumerate(films.items, start=1):
        for letter, action in zip(ascii_lowercase, item.actions, strict=False):
            yield action, f"{place}{letter}"
