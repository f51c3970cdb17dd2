"""Entries of the lexicon: notions of wishes, and the demands that they make."""

from dataclasses import dataclass

from recommender.text import analyzer

_WHOLE = frozenset({"shorts", "indiana", "mates", "strangers", "polar", "lovely", "mars"})
"""Words that mean something else than their stems: `shorts` are not short films of any length."""

Term = tuple[str, str]
Phrase = tuple[str, ...]
"""Stems of a phrase's words, stop words included."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Notion of a wish, with the demands it makes.

    Terms are (field, value). A film has to have each of `all`, one of `any` (of `wide` too where films
    are few; years of `wide_years`, too), and none of `none`, nor
    where films are many one of `rarely`; where the notion is ruled out, `out` is as well. It has to be one of `films`, ids, if there are any; `first`
    is the one that stands for them where others should be like them. `years` below 0 count back from this year. A `soft` demand is given
    up where too few films meet all, a `loose` one before the others. `noun` names a kind of film, `kind` the place in a heading
    ("place", "after", or "" before the noun); `filler` says nothing of films;
    `fame` is "popular" or "obscure", `regard` "best", "poor" or "worst"; `series` is "none" for films that are no parts of one, "part" for such parts, "later" for parts that are not the first, "all" where its films are one series;
    `untold` is what was asked and no fact answers, after `which films`: `won an award`; `untold_out` is, where the notion
    is ruled out.
    """

    label: str
    all: tuple[Term, ...] = ()
    any: tuple[Term, ...] = ()
    wide: tuple[Term, ...] = ()
    none: tuple[Term, ...] = ()
    out: tuple[Term, ...] = ()
    rarely: tuple[Term, ...] = ()
    films: frozenset[str] = frozenset()
    first: str = ""
    years: tuple[int, int] | None = None
    wide_years: tuple[int, int] | None = None
    minutes: tuple[int, int] | None = None
    soft: bool = False
    loose: bool = False
    noun: str = ""
    kind: str = ""
    fame: str = ""
    regard: str = ""
    series: str = ""
    watchlist: bool = False
    filler: bool = False
    untold: str = ""
    untold_out: str = ""


def phrase_of(text: str) -> Phrase:
    """Return the stems of a text's words."""
    return tuple(stem_of(word) for word in analyzer.words(text))


def stem_of(word: str) -> str:
    """Return a folded word's stem, but the word where its stem means something else."""
    return word if word in _WHOLE else analyzer.stem(word)
