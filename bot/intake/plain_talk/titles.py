"""Titles inside plain talk: known ones, likely misspelt ones, and words that only look like titles."""

import re

from bot.catalogue.titles.index import TitleIndex
from bot.domain.words.patterns import lazy_pattern
from bot.intake.plain_talk.tidying import is_closed_politely
from bot.language.grammar.titles import quote_end, unquoted
from bot.language.wishes.reading.wishes import is_wish

NO_TITLES = frozenset(
    """it that this they he she i we you me him them what who which one ones something anything nothing film films
    movie movies there here then now so and or but not yes no ok okay all any some the a an is was be do did does
    if in on at of to for with from by as my your our their its his how when where why more most again too also
    today tonight tomorrow yesterday home good great nice bad best new old review reviews list watchlist help
    please thanks hello hi hey everyone everybody anyone people club matinee bot time night saw later thing things what's it's
    hours minutes favourite favorite friday saturday sunday monday tuesday wednesday thursday would will can could
    should i'm we're you're let's don't not never never next last first second third new more less other another""".split()
)
"""Words that are titles, too, but mean themselves inside a sentence."""

_POINTING = frozenset({"this", "next", "last", "every", "each"})
"""Words before a day or a thing, which is then no title, unless it is written as one."""

_ENDS = " \t\r\n,;:.!?…<>=+~"
_WORD = lazy_pattern(r"\S+")
_MOST_WORDS = 8
_MISSPELT_WORDS = 8
_LONGEST = 200
"""Characters of a text that may be a misspelt title."""

_MOST_FILMS = 3
_MOST_LISTED = 5
_ARTICLE = lazy_pattern(r"(?:the|a|an)\s+", re.IGNORECASE)
"""What makes a thing of a title in small letters: `the house`."""

_LISTED = lazy_pattern(
    r"\s*(?:,|;|\s(?:and|und|et|y|e|&|\+)\s(?:\s*(?:also|then|maybe)\s)?)\s*", re.IGNORECASE
)
_SHORT_LINE = 7
_SHORTEST_LINE = 4
_ABOUT = lazy_pattern(r"(?:the\s+)?(?:film|movie)\s+(?=\S)", re.IGNORECASE)


def named(text: str, titles: TitleIndex) -> str | None:
    """Return the title that a whole text is, known or surely misspelt; None if it is none."""
    if is_wish(text):
        return None
    for each in (text, text.strip(_ENDS), _ABOUT.sub("", text.strip(_ENDS), count=1)):
        quoted = quote_end(each, 0) == len(each) and bool(each)
        if quoted or (each.lower() not in NO_TITLES and titles.is_title(each)):
            return unquoted(each)
    bare = text.strip(_ENDS)
    return bare if is_misspelt(bare, titles) else None


def is_misspelt(text: str, titles: TitleIndex) -> bool:
    """Tell whether a text is surely a known title, only spelt otherwise or cut short."""
    words = text.split()
    if not 4 <= len(text) <= _LONGEST or len(words) > _MISSPELT_WORDS or text.lower() in NO_TITLES:
        return False
    if is_wish(text) or is_closed_politely(text):
        return False
    near = titles.near(text)
    return bool(near) and near[0].sure


def listed(text: str, titles: TitleIndex) -> tuple[str, ...]:
    """Return the known titles that a whole text lists, two to five: `heat, amelie and alien`; else none.

    Beside a title that can be nothing else, a word of wishes is a title, too, if there is one.
    """
    parts = [each.strip(_ENDS) for each in _LISTED.split(text.strip(_ENDS))]
    found = {each: named(each, titles) for each in parts if each}
    if any(found.values()):
        found |= {each: each for each in found if titles.is_title(each) and each not in NO_TITLES}
    films = tuple(dict.fromkeys(each for each in found.values() if each))
    return films if len(films) == len(found) and 2 <= len(films) <= _MOST_LISTED else ()


def mentioned(line: str, titles: TitleIndex) -> tuple[str, ...]:
    """Return the known titles inside a line, longer ones first, of words that no other one holds.

    A single word in small letters counts only in a short line, or at its end.
    """
    words = list(_WORD.finditer(line))[:40]
    found: list[str] = []
    taken: set[int] = set()
    for length in range(min(_MOST_WORDS, len(words)), 0, -1):
        for first in range(len(words) - length + 1):
            text = line[words[first].start() : words[first + length - 1].end()].strip(_ENDS)
            places = set(range(first, first + length))
            if places & taken or not _is_mention(text, places, words, titles):
                continue
            taken |= places
            found.append(text)
    return tuple(dict.fromkeys(found))[:_MOST_FILMS]


def _is_mention(
    text: str, places: set[int], words: list[re.Match[str]], titles: TitleIndex
) -> bool:
    if (
        len(text) < 2
        or text.isdigit()
        or text.lower() in NO_TITLES
        or is_wish(text)
        or not titles.is_title(text)
    ):
        return False
    bare = _ARTICLE.sub("", text)
    if len(places) > 1 and not (bare != text and " " not in bare and bare.islower()):
        return any(word.lower() not in NO_TITLES for word in text.split())
    before = words[min(places) - 1][0].lower() if 0 not in places else ""
    if before in _POINTING and text[:1].islower():
        return False  # `this weekend`
    at_end = len(words) <= _SHORT_LINE and len(words) - 1 in places
    return len(words) <= _SHORTEST_LINE or at_end or (text[:1].isupper() and 0 not in places)
