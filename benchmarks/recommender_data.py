"""Data sets that the recommender is measured on: read from a folder, or synthetic.

The folder holds `wikipedia-films/`, `movielens-small/`, `imdb-reviews/` and `opinosis/`, each in
its public format. Nothing of it is kept.
"""

import csv
import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from recommender.ratings.profile import is_liked
from recommender.text.analyzer import words
from recommender.text.documents import FilmDocument, ReviewDocument

_NAME = r"(?:[A-ZÀ-Þ][\w\-'’]+|[A-Z]\.)(?: (?:[A-ZÀ-Þ][\w\-'’]+|[A-Z]\.|de|von|van|del|la|le|der))*"
_DIRECTED = re.compile(
    rf"directed[a-z,\- ]{{0,40}}? by ({_NAME}(?:(?:, and |, | and | & ){_NAME})*)"
)
_ARTICLE_LAST = re.compile(r"(.*), (The|A|An|La|Le|Les|El|Das|Der|Die|Il)$")


@dataclass(frozen=True, slots=True)
class Rating:
    """Rating by a user of a film, given by its row, in half-stars 1..10."""

    user: int
    row: int
    half_stars: int

    @property
    def liked(self) -> bool:
        """Whether the user liked the film."""
        return is_liked(self.half_stars)


@dataclass(frozen=True, slots=True)
class Dataset:
    """Films that have ratings and texts, with ratings, reviews and tags; rows follow film ids."""

    films: tuple[FilmDocument, ...]
    ratings: tuple[Rating, ...]
    reviews: tuple[ReviewDocument, ...]
    tags: tuple[tuple[int, int, str], ...]

    @property
    def users(self) -> list[int]:
        """All users, ascending."""
        return sorted({rating.user for rating in self.ratings})


def read(folder: Path | None) -> Dataset:
    """Read the data sets of a folder, joined, or make a synthetic one."""
    return invented() if folder is None else _joined(folder)


