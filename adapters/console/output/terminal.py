"""Display capabilities of a terminal: width, colours and character set."""

import os
import re
import shutil
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

from bot.domain.words.text import printable

WIDEST = 88
NARROWEST = 24

_HALF_STARS = re.compile(r"(★+)½|(?<!\d)½(?=\s|$)")
_PLAIN = str.maketrans(
    {
        "★": "*",
        "½": " 1/2",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "‘": "'",
        "’": "'",
        "—": "-",
        "–": "-",
        "…": "...",
        "·": "-",
        "•": "-",
        "█": "#",
        "×": "x",
        "→": "->",
        "≥": ">=",
        "≤": "<=",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "Æ": "Ae",
        "Œ": "Oe",
        "Ø": "O",
        "Ł": "L",
        "\u00a0": " ",
    }
)


@dataclass(frozen=True, slots=True)
class Look:
    """Display capabilities of a terminal. `width` in cells."""

    width: int = 80
    colour: bool = False
    encoding: str = "utf-8"

    @property
    def unicode(self) -> bool:
        """Whether every character can be shown."""
        return self.encoding.lower().replace("-", "").startswith("utf")

    def text(self, text: str) -> str:
        """Make text safe to print: no control characters, none outside the terminal's encoding."""
        safe = printable(text).expandtabs(4)
        return safe if self.unicode else _in(safe, self.encoding)


def look_of(out: TextIO, environ: Mapping[str, str] = os.environ) -> Look:
    """Detect a stream's capabilities: colour only on a terminal, and not against `NO_COLOR`."""
    columns = shutil.get_terminal_size((80, 24)).columns
    colour = out.isatty() and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
    return Look(
        width=max(NARROWEST, min(WIDEST, columns)),
        colour=colour,
        encoding=out.encoding or "ascii",
    )


def _in(text: str, encoding: str) -> str:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return "".join(_letter(each, encoding) for each in _HALF_STARS.sub(_stars, text))
    return text


def _stars(match: re.Match[str]) -> str:
    return f"{match[1] or ''} 1/2".strip()


def _letter(letter: str, encoding: str) -> str:
    for each in (letter, letter.translate(_PLAIN), _bare(letter)):
        try:
            each.encode(encoding)
        except (UnicodeEncodeError, LookupError):
            continue
        if each:
            return each
    return "" if unicodedata.combining(letter) else "?"


def _bare(letter: str) -> str:
    decomposed = unicodedata.normalize("NFKD", letter)
    return "".join(each for each in decomposed if not unicodedata.combining(each))
