"""Map of the club: similar films are near each other, members near the films they love.

Distances are unlikeness, laid out by classical scaling. The axes are turned so that they mean something and stay
as they are from month to month: newer films lie to the right, better loved ones further up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.domain.films.film import Film
from bot.domain.ids import FilmId, MemberId
from bot.features.figures.counting.entries import FigureEntry
from bot.features.figures.counting.scores import ratings_by_film, ratings_by_member
from bot.messages.phrases import counted, joined
from bot.views import drawing
from bot.views.drawing import HEIGHT, MARGIN, WIDTH
from recommender import Overlay
from recommender.scoring.reference_postings import similarity_matrix

FEWEST, MOST = 5, 48
"""Fewest and most films of a map: those with the most ratings."""

Point = tuple[float, float]
Area = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class ClubMap:
    """Map of the club: points of films and members, each coordinate -1..1, and the ratings of each film."""

    films: Mapping[FilmId, Point]
    members: Mapping[MemberId, Point]
    ratings: Mapping[FilmId, int]


def club_map(
    entries: Sequence[FigureEntry], films: Mapping[FilmId, Film], overlay: Overlay
) -> ClubMap | None:
    """Return the map of the films with the most ratings; None if there are too few."""
    rated = ratings_by_film(entries)
    known = [each for each in rated if each in films and overlay.row_of(each) >= 0]
    shown = sorted(sorted(known), key=lambda each: -len(rated[each]))[:MOST]
    if len(shown) < FEWEST:
        return None
    rows = [overlay.row_of(each) for each in shown]
    order = np.argsort(rows)
    shown, rows = [shown[each] for each in order], [rows[each] for each in order]
    alike = similarity_matrix(overlay, rows, rows)
    means = [sum(rated[each]) / len(rated[each]) for each in shown]
    years = [films[each].year or 0 for each in shown]
    points = laid_out(alike, years, means)
    places = {film: (float(x), float(y)) for film, (x, y) in zip(shown, points, strict=True)}
    return ClubMap(places, _members(entries, places), {each: len(rated[each]) for each in shown})


def laid_out(
    alike: NDArray[np.float64], years: Sequence[float], means: Sequence[float]
) -> NDArray[np.float64]:
    """Return points in -1..1 whose distances follow dissimilarity; axes point to newer and better rated films."""
    both = (alike + alike.T) / 2
    np.fill_diagonal(both, 0.0)
    unlike = 1.0 - both / max(float(both.max()), 1e-9)
    np.fill_diagonal(unlike, 0.0)
    count = len(unlike)
    centring = np.eye(count) - 1.0 / count
    values, vectors = np.linalg.eigh(-0.5 * centring @ (unlike**2) @ centring)
    points = vectors[:, -2:] * np.sqrt(np.maximum(values[-2:], 0.0))
    points = _turned(points, np.array(years, float), np.array(means, float))
    reach = np.maximum(np.abs(points).max(axis=0), 1e-9)
    return np.asarray((_spread(points) + points / reach) / 2)


def _spread(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return each point by its rank along either axis: a few films far out must not crowd the others."""
    ranks = points.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    return np.asarray(2 * (ranks + 0.5) / len(points) - 1)


