"""Film and words of what is added to a review of one's own: `add to my review of Spider-Man: No Way Home: the end`."""

import re
from collections.abc import Iterator

from bot.catalogue.titles.index import LONGEST_TITLE, TitleIndex
from bot.catalogue.titles.links import film_link
from bot.domain.words.patterns import lazy_pattern
from bot.intake.plain_talk.titles import is_misspelt
from bot.language.grammar.titles import unquoted

REVIEW = r"(?:review|words|text|comment|opinion|thoughts|notes?)"
"""What members call a review of theirs."""

_TO_MINE = lazy_pattern(
    r"(?:(?:please|pls|can\s+you|could\s+you|i\s+want\s+to|i['’]?d\s+like\s+to|ok|and|oh)[\s,]+)*(?:add|append|put|write|tack)"
    r"(?:\s+(?:this|that|the\s+following|these\s+words|a\s+(?:line|sentence|note)|something))?\s+(?:(?:on)?to|in|into)\s+my\s+(?=\S)",
    re.IGNORECASE,
)
_OF = lazy_pattern(rf"{REVIEW}\s+(?:of|for|on|about)\s+(?=\S)", re.IGNORECASE)
_BARE = lazy_pattern(rf"{REVIEW}(?!\w)", re.IGNORECASE)
_BEHIND = lazy_pattern(rf"\s+{REVIEW}(?!\w)", re.IGNORECASE)
_JOINT = lazy_pattern(r"\s*(?::|[–—-]\s|,|(?<=\s)that(?!\w))\s*(?=\S)", re.IGNORECASE)
"""What parts a film from the words about it; it may as well stand in the title."""


def film_and_words(said: str, titles: TitleIndex) -> tuple[str, str] | None:
    """Return the film that a line names, an empty one where it names none, and the words for its review.

    A title may hold whatever parts it from the words (`The Good, the Bad and the Ugly`): the longest that is
    known counts, so that nothing of a title becomes words about another film.
    """
    lead = _TO_MINE.match(said)
    if lead is None:
        return None
    text = said[lead.end() :].strip()
    if (bare := _BARE.match(text)) and (joint := _JOINT.match(text, bare.end())):
        return "", text[joint.end() :]
    of = _OF.match(text)
    if of and titles.is_title(text[of.end() :]):
        return None  # a title alone, without words
    behind = list(_named_behind(text, of.end())) if of else []
    before = list(_named_before(text))
    readings = (*behind, *before)
    known = [each for each in readings if _is_known(each[0], titles)]
    if known := known or [each for each in readings if is_misspelt(each[0], titles)]:
        longest = max(known, key=lambda each: len(each[0]))
        return _misspelt(behind, longest, titles) or longest
    # Of titles that are not known, a colon says most surely where they end.
    behind.sort(
        key=lambda each: not text[of.end() + len(each[0]) :].lstrip().startswith(":") if of else 0
    )
    return next(iter(behind), None) or next((each for each in before if ":" not in each[0]), None)


def _named_behind(text: str, start: int) -> Iterator[tuple[str, str]]:
    """Yield each way to read `review of heat: so good` behind the `of`."""
    for joint in _JOINT.finditer(text, start, start + LONGEST_TITLE):
        if film := text[start : joint.start()].strip(" ,"):
            yield film, text[joint.end() :]


def _named_before(text: str) -> Iterator[tuple[str, str]]:
    """Yield each way to read `heat review: so good`."""
    for review in _BEHIND.finditer(text):
        if joint := _JOINT.match(text, review.end()):
            yield text[: review.start()], text[joint.end() :]


def _is_known(film: str, titles: TitleIndex) -> bool:
    """Tell whether a text is a known title, or is marked as one."""
    return titles.is_title(film) or unquoted(film) != film.strip() or film_link(film) is not None


def _misspelt(
    readings: list[tuple[str, str]], known: tuple[str, str], titles: TitleIndex
) -> tuple[str, str] | None:
    """Return a longer title that is misspelt, and begins with the known one: `Spider-Man: No Way Hom: the end`."""
    for film, words in reversed(readings):
        longer = film.startswith(known[0]) and len(film) > len(known[0])
        if longer and is_misspelt(film, titles):
            return film, words
    return None
