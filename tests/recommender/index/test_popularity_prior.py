"""Popularity prior, estimated from the catalogue alone."""

import numpy as np

from recommender import FilmDocument
from recommender.index.popularity_prior import mentions, popularity_prior


def test_a_film_is_mentioned_by_the_texts_of_other_films_alone() -> None:
    films = [
        FilmDocument("a", "The Third Man", text="The Third Man is a film about a third man."),
        FilmDocument("b", "Odd Man", text="After The Third Man, he made this and Odd Man."),
        FilmDocument("c", "Vienna", text="Like The Third Man it is set in Vienna."),
        FilmDocument("d", "Rome", text="Not in Vienna at all."),
    ]
    assert mentions(films).tolist() == [2, 0, 0, 0]


def test_who_made_many_films_and_is_named_first_makes_a_film_popular() -> None:
    crowd = tuple(f"Nobody {number}" for number in range(5))
    films = [FilmDocument(f"known-{n}", f"Known {n}", cast=("Ann Known",)) for n in range(4)]
    films += [
        FilmDocument("led", "Led", cast=("Ann Known", *crowd)),
        FilmDocument("passed", "Passed", cast=(*crowd, "Ann Known")),
    ]
    found = popularity_prior(films, np.zeros(len(films), dtype=np.int64))
    assert found[4] > found[5]
    assert abs(float(found.mean())) < 1e-6


def test_an_empty_catalogue_has_no_prior() -> None:
    assert popularity_prior([], np.zeros(0, dtype=np.int64)).shape == (0,)