def _turned(
    points: NDArray[np.float64], years: NDArray[np.float64], means: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Turn the map so that the years lie along the first axis, and mirror it so that loved films lie up."""
    direction = points.T @ (years - years.mean())
    if np.linalg.norm(direction) < 1e-9:
        direction = np.array([1.0, 0.0])
    x = direction / np.linalg.norm(direction)
    y = np.array([-x[1], x[0]])
    turned = np.stack([points @ x, points @ y], axis=1)
    if turned[:, 1] @ (means - means.mean()) < 0:
        turned[:, 1] *= -1
    return turned


def _members(
    entries: Sequence[FigureEntry], places: Mapping[FilmId, Point]
) -> dict[MemberId, Point]:
    """Place each member amid the films that they rate above their own mean."""
    found = {}
    for member_id, own in sorted(ratings_by_member(entries).items()):
        mean = sum(own.values()) / len(own)
        loved = [
            (places[film], rating - mean + 0.1)
            for film, rating in own.items()
            if film in places and rating >= mean
        ]
        weight = sum(each for _, each in loved)
        if len(loved) >= 2:
            found[member_id] = (
                sum(x * each for (x, _), each in loved) / weight,
                sum(y * each for (_, y), each in loved) / weight,
            )
    return found


def map_card(
    club: str, found: ClubMap, films: Mapping[FilmId, Film], names: Mapping[MemberId, str]
) -> str:
    """Draw the map, as SVG."""
    told = "films near those they are like; newer to the right, better loved further up"
    parts = drawing.heading(club, "The club’s map", below=told)
    places = [_at(place) for each, place in found.members.items() if each in names]
    most = max(found.ratings.values())
    radii = {film_id: 4 + 6 * count / most for film_id, count in found.ratings.items()}
    taken = [_around(place, 8) for place in places]
    taken += [_around(_at(place), radii[each]) for each, place in found.films.items()]
    marks = []
    for member_id, place in found.members.items():
        if member_id in names:
            x, y = _at(place)
            marks.append(drawing.dot(x, y, 6))
            label = _label(names[member_id], (x, y), 6, taken, size=28, colour="accent")
            marks += [label] if label else []
    dots, labels = [], []
    for film_id in sorted(found.films, key=lambda each: (-found.ratings[each], each)):
        x, y = _at(found.films[film_id])
        radius = radii[film_id]
        dots.append(drawing.dot(x, y, radius, colour="soft", opacity=0.45))
        title = drawing.fitted(films[film_id].title, 20, 230)
        label = _label(title, (x, y), radius, taken, size=20, colour="ink")
        labels += [label] if label else []
    labels += marks
    return drawing.picture([*parts, *dots, *labels], map_alt(club, found, films, names))


def map_alt(
    club: str, found: ClubMap, films: Mapping[FilmId, Film], names: Mapping[MemberId, str]
) -> str:
    """Describe the map: each member with the nearest film."""
    near = []
    for member_id, (x, y) in found.members.items():
        if member_id in names:
            closest = min(
                found.films,
                key=lambda each: (found.films[each][0] - x) ** 2 + (found.films[each][1] - y) ** 2,
            )
            near.append(f"{names[member_id]} near {films[closest].title}")
    return f"Map of {counted(len(found.films), 'film')} of {club}: {joined(near)}."


def _at(place: Point) -> Point:
    """Return where a place of the map is in the picture."""
    across, down = (WIDTH - 2 * MARGIN - 160) / 2, (HEIGHT - 300) / 2
    return WIDTH / 2 + place[0] * across, 250 + down - place[1] * down


def _around(at: Point, radius: float) -> Area:
    """Return the square that holds a dot."""
    (x, y) = at
    return x - radius, y - radius, x + radius, y + radius


def _label(
    words: str, at: Point, radius: float, taken: list[Area], *, size: float, colour: str
) -> str:
    """Write a name beside its dot, where no other stands; nothing where there is no room."""
    wide, (x, y) = drawing.letters_in(words) * size * 0.44, at
    for left, below in (
        (x + radius + 5, y + size * 0.3),
        (x - radius - 5 - wide, y + size * 0.3),
        (x - wide / 2, y - radius - 6),
        (x - wide / 2, y + radius + size),
    ):
        area = (left, below - size * 0.8, left + wide, below + size * 0.25)
        inside = area[0] > MARGIN / 2 and area[2] < WIDTH - MARGIN / 2 and area[3] < HEIGHT - 8
        if inside and not any(_overlap(area, each) for each in taken):
            taken.append(area)
            return drawing.text(left, below, words, size, colour=colour, italic=colour == "accent")
    return ""


def _overlap(one: Area, other: Area) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
