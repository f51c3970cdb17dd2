"""Reads markdown as Discord's apps do, as far as anything in it could matter to us."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

_LINE_MARK = re.compile(r"(?:#{1,3}|-#|>|>>>|[-*+]|\d+[.)])[^\S\n]+")
_INLINE = (
    ("escape", re.compile(r"\\([^0-9A-Za-z\s])")),
    ("hidden", re.compile(r"\|\|([\s\S]+?)\|\|")),
    ("code", re.compile(r"(?P<fence>`+)([\s\S]*?[^`])(?P=fence)(?!`)")),
    ("mention", re.compile(r"<(?:@[!&]?\d+|#\d+|/[^>]+:\d+|id:\w+)>|@everyone|@here")),
    ("emoji", re.compile(r"<a?:\w+:\d+>")),
    ("time", re.compile(r"<t:(-?\d+)(?::[tTdDfFR])?>")),
    ("address", re.compile(r"<(https?://[^ >]+)>")),
    ("bare address", re.compile(r"https?://[^\s<]+[^<.,:;\"'\]\s]")),
    ("link", re.compile(r"\[((?:\\.|[^\[\]\\])+)\]\((https?://[^\s)]+)\)")),
    ("strong", re.compile(r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)")),
    ("under", re.compile(r"__((?:\\[\s\S]|[^\\])+?)__(?!_)")),
    ("slant", re.compile(r"\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)")),
    ("low", re.compile(r"\b_((?:__|\\[\s\S]|[^\\_])+?)_\b")),
    ("through", re.compile(r"~~((?:\\[\s\S]|[^\\])+?)~~")),
)  # fmt: skip
_NESTING = {"hidden", "link", "strong", "under", "slant", "low", "through"}


@dataclass(frozen=True)
class Piece:
    """A piece of what a reader sees, and all the marks it stands in."""

    text: str
    marks: tuple[str, ...] = ()


def read(markdown: str) -> list[Piece]:
    """Read a whole text, the marks at its lines' starts first."""
    pieces = []
    for number, line in enumerate(markdown.split("\n")):
        if number:
            pieces.append(Piece("\n"))
        rest = line.lstrip(" ")
        if mark := _LINE_MARK.match(rest):
            pieces.append(Piece("", (mark[0].strip(),)))
            rest = rest[mark.end() :]
        pieces += _inline(rest, ())
    return pieces


def _inline(text: str, marks: tuple[str, ...]) -> Iterator[Piece]:
    place = 0
    while place < len(text):
        for name, pattern in _INLINE:
            if found := pattern.match(text, place):
                inner = found.groups()[-1] if found.groups() else found[0]
                if name in _NESTING:
                    yield from _inline(found[1], (*marks, name))
                else:
                    yield Piece(inner, marks if name == "escape" else (*marks, name))
                place = found.end()
                break
        else:
            yield Piece(text[place], marks)
            place += 1


def squeezed(text: str) -> str:
    """Leave out what has no width or is space."""
    return re.sub(r"[\s\u200b]+", "", text)


def by_hiding(pieces: list[Piece]) -> list[tuple[str, bool]]:
    """Join what is hidden and what is not, spaces left out."""
    groups = groupby(pieces, key=lambda piece: "hidden" in piece.marks)
    joined = ((squeezed("".join(each.text for each in group)), hidden) for hidden, group in groups)
    shown: list[tuple[str, bool]] = []
    for text, hidden in joined:
        if text and shown and shown[-1][1] == hidden:
            shown[-1] = (shown[-1][0] + text, hidden)
        elif text:
            shown.append((text, hidden))
    return shown


def marks_of(markdown: str) -> set[str]:
    """Name every mark that a text holds."""
    return {mark for piece in read(markdown) for mark in piece.marks}
