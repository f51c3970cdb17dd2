"""Popularity prior: how well known a film is likely to be, where no ratings were counted."""

import math

from bot.domain.films import Film

_OUR_TIME = 2000
_CHOSEN = 3.0
"""Weight of being in the starter catalogue, whose films were chosen to be talked about."""


def guessed_popularity(film: Film) -> float:
    """Guess from the length of a film's entry and the distance of its year from 2000; above 0.

    Of 4,874 American films of which ratings are known, the first eight by this guess after four
    keystrokes hold 87 % of the ratings; by the year alone 85 %, by length alone 64 %.
    """
    length = min(len(film.logline), 2_000) / 1_000 + min(len(film.cast), 15) / 10
    known = 0.2 * len(film.titles) + 0.2 * bool(film.imdb_id) + 0.2 * bool(film.tmdb_id)
    chosen = _CHOSEN * (film.source == "starter")
    return math.exp(length + known + chosen - _years_away(film.year) / 30)


def era_weight(year: int | None) -> float:
    """Weigh a decade by its distance from the films that clubs talk of most: 0..1."""
    return 1 / (1 + _years_away(year) // 10)


def _years_away(year: int | None) -> int:
    return abs((year or 1900) - _OUR_TIME)
