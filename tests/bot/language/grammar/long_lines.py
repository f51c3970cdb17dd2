"""Very long lines, of which each kind asks a part of the grammar for more than others do."""

NAMES = (
    "review", "review Her", "review Her 4/5", "recommend", "recommend like", "remind", "reviews",
    "watchlist", "settings", "help", "unheard of",
)  # fmt: skip
"""Beginnings of the lines, the slash left out."""

UNITS = {
    "one word": "a",
    "words": "so be it ",
    "blanks": " ",
    "keywords": "like with more less under from ",
    "likes": "like ",
    "what it is like": "what it's like to ",
    "commas": "a, ",
    "bars": "|| a | ",
    "flags": "--private ",
    "dashes": "—x ",
    "ratings": "4/5 ",
    "numbers": "1",
    "stars": "★",
    "quotes": '"',
    "apostrophes": "'a' ",
    "brackets": "(1999) ",
    "members": "@ben ",
    "regions": "in Germany ",
    "clauses": "here dm digital 2d before ",
    "names": "region GB ",
    "newlines": "\n",
    "right to left": "عمر ",
    "NULs": "\0",
    "surrogates": "\ud800 ",
}
"""What is repeated, by the line's kind."""


def long_line(name: str, kind: str, characters: int) -> str:
    """Return a line of about this many characters, a word before and after what is repeated."""
    return f"/{name} x{UNITS[kind] * (characters // len(UNITS[kind]))}x"
