"""What is said of picks that were shown by their numbers: `add 2 to my list`, `seen 2 and 4`, `more like 3`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates
from bot.features.films.commands import FilmCommand
from bot.features.picks.commands import MarkTitleCommand, RecommendCommand
from bot.features.watchlist.commands import WatchlistCommand
from bot.intake.plain_talk.phrases.phrases import LONGEST
from bot.intake.plain_talk.tidying import tidied, without_address
from bot.messages.commands import Command
from bot.request.lookup.films import BY_ID
from bot.request.recent import ShownPicks

_NUMBER = r"(?:(?:numbers?|no\.|nr\.?|#)\s?)?\d{1,2}"
_SAID = Templates(
    "bot.intake.plain_talk.in_context.shown",
    "numbered.toml",
    {"numbers": rf"{_NUMBER}(?:(?:\s?(?:,|&|\+)\s?(?:and\s)?|\sand\s|\s){_NUMBER}){{0,9}}"},
)
_DIGITS = lazy_pattern(r"\d+")

Meaning = Callable[[Sequence[str], RecommendCommand], Command]

_MEANINGS: Mapping[str, Meaning] = MappingProxyType(
    {
        "keep": lambda films, _: WatchlistCommand("add", films[0], others=tuple(films[1:])),
        "seen": lambda films, _: MarkTitleCommand(films[0], "seen", tuple(films[1:])),
        "never": lambda films, _: MarkTitleCommand(films[0], "never", tuple(films[1:])),
        "show": lambda films, _: FilmCommand(films[0]),
        "like": lambda films, _: RecommendCommand(like=tuple(films)),
        "unlike": lambda films, last: replace(last, unlike=(*last.unlike, *films), page=1),
    }
)


def of_numbered(line: str, last: ShownPicks) -> Command | None:
    """Return what a line says of the picks by their numbers; None for another line, or a number that none has."""
    if len(line) > LONGEST:
        return None
    said = tidied(without_address(line))
    for name, meaning in _MEANINGS.items():
        if found := _SAID[name].match(said):
            places = [int(each) for each in _DIGITS.findall(found["numbers"])]
            if not all(1 <= each <= len(last.shown) for each in places):
                return None
            films = [f"{BY_ID}{last.shown[each - 1]}" for each in dict.fromkeys(places)]
            return meaning(films, last.command)
    return None
