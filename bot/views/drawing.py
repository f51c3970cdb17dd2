"""Drawings: SVG of text, lines, bars and stars, for a page and, as a picture, for the chat.

All text is escaped here. Colours are named by classes, so that a page can set its own; the attributes are for
where there is no style: a picture.
"""

import math
import re
from collections.abc import Iterable, Sequence
from unicodedata import east_asian_width
from xml.sax.saxutils import escape, quoteattr, unescape

from bot.domain.words.text import one_line, printable

WIDTH, HEIGHT = 1200, 630
"""Size of a picture, as previews show it."""

MARGIN = 64

MEDIA_TYPE = "image/svg+xml"

_COLOURS = {
    "paper": "#fbf8f2",
    "ink": "#211d19",
    "soft": "#665d52",
    "hair": "#d9d0c1",
    "accent": "#9a2a1f",
}
_FONT = "EB Garamond, Programme, Georgia, serif"
_WIDE = 0.42
"""Width of a usual letter, in heights of the letters; Chinese, Japanese and Korean ones are as wide as high."""


def picture(parts: Iterable[str], alt: str) -> str:
    """Join parts to a picture; `alt` describes it for those who cannot see it."""
    body = "".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" class="drawing" role="img" aria-label={quoteattr(_plain(alt))} font-family="{_FONT}">'
        f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}" fill="{_COLOURS["paper"]}"/>{body}</svg>'
    )


def alt_of(svg: str) -> str:
    """Return the description of a picture."""
    found = re.search(r"aria-label=(?:\"([^\"]*)\"|'([^']*)')", svg)
    return unescape((found[1] or found[2] or "") if found else "", {"&quot;": '"'})


def _plain(text: str) -> str:
    return "".join(each for each in printable(one_line(text, 500)) if each >= " ")


def text(  # noqa: PLR0913 - what SVG itself knows of a text
    x: float,
    y: float,
    words: str,
    size: float = 28,
    *,
    colour: str = "ink",
    anchor: str = "start",
    italic: bool = False,
    room: float = 0,
) -> str:
    """Write one line; `room`: the width that it may take, in which it is cut short."""
    words = _plain(words)
    if room:
        words = fitted(words, size, room)
    slant = ' font-style="italic"' if italic else ""
    return (
        f'<text class="{colour}" x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{_COLOURS[colour]}" '
        f'text-anchor="{anchor}"{slant}>{escape(words)}</text>'
    )


def fitted(words: str, size: float, room: float) -> str:
    """Cut words after as many letters as have room, about."""
    most = max(room / (size * _WIDE), 2)
    if letters_in(words) <= most:
        return words
    while len(words) > 1 and letters_in(words) > most - 1:
        words = words[:-1]
    return f"{words.rstrip()}…"


def letters_in(words: str) -> float:
    """Return the width of a line, in usual letters of .42 of their height."""
    return sum(1 / _WIDE if east_asian_width(each) in "WF" else 1.0 for each in words)


def wrapped(words: str, size: float, room: float, most: int) -> list[str]:
    """Break words into at most so many lines; what is left over is cut."""
    letters, lines = max(int(room / (size * _WIDE)), 4), [""]
    for word in _plain(words).split():
        longer = f"{lines[-1]} {word}".strip()
        if letters_in(longer) <= letters:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], fitted(f"{lines[most - 1]} …", size, room)]
    return [fitted(each, size, room) for each in lines if each]


def line(
    x: float, y: float, x2: float, y2: float, *, colour: str = "hair", width: float = 1.5
) -> str:
    """Draw a line."""
    return (
        f'<line class="{colour}-line" x1="{x:.1f}" y1="{y:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
        f'stroke="{_COLOURS[colour]}" stroke-width="{width:g}"/>'
    )


def box(
    x: float, y: float, width: float, height: float, *, colour: str = "accent", opacity: float = 1
) -> str:
    """Draw a filled rectangle."""
    return (
        f'<rect class="{colour}" x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" '
        f'height="{height:.1f}" fill="{_COLOURS[colour]}" opacity="{opacity:g}"/>'
    )


def dot(x: float, y: float, radius: float, *, colour: str = "accent", opacity: float = 1) -> str:
    """Draw a filled circle."""
    return (
        f'<circle class="{colour}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" '
        f'fill="{_COLOURS[colour]}" opacity="{opacity:g}"/>'
    )


def stars(x: float, y: float, half_stars: float, size: float = 24, *, end: bool = False) -> str:
    """Draw a rating; the last star may be a half. `end`: `x` is where it ends."""
    halves = round(half_stars)
    step = size * 1.12
    count = math.ceil(halves / 2)
    left = x - count * step if end else x
    points = [
        _star(left + number * step + size / 2, y, size / 2, half=halves == number * 2 + 1)
        for number in range(count)
    ]
    return "".join(points)


def _star(x: float, y: float, radius: float, *, half: bool) -> str:
    corners = []
    for each in range(10):
        angle = math.pi * each / 5 - math.pi / 2
        reach = radius if each % 2 == 0 else radius * 0.4
        corners.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    if half:
        corners = [corners[0], *corners[5:]]
    joined = " ".join(f"{a:.1f},{b:.1f}" for a, b in corners)
    return f'<polygon class="accent" points="{joined}" fill="{_COLOURS["accent"]}"/>'


def heading(kicker: str, title: str, *, below: str = "") -> list[str]:
    """Write the top of a picture: a small line, the title, and what is said below it."""
    parts = [
        text(MARGIN, 84, kicker, 24, colour="accent", italic=True, room=WIDTH - 2 * MARGIN),
        text(MARGIN, 146, title, 62, room=WIDTH - 2 * MARGIN),
        line(MARGIN, 172, WIDTH - MARGIN, 172),
    ]
    if below:
        parts.append(text(MARGIN, 208, below, 25, colour="soft", room=WIDTH - 2 * MARGIN))
    return parts


def column(x: float, y: float, title: str, width: float, rows: Sequence[str]) -> list[str]:
    """Write a column's title and its rows, which are drawn already."""
    return [
        text(x, y, title, 24, colour="accent", italic=True),
        line(x, y + 14, x + width, y + 14),
        *rows,
    ]
