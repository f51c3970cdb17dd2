"""Grammar of `review`: film [year] [rating] [| text] {flag}; the title's end decides what is text."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from bot.domain.words.patterns import lazy_pattern
from bot.features.reviews.commands import ReviewCommand
from bot.features.reviews.own_words.flags import MOST_FLAGS, flag_at, flags_inside, last_flags
from bot.language.grammar.ratings import TypedRating, bare_rating, first_rating, rating_at
from bot.language.grammar.reading import Habits, Reading
from bot.language.grammar.titles import KnownTitles, cut_title, quote_end, skip_blanks

_LOOKED_AT = 2_000
"""Characters in which the end of an unknown title is searched."""

_SEPARATOR = lazy_pattern(r"(?<!\|)\|(?!\|)|\|\||\n")
_FLAG_START = lazy_pattern(r"(?<!\S)(?:--|—|–|―)[a-z]", re.IGNORECASE)
_AFTER_RATING = lazy_pattern(r"\s*(?:[,;:](?=\s|$)|\.(?=\s|$)|[-–—](?=\s|$))?\s*(?:\|(?!\|))?\s*")
_LONE_DASH = lazy_pattern(r"\s*(?:[-–—:,;]+(?=\s))?\s*")
_BAR = lazy_pattern(r"\s*(?:\|(?!\|))?\s*")


@dataclass(frozen=True, slots=True)
class _Reader:
    """The line, the end of the part before trailing flags, and the knowledge it is read with."""

    line: str
    end: int
    titles: KnownTitles
    habits: Habits


@dataclass(slots=True)
class _Head:
    """The part before the text, read up to `at`; `doubted`: whether a number may be its rating."""

    at: int
    stop: int
    marked: bool = False
    doubted: bool = False
    rating: TypedRating | None = None
    fields: dict[str, Any] = field(default_factory=dict)


def parse_review(line: str, reading: Reading) -> ReviewCommand:
    """Read what was typed after `review`: a review to save, or a film to read about."""
    flags = last_flags(line, 0, len(line), reading.habits)
    reader = _Reader(line, flags.end, reading.titles, reading.habits)
    start = skip_blanks(line, 0, flags.end)
    stop = _separator(line, quote_end(line, start) or start, flags.end)
    cut = cut_title(line, start, stop, reading.titles)
    if cut:
        head = _Head(cut.end, stop, cut.marked, fields=dict(flags.fields))
        film = cut.film
    else:
        head = _Head(_title_end(reader, start, stop), stop, fields=dict(flags.fields))
        film = line[start : head.at].strip()
    _read_head(reader, head)
    return _with_flags_inside(_finish(reader, head, film), reading.habits)


def _with_flags_inside(review: ReviewCommand, habits: Habits) -> ReviewCommand:
    """Obey the flags in the middle of the text: a review meant to be private is never published."""
    text, fields = flags_inside(review.text, habits)
    return replace(review, text=text, **fields) if text != review.text else review


def _separator(line: str, start: int, end: int) -> int:
    """Return the position of the first bar or line break, else the end."""
    found = _SEPARATOR.search(line, start, end)
    return found.start() if found else end


def _title_end(reader: _Reader, start: int, stop: int) -> int:
    """Return where an unknown title ends: at the first flag, or the first rating after words."""
    end = min(stop, start + _LOOKED_AT)
    flag = _FLAG_START.search(reader.line, start, end)
    while flag and not flag_at(reader.line, flag.start(), stop, reader.habits):
        flag = _FLAG_START.search(reader.line, flag.end(), end)
    rating = first_rating(reader.line, start, flag.start() if flag else end, reader.habits.scale)
    return rating.start if rating else flag.start() if flag else stop


def _read_head(reader: _Reader, head: _Head) -> None:
    """Read flags and one rating, in any order, after the title."""
    for _ in range(MOST_FLAGS):
        at = _skip_dash(reader.line, head.at, head.stop)
        if flag := flag_at(reader.line, at, head.stop, reader.habits):
            head.fields |= flag.fields
            head.at = flag.end
        elif not head.rating and (rating := _rating(reader, head, at)):
            head.rating = rating
            head.at = rating.end
        else:
            return


def _skip_dash(line: str, start: int, stop: int) -> int:
    """Return where blanks and a lone dash or colon end, as in `Her - 4/5`."""
    found = _LONE_DASH.match(line, start, stop)
    return found.end() if found else start


def _rating(reader: _Reader, head: _Head, at: int) -> TypedRating | None:
    """Read a rating here; a bare number only after a delimited title, and only beyond doubt."""
    scale = reader.habits.scale
    if (scaled := rating_at(reader.line, at, head.stop, scale)) or not head.marked:
        return scaled
    bare = bare_rating(reader.line, at, head.stop, scale)
    head.doubted = bare is not None and bare.doubtful
    return None if head.doubted else bare


def _finish(reader: _Reader, head: _Head, film: str) -> ReviewCommand:
    """Assign what follows the head: to the text, or to the words that can be read two ways."""
    unsure = ""
    if not head.rating and (head.doubted or not head.marked):
        unsure = _words_between(reader, head)
    text = _text(reader, head)
    rating = head.rating.half_stars() if head.rating else None
    return replace(ReviewCommand(film, rating, text, unsure=unsure), **head.fields)


def _words_between(reader: _Reader, head: _Head) -> str:
    """Return the words between title and rating or separator, which may belong to either side."""
    flags = last_flags(reader.line, head.at, head.stop, reader.habits)
    head.fields |= flags.fields
    rating = first_rating(reader.line, head.at, flags.end, reader.habits.scale)
    words = reader.line[head.at : rating.start if rating else flags.end].strip()
    head.at = flags.end if not rating else rating.end
    head.rating = rating
    if rating:
        _read_head(reader, head)
    else:
        head.at = head.stop
    return words


def _text(reader: _Reader, head: _Head) -> str:
    form = _AFTER_RATING if head.rating or head.marked else _BAR
    found = form.match(reader.line, head.at, reader.end)
    start = found.end() if found else head.at
    text = reader.line[start : reader.end]
    return text if text.strip(" \t\r\n|") else ""
