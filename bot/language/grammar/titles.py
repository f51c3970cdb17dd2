"""Titles at the beginning of a text: quoted, linked, or known; and where they end."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from bot.catalogue.titles.index import LONGEST_TITLE
from bot.catalogue.titles.links import film_link
from bot.domain.errors import UsageError
from bot.domain.words.patterns import lazy_pattern

MOST_WORDS = 45
"""Most words of a title; the longest known have about forty."""

_OPENING = '"“”„«»‟＂'
_CLOSING = '"“”«»‟＂'
_SINGLE_OPENING = "'‘‚‹"
_SINGLE_CLOSING = "'’›"
_QUOTED = lazy_pattern(rf"[{_OPENING}](?P<title>[^{_CLOSING}\n]{{1,{LONGEST_TITLE}}})[{_CLOSING}]")
_SINGLE_QUOTED = lazy_pattern(
    rf"[{_SINGLE_OPENING}](?P<title>[^\n]{{1,{LONGEST_TITLE}}}?)[{_SINGLE_CLOSING}](?=[\s|,]|$)"
)
_BLANKS = lazy_pattern(r"\s*")
_WORD = lazy_pattern(r"\S+")
# Keys of titles hold no symbols, so stars after a title would count as part of it.
_LETTERS_OR_STOPS = lazy_pattern(r"\w|\s[?!.…,;:]+$")
_YEAR = lazy_pattern(r"\s*[(\[]\d{4}[)\]](?=\s|[|,]|$)")

_OUT_OF = lazy_pattern(r"\s*(?:/|out\s+of\s)\s*(?:5|10|100|five|ten)(?!\w)", re.IGNORECASE)
"""What makes the number before it a rating: `Alien 4 out of 5` is not *Alien Resurrection*."""


class KnownTitles(Protocol):
    """Titles of the films that are known."""

    def is_title(self, text: str) -> bool:
        """Tell whether the whole text is a film's title, alone or with its year."""


class Misread(UsageError):
    """Text that cannot be understood; `typed` holds all of it, so that nothing is lost."""

    def __init__(self, *parts: object, typed: str) -> None:
        """Keep the parts of the message, and the whole typed text."""
        super().__init__(*parts)
        self.typed = typed


@dataclass(frozen=True, slots=True)
class TitleCut:
    """Title at the beginning of a text, the offset of its end, and whether it is delimited.

    Quotes, an id and an address delimit a title (`marked`): nothing after them belongs to it.
    """

    film: str
    end: int
    marked: bool


def cut_title(text: str, start: int, end: int, titles: KnownTitles) -> TitleCut | None:
    """Find the title that text[start:end] begins with: quoted, an address, or a known one."""
    cut = (
        _quoted(text, start, end)
        or _linked(text, start, end)
        or _known(text, start, end, titles)
        or _single_quoted(text, start, end)
    )
    return _with_year(text, cut, end) if cut else None


def _quoted(text: str, start: int, end: int) -> TitleCut | None:
    found = _QUOTED.match(text, start, end)
    return TitleCut(found["title"].strip(), found.end(), marked=True) if found else None


def _single_quoted(text: str, start: int, end: int) -> TitleCut | None:
    """Read a title in single quotes, tried last, as known titles begin with an apostrophe."""
    found = _SINGLE_QUOTED.match(text, start, end)
    return TitleCut(found["title"].strip(), found.end(), marked=True) if found else None


def _linked(text: str, start: int, end: int) -> TitleCut | None:
    word = next(word_ends(text, start, end), start)
    named = text[start:word].rstrip(",;")
    return TitleCut(named, start + len(named), marked=True) if film_link(named) else None


def _known(text: str, start: int, end: int, titles: KnownTitles) -> TitleCut | None:
    at = longest_title(text, start, end, titles)
    if at is None:
        return None
    bare = text[start:at].rstrip(",;:")
    film = bare if titles.is_title(bare) else text[start:at]
    return TitleCut(film, at, marked=False)


def longest_title(
    text: str, start: int, end: int, titles: KnownTitles, beyond: int = 0
) -> int | None:
    """Return the end of the longest known title that begins at `start` and ends after `beyond`."""
    ends = list(islice(word_ends(text, start, end), MOST_WORDS))
    for before, at in zip(reversed([start, *ends[:-1]]), reversed(ends), strict=False):
        if at <= beyond:
            return None
        ends_in_symbols = before > start and not _LETTERS_OR_STOPS.search(text, before, at)
        rated = _OUT_OF.match(text, at, end) is not None and text[before:at].strip().isdigit()
        if not (ends_in_symbols or rated) and titles.is_title(text[start:at]):
            return at
    return None


def quote_end(text: str, start: int) -> int | None:
    """Return the end of a quotation that begins at `start`."""
    found = _QUOTED.match(text, start)
    return found.end() if found else None


def _with_year(text: str, cut: TitleCut, end: int) -> TitleCut:
    """Add a year in brackets after the title to the cut."""
    year = _YEAR.match(text, cut.end, end)
    if not year:
        return cut
    return TitleCut(f"{cut.film} {year[0].strip()}", year.end(), cut.marked)


def word_ends(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the ends of words in text[start:end], as far as a title may reach."""
    reach = min(end, start + LONGEST_TITLE + 1)
    for found in _WORD.finditer(text, start, reach):
        if found.end() < reach or reach == end:
            yield found.end()


def skip_blanks(text: str, start: int, end: int) -> int:
    """Return the end of the blanks after `start`."""
    found = _BLANKS.match(text, start, end)
    return found.end() if found else start


def unquoted(text: str) -> str:
    """Return a text without the quotes that enclose all of it, if any."""
    text = text.strip()
    for form in (_QUOTED, _SINGLE_QUOTED):
        if found := form.fullmatch(text):
            return found["title"].strip()
    return text
