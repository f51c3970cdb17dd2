"""Taste of a member: mean ratings of genres and decades beside the club's, themes loved and minded."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.features.figures.counting.entries import FigureEntry

DOUBT = 2.0
"""Prior of a theme's mean: this many ratings at the member's mean, so that one film makes no taste."""

CLEAR = 0.4
"""Least difference from the member's mean, in half-stars, of a theme that is loved or minded."""

FEWEST_THEME = 2
"""Fewest rated films of a theme."""

Kinds = Callable[[Film], Sequence[str]]

MOST = 6
"""Most genres, loved themes and minded themes of a taste."""


@dataclass(frozen=True, slots=True)
class Share:
    """Genre or decade: films that the member rated, their mean in half-stars, and the club's mean of its films."""

    name: str
    films: int
    mean: float
    club: float


@dataclass(frozen=True, slots=True)
class Taste:
    """Taste of a member. Themes have the difference of their films from the member's mean, in half-stars."""

    films: int
    mean: float
    genres: Sequence[Share]
    decades: Sequence[Share]
    loved: Sequence[tuple[str, float]]
    minded: Sequence[tuple[str, float]]


def taste_of(
    own: Sequence[FigureEntry],
    every: Sequence[FigureEntry],
    films: Mapping[FilmId, Film],
) -> Taste | None:
    """Return a member's taste; None where they rated nothing. `every`: the club's entries, theirs included."""
    rated = [(films[e.film_id], e.rating) for e in own if e.rating and e.film_id in films]
    if not rated:
        return None
    club = [(films[e.film_id], e.rating) for e in every if e.rating and e.film_id in films]
    mean = fmean(rating for _, rating in rated)
    themes = _differences(rated, mean)
    return Taste(
        films=len(rated),
        mean=mean,
        genres=_shares(rated, club, _genres)[:MOST],
        decades=sorted(_shares(rated, club, _decade), key=lambda each: each.name),
        loved=[each for each in themes if each[1] >= CLEAR][:MOST],
        minded=[each for each in reversed(themes) if each[1] <= -CLEAR][:MOST],
    )


def _genres(film: Film) -> Sequence[str]:
    return film.genres


def _decade(film: Film) -> Sequence[str]:
    return (f"{film.year // 10 * 10}s",) if film.year else ()


def _by_kind(rated: Iterable[tuple[Film, int]], kinds: Kinds) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for film, rating in rated:
        for kind in dict.fromkeys(kinds(film)):
            found[kind].append(rating)
    return found


def _shares(
    rated: Sequence[tuple[Film, int]], club: Sequence[tuple[Film, int]], kinds: Kinds
) -> list[Share]:
    others = _by_kind(club, kinds)
    found = [
        Share(name, len(ratings), fmean(ratings), fmean(others[name]))
        for name, ratings in _by_kind(rated, kinds).items()
    ]
    return sorted(found, key=lambda each: (-each.films, -each.mean, each.name))


def _differences(rated: Sequence[tuple[Film, int]], mean: float) -> list[tuple[str, float]]:
    """Return themes with the difference of their films from the member's mean, shrunk by the prior."""
    found = [
        (name, sum(each - mean for each in ratings) / (len(ratings) + DOUBT))
        for name, ratings in _by_kind(rated, lambda film: film.themes).items()
        if len(ratings) >= FEWEST_THEME
    ]
    return sorted(found, key=lambda each: (-each[1], each[0]))
