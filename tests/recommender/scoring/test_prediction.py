"""Predicted ratings: drawn to similar films, within their interval, none without enough data."""

import pytest

from recommender.index.base import BaseIndex
from recommender.index.club.overlay import Overlay
from recommender.ratings.profile import Profile
from recommender.scoring.prediction import PredictedRating, predict_ratings
from recommender.text.documents import FilmDocument, ReviewDocument


def predict_rating(overlay: Overlay, profile: Profile, film_id: str) -> PredictedRating | None:
    return predict_ratings(overlay, profile, [film_id]).get(film_id)


@pytest.fixture(name="overlay")
def two_kinds_of_films() -> Overlay:
    kinds = (("western", "dusty"), ("musical", "glittering"))
    return Overlay(
        BaseIndex.build(
            FilmDocument(f"{genre}-{n}", f"{n}", 1960 + n, genres=(genre,), themes=(mood,))
            for genre, mood in kinds
            for n in range(6)
        )
    )


LOVES_WESTERNS = Profile(
    {f"western-{n}": 9 for n in range(4)} | {f"musical-{n}": 3 for n in range(4)}
)


def test_like_films_draw_the_prediction(overlay: Overlay) -> None:
    western = predict_rating(overlay, LOVES_WESTERNS, "western-5")
    musical = predict_rating(overlay, LOVES_WESTERNS, "musical-5")
    assert western is not None
    assert musical is not None
    assert western.half_stars > 6 > musical.half_stars
    assert 1 <= western.low <= western.half_stars <= western.high <= 10


def test_the_clubs_opinion_moves_it(overlay: Overlay) -> None:
    before = predict_rating(overlay, LOVES_WESTERNS, "western-5")
    for member in "abcd":
        overlay.put(ReviewDocument(f"{member}1", "western-5", member, "", 10))
        overlay.put(ReviewDocument(f"{member}2", "musical-5", member, "", 2))
    after = predict_rating(overlay, LOVES_WESTERNS, "western-5")
    assert before is not None
    assert after is not None
    assert after.half_stars > before.half_stars


def test_too_little_is_known(overlay: Overlay) -> None:
    few = Profile({"western-1": 9, "western-2": 8})
    assert predict_rating(overlay, few, "western-5") is None
    assert predict_rating(overlay, LOVES_WESTERNS, "nowhere") is None


def test_an_interval_is_narrow_for_an_even_rater_and_wide_for_a_restless_one(
    overlay: Overlay,
) -> None:
    even = Profile({f"{kind}-{n}": 8 for kind in ("western", "musical") for n in range(4)})
    restless = Profile(
        {f"{kind}-{n}": 2 + 8 * (n % 2) for kind in ("western", "musical") for n in range(4)}
    )
    calm, wild = (predict_rating(overlay, each, "western-5") for each in (even, restless))
    assert calm is not None
    assert wild is not None
    assert calm.is_narrow
    assert not wild.is_narrow
    assert calm.reach > 0.5  # nobody is that sure from ten ratings
