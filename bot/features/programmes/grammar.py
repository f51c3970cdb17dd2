"""Grammars of `/bridge` and `/season`: two titles; a wish and a number of films."""

import re
from dataclasses import replace

from bot.domain.words.patterns import lazy_pattern
from bot.features.programmes.commands import BridgeCommand, SeasonCommand
from bot.language.grammar.reading import Reading
from bot.language.grammar.titles import cut_title, unquoted
from bot.messages.commands import Command

_COUNT = lazy_pattern(r"\s+(?P<count>\d)\s*$")
_FROM = lazy_pattern(r"^\s*(?:from|between)\s+(?=\S)", re.IGNORECASE)
_JOINT = lazy_pattern(r"\s*(?:,|\||->|→|…|\.\.\.|\b(?:to|and|with)\b)\s*", re.IGNORECASE)
_FILMS = lazy_pattern(
    r"(?<![\w.])(?P<count>\d{1,2})(?:\s+(?:films?|movies?|nights?|weeks?|of\s+them))?(?=\s|,|$)",
    re.IGNORECASE,
)
_A_LENGTH = lazy_pattern(
    r"(?:under|over|than|most|least|about|from|since|before|after)\s*$", re.IGNORECASE
)
_QUOTED = lazy_pattern(r"[\"“„«](?P<wish>[^\"”“»]+)[\"”“»]")


def parse_bridge(text: str, reading: Reading) -> Command:
    """Read `"Paddington 2" "All of Us Strangers"`, `Alien to Carol`, and a number of steps behind them."""
    text = text.strip()
    command = BridgeCommand()
    if (found := _COUNT.search(text)) and not reading.titles.is_title(text):
        ahead = text[: found.start()]
        _, arrival = _two(ahead, reading)
        if arrival and not reading.titles.is_title(f"{arrival} {found['count']}"):
            command, text = replace(command, count=int(found["count"])), ahead
    first, last = _two(text, reading)
    return replace(command, first=first, last=last)


def _two(text: str, reading: Reading) -> tuple[str, str]:
    """Cut a text into two titles; the second is empty where only one was given."""
    bare = _FROM.sub("", text, count=1)
    for typed in dict.fromkeys((text, bare)):
        cut = cut_title(typed, 0, len(typed), reading.titles)
        if cut is not None:
            rest = typed[cut.end :]
            joint = _JOINT.match(rest)
            return cut.film, unquoted(rest[joint.end() :] if joint else rest)
    left, _, right = _JOINT.sub("\0", bare, count=1).partition("\0")
    return unquoted(left), unquoted(right)


def parse_season(text: str, _: Reading) -> Command:
    """Read `"grief and ghosts" 6 under 130m`: a number by itself is that of the films."""
    text = text.strip()
    count = None
    for found in _FILMS.finditer(text):
        if not _A_LENGTH.search(text[: found.start()]):
            count = int(found["count"])
            text = f"{text[: found.start()]} {text[found.end() :]}"
            break
    wish = _QUOTED.sub(lambda quoted: f"{quoted['wish']},", text)
    wish = re.sub(r"\s*,[\s,]*", ", ", " ".join(wish.split())).strip(" ,")
    return SeasonCommand(wish) if count is None else SeasonCommand(wish, count)
