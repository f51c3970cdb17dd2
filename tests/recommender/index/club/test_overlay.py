"""Overlay: independent of the order of changes, and without a trace of what was removed."""

import tracemalloc
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.answers.ranking import recommend
from recommender.errors import DuplicateFilm
from recommender.index.base import BaseIndex
from recommender.index.club.overlay import Overlay
from recommender.scoring.query import Query
from recommender.text.documents import FilmDocument, ReviewDocument
from tests.recommender.samples import FILMS, REVIEWS, clubs, corpora, films, unhurried

everything = Query(like=("f01", "g01"), mood="fog donkey tender 風の町 foghorn", count=20)


@unhurried
@given(corpora(), clubs, clubs)
def test_edits_and_removals_leave_what_a_rebuild_would(
    catalogue: list[FilmDocument], before: list[ReviewDocument], after: list[ReviewDocument]
) -> None:
    index = BaseIndex.build(catalogue)
    edited, rebuilt = Overlay(index), Overlay(index)
    for review in before:
        edited.put(review)
    recommend(edited, everything)
    for review in before:
        edited.remove(review.review_id)
    for review in after:
        edited.put(review)
        rebuilt.put(review)
    assert recommend(edited, everything) == recommend(rebuilt, everything)


@unhurried
@given(
    corpora(),
    clubs,
    st.lists(films("g"), max_size=2, unique_by=lambda film: film.film_id),
    st.randoms(),
)
def test_ratings_follow_every_change(
    catalogue: list[FilmDocument],
    reviews: list[ReviewDocument],
    own: list[FilmDocument],
    random: Random,
) -> None:
    index = BaseIndex.build(catalogue)
    edited, kept = Overlay(index), dict[str, ReviewDocument]()
    film_ids = [film.film_id for film in (*catalogue, *own)]
    for number, review in enumerate(reviews * 2):
        if own and number == len(reviews):
            edited.put_films(own)
        moved = replace(review, film_id=random.choice(film_ids))
        kept.pop(review.review_id, None)
        if number < len(reviews) or random.random() < 0.5:
            edited.put(moved)
            kept[review.review_id] = moved
        else:
            edited.remove(review.review_id)
        rebuilt = Overlay(index)
        rebuilt.put_films(own if number >= len(reviews) else [])
        rebuilt.put_all(kept.values())
        found, expected = edited.ratings(), rebuilt.ratings()
        assert found.members == expected.members
        assert found.rows.tolist() == expected.rows.tolist()
        assert found.half_stars.tolist() == expected.half_stars.tolist()


@unhurried
@given(corpora(), st.lists(films("g"), max_size=4, unique_by=lambda film: film.film_id), clubs)
def test_own_films_come_and_go(
    catalogue: list[FilmDocument], own: list[FilmDocument], reviews: list[ReviewDocument]
) -> None:
    index = BaseIndex.build(catalogue)
    plain, grown = Overlay(index), Overlay(index)
    for review in reviews:
        plain.put(review)
        grown.put(review)
    for film in own:
        grown.put_films([film])
    assert len(grown) == len(index) + len(own)
    recommend(grown, everything)
    for film in own:
        grown.remove_film(film.film_id)
    assert recommend(grown, everything) == recommend(plain, everything)


@unhurried
@given(corpora(), clubs)
def test_a_catalogue_film_scores_as_the_same_film_of_the_clubs_own(
    catalogue: list[FilmDocument], reviews: list[ReviewDocument]
) -> None:
    index = BaseIndex.build(catalogue)
    overlay = Overlay(index)
    for review in reviews:
        overlay.put(review)
    twin = FilmDocument(
        "zz-twin",
        *(getattr(catalogue[0], name) for name in FilmDocument.__slots__[1:]),
    )
    overlay.put_films([twin])
    rows = [overlay.row_of(catalogue[0].film_id), overlay.row_of("zz-twin")]
    base, own = (overlay.vector(row) for row in rows)
    catalogue_part = base.ids < len(index.terms)
    assert base.ids[catalogue_part].tolist() == own.ids[own.ids < len(index.terms)].tolist()
    assert base.weights[catalogue_part] == pytest.approx(
        own.weights[own.ids < len(index.terms)], abs=1e-6
    )


def test_a_rebased_overlay_keeps_reviews_and_own_films() -> None:
    overlay = Overlay(BaseIndex.build(FILMS[:3]))
    for review in REVIEWS:
        overlay.put(review)
    for film in FILMS[3:]:
        overlay.put_films([film])
    moved = overlay.rebased(BaseIndex.build(FILMS[:4]))
    assert len(moved) == len(overlay) == 5
    assert list(moved.reviews()) == list(overlay.reviews())
    assert moved.title(moved.row_of("kaze-no-machi-1985")) == "風の町"
    assert moved.index.row_of("amelies-winter-2001") >= 0


