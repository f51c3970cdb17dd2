"""A club's ratings: EASE by Woodbury is EASE, and its reasons sum to its predictions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.collaborative import RIDGE, Ratings
from recommender.profile import Profile, gain

ratings = st.dictionaries(
    st.tuples(st.sampled_from("abcde"), st.integers(0, 9)), st.integers(1, 10), min_size=1
)


@given(ratings, st.dictionaries(st.integers(0, 12), st.sampled_from((0.2, 0.5, 1.0)), max_size=5))
def test_prediction_is_ease_in_closed_form(
    given_ratings: dict[tuple[str, int], int], wanted: dict[int, float]
) -> None:
    club = Ratings.of(given_ratings)
    heard = club.heard
    inverse = np.linalg.inv(heard.T @ heard + RIDGE * np.eye(heard.shape[1]))
    weights = -inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0)
    own = np.array([wanted.get(int(row), 0.0) for row in club.rows])
    assert club.predict(wanted) == pytest.approx(own @ weights, abs=1e-9)


@given(ratings, st.dictionaries(st.integers(0, 9), st.sampled_from((0.5, 1.0)), min_size=1))
def test_reasons_sum_to_the_prediction(
    given_ratings: dict[tuple[str, int], int], wanted: dict[int, float]
) -> None:
    club = Ratings.of(given_ratings)
    predicted = club.predict(wanted)
    for place, row in enumerate(club.rows.tolist()):
        reasons = sum(value for _, value in club.because(wanted, row))
        assert reasons == pytest.approx(predicted[place], abs=1e-9)


def test_films_of_the_same_members_are_alike() -> None:
    club = Ratings.of({("a", 1): 10, ("b", 1): 8, ("a", 2): 10, ("b", 2): 8, ("c", 3): 10})
    alike = club.alike(1)
    assert alike[1] > alike[2] == 0
    assert club.alike(7).tolist() == [0, 0, 0]
    assert list(club.because({1: 1.0}, 7)) == []
    assert club.raters == 3


def test_the_busiest_are_heard_less_whatever_the_others_do() -> None:
    club = Ratings.of({("a", film): 10 for film in range(16)} | {("b", 0): 10})
    assert club.heard[1, 0] == pytest.approx(2 * club.heard[0, 0])
    assert club.gains[1, 0] == club.gains[0, 0]


def test_an_abandoned_film_says_nothing_and_better_ratings_say_more() -> None:
    profile = Profile({"a": 10, "b": 6, "c": 2, "d": 9}, abandoned=frozenset({"d"}))
    assert profile.gains() == {"a": 1.0, "b": 0.5, "c": 0.2}
    assert list(profile.gains()) == ["a", "b", "c"]
    assert profile.done() == {"a", "b", "c", "d"}
    assert gain(8) > gain(7) > gain(5)
