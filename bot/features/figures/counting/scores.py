"""Figures of films: rankings by mean rating, the canon, the most divisive, films seen."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from bot.domain.ids import FilmId, MemberId
from bot.features.figures.counting.entries import FigureEntry

PRIOR = 3.0
"""Prior of a film's mean: this many ratings at the club's mean, so that one rating makes no favourite."""

FEWEST_STANDING, FEWEST_DIVISIVE, FEWEST_CANON = 2, 3, 3
"""Fewest ratings of a film in each ranking."""

LOVED = 7.0
"""Least mean rating, in half-stars, of a loved film."""

MINDED = 5.5
"""Mean rating, in half-stars, below which a film was rather minded than liked."""

DIVIDED = 2.0
"""Least standard deviation of ratings, in half-stars, of a divisive film."""

OWN_PRIOR = 5.0
"""Weight, in ratings, of the whole club's ratings among those with which a member's rating is ranked."""

EIGHTY_PERCENT = 1.2816
"""Half-width of the 80 % interval of a normal distribution, in standard deviations."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Film in a ranking: its ratings, their mean in half-stars, and the shrunk mean that ranks it."""

    film_id: FilmId
    count: int
    mean: float
    shrunk: float


@dataclass(frozen=True, slots=True)
class Divide:
    """Divisive film: the standard deviation, lowest and highest of its ratings, in half-stars."""

    film_id: FilmId
    count: int
    spread: float
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class CanonFilm:
    """Film of the canon: its mean percentile among the films of its raters, 0..1, with an 80 % interval."""

    film_id: FilmId
    count: int
    place: float
    low: float
    high: float


def ratings_by_film(entries: Iterable[FigureEntry]) -> dict[FilmId, list[int]]:
    """Return the ratings of each film, in half-stars."""
    found: dict[FilmId, list[int]] = defaultdict(list)
    for each in entries:
        if each.rating:
            found[each.film_id].append(each.rating)
    return found


def ratings_by_member(entries: Iterable[FigureEntry]) -> dict[MemberId, dict[FilmId, int]]:
    """Return each member's ratings by film, in half-stars."""
    found: dict[MemberId, dict[FilmId, int]] = defaultdict(dict)
    for each in entries:
        if each.rating:
            found[each.member_id][each.film_id] = each.rating
    return found


def mean_rating(entries: Iterable[FigureEntry]) -> float | None:
    """Return the mean of all ratings, in half-stars; None where there are none."""
    ratings = [each.rating for each in entries if each.rating]
    return fmean(ratings) if ratings else None


def histogram(entries: Iterable[FigureEntry]) -> list[tuple[int, int]]:
    """Return each rating, in half-stars, with its count, the highest rating first."""
    counts = Counter(each.rating for each in entries if each.rating)
    return sorted(counts.items(), reverse=True)


def standings(entries: Sequence[FigureEntry]) -> list[Standing]:
    """Rank films by their mean rating, shrunk towards the club's mean by `PRIOR`."""
    neutral = mean_rating(entries) or 0.0
    found = [
        Standing(
            film_id,
            len(ratings),
            fmean(ratings),
            (sum(ratings) + PRIOR * neutral) / (len(ratings) + PRIOR),
        )
        for film_id, ratings in ratings_by_film(entries).items()
        if len(ratings) >= FEWEST_STANDING
    ]
    return sorted(found, key=lambda each: (-each.shrunk, -each.count, each.film_id))


def loved_most(entries: Sequence[FigureEntry], most: int) -> list[Standing]:
    """Return at most `most` loved films, the best first."""
    return [each for each in standings(entries) if each.mean >= LOVED][:most]


def liked_least(entries: Sequence[FigureEntry]) -> Standing | None:
    """Return the film of the lowest shrunk mean, if its mean is below `MINDED`."""
    minded = [each for each in standings(entries) if each.mean < MINDED]
    return minded[-1] if minded else None


