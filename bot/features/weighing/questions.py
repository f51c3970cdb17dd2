"""Questions that narrow a rating down: each compares with one's own film amid what is still possible."""

from collections.abc import Collection, Mapping

from bot.domain.ids import FilmId

MOST = 3
"""Questions that are asked at most: they tell eight ratings apart."""

FEWEST = 3
"""Different ratings that a member must have given, so that films can be compared with."""


def next_film(
    ratings: Mapping[FilmId, int], above: int, below: int, asked: Collection[str]
) -> FilmId | None:
    """Return the film to compare with, None where nothing is left to ask.

    That is the film whose rating lies nearest to the middle of what is possible; of several, the last.
    """
    middle = (above + below) / 2
    known = [each for each in ratings if above < ratings[each] < below and each not in asked]
    if len(asked) >= MOST or below - above <= 2 or not known:
        return None
    return min(reversed(known), key=lambda each: abs(ratings[each] - middle))


def suggested(above: int, below: int) -> int:
    """Return the rating in half-stars amid what is still possible, the better one of two."""
    return min(max((above + below + 1) // 2, 1), 10)
