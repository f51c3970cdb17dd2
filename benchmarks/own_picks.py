"""A member's own picks among the starter catalogue's films, in clubs of 4 to 100 raters.

    python benchmarks/own_picks.py --ratings FOLDER

FOLDER is a MovieLens set. Of each member 22 ratings are known, as in a young club; wanted are the
other films that they rated four stars or more. nDCG@10, beside the club's popularity, EASE and the
mean of the five nearest liked films, in the same run.
"""

import argparse
import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.catalogue.club_index import film_document
from bot.catalogue.starter import starter_films
from recommender import BaseIndex, Overlay, Profile, ReviewDocument
from recommender.evaluation.metrics import ndcg
from recommender.ratings.ease import Ease
from recommender.ratings.profile import is_liked
from recommender.scoring import taste
from recommender.scoring.popularity import club_popularity
from recommender.scoring.score_terms import total
from recommender.scoring.similarity import reference_films, similarities

KNOWN, LEAST, MEMBERS, TOP = 22, 40, 60, 10
SIZES = (4, 8, 20, 100)

Ratings = Mapping[str, Mapping[str, int]]
Scores = NDArray[np.float64]


class Case(NamedTuple):
    """Member of a club: the overlay, what is known of the member, and the films that are wanted."""

    overlay: Overlay
    profile: Profile
    wanted: set[int]


def read(folder: Path) -> Ratings:
    """Read the half-stars of users who rated enough of the starter's films, by user and film."""
    films = {int(f.imdb_id[2:]): str(f.film_id) for f in starter_films() if f.imdb_id}
    with (folder / "links.csv").open(encoding="utf-8") as file:
        linked = {row["movieId"]: films.get(int(row["imdbId"])) for row in csv.DictReader(file)}
    ratings: dict[str, dict[str, int]] = {}
    with (folder / "ratings.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if film := linked.get(row["movieId"]):
                ratings.setdefault(row["userId"], {})[film] = round(2 * float(row["rating"]))
    return {user: each for user, each in ratings.items() if len(each) >= LEAST}


def cases(index: BaseIndex, ratings: Ratings, size: int, seed: int = 0) -> Iterator[Case]:
    """Yield members of clubs of `size` raters, themselves included, every club drawn anew."""
    random = np.random.default_rng(seed)
    users = sorted(ratings)
    for user in random.permutation(users)[:MEMBERS].tolist():
        others = random.permutation([each for each in users if each != user])[: size - 1].tolist()
        films = random.permutation(sorted(ratings[user])).tolist()
        known = {film: ratings[user][film] for film in films[:KNOWN]}
        wanted = {film for film in films[KNOWN:] if is_liked(ratings[user][film])}
        overlay = Overlay(index)
        overlay.put_all(
            ReviewDocument(f"{member} {film}", film, member, "", stars)
            for member, given in {user: known, **{each: ratings[each] for each in others}}.items()
            for film, stars in given.items()
        )
        if wanted:
            yield Case(overlay, Profile(known), {overlay.row_of(film) for film in wanted})


def ours(case: Case) -> Scores:
    """Score as Matinee does."""
    return total(taste.personal(case.overlay, case.profile), len(case.overlay))


def popularity(case: Case) -> Scores:
    """Score by popularity in the club."""
    return club_popularity(case.overlay)


def ease(case: Case) -> Scores:
    """Score by EASE without anything but ratings."""
    matrix = case.overlay.ratings()
    model = Ease.of(matrix, np.zeros((0, len(matrix.rows))))
    gains = {case.overlay.row_of(film): gain for film, gain in case.profile.gains().items()}
    return matrix.scatter(model.predict(gains), len(case.overlay))


def nearest(case: Case) -> Scores:
    """Score by the mean similarity to the five nearest liked films."""
    liked = [film for film, stars in case.profile.ratings.items() if is_liked(stars)]
    rows = [case.overlay.row_of(film) for film in liked]
    each = similarities(case.overlay, reference_films(case.overlay, rows))
    return np.sort(each, axis=0)[-5:].mean(axis=0).astype(np.float64)


def main() -> None:
    """Print every ranker's figure for every size of club."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--ratings", type=Path, required=True, help="folder of a MovieLens set")
    options = parser.parse_args()
    index = BaseIndex.build(map(film_document, starter_films()))
    ratings = read(options.ratings)
    print(f"{len(index)} films, {len(ratings)} users with {LEAST} ratings of them")
    rankers = {
        "popularity": popularity,
        "EASE": ease,
        "five nearest": nearest,
        "Matinee": ours,
    }
    for size in SIZES:
        found: dict[str, list[float]] = {}
        for case in cases(index, ratings, size):
            done = [case.overlay.row_of(film) for film in case.profile.ratings]
            for name, rank in rankers.items():
                scores = rank(case)
                scores[done] = -np.inf
                best = np.argsort(-scores, kind="stable")[:TOP]
                found.setdefault(name, []).append(ndcg(best.tolist(), case.wanted))
        figures = ", ".join(f"{name} {np.mean(each):.3f}" for name, each in found.items())
        print(f"{size} raters: {figures} ({len(found['Matinee'])} members)", flush=True)


if __name__ == "__main__":
    main()
