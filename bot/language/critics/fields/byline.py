"""Byline of a review: its author, named above or below it."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates
from bot.language.critics.fields.people import listed
from bot.language.critics.text.layout import Page, Span
from bot.language.critics.text.names import Name, Names

_LONGEST_BYLINE = 120
_FIRST, _LAST = 6, 4
"""Number of lines at the top and at the bottom that may be a byline."""

_WORDS = Templates("bot.language.critics.fields", "byline.toml")
_MARK = r"[\"'*_>#\[(|\s—-]*"
_WRITTEN = lazy_pattern(rf"{_MARK}written by\b", re.IGNORECASE)
_REVIEW_OF = lazy_pattern(rf"{_MARK}(?:review|critique|kritik|rezension) ?:", re.IGNORECASE)
_DASH = lazy_pattern(r"[*_\s]*— ?[*_]*")
_DOES = lazy_pattern(r"[*_]* (?:reviews|has seen|watches|goes to see) ")
_ON = lazy_pattern(r"[*_]* (?:on|über|sur) (?:an?|the|what|why|how|der|die|das|un|une|le|la)\b")
_REST = lazy_pattern(
    r"[*_\"'\])\s]*(?:$|[,|—·•/@:(-]|\.\s*$|for |at |in |on |pour |für |contributor|critic|film|\d)",
    re.IGNORECASE,
)
_TAIL = lazy_pattern(
    r"(?:(?<=[.!?\"'★☆½] )|^)(?:—|[(\[]) ?[*_]*(?P<name>[^\n()\[\]—]{3,50}?)[*_]*[)\]]?\.?$"
)


@dataclass(frozen=True, slots=True)
class Byline:
    """Critic's name as read, with the reason to ask about it, if any."""

    name: str
    line: Span
    doubt: str | None = None


def read_byline(page: Page, names: Names) -> Sequence[Byline]:
    """Return the possible bylines, those without a doubt first."""
    top = page.lines[:_FIRST]
    bottom = page.lines[max(_FIRST, len(page.lines) - _LAST) :]
    lines = [line for line in (*top, *reversed(bottom)) if len(line.text) <= _LONGEST_BYLINE]
    found = [
        *_introduced(page, names, lines),
        *_reviewing(names, page.lines[:3]),
        *_signed(names, page.lines[-3:]),
        *_bare(names, top, page.lines[-2:]),
    ]
    plain = [each for each in found if each.doubt is None]
    return plain + [each for each in found if each.doubt]


def _introduced(page: Page, names: Names, lines: Collection[Span]) -> Iterator[Byline]:
    """Find "By X", "Words: X", "— X"."""
    for line in lines:
        cue = _cue().match(line.text) or (_DASH.match(line.text) if line.start > 0 else None)
        if cue is None:
            continue
        people = _first(listed(page, names, line.start + cue.end()))
        if not people or not _REST.match(line.text, people[-1].end - line.start):
            continue
        doubt = None
        if _REVIEW_OF.match(line.text) and page.text.count(people[0].text) > 1:
            continue
        if _WRITTEN.match(line.text):
            doubt = "“Written by” may mean the film's writer."
        elif not all(each.full for each in people):
            doubt = f"“{people[0].text}” may be no whole name."
        yield Byline(_names(people), line, doubt)


def _first(people: Iterator[Name]) -> list[Name]:
    """Keep the first name, and later ones that are full names: "By A B, Film Critic" names one."""
    found = list(people)
    return found[:1] + [each for each in found[1:] if each.full]


def _reviewing(names: Names, lines: Collection[Span]) -> Iterator[Byline]:
    """Find "X reviews Y" and "X on a quiet spaceship"."""
    for line in lines:
        name = names.at(line.start)
        if name is None or not name.full or name.possessive:
            continue
        place = name.end - line.start
        if _DOES.match(line.text, place) and len(line.text) <= _LONGEST_BYLINE:
            yield Byline(_names([name]), line)
        elif _ON.match(line.text, place) and len(line.text) <= _LONGEST_BYLINE:
            yield Byline(_names([name]), line, f"Is “{line.text}” the critic's line?")


def _signed(names: Names, lines: Sequence[Span]) -> Iterator[Byline]:
    """Find "X is a freelance critic.", and a name in brackets or after a dash at the very end."""
    for line in lines:
        name = names.at(line.start)
        described = name and _is().match(line.text, name.end - line.start)
        if name and name.full and described and line.start > 0 and len(line.text) < 300:
            yield Byline(_names([name]), line)
    for line in lines[-1:]:
        tail = _TAIL.search(line.text, max(0, len(line.text) - 60))
        signed = names.at(line.start + tail.start("name")) if tail else None
        if tail and signed and signed.full and signed.end == line.start + tail.end("name"):
            yield Byline(_names([signed]), line)


def _bare(names: Names, top: Sequence[Span], bottom: Sequence[Span]) -> Iterator[Byline]:
    """Find a name on a line of its own; the first line is left out, as it names the film."""
    for line in (*top[1:], *(each for each in bottom if each not in top)):
        start = line.start + len(line.text) - len(line.text.lstrip("*_[( "))
        name = names.at(start)
        if name and name.full and len(line.text) <= _LONGEST_BYLINE:
            rest = line.text[name.end - line.start :].strip("*_]) .")
            if not rest or re.match(r"[,|·•] ?", rest):
                yield Byline(
                    _names([name]), line, f"“{name.text}” stands alone on a line: the critic?"
                )


def _names(people: Sequence[Name]) -> str:
    return " and ".join(each.text.title() if each.text.isupper() else each.text for each in people)


@cache
def _cue() -> re.Pattern[str]:
    introduces, label = _WORDS.words("introduces"), _WORDS.words("label")
    return re.compile(rf"{_MARK}(?:{introduces} |{label} ?: ?[*_]*)", re.IGNORECASE)


@cache
def _is() -> re.Pattern[str]:
    is_, critic = _WORDS.words("is"), _WORDS.words("critic")
    return re.compile(rf"[*_]*,? {is_}\b[^\n]*\b{critic}\b", re.IGNORECASE)
