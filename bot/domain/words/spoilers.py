"""Spoiler marks in a text, in every form that people use, and the text that they hide."""

import re
from functools import cache

from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates

SPOILER_HIDDEN = "[spoiler hidden]"

_WORDS = Templates("bot.domain.words", "spoilers.toml")
_MARKS = lazy_pattern(
    r"\|\|(.+?)(?:\|\||\Z)"
    r"|>!(.+?)(?:!<|\Z)"
    r"|\[spoilers?(?:=[^\]\n]*)?\](.+?)(?:\[/spoilers?\]|\Z)"
    r"|<spoilers?>(.+?)(?:</spoilers?>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
"""Pairs of marks; without a closing mark the spoiler reaches to the end of the text."""

_NEAR = 30
"""Letters before a warning that may deny it."""


@cache
def _warning() -> re.Pattern[str]:
    """Return the pattern of a warning: `SPOILER: ...`, `spoilers ahead`, the bare word first.

    All text after it is hidden.
    """
    before, after = _WORDS.words("before"), _WORDS.words("after")
    return re.compile(
        rf"(?:\A\W*|(?<![\w-]){before}[\s:!,]{{1,3}})spoilers?(?![\w-])(?!\s*free)(?:[.,…/\s]|\Z)[\s.…–—-]*"
        rf"|(?<![\w-])(?P<denied>{_WORDS.words('denial')}\s+)?spoiler(?:warnung|alarm|s)?"
        rf"(?:\s*[:!]|\s+[-–—]|\s*\n|\s*[)}}*_~]+(?=\s*\S)|\s*{after}\b)[\s:!.…–—-]*",
        re.IGNORECASE,
    )


@cache
def _denied() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){_WORDS.words('denial')}\s+\Z", re.IGNORECASE)


@cache
def _said_too_late() -> re.Pattern[str]:
    """Return the pattern of what may follow a warning at the end, which is for the words before it."""
    return re.compile(rf"(?:[\W_]|{_WORDS.words('said too late')}(?!\w))*", re.IGNORECASE)


def split_spoilers(text: str) -> list[tuple[str, bool]]:
    """Cut a text at its spoiler marks into (piece, whether it is a spoiler)."""
    warning = next((each for each in _warning().finditer(text) if not _is_denied(each)), None)
    if warning and _said_too_late().fullmatch(text, warning.end()):
        before = text[: warning.start()]
        if any(map(str.isalpha, before)):
            return [(text, True)]
    open_end = warning.end() if warning else len(text)
    pieces = _cut(text[:open_end])
    if text[open_end:].strip():
        pieces.append((text[open_end:], True))
    return pieces


def _is_denied(warning: re.Match[str]) -> bool:
    """Tell whether a warning says that there are none: `no big spoilers`."""
    start = warning.start()
    near = warning.string[max(0, start - _NEAR) : start]
    return bool(warning["denied"] or _denied().search(near))


def without_spoilers(text: str, instead: str = SPOILER_HIDDEN) -> str:
    """Return the text with `instead` in place of each marked spoiler."""
    return "".join(instead if hidden else piece for piece, hidden in split_spoilers(text))


def has_spoilers(text: str) -> bool:
    """Tell whether any part of the text is marked as a spoiler."""
    return any(hidden for _, hidden in split_spoilers(text))


def unmarked(text: str) -> str:
    """Return the text without its spoiler marks, all of it readable."""
    return "".join(piece for piece, _ in split_spoilers(text))


def _cut(text: str) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    at = 0
    for found in _MARKS.finditer(text):
        pieces.append((text[at : found.start()], False))
        pieces.append((next(each for each in found.groups() if each), True))
        at = found.end()
    pieces.append((text[at:], False))
    return [(piece, hidden) for piece, hidden in pieces if piece]
