"""Films of the kind of one that is named: `pulp fiction kind of thing`, `something with fargo energy`."""

import re
from functools import cache

from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates
from bot.language.grammar.titles import KnownTitles
from bot.language.wishes.reading.wishes import is_wish

EDGES = " \t\r\n,;"
"""Characters around the text of a clause that do not belong to it."""

_WORD = lazy_pattern(r"\S+")
_KIND = Templates("bot.language.wishes.sentences", "templates/of_its_kind.toml")
_HAVING = lazy_pattern(
    r"(?<!\S)(?:with|has|have|having)\s+(?:(?:the|an?|that|some)\s+)?$", re.IGNORECASE
)
"""What stands before such a film: `something with fargo energy`."""


@cache
def _of_its_kind() -> re.Pattern[str]:
    """Return the pattern of what follows a film of whose kind others should be: `pulp fiction kind of thing`."""
    relatives = rf"\s+{_KIND.words('and_relatives')}(?=\W*$)"
    return re.compile(rf"(?:{_KIND.words('kind')}|{relatives})(?!\w)", re.IGNORECASE)


@cache
def _part_of_name() -> re.Pattern[str]:
    """Return the pattern of what makes a film's title the end of a longer name: `not squid game style`."""
    denied = r"(?:not|no|nothing|without)\s+(?:[^\s,;.!?]+\s+)?$"
    word = rf"(?<![^\s,;.!?])(?!{_KIND.words('no_name')}\s)[a-z]{{4,}}\s+$"
    return re.compile(rf"{denied}|{word}", re.IGNORECASE)


def of_its_kind(line: str, titles: KnownTitles) -> str:
    """Say films of a film's kind as a clause: `pulp fiction kind of thing` as `like pulp fiction`."""
    found = _of_its_kind().search(line)
    if not found:
        return line
    for word in _WORD.finditer(line, 0, found.start()):
        film = line[word.start() : found.start()]
        if titles.is_title(film) and not is_wish(film.lower()):
            if _part_of_name().search(line, 0, word.start()) and " " not in film:
                return line  # `squid game style`
            rest = line[found.end() :].lstrip(EDGES)
            before = _HAVING.sub("", line[: word.start()])
            return f"{before}like {film.rstrip(EDGES)}, {rest}"
    return line
