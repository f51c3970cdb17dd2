"""Labels: what headings call the notions of wishes, and where they name them."""

from collections.abc import Iterator

from bot.language.wishes.lexicon import data
from bot.language.wishes.lexicon.entries import Entry

_BEFORE_THE_NOUN = frozenset({"tone", "form", "background"})
"""Kinds of themes that stand before the word for films: `quiet films`."""


def headed(entry: Entry) -> Iterator[str]:
    """Yield what a heading calls an entry, with the word for films where that belongs to it."""
    if entry.noun:
        yield entry.noun
    elif entry.kind:
        yield entry.label
        yield f"films {entry.label}"  # `films set` would be those that films are made on
    else:
        yield f"{entry.label} films"


def theme_label(theme: str, kind: str) -> str:
    """Return what headings call a theme of a kind."""
    if told_as := data.table("told.toml").get(theme):
        return str(told_as)
    match kind:
        case "subject" | "device":
            return f"about {theme}"
        case "setting":
            return f"{'in' if theme != theme.lower() else 'with'} {theme}"
    return theme


def theme_place(theme: str, kind: str) -> str:
    """Return where headings name a theme of a kind: `after` the word for films, or nothing before it."""
    before = kind in _BEFORE_THE_NOUN and theme not in data.table("told.toml")
    return "" if before else "after"
