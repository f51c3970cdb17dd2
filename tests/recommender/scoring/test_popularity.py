"""Popularity in the club: standardised, whatever the club rated."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.index.base import BaseIndex
from recommender.index.club.overlay import Overlay
from recommender.scoring.popularity import club_popularity, prior_scores
from recommender.text.documents import ReviewDocument
from tests.recommender.samples import FILMS, unhurried

rated = st.sampled_from(FILMS[1:]).map(lambda film: film.film_id)
"""All films but one, which nobody rates."""


@unhurried
@given(st.dictionaries(st.tuples(st.sampled_from("abc"), rated), st.integers(1, 10), min_size=1))
def test_popularity_in_a_club_that_rated_enough_films_has_mean_0_and_spread_1(
    ratings: dict[tuple[str, str], int],
) -> None:
    overlay = Overlay(BaseIndex.build(FILMS))
    overlay.put_all(
        ReviewDocument(f"{member} {film_id}", film_id, member, "", half_stars)
        for (member, film_id), half_stars in ratings.items()
    )
    found = club_popularity(overlay)
    assert found.mean() == pytest.approx(0, abs=1e-9)
    assert found.std() == pytest.approx(1)


@pytest.mark.parametrize("counted", [3, len(FILMS) - 1])
def test_a_film_without_a_count_is_as_the_least_known_whoever_counts(counted: int) -> None:
    """A few raters of a small set, thousands of votes of a large one: the order is the same."""
    few, many = (
        prior_scores(
            Overlay(
                BaseIndex.build(
                    replace(film, popularity=times * 3.0**place if place < counted else 0.0)
                    for place, film in enumerate(FILMS)
                )
            )
        )
        for times in (1, 1_000)
    )
    assert many == pytest.approx(few, abs=1e-6)
    if counted > len(FILMS) / 2:
        assert sum(each == pytest.approx(few.min()) for each in few) == len(FILMS) - counted + 1
