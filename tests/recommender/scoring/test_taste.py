"""A member's taste: only the few nearest of their films count for a candidate."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.answers.ranking import recommend
from recommender.index.base import BaseIndex
from recommender.index.club.overlay import Overlay
from recommender.ratings.profile import Profile
from recommender.scoring import taste
from recommender.scoring.query import Query
from recommender.scoring.score_terms import NEIGHBOURS
from recommender.text.documents import FilmDocument


@given(st.integers(0, 2**32 - 1), st.integers(1, 12), st.integers(1, 9))
def test_the_mean_of_the_best_is_that_of_a_sort(seed: int, liked: int, films: int) -> None:
    random = np.random.default_rng(seed)
    each = random.integers(0, 9, (liked, films)).astype(np.float32)
    gains = random.choice([1.0, 0.5], liked)
    gained = each * gains[:, None]
    expected = np.sort(gained, axis=0)[-NEIGHBOURS:].sum(axis=0) / NEIGHBOURS
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(taste, "COLUMNS", 4)  # so that more films come than are sorted at a time
        assert taste._mean_of_best(each, gains.tolist()) == pytest.approx(expected)


KINDS = {
    "scary": ("ghosts", "gory", "haunted house"),
    "merry": ("slapstick", "farce", "silly"),
}
FILMS = [
    FilmDocument(f"{kind}-{n}", f"{kind}{'abcdefghijkl'[n]}", 1990 + n, themes=themes)
    for kind, themes in KINDS.items()
    for n in range(12)
]


def test_nobody_of_a_group_is_given_what_is_nearest_to_what_they_want_never_again() -> None:
    overlay = Overlay(BaseIndex.build(FILMS))
    scared = Profile({"scary-0": 2, "merry-0": 9})
    fearless = Profile({f"scary-{n}": 10 for n in range(1, 4)})
    refused = {overlay.film_id(row) for row in taste.refused(overlay, scared)}
    assert {film_id.split("-")[0] for film_id in refused} == {"scary"}
    assert 5 < len(refused) <= taste.NEAREST_REFUSED
    given = recommend(overlay, Query(profiles=(scared, fearless))).picks
    assert not refused & {pick.film_id for pick in given}
    assert not len(taste.refused(overlay, fearless))


def test_a_film_nearer_to_one_that_is_liked_is_not_refused() -> None:
    overlay = Overlay(BaseIndex.build(FILMS))
    marked = Profile({"scary-4": 9}, never=frozenset({"scary-3"}))
    refused = {overlay.film_id(row) for row in taste.refused(overlay, marked)}
    assert "scary-5" not in refused
    assert "scary-2" in refused
