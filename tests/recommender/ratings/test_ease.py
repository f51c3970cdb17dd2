"""EASE: equal to the direct closed form, with explanations that sum to its predictions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.answers.ranking import recommend
from recommender.index.base import BaseIndex
from recommender.index.club.overlay import Overlay
from recommender.ratings.ease import RIDGE, Ease
from recommender.ratings.profile import LIKED_GAIN, Profile
from recommender.ratings.rating_matrix import RatingMatrix
from recommender.scoring.query import Query
from recommender.text.documents import ReviewDocument
from tests.recommender.samples import HORROR_AND_COMEDY, unhurried

clubs = st.dictionaries(
    st.tuples(st.sampled_from("abcde"), st.integers(0, 9)), st.integers(1, 10), min_size=1
)


@st.composite
def fitted(draw: st.DrawFn) -> Ease:
    """Draw EASE fitted to a club and up to three traits of its films."""
    ratings = RatingMatrix.of(draw(clubs))
    some = st.lists(st.floats(0, 1), min_size=len(ratings.rows), max_size=len(ratings.rows))
    rows_of_traits = draw(st.lists(some, max_size=3))
    return Ease.of(
        ratings, np.array(rows_of_traits).reshape(len(rows_of_traits), len(ratings.rows))
    )


@unhurried
@given(fitted(), st.dictionaries(st.integers(0, 12), st.sampled_from((0.2, 0.5, 1.0)), max_size=5))
def test_prediction_is_ease_in_closed_form(ease: Ease, wanted: dict[int, float]) -> None:
    x = ease.interactions
    inverse = np.linalg.inv(x.T @ x + RIDGE * np.eye(x.shape[1]))
    weights = -inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0)
    own = np.array([wanted.get(row, 0.0) for row in ease.ratings.rows.tolist()])
    assert ease.predict(wanted) == pytest.approx(own @ weights, abs=1e-9)


@unhurried
@given(fitted(), st.dictionaries(st.integers(0, 9), st.sampled_from((0.5, 1.0)), min_size=1))
def test_reasons_sum_to_the_prediction(ease: Ease, wanted: dict[int, float]) -> None:
    predicted = ease.predict(wanted)
    for place, row in enumerate(ease.ratings.rows.tolist()):
        _, direct, indirect = ease.explain(wanted, row)
        reasons = sum(direct) + sum(indirect)
        assert reasons == pytest.approx(predicted[place], abs=1e-9)


@unhurried
@given(fitted())
def test_only_members_who_liked_both_films_speak_for_the_two(ease: Ease) -> None:
    rows, members = ease.ratings.rows.tolist(), ease.ratings.raters
    liked = ease.ratings.gains >= LIKED_GAIN
    for place, row in enumerate(rows):
        weights = ease.dual[:members, place] / ease.diagonal[place]
        others, shares, _ = ease.explain(dict.fromkeys(rows, 1.0), row)
        for other, direct in zip(others, shares, strict=True):
            its = rows.index(other)
            both = liked[:, place] & liked[:, its]
            assert direct == pytest.approx(
                weights[both] @ ease.interactions[:members][both, its], abs=1e-12
            )


def test_a_film_that_nobody_rated_is_not_predicted() -> None:
    ease = Ease.of(RatingMatrix.of({("a", 1): 10, ("b", 2): 8}), np.zeros((0, 2)))
    assert ease.explain({1: 1.0}, 7) == ([], [], [])
    assert len(ease.predict({7: 1.0})) == 2


def test_without_a_common_rater_films_of_a_genre_still_speak_for_each_other() -> None:
    overlay = Overlay(BaseIndex.build(HORROR_AND_COMEDY))
    overlay.put_all(
        ReviewDocument(f"r{film}", film, member, "", 10)
        for film, member in (("a", "ana"), ("b", "ben"), ("c", "cleo"), ("d", "ben"))
    )
    rows = overlay.ratings().rows.tolist()
    predicted_by_row = dict(
        zip(rows, overlay.ease().predict({overlay.row_of("a"): 1.0}), strict=True)
    )
    assert (
        predicted_by_row[overlay.row_of("b")]
        > predicted_by_row[overlay.row_of("c")]
        > predicted_by_row[overlay.row_of("d")]
    )
    # Nobody rated both: no pick may weights that somebody did.
    for pick in recommend(overlay, Query(profiles=(Profile({"a": 10}),))).picks:
        assert not [reason for reason in pick.reasons if reason.source and reason.kind == "club"]


def test_no_pick_is_said_to_go_with_a_film_that_those_who_liked_it_disliked() -> None:
    overlay = Overlay(BaseIndex.build(HORROR_AND_COMEDY))
    ratings = (("ana", "a", 10), ("ana", "b", 2), ("ben", "a", 10), ("ben", "c", 10))
    overlay.put_all(ReviewDocument(m + film, film, m, "", stars) for m, film, stars in ratings)
    picks = recommend(overlay, Query(profiles=(Profile({"b": 10, "c": 10}),))).picks
    reasons = next(pick.reasons for pick in picks if pick.film_id == "a")
    assert {each.source for each in reasons if each.source and each.kind == "club"} == {"c"}
