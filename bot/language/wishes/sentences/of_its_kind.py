"""Films of the kind of one that is named: `pulp fiction kind of thing`, `something with fargo energy`."""

import re

from bot.language.grammar.titles import KnownTitles
from bot.language.wishes.reading.wishes import is_wish

EDGES = " \t\r\n,;"
"""Characters around the text of a clause that do not belong to it."""

_WORD = re.compile(r"\S+")
_OF_ITS_KIND = re.compile(
    r"(?:\s+(?:(?:kind|sort|type)\s*(?:of|a)?\s+(?:things?|films?|movies?|stuff|vibes?|story|flick|picture)|(?:kinda|sorta|style|level|like|esque)\s+(?:thing|film|movie|stuff|vibes?|story)"
    r"|(?:and|&|n)\s+(?:(?:its|the|his|her|their|all\s+its)\s+)?(?:cousins?|kin|ilk|siblings|sisters|relatives|friends|likes?|company|co|such|similar(?:\s+\w+)?|others?\s+like\s+(?:it|that))(?=\W*$)"
    r"|(?:kind|sort|type)\s+of(?=\s+[a-z])|vibes?|energy|feel|style|esque|ish|type|clones?|rip[\s-]?offs?)|-(?:esque|like|ish|style|type)(?:\s+(?:film|movie|thing|stuff|story))?)(?!\w)",
    re.IGNORECASE,
)
"""What follows a film of whose kind others should be: `pulp fiction kind of thing`."""

_HAVING = re.compile(
    r"(?<!\S)(?:with|has|have|having)\s+(?:(?:the|an?|that|some)\s+)?$", re.IGNORECASE
)
"""What stands before such a film: `something with fargo energy`."""

_PART_OF_NAME = re.compile(
    r"(?:not|no|nothing|without)\s+(?:[^\s,;.!?]+\s+)?$|(?<![^\s,;.!?])(?!(?:some|something|a|an|the|that|this|with|in|more|any|my|of|and|or|kinda|real|proper|total|full|good|new|old)\s)[a-z]{4,}\s+$",
    re.IGNORECASE,
)


def of_its_kind(line: str, titles: KnownTitles) -> str:
    """Say films of a film's kind as a clause: `pulp fiction kind of thing` as `like pulp fiction`."""
    found = _OF_ITS_KIND.search(line)
    if not found:
        return line
    for word in _WORD.finditer(line, 0, found.start()):
        film = line[word.start() : found.start()]
        if titles.is_title(film) and not is_wish(film.lower()):
            if _PART_OF_NAME.search(line, 0, word.start()) and " " not in film:
                return line  # `squid game style`
            rest = line[found.end() :].lstrip(EDGES)
            before = _HAVING.sub("", line[: word.start()])
            return f"{before}like {film.rstrip(EDGES)}, {rest}"
    return line
