"""Typed text: what can be stored and shown of it, and how it is shortened."""

import re
import unicodedata

MOST_COMBINING_MARKS = 4
"""Marks that may sit on one letter; more only serve to smear the line above."""

PLAIN = re.compile("[\\n\\t -~\u00a0-\u02ff\u2010-\u2027\u2030-\u205e\u2500-\u27bf]*")
"""What needs no look letter by letter: Latin letters, the quotes and dashes of print, stars."""

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def storable(text: str) -> str:
    """Take out what no database keeps: NUL characters and halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def printable(text: str) -> str:
    """Compose letters (NFC) and take out control characters, direction changes, piled-up marks."""
    if PLAIN.fullmatch(text):
        return text
    kept: list[str] = []
    marks = 0
    for letter in unicodedata.normalize("NFC", storable(text)):
        category = unicodedata.category(letter)
        marks = marks + 1 if category == "Mn" else 0
        if letter in "\n\t" or not (
            category in {"Cc", "Cs"} or letter in _BIDI or marks > MOST_COMBINING_MARKS
        ):
            kept.append(letter)
    return "".join(kept)


def one_line(text: str, most: int) -> str:
    """Fold white space and shorten to `most` characters at a word's end, with an ellipsis."""
    folded = " ".join(text.split())
    if len(folded) <= most:
        return folded
    cut = folded[: most - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[most // 2 :] else cut).rstrip(" ,;:.") + "…"
