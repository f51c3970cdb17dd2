"""Fame: how well known a film is likely to be, to put the famous film of a title first."""

import math

from bot.domain.films.film import Film

_OUR_TIME = 2000

_RATERS = (0, 20, 100, 300, 1_000, 3_000)
"""Raters that stand for how well known a film is, from 0 (nobody has said) to 5 (everybody)."""


def fame(film: Film) -> float:
    """Add up the film's raters, those its renown stands for, and a guess from its entry; above 0."""
    return guessed_popularity(film) + (film.popularity or 0) + _RATERS[film.known or 0]


def guessed_popularity(film: Film) -> float:
    """Guess from the length of a film's entry and the distance of its year from 2000; above 0.

    Of 4,874 American films of which ratings are known, the first eight by this guess after four
    keystrokes hold 87 % of the ratings; by the year alone 85 %, by length alone 64 %.
    """
    length = min(len(film.logline), 2_000) / 1_000 + min(len(film.cast), 15) / 10
    known = 0.2 * len(film.titles) + 0.2 * bool(film.imdb_id) + 0.2 * bool(film.tmdb_id)
    return math.exp(length + known - _years_away(film.year) / 30)


def era_weight(year: int | None) -> float:
    """Weigh a decade by its distance from the films that clubs talk of most: 0..1."""
    return 1 / (1 + _years_away(year) // 10)


def _years_away(year: int | None) -> int:
    return abs((year or 1900) - _OUR_TIME)
