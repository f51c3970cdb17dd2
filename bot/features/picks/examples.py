"""What is named as an example, and what only looks like one: `like game of thrones`, `like Super 8, kids on bikes`."""

import re

from bot.features.picks.wishes.reading.wishes import is_wish, phrase_from, says_something
from bot.grammar.titles import TitleCut

_EDGES = " \t\r\n,;"
ANYTHING = re.compile(
    r"\s*(?:anything|something|stuff|things|(?:an?\s+)?(?:film|movie)s?)\s+(?:with|w/?|that\s+(?:has|have|is|are)|about)\s+(?:an?\s+|the\s+|any\s+)?",
    re.IGNORECASE,
)
"""What follows `less like` before a quality rather than a film: `less like anything with a plot`."""

_WORD = re.compile(r"\s*(?P<word>[^\s,;.!?]+)")

_JOINING = re.compile(
    r"(?:and|or|but|with|from|for|in|by|on|not|no|without|like|only|just|&)", re.IGNORECASE
)
"""Words that go on after a film's title."""


def whole_title(text: str, at: int, cut: TitleCut | None) -> TitleCut | None:
    """Return a title, unless it is but the first word of a longer name: `game of thrones`, `jane austen`."""
    if not cut or cut.marked or " " in cut.film.strip() or text[cut.end - 1] in ",;":
        return cut
    after = _WORD.match(text, cut.end)
    if not after or _JOINING.fullmatch(after["word"]):
        return cut
    known = phrase_from(text, at)
    longer = known is not None and known >= after.end("word")
    named = not phrase_from(text, after.start("word"))
    of = after["word"].lower() == "of"
    return None if longer or of or (named and says_something(after["word"])) else cut


def is_told(text: str, at: int, cut: TitleCut | None) -> bool:
    """Tell whether a list of films goes on with what is no film: `like Super 8, kids on bikes, a monster`."""
    if cut and (cut.marked or not is_wish(cut.film.strip(_EDGES).lower())):
        return False
    item = text[at:].partition(",")[0]
    return bool(item.strip()) and phrase_from(text, at) is not None and " " in item.strip()
