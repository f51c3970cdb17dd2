"""How well known a film is likely to be, where nobody has counted."""

from bot.domain.films import Film

_OUR_TIME = 2000
_CHOSEN = 3.0
"""What being in the starter catalogue weighs: every film of it was chosen to be talked about."""


def guessed_popularity(film: Film) -> float:
    """Guess from how much is written of a film, and how near it is to our time; higher is better.

    Among 4,874 American films of which ratings are known, offering the eight first by this guess
    after four keystrokes hits 87 % of ratings, the nearness of the year alone 84 %, length 64 %.
    """
    told = min(len(film.logline), 2_000) / 1_000 + min(len(film.cast), 15) / 10
    known = 0.2 * len(film.titles) + 0.2 * bool(film.imdb_id) + 0.2 * bool(film.tmdb_id)
    return told + known + _CHOSEN * (film.source == "starter") - years_away(film.year) / 30


def years_away(year: int | None) -> int:
    """Return how far a year lies from the time of which clubs talk most."""
    return abs((year or 1900) - _OUR_TIME)
