"""Picks beside the judgements of people who know films, and beside their peers, in one run.

    python benchmarks/judged.py [--judgements FILE] [--members FILE] [--club FILE] [--among FILE]

good@5 and bad@5 are the shares of the first five picks that one who loved the film would thank
for, or be embarrassed by; a film that nobody judged is neither. `among` names the only films that
may be picked, one a line: a catalogue that has grown since holds many that nobody judged.
"""

import argparse
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from installed import installed
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.catalogue.club_index import film_document
from bot.catalogue.starter import starter_films
from recommender import BaseIndex, FilmDocument, Overlay, Profile, Query, ReviewDocument, recommend
from recommender.evaluation import peers

OWN = Path(__file__).parent / "judged"
TOP = 5

Judgements = Mapping[str, Mapping[str, Sequence[str]]]
Matrix = NDArray[np.float64]
Picker = Callable[[str], Sequence[str]]


def weighted_fields(films: Sequence[FilmDocument]) -> Matrix:
    """Return the similarities of all films by weighted TF-IDF cosines of their fields."""
    years = np.array([film.year or 0 for film in films])
    return np.asarray(
        2.0 * _cosines([film.themes for film in films])
        + 0.5 * _cosines([film.directors for film in films])
        + 0.7 * _cosines([film.genres for film in films])
        + 0.5 * _cosines([film.cast for film in films])
        + 0.5
        * _text_cosines([film.text for film in films], sublinear_tf=True, stop_words="english")
        + 0.3 * np.exp(-np.abs(years[:, None] - years) / 10)
    )


def naive(films: Sequence[FilmDocument]) -> Matrix:
    """Return the similarities of all films by TF-IDF of one text, with scikit-learn's defaults."""
    return _text_cosines(
        " ".join([f.title, *f.directors, *f.cast, *f.genres, *f.themes, f.text]) for f in films
    )


def _cosines(lists: Iterable[Sequence[str]]) -> Matrix:
    vectors = TfidfVectorizer(analyzer=list).fit_transform(lists)
    return np.asarray((vectors @ vectors.T).toarray())


def _text_cosines(texts: Iterable[str], **options: object) -> Matrix:
    vectors = TfidfVectorizer(**options).fit_transform(texts)
    return np.asarray((vectors @ vectors.T).toarray())


def by_rows(films: Sequence[FilmDocument], rank: Callable[[int], Matrix]) -> Picker:
    """Pick by a score of all films."""
    rows = {film.film_id: row for row, film in enumerate(films)}

    def pick(film_id: str) -> list[str]:
        scores = np.array(rank(rows[film_id]), dtype=np.float64)
        scores[rows[film_id]] = -np.inf
        return [films[row].film_id for row in np.argsort(-scores, kind="stable")[:TOP]]

    return pick


def line(name: str, judged: Judgements, pick: Picker) -> None:
    """Print one picker's figures."""
    good, bad, first = 0, 0, 0
    for film_id, truth in judged.items():
        picked = pick(film_id)[:TOP]
        good += sum(each in truth["good"] for each in picked)
        bad += sum(each in truth["bad"] for each in picked)
        first += bool(picked) and picked[0] in truth["good"]
    places = TOP * len(judged)
    print(
        f"{name:44s} good@5 {good / places:.3f}  bad@5 {bad / places:.3f}  "
        f"first is good {first / len(judged):.2f}",
        flush=True,
    )


def club(index: BaseIndex, reviews: Sequence[Mapping[str, object]]) -> Overlay:
    """Return a club with its members' reviews."""
    overlay = Overlay(index)
    overlay.put_all(
        ReviewDocument(
            f"{number}",
            str(each["film_id"]),
            str(each["member"]),
            str(each["text"]),
            round(2 * float(str(each["stars"]))),
        )
        for number, each in enumerate(reviews)
    )
    return overlay


def like(overlay: Overlay) -> Picker:
    """Pick films like one."""
    return lambda film_id: [
        pick.film_id for pick in recommend(overlay, Query(like=(film_id,), count=TOP)).picks
    ]


def own(overlay: Overlay) -> Picker:
    """Pick for a member of the club, by name."""

    def pick(member: str) -> list[str]:
        rated = (each for each in overlay.rated_reviews() if each.author_id == member)
        profile = Profile({each.film_id: each.half_stars or 0 for each in rated})
        query = Query(profiles=(profile,), count=TOP)
        return [each.film_id for each in recommend(overlay, query).picks]

    return pick


def main() -> None:
    """Print the figures of every picker."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--judgements", type=Path, default=OWN / "films.json")
    parser.add_argument("--members", type=Path, help="judgements by member of the club")
    parser.add_argument("--club", type=Path, help="reviews, one JSON object a line")
    parser.add_argument("--among", type=Path, help="ids of the only films that may be picked")
    options = parser.parse_args()
    films = [film_document(film) for film in starter_films()]
    if options.among:
        kept = set(options.among.read_text("utf-8").split())
        films = [film for film in films if film.film_id in kept]
    judged: Judgements = json.loads(options.judgements.read_text("utf-8"))
    print(f"{len(films)} films, {len(judged)} of them judged")
    weighted, plain = weighted_fields(films), naive(films)
    texts = {name: make for name, make in peers.TEXT_PEERS.items() if "BM25" in name}
    for name, rank in installed({n: partial(make, films) for n, make in texts.items()}).items():
        line(name, judged, by_rows(films, rank))
    line("TF-IDF, one text", judged, by_rows(films, lambda row: plain[row]))
    line("weighted fields", judged, by_rows(films, lambda row: weighted[row]))
    index = BaseIndex.build(films)
    line("Matinee", judged, like(Overlay(index)))
    if options.club:
        written = [json.loads(each) for each in options.club.read_text("utf-8").splitlines()]
        overlay = club(index, written)
        line("Matinee, with the club's reviews", judged, like(overlay))
        if options.members:
            line("Members' own picks", json.loads(options.members.read_text("utf-8")), own(overlay))


if __name__ == "__main__":
    main()
