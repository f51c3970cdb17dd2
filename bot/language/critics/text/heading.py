"""Heading of a review: the lines above its first paragraph, and the film they name."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates
from bot.language.critics.text.layout import Page, Span, in_a_line
from bot.language.critics.text.wordlists import CONJUNCTIONS, LEADING

_LONGEST_HEADING = 120
_MOST_LINES = 4
_MOST_WORDS = 8
"""Most words of a heading that ends in a full stop; a longer line is a sentence of the review."""

_WORDS = Templates("bot.language.critics.text", "heading.toml")
_REVIEWS = lazy_pattern(r".{3,60}\breviews\s+[\"'*_]*$")
_NAME = lazy_pattern(r"[A-ZÀ-Þ][\w.'-]*(?: [A-ZÀ-Þ][\w.'-]*){1,2}")
_GOES_ON = lazy_pattern(
    r":? (?!(?:review|kritik|critique|rezension|by|von|de|par)\b)[^\W_]|'s ",
    re.IGNORECASE,
)
_YEAR = lazy_pattern(r"[(\[,]\s*[^()\[\]\n]{0,60}?\b((?:18|19|20)\d\d)\b")


@dataclass(frozen=True, slots=True)
class Subject:
    """Title of a film that the heading or the text may be about, with a year in brackets, if any.

    `explicit`: the line marks it as a film, by a year, quotation marks or the word "review"; a
    person's name after "Review:" is not explicit, as it may be the critic's.
    """

    title: str
    year: int | None
    explicit: bool


def heading_lines(page: Page) -> tuple[Span, ...]:
    """Return the short lines before the first paragraph."""
    found: list[Span] = []
    for line in page.lines[:_MOST_LINES]:
        if len(line.text) > _LONGEST_HEADING:
            break
        if line.text[-1] not in ".!?" or len(line.text.split()) <= _MOST_WORDS:
            found.append(line)
    return tuple(found) if len(page.lines) > len(found) else tuple(found[:1])


def is_labelled(line: Span) -> bool:
    """Tell whether a line calls the text a review."""
    return bool(_labelled().search(line.text))


def is_subject(line: Span, start: int, end: int) -> bool:
    """Tell whether the stretch from `start` to `end` is the whole subject of the heading."""
    before, after = line.text[: start - line.start], line.text[end - line.start :]
    opens = _before().fullmatch(before) or _REVIEWS.fullmatch(before)
    return bool(opens) and not _GOES_ON.match(after)


def read_subject(page: Page) -> Subject | None:
    """Return the film that the heading names, in the catalogue or not."""
    for line in heading_lines(page):
        if _no_subject().match(line.text) or line.text.endswith("."):
            continue
        rest = line.text[_end_of(_before().match(line.text)) :]
        title = _after().sub("", rest).strip(" \"'*_#:.,")
        if title and len(title.split()) <= 10:
            year = _YEAR.search(line.text)
            named = bool(_NAME.fullmatch(title)) and rest != line.text
            explicit = bool(year) or (not named and (rest != line.text or is_labelled(line)))
            return Subject(title, int(year[1]) if year else None, explicit)
    return None


def read_shown(page: Page, known: Collection[int]) -> Subject | None:
    """Return the film that the text announces as shown or released, if named more than once.

    `known`: offsets at which known titles end, which are passed over.
    """
    for match in _shown().finditer(page.text):
        if match.end("title") in known:
            continue
        words = match["title"].split()
        while words and words[0].casefold() in CONJUNCTIONS:
            words = words[1:]
        title = " ".join(words)
        if set(title.casefold().split()) - LEADING and page.text.count(title) > 1:
            return Subject(title, None, explicit=False)
    return None


def _end_of(match: re.Match[str] | None) -> int:
    return match.end() if match else 0


def _words(name: str) -> str:
    return in_a_line(_WORDS.words(name))


@cache
def _before() -> re.Pattern[str]:
    """Return the pattern of what may stand before a film's title: `Film review:`, `Im Kino:`."""
    label = rf"{_words('review')}\s*(?:of\b|:|—|-|\|)\s*"
    where = rf"{_words('where it runs')} ?: ?|critique du film\s*"
    return _compiled(rf"[\"'#*_>\s]*(?:{label}|{where})?[\"'*_\s]*")


@cache
def _labelled() -> re.Pattern[str]:
    return _compiled(rf"\b{_words('review')}\b")


@cache
def _after() -> re.Pattern[str]:
    signs = r"[\"*_#★☆⭐½]|[(\[]|\||—|\s-\s|:\s"
    by = r",?\s(?:by|de|von|par)\s[A-Z]"
    return _compiled(rf"\s*(?:{signs}|{_words('review')}\b|{by}).*$|\s*[,.]\s*$")


@cache
def _no_subject() -> re.Pattern[str]:
    return _compiled(rf"\W*(?:{_words('no subject')}|\d+[.)]\s|\(\d+[A-Z]?\))\b|[\W\d_]*$")


@cache
def _shown() -> re.Pattern[str]:
    """Return the pattern of a title and words that tell where it is shown; capitals matter."""
    capital = r"[A-ZÀ-Þ0-9][\w'&-]*"
    title = rf"(?P<title>{capital}(?: (?:{_words('small word')} )*{capital}){{0,8}})"
    return re.compile(rf"(?<![\w']){title} {_words('is shown')}\b")


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
