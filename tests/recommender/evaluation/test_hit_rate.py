"""Hit rate: hidden films leave no trace, and too little data gives no figure."""

import pytest

from recommender.evaluation.hit_rate import hit_rate
from recommender.evaluation.metrics import proportion, sign_test
from recommender.index.base import BaseIndex
from recommender.index.club.overlay import Overlay
from recommender.text.documents import FilmDocument, ReviewDocument

GENRES = ("western", "musical", "horror")
FILMS = [
    FilmDocument(f"{genre}-{n:02}", f"{genre} {n}", 1990, genres=(genre,), themes=(f"{genre} air",))
    for genre in GENRES
    for n in range(40)
]


def club(members: int, loved: int) -> Overlay:
    """Return a club whose members each love films of one genre, each member different ones."""
    overlay = Overlay(BaseIndex.build(FILMS))
    overlay.put_all(
        ReviewDocument(f"r{m}-{n}", f"{GENRES[m % 3]}-{(m // 3 * 4 + n) % 40:02}", f"m{m}", "", 9)
        for m in range(members)
        for n in range(loved)
    )
    return overlay


def test_picks_by_taste_hit_where_popularity_cannot() -> None:
    found = hit_rate(club(6, 12))
    assert found is not None
    assert (found.trials, found.members) == (60, 6)
    assert found.picks > found.popularity
    assert found.better
    assert found.significant
    assert found.picks_share.low > found.popularity_share.high


def test_the_club_is_afterwards_as_it_was() -> None:
    overlay = club(6, 12)
    before = list(overlay.reviews())
    hit_rate(overlay)
    assert list(overlay.reviews()) == before


@pytest.mark.parametrize(("members", "loved"), [(2, 12), (6, 3), (6, 5), (0, 0)])
def test_too_little_is_not_enough_to_say(members: int, loved: int) -> None:
    assert hit_rate(club(members, loved)) is None


def test_a_critic_counts_for_nothing() -> None:
    overlay = club(2, 12)
    overlay.put_all(
        ReviewDocument(f"c{n}", f"horror-{n:02}", "A. Critic", "", 9, critic=True)
        for n in range(12)
    )
    assert hit_rate(overlay) is None


def test_intervals_are_honest_at_the_ends() -> None:
    assert proportion(0, 20).high == pytest.approx(0.161, abs=0.001)
    assert proportion(20, 20).low == pytest.approx(0.839, abs=0.001)
    assert (proportion(0, 0).low, proportion(0, 0).high) == (0, 1)
    assert sign_test(0, 0) == 1
    assert sign_test(5, 5) == 1
    assert sign_test(10, 0) == pytest.approx(2 / 1024)
