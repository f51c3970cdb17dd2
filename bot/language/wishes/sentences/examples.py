"""What is named as an example, and what only looks like one: `like game of thrones`, `like Super 8, kids on bikes`."""

import re

from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates
from bot.language.grammar.titles import TitleCut
from bot.language.wishes.reading.wishes import is_wish, phrase_from, says_something
from bot.language.wishes.sentences.of_its_kind import EDGES

_KIND = Templates("bot.language.wishes.sentences", "templates/of_its_kind.toml")
_WORD = lazy_pattern(r"\s*(?P<word>[^\s,;.!?]+)")

_JOINING = lazy_pattern(
    r"(?:and|or|but|with|from|for|in|by|on|not|no|without|like|only|just|&)", re.IGNORECASE
)
"""Words that go on after a film's title."""


def after_anything_with(text: str) -> int | None:
    """Return where a quality begins after `less like`, rather than a film: `less like anything with a plot`."""
    found = _KIND["anything_with"].match(text)
    return found.end() if found else None


def whole_title(text: str, at: int, cut: TitleCut | None) -> TitleCut | None:
    """Return a title, unless it is but the first word of a longer name: `game of thrones`, `jane austen`."""
    if not cut or cut.marked or not cut.film.strip().isalpha() or text[cut.end - 1] in ",;":
        return cut
    after = _WORD.match(text, cut.end)
    if not after or _JOINING.fullmatch(after["word"]):
        return cut
    known = phrase_from(text, at)
    longer = known is not None and known >= after.end("word")
    return None if longer or after["word"].lower() == "of" or _is_surname(text, after) else cut


def _is_surname(text: str, word: re.Match[str]) -> bool:
    """Tell whether a word that means nothing ends what is named."""
    following = _WORD.match(text, word.end())
    ends = not following or text[word.end()] in ",;.!?" or _JOINING.fullmatch(following["word"])
    named = word["word"].isalpha() and not phrase_from(text, word.start("word"))
    return bool(ends) and named and says_something(word["word"])


def goes_on_without_a_film(text: str, at: int, cut: TitleCut | None) -> bool:
    """Tell whether a list of films goes on with what is no film: `like Super 8, kids on bikes, a monster`."""
    item = text[at:].partition(",")[0].strip()
    if cut:
        film = cut.film.strip(EDGES)
        after = _WORD.match(item, len(film))
        if (
            cut.marked
            or not after
            or _JOINING.fullmatch(after["word"])
            or not is_wish(film.lower())
        ):
            return False
    return " " in item and phrase_from(text, at) is not None
