"""Entries of the lexicon: notions of wishes, and the demands that they make."""

from dataclasses import dataclass

from recommender.text import analyzer

Term = tuple[str, str]
Phrase = tuple[str, ...]
"""Stems of a phrase's words, stop words included."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Notion of a wish, with the demands it makes.

    Terms are (field, value). A film has to have each of `all`, one of `any` (of `wide` too where films
    are few), and none of `none`; where
    the notion is ruled out, `out` is as well. It has to be one of `films`, ids, if there are any. `years` below 0 count back from this year. A `soft` demand is given
    up where too few films meet all. `noun` names a kind of film, `kind` the place in a heading
    ("place", "after", or "" before the noun); `filler` says nothing of films;
    `untold` is what was asked and no fact answers, after `which films`: `won an award`.
    """

    label: str
    all: tuple[Term, ...] = ()
    any: tuple[Term, ...] = ()
    wide: tuple[Term, ...] = ()
    none: tuple[Term, ...] = ()
    out: tuple[Term, ...] = ()
    films: frozenset[str] = frozenset()
    years: tuple[int, int] | None = None
    minutes: tuple[int, int] | None = None
    soft: bool = False
    noun: str = ""
    kind: str = ""
    fame: str = ""
    watchlist: bool = False
    filler: bool = False
    untold: str = ""


def phrase_of(text: str) -> Phrase:
    """Return the stems of a text's words."""
    return tuple(analyzer.stem(word) for word in analyzer.words(text))
