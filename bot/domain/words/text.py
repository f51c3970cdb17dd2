"""Typed text: cleaning for storage and display, and shortening at a word's end."""

import unicodedata

from bot.domain.words.patterns import lazy_pattern

MOST_COMBINING_MARKS = 4
"""Combining marks kept on one letter; more only smear the line above."""

PLAIN = lazy_pattern("[\\n\\t -~\u00a0-\u02ff\u2010-\u2027\u2030-\u205e\u2500-\u27bf]*")
"""Text that needs no cleaning: Latin letters, quotes and dashes of print, stars."""

_JOINERS = frozenset("\u200b\u200c\u200d\u2060\ufeff")
"""Invisible letters: counted as marks, so that marks cannot be piled up between them."""

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_ALIKE = str.maketrans("ſıİ", "sii")
"""Letters that patterns which ignore case take for others, but lower case leaves or takes apart."""


def storable(text: str) -> str:
    """Remove what no database stores: NUL characters and lone surrogates."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def printable(text: str) -> str:
    """Compose letters (NFC); remove control characters, direction changes, piled-up marks."""
    if PLAIN.fullmatch(text):
        return text
    kept: list[str] = []
    marks = 0
    for letter in unicodedata.normalize("NFC", storable(text)):
        category = unicodedata.category(letter)
        marks = marks + 1 if category in {"Mn", "Me"} or letter in _JOINERS else 0
        if letter in "\n\t" or not (
            category in {"Cc", "Cs"} or letter in _BIDI or marks > MOST_COMBINING_MARKS
        ):
            kept.append(letter)
    return "".join(kept)


def folded(text: str) -> str:
    """Return lower case, letter for letter as patterns that ignore case compare it: `ſ` is s, `İ` is i."""
    return text.translate(_ALIKE).lower()


def cut_at_word(text: str, most: int) -> str:
    """Return at most `most` characters, cut after a word if one ends in their second half."""
    cut = text[:most]
    end = max(cut.rfind(" "), cut.rfind("\n"))
    return (cut[:end] if end >= most // 2 else cut).rstrip()


def one_line(text: str, most: int) -> str:
    """Fold white space and shorten to `most` characters at a word's end, with an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return cut_at_word(line, most - 1).rstrip(" ,;:.") + "…"
