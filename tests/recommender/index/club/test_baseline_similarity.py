"""Baseline similarity: words that all reviews share make no two films alike."""

from math import fsum

import pytest

from recommender import BaseIndex, FilmDocument, Overlay, Query, ReviewDocument, recommend
from recommender.index.club.baseline_similarity import RIDGE, STRICTNESS
from recommender.index.vectors import SparseVector
from recommender.scoring.explanation import shared_terms
from recommender.scoring.similarity import ReferenceFilm, reference_films, similarities

FILMS = [FilmDocument(f"film-{number:02}", f"Title {number}", text="boats") for number in range(40)]


def reference_film(overlay: Overlay, row: int) -> ReferenceFilm:
    return reference_films(overlay, [row])[0]


def club(words: dict[int, str]) -> Overlay:
    overlay = Overlay(BaseIndex.build(FILMS))
    overlay.put_all(
        ReviewDocument(f"{film}-{n}", f"film-{film:02}", f"{n}", f"{text} " * 30)
        for film, text in words.items()
        for n in range(5)
    )
    return overlay


def test_sharing_what_all_reviews_say_is_next_to_nothing() -> None:
    overlay = club(dict.fromkeys(range(38), "a lovely evening") | {0: "lovely and full of ghosts"})
    film = reference_film(overlay, 0)
    alike = similarities(overlay, [film])[0]
    assert fsum(shared.value for shared in shared_terms(overlay, 1, film.query)) > 1
    assert alike[1] == pytest.approx(alike[39], abs=0.1)


def test_sharing_what_few_reviews_say_is_more() -> None:
    texts = dict.fromkeys(range(38), "a lovely evening")
    overlay = club(texts | dict.fromkeys((0, 1), "lovely and full of ghosts"))
    alike = similarities(overlay, [reference_film(overlay, 0)])[0]
    assert alike[1] > alike[39] > alike[2]


def test_of_two_reviewed_films_nothing_is_baseline_yet() -> None:
    overlay = club({0: "lovely and full of ghosts", 1: "lovely ghosts"})
    alike = similarities(overlay, [reference_film(overlay, 0)])[0]
    assert alike[1] > 2 * alike[39]


def test_reasons_sum_to_a_score_with_a_baseline_in_it() -> None:
    texts = dict.fromkeys(range(38), "a lovely evening")
    overlay = club(texts | dict.fromkeys((0, 1), "lovely and full of ghosts"))
    pick = recommend(overlay, Query(like=("film-00",))).picks[0]
    assert pick.film_id == "film-01"
    assert min(reason.value for reason in pick.reasons if reason.kind == "baseline") < 0
    assert fsum(reason.value for reason in pick.reasons) == pytest.approx(pick.score, abs=1e-9)


def test_a_removed_review_adds_no_evidence_any_more() -> None:
    overlay = club(dict.fromkeys(range(38), "a lovely evening"))
    before = overlay.baseline()
    overlay.remove("29-0")
    after = overlay.baseline()
    assert after.evidence_of(29) < before.evidence_of(29)
    assert after.evidence_of(39) == 0.0


def test_films_read_together_are_what_each_is_alone() -> None:
    texts = dict.fromkeys(range(30), "a lovely evening")
    overlay = club(texts | dict.fromkeys((0, 1), "lovely and full of ghosts"))
    overlay.put_films([FilmDocument("own", "Own", 1999, themes=("ghosts",), text="lovely boats")])
    overlay.put(ReviewDocument("own-0", "own", "0", "Lovely ghosts."))
    rows = [0, 39, overlay.row_of("own"), 5, 0]
    for film, row in zip(reference_films(overlay, rows), rows, strict=True):
        alone = reference_film(overlay, row)
        assert film.query.ids.tolist() == alone.query.ids.tolist()
        assert film.query.weights.tolist() == alone.query.weights.tolist()
        assert film.baseline == pytest.approx(alone.baseline)
        assert (film.film_id, film.year, film.year_weight) == (
            alone.film_id,
            alone.year,
            alone.year_weight,
        )
    assert reference_films(overlay, []) == ()


def test_only_what_reviews_say_makes_a_film_of_the_clubs_own_known() -> None:
    overlay = club({0: "a lovely evening"})
    overlay.put_films([FilmDocument("own", "Own", themes=("ghosts",), text="lovely boats")])
    row = overlay.row_of("own")
    assert overlay.baseline().evidence_of(row) == 0.0
    overlay.put(ReviewDocument("own-0", "own", "0", "Lovely ghosts."))
    assert overlay.baseline().evidence_of(row) == pytest.approx(2 / 152)


def test_the_baseline_of_a_film_is_its_similarity_to_all_others_by_least_squares() -> None:
    overlay = club({0: "lovely ghosts", 1: "a lovely evening", 2: "ghosts of an evening"})
    film, common = reference_film(overlay, 0), overlay.baseline()
    of_reviews = film.query.ids >= len(overlay.index.terms)
    query = SparseVector(film.query.ids[of_reviews], film.query.weights[of_reviews])
    others = [float(overlay.scores(query)[row]) * common.evidence_of(row) for row in (1, 2)]
    squares = [common.evidence_of(row) ** 2 for row in (1, 2)]
    expected = STRICTNESS * sum(others) / (sum(squares) + RIDGE)
    assert film.baseline == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("words", [{39: "boats"}, {0: "lovely boats", 1: "boats", 39: "boats"}])
def test_reviews_of_words_that_say_nothing_make_nothing_known(words: dict[int, str]) -> None:
    overlay = club(words)
    assert overlay.baseline().evidence_of(39) == 0.0
    assert [film.baseline for film in reference_films(overlay, [0, 1, 39])] == [0.0, 0.0, 0.0]
    assert recommend(overlay, Query(like=("film-39",))).picks
