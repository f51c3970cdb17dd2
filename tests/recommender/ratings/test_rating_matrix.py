"""Rating matrix: item similarities, rater weights, updates and scale."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.ratings.rating_matrix import RatingMatrix

ratings = st.dictionaries(
    st.tuples(st.sampled_from("abcde"), st.integers(0, 9)), st.integers(1, 10), min_size=1
)


def test_films_of_the_same_members_are_alike() -> None:
    club = RatingMatrix.of({("a", 1): 10, ("b", 1): 8, ("a", 2): 10, ("b", 2): 8, ("c", 3): 10})
    alike = club.similarity(1)
    assert alike[1] > alike[2] == 0
    assert club.similarity(7).tolist() == [0, 0, 0]
    assert club.raters == 3


def test_the_busiest_raters_weigh_less_whatever_the_others_do() -> None:
    club = RatingMatrix.of({("a", film): 10 for film in range(16)} | {("b", 0): 10})
    assert club.rater_weights[1] == pytest.approx(2 * club.rater_weights[0])
    assert club.gains[1, 0] == club.gains[0, 0]


columns = st.dictionaries(
    st.integers(0, 12),
    st.dictionaries(st.sampled_from("abcdefg"), st.integers(1, 10)),
    max_size=4,
)


@given(ratings, st.lists(columns, max_size=3))
def test_changed_ratings_are_those_made_anew(
    before: dict[tuple[str, int], int], changes: list[dict[int, dict[str, int]]]
) -> None:
    club, now = RatingMatrix.of(before), dict(before)
    for change in changes:
        club = club.updated(change)
        now = {key: value for key, value in now.items() if key[1] not in change}
        now |= {(name, row): n for row, given in change.items() for name, n in given.items()}
    anew = RatingMatrix.of(now)
    assert (club.members, club.rows.tolist()) == (anew.members, anew.rows.tolist())
    assert club.half_stars.tolist() == anew.half_stars.tolist()
    assert club.half_stars.strides == anew.half_stars.strides


def test_one_rating_in_a_large_catalogue_stands_out_no_more_than_in_a_small_one() -> None:
    club = RatingMatrix.of({("a", 3): 10})
    heights = []
    for films in (1_000, 40_000):
        laid_out = club.scatter(club.popularity(), films)
        heights.append(laid_out.max() / club.scale(laid_out))
    assert heights[0] == pytest.approx(heights[1], rel=0.01)
    assert heights[0] < 5
    everything = RatingMatrix.of({("a", film): 1 + film for film in range(10)})
    laid_out = everything.scatter(everything.stars[0], 10)
    assert everything.scale(laid_out) == pytest.approx(laid_out.std())
    assert RatingMatrix.of({}).scale(np.zeros(7)) == 1