def catalogue(folder: Path) -> list[FilmDocument]:
    """Read all Wikipedia films, each id once."""
    films: dict[str, FilmDocument] = {}
    for path in sorted((folder / "wikipedia-films").glob("*.json.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for entry in json.load(file):
                film_id = f"{entry.get('href') or entry['title']}-{entry['year']}"
                if len(entry["title"]) <= 200:
                    films.setdefault(film_id, _film(film_id, entry))
    return list(films.values())


def opinosis(folder: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Yield each topic's sentences and its human summaries."""
    for path in sorted((folder / "opinosis").glob("*.json")):
        entry = json.loads(path.read_text("utf-8"))
        yield entry["sentences"], entry["gold"]


def invented(films: int = 800, users: int = 120, seed: int = 7) -> Dataset:
    """Make a synthetic data set with latent tastes, so that every benchmark runs without data.

    Text, people and popularity each predict likes to some degree, as for real films; but figures on
    it say nothing of the quality on real films.
    """
    random = np.random.default_rng(seed)
    tastes = random.dirichlet(np.full(12, 0.2), films)
    drawn = [random.choice(40, 12, p=_vocabulary(taste)) for taste in tastes]
    made = tuple(
        FilmDocument(
            film_id=f"film-{number:05}",
            title=_spelled(number),
            year=int(1950 + random.integers(0, 70)),
            directors=(f"Director {_of_kind(random, tastes[number], films // 8)}",),
            cast=tuple(f"Actor {_of_kind(random, tastes[number], films // 3)}" for _ in range(4)),
            genres=(f"genre {int(np.argmax(tastes[number]))}",),
            text=" ".join(f"word{word}" for word in drawn[number]),
        )
        for number in range(films)
    )
    fame = random.pareto(3.0, films) + 0.3
    ratings = []
    for user in range(users):
        liking = tastes @ random.dirichlet(np.full(12, 0.15))
        chances = liking**2 * fame
        seen = random.choice(films, 40, replace=False, p=chances / chances.sum())
        stars = np.clip(3 + 2 * liking[seen] + random.normal(0, 0.7, len(seen)), 0.5, 5.0)
        ratings += [
            Rating(user, int(row), int(half_stars))
            for row, half_stars in zip(seen, np.round(2 * stars), strict=True)
        ]
    return Dataset(made, tuple(ratings), (), ())


def _of_kind(
    random: np.random.Generator, taste: np.ndarray[tuple[int], np.dtype[np.float64]], people: int
) -> int:
    """Draw one of some people, each of whom makes films of one latent kind."""
    kind = int(random.choice(len(taste), p=taste))
    return int(random.integers(0, max(people // len(taste), 1))) * len(taste) + kind


def _spelled(number: int) -> str:
    """Write a number in letters, for titles that differ in digits only are one series."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number)).title()


def _vocabulary(
    taste: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    weights = np.repeat(taste, 4)[:40] + 0.02
    return np.asarray(weights / weights.sum())


def _joined(folder: Path) -> Dataset:
    """Join films by folded title and year, at most a year apart."""
    by_title: dict[tuple[str, int], list[FilmDocument]] = defaultdict(list)
    for film in catalogue(folder):
        by_title[_key(film.title), film.year or 0].append(film)
    found: dict[int, FilmDocument] = {}
    taken: set[str] = set()
    for movie_id, titles, year in _movies(folder):
        candidates = (
            film
            for near in (year, year - 1, year + 1)
            for title in titles
            for film in by_title.get((_key(title), near), ())
            if film.film_id not in taken
        )
        if (film := next(candidates, None)) is not None:
            found[movie_id] = film
            taken.add(film.film_id)
    films = tuple(sorted(found.values(), key=lambda film: film.film_id.encode()))
    rows = {film.film_id: row for row, film in enumerate(films)}
    row_of = {movie_id: rows[film.film_id] for movie_id, film in found.items()}
    return Dataset(
        films,
        tuple(_ratings(folder, row_of)),
        tuple(_reviews(folder, found)),
        tuple(_tags(folder, row_of)),
    )


def _film(film_id: str, entry: dict[str, object]) -> FilmDocument:
    text = str(entry.get("extract") or "")
    return FilmDocument(
        film_id=film_id,
        title=str(entry["title"]),
        year=int(str(entry["year"])),
        directors=_directors(text),
        cast=_strings(entry["cast"]),
        genres=_strings(entry["genres"]),
        text=text,
    )


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list) else ()


def _directors(text: str) -> tuple[str, ...]:
    match = _DIRECTED.search(text)
    names = re.split(r", and | and | & |, ", match.group(1)) if match else []
    return tuple(name.rstrip(".") for name in names if 1 < len(name.split()) <= 4)


def _key(title: str) -> str:
    plain = words(title.replace("&", " and "))
    return " ".join(word for word in plain if word not in {"the", "a", "an"})


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _movies(folder: Path) -> Iterator[tuple[int, list[str], int]]:
    for row in _rows(folder / "movielens-small" / "movies.csv"):
        match = re.match(r"(.*?)\s*\((\d{4})\)\s*$", row["title"])
        if match:
            yield int(row["movieId"]), _titles(match.group(1)), int(match.group(2))


def _titles(title: str) -> list[str]:
    given = [title, *re.findall(r"\(([^)]*)\)", title), re.sub(r"\s*\([^)]*\)", "", title)]
    plain = [re.sub(r"^a\.k\.a\. ", "", each) for each in given]
    return [_ARTICLE_LAST.sub(r"\2 \1", each) for each in plain]


def _ratings(folder: Path, row_of: dict[int, int]) -> Iterator[Rating]:
    for row in _rows(folder / "movielens-small" / "ratings.csv"):
        if int(row["movieId"]) in row_of:
            half_stars = round(2 * float(row["rating"]))
            yield Rating(int(row["userId"]), row_of[int(row["movieId"])], half_stars)


def _tags(folder: Path, row_of: dict[int, int]) -> Iterator[tuple[int, int, str]]:
    for row in _rows(folder / "movielens-small" / "tags.csv"):
        if int(row["movieId"]) in row_of:
            yield int(row["userId"]), row_of[int(row["movieId"])], row["tag"]


def _reviews(folder: Path, found: dict[int, FilmDocument]) -> Iterator[ReviewDocument]:
    path = folder / "imdb-reviews" / "reviews.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            entry = json.loads(line)
            film = found.get(entry["movielens_id"])
            for number, review in enumerate(entry["reviews"] if film else ()):
                review_id = f"{entry['movielens_id']}-{number:04}"
                assert film is not None
                yield ReviewDocument(
                    review_id, film.film_id, review_id, review["text"], review["rating_10"]
                )