def test_a_review_of_an_unknown_film_waits_for_it() -> None:
    overlay = Overlay(BaseIndex.build(FILMS[:2]))
    overlay.put(ReviewDocument("r1", "new-2026", "ana", "Zesty and strange, all of it.", 9))
    assert recommend(overlay, Query(mood="zesty")).picks == ()
    overlay.put_films([FilmDocument("new-2026", "New", 2026)])
    assert [pick.film_id for pick in recommend(overlay, Query(mood="zesty")).picks] == ["new-2026"]


def test_the_catalogues_films_are_not_the_clubs_own() -> None:
    overlay = Overlay(BaseIndex.build(FILMS))
    with pytest.raises(DuplicateFilm):
        overlay.put_films([FILMS[0]])


@unhurried
@given(
    corpora(),
    clubs,
    st.lists(films("g"), min_size=1, max_size=4, unique_by=lambda film: film.film_id),
    st.randoms(),
)
def test_whatever_comes_first_films_and_reviews_end_up_alike(
    catalogue: list[FilmDocument],
    reviews: list[ReviewDocument],
    own: list[FilmDocument],
    random: Random,
) -> None:
    index = BaseIndex.build(catalogue)
    moved = [replace(each, film_id=random.choice([*own, *catalogue]).film_id) for each in reviews]
    first, later = Overlay(index), Overlay(index)
    first.put_films(own)
    first.put_all(moved)
    later.put_all(moved[::-1])
    recommend(later, everything)
    for film in own[::-1]:
        later.put_films([film])
    assert recommend(later, everything) == recommend(first, everything)


def test_a_copy_goes_its_own_way() -> None:
    overlay = Overlay(BaseIndex.build(FILMS))
    overlay.put_all(REVIEWS)
    before = recommend(overlay, Query(mood="foghorn"))
    copy = overlay.copy()
    copy.remove("r3")
    copy.put_films([FilmDocument("own", "Foghorn")])
    assert recommend(overlay, Query(mood="foghorn")) == before
    assert recommend(copy, Query(mood="foghorn")) != before


def test_a_hundred_reviews_take_little_room() -> None:
    index = BaseIndex.build(FILMS)
    random = Random(4)
    words = [
        f"{a}{b}" for a in ("fog", "harb", "winter", "sil", "donk") for b in ("our", "ey", "s")
    ]
    small = ("the", "and", "of", "is", "a", "with", "it")
    texts = [
        " ".join(f"{random.choice(small)} {random.choice(words)}{n % 9}" for n in range(25))
        for _ in range(100)
    ]
    _reviewed(index, texts)  # fills the caches that all clubs share, such as that of stems
    tracemalloc.start()
    try:
        overlay = _reviewed(index, texts)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert overlay.review_count == 100
    assert held <= 64 * 1024


def _reviewed(index: BaseIndex, texts: list[str]) -> Overlay:
    overlay = Overlay(index)
    for number, text in enumerate(texts):
        film = FILMS[number % len(FILMS)].film_id
        overlay.put(ReviewDocument(f"r{number}", film, f"m{number % 9}", text, 7))
    return overlay


@unhurried
@given(
    corpora(),
    corpora(),
    clubs,
    st.lists(films("g"), max_size=4, unique_by=lambda film: film.film_id),
)
def test_a_club_on_a_refitted_index_is_as_one_made_there(
    before: list[FilmDocument],
    after: list[FilmDocument],
    reviews: list[ReviewDocument],
    own: list[FilmDocument],
) -> None:
    overlay, refitted = Overlay(BaseIndex.build(before)), BaseIndex.build([*after, *own[:1]])
    overlay.put_films(own)
    overlay.put_all(reviews)
    recommend(overlay, everything)
    fresh = Overlay(refitted)
    fresh.put_films(own[1:])
    fresh.put_all(reviews)
    assert recommend(overlay.rebased(refitted), everything) == recommend(fresh, everything)


@unhurried
@given(corpora(), clubs, st.lists(films("g"), max_size=2, unique_by=lambda film: film.film_id))
def test_the_holders_of_a_term_are_the_films_whose_vectors_have_it(
    catalogue: list[FilmDocument], reviews: list[ReviewDocument], own: list[FilmDocument]
) -> None:
    overlay = Overlay(BaseIndex.build(catalogue))
    overlay.put_films(own)
    overlay.put_all(reviews)
    expected: dict[int, list[int]] = {}
    for row in range(len(overlay)):
        for term in overlay.vector(row).ids.tolist():
            expected.setdefault(term, []).append(row)
    found = overlay.postings([*expected, 2**32 - 1])
    assert {term: rows.tolist() for term, rows in found.items() if len(rows)} == expected