def deviation(values: Sequence[float]) -> float:
    """Return the standard deviation of all values: as `statistics.pstdev`, in a tenth of its time."""
    count, total = len(values), sum(values)
    squares = count * sum(each * each for each in values) - total * total
    return math.sqrt(max(squares, 0.0) / (count * count))  # in this order equal spreads stay equal


def divisive(entries: Iterable[FigureEntry], fewest: int = FEWEST_DIVISIVE) -> list[Divide]:
    """Return the divisive films, the highest standard deviation first."""
    found = [
        Divide(film_id, len(ratings), spread, min(ratings), max(ratings))
        for film_id, ratings in ratings_by_film(entries).items()
        if len(ratings) >= fewest and (spread := deviation(ratings)) >= DIVIDED
    ]
    return sorted(found, key=lambda each: (-each.spread, -each.count, each.film_id))


def canon(entries: Sequence[FigureEntry], fewest: int = FEWEST_CANON) -> list[CanonFilm]:
    """Rank films by their mean percentile among all films that their raters have rated.

    Whoever gives four stars to everything says as much as whoever keeps them for a few. A member with few
    ratings is placed among the club's, too.
    """
    whole = Counter([each.rating for each in entries if each.rating])
    places: dict[FilmId, list[float]] = defaultdict(list)
    for own in ratings_by_member(entries).values():
        place = _places(Counter(own.values()), whole)
        for film_id, rating in own.items():
            places[film_id].append(place[rating])
    every = [each for found in places.values() for each in found]
    usual = deviation(every) if every else 0.0
    ranked = [
        _canon_film(film_id, found, usual)
        for film_id, found in places.items()
        if len(found) >= fewest
    ]
    return sorted(ranked, key=lambda each: (-each.place, -each.count, each.film_id))


def _canon_film(film_id: FilmId, places: Sequence[float], usual: float) -> CanonFilm:
    """Shrink a film's mean percentile towards .5; its interval is that of as many usual percentiles."""
    count = len(places)
    place = (sum(places) + PRIOR * 0.5) / (count + PRIOR)
    reach = EIGHTY_PERCENT * usual / math.sqrt(count + PRIOR)
    return CanonFilm(film_id, count, place, max(place - reach, 0.0), min(place + reach, 1.0))


def _places(own: Mapping[int, int], whole: Mapping[int, int]) -> dict[int, float]:
    """Return the percentile of each of a member's ratings among their own and, in part, the club's."""
    rated = sum(own.values())
    return {
        rating: (rated * _place(rating, own) + OWN_PRIOR * _place(rating, whole))
        / (rated + OWN_PRIOR)
        for rating in own
    }


def _place(rating: int, counts: Mapping[int, int]) -> float:
    """Return the mid-rank percentile of a rating: the share below it, and half of the share that equals it."""
    below = sum(n for each, n in counts.items() if each < rating)
    return (below + counts[rating] / 2) / sum(counts.values())


def seen_most(entries: Iterable[FigureEntry]) -> list[tuple[FilmId, int]]:
    """Count the members who have seen each film to its end, the highest count first."""
    seen = {(each.film_id, each.member_id) for each in entries if not each.abandoned}
    counts = Counter(film_id for film_id, _ in seen)
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))


def seen_by_member(entries: Iterable[FigureEntry]) -> list[tuple[MemberId, int]]:
    """Count the films that each member has seen to their end, the highest count first."""
    seen = {(each.member_id, each.film_id) for each in entries if not each.abandoned}
    counts = Counter(member_id for member_id, _ in seen)
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))


def against_the_club(
    entries: Sequence[FigureEntry], member_id: MemberId
) -> list[tuple[FilmId, int, float]]:
    """Return a member's ratings with the mean of the others', the largest difference first."""
    others = ratings_by_film(each for each in entries if each.member_id != member_id)
    found = [
        (film_id, own, fmean(others[film_id]))
        for film_id, own in ratings_by_member(entries).get(member_id, {}).items()
        if film_id in others
    ]
    return sorted(found, key=lambda each: (-abs(each[1] - each[2]), each[0]))
