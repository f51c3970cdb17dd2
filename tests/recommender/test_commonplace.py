"""What reviews say of any film makes no two films alike."""

from math import fsum

import pytest

from recommender import BaseIndex, FilmDocument, Overlay, Query, ReviewDocument, recommend
from recommender.explanation import shared_terms
from recommender.likeness import liked_film, likenesses

FILMS = [FilmDocument(f"film-{number:02}", f"Title {number}", text="boats") for number in range(40)]


def club(words: dict[int, str]) -> Overlay:
    overlay = Overlay(BaseIndex.build(FILMS))
    overlay.put_all(
        ReviewDocument(f"{film}-{n}", f"film-{film:02}", f"{n}", text)
        for film, text in words.items()
        for n in range(5)
    )
    return overlay


def test_sharing_what_all_reviews_say_is_next_to_nothing() -> None:
    overlay = club(dict.fromkeys(range(38), "a lovely evening") | {0: "lovely and full of ghosts"})
    film = liked_film(overlay, 0)
    alike = likenesses(overlay, [film])[0]
    assert fsum(shared.value for shared in shared_terms(overlay, 1, film.query)) > 1
    assert alike[1] == pytest.approx(alike[39], abs=0.1)


def test_sharing_what_few_reviews_say_is_more() -> None:
    said = dict.fromkeys(range(38), "a lovely evening")
    overlay = club(said | dict.fromkeys((0, 1), "lovely and full of ghosts"))
    alike = likenesses(overlay, [liked_film(overlay, 0)])[0]
    assert alike[1] > alike[39] > alike[2]


def test_of_two_reviewed_films_nothing_is_commonplace_yet() -> None:
    overlay = club({0: "lovely and full of ghosts", 1: "lovely ghosts"})
    alike = likenesses(overlay, [liked_film(overlay, 0)])[0]
    assert alike[1] > 2 * alike[39]


def test_reasons_sum_to_a_score_with_commonplaces_in_it() -> None:
    said = dict.fromkeys(range(38), "a lovely evening")
    overlay = club(said | dict.fromkeys((0, 1), "lovely and full of ghosts"))
    pick = recommend(overlay, Query(like=("film-00",))).picks[0]
    assert pick.film_id == "film-01"
    assert min(reason.value for reason in pick.reasons if reason.kind == "commonplace") < 0
    assert fsum(reason.value for reason in pick.reasons) == pytest.approx(pick.score, abs=1e-9)


def test_a_removed_review_is_no_commonplace_any_more() -> None:
    overlay = club(dict.fromkeys(range(38), "a lovely evening"))
    before = overlay.commonplace()
    overlay.remove("29-0")
    after = overlay.commonplace()
    assert after.known_of(29) < before.known_of(29)
    assert after.known_of(39) == 0.0
