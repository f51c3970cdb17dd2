"""Re-ranking: exact order, diversity, and fairness in a group."""

import numpy as np
import pytest

from recommender.answers.ranking import recommend
from recommender.answers.reranking import DiversityFilter, fair_choice, ranked
from recommender.index import film_facts
from recommender.index.base import BaseIndex
from recommender.index.club.overlay import Overlay
from recommender.ratings.profile import Profile
from recommender.scoring.query import Query
from recommender.text.documents import FilmDocument
from recommender.text.series import series_of
from tests.recommender.samples import FILMS


def test_ranked_goes_on_as_long_as_there_are_candidates() -> None:
    overlay = Overlay(BaseIndex.build(FILMS))
    scores = np.array([0.5, 2.0, -np.inf, 2.0, 1.0])
    assert list(ranked(scores, overlay, 1)) == [1, 3, 4, 0]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Toy Story 3", "toy story"),
        ("Night Harbour: The Return", "night harbour"),
        ("The Godfather Part II", "godfather"),
        ("The Terminator", "terminator"),
        ("Terminator 2: Judgment Day", "terminator"),
        ("Harry Potter and the Goblet of Fire", "harry potter"),
        ("Beauty and the Beast", "beauty and the beast"),
        ("1917", "1917"),
        ("Rocky IV", "rocky"),
        ("風の町", "風の の町"),
    ],
)
def test_series(title: str, expected: str) -> None:
    assert series_of(title) == expected


def test_no_third_film_of_one_director_or_second_of_one_series_unless_asked() -> None:
    films = [
        FilmDocument(f"lagoon-{n}", f"Lagoon {n}", 2000, genres=("horror",), themes=("sea",))
        for n in range(1, 5)
    ] + [
        FilmDocument(f"x{n}", name, 2000, directors=("Ida Moreau",), genres=("horror",))
        for n, name in enumerate(("Ash", "Birch", "Cedar", "Elm"))
    ]
    overlay = Overlay(BaseIndex.build(films))
    seed = FilmDocument("seed", "Seed", 2000, genres=("horror",), themes=("sea",))
    overlay.put_films([seed])
    picks = recommend(overlay, Query(like=("seed",), count=8)).picks
    assert [pick.film_id for pick in picks] == ["lagoon-1", "x0", "x1"]
    asked = recommend(overlay, Query(mood="Ida Moreau horror", count=8)).picks
    assert len([pick for pick in asked if pick.film_id.startswith("x")]) == 4
    own = DiversityFilter(overlay)
    assert film_facts.directors(own.overlay, overlay.row_of("x0")) == ["ida moreau"]


MADE = [
    FilmDocument("saga-1", "Dust", 1996, genres=("horror",), series="Dust", part=1),
    FilmDocument("saga-2", "Ember", 1997, genres=("horror",), series="Dust", part=2),
    FilmDocument("saga-3", "Flint", 1998, genres=("horror",), series="Dust", part=3),
    FilmDocument("lone", "Grove", 1999, genres=("horror",)),
    FilmDocument("remake", "Dust", 2014, genres=("horror",)),
    FilmDocument("seed", "Heath", 1999, genres=("horror",)),
]


def test_of_a_series_the_first_part_that_is_not_seen_comes_first_and_no_other() -> None:
    overlay = Overlay(BaseIndex.build(MADE))
    saga = {"saga-1", "saga-2", "saga-3"}

    def picked(query: Query) -> set[str]:
        return saga & {pick.film_id for pick in recommend(overlay, query).picks}

    assert picked(Query(like=("seed",))) == {"saga-1"}
    assert picked(Query(like=("saga-1",))) == {"saga-2"}
    assert picked(Query(profiles=(Profile({"seed": 9, "saga-2": 9}),))) == {"saga-1"}
    assert picked(Query(profiles=(Profile({"seed": 9, "saga-1": 9, "saga-2": 9}),))) == {"saga-3"}
    never = Profile({"seed": 9}, never=frozenset({"saga-1"}))
    assert not picked(Query(like=("seed",), exclude=frozenset({"saga-1"})))
    assert picked(Query(profiles=(never,))) == {"saga-2"}


def test_a_title_with_a_number_or_a_subtitle_is_a_part_and_a_remake_is_none() -> None:
    titles = ("Quarry", "Quarry 2", "Quarry: Reborn", "Quarry", "The Mill", "Mill 2", "Salt 2")
    films = [FilmDocument(f"f{n}", title, 1980 + n) for n, title in enumerate(titles)]
    overlay = Overlay(BaseIndex.build(films))
    assert film_facts.parts(overlay, 0) == film_facts.parts(overlay, 2) == [0, 1, 2]
    assert film_facts.parts(overlay, 4) == [4, 5]
    assert film_facts.parts(overlay, 3) == film_facts.parts(overlay, 6) == []


def test_a_subtitle_alone_makes_no_part_of_another_films_with_other_people() -> None:
    films = [
        FilmDocument("c1", "Comrades", 1928, cast=("Ada Lund",)),
        FilmDocument("c2", "Comrades: Almost a Love Story", 1996, cast=("Mei Tan",)),
        FilmDocument("h1", "Hot Tea", 1956, cast=("Ada Lund",)),
        FilmDocument("h2", "Hot Tea!", 1991, directors=("Jo Ames",)),
        FilmDocument("h3", "Hot Tea! Part Deux", 1993, directors=("Jo Ames",)),
    ]
    overlay = Overlay(BaseIndex.build(films))
    assert (
        film_facts.parts(overlay, 0)
        == film_facts.parts(overlay, 1)
        == film_facts.parts(overlay, 2)
        == []
    )
    assert film_facts.parts(overlay, 4) == [3, 4]


def test_a_hero_of_a_long_series_is_met_in_the_heros_own_order() -> None:
    named = ("Iron Ox", "Ant Man", "Iron Ox 2", "Ant-Man and the Bee")
    titles = (*named, *(f"Hero {letter}" for letter in "abcdefghij"))
    overlay = Overlay(
        BaseIndex.build(
            FilmDocument(f"m{n:02}", title, 2008 + n, series="Heroes", part=n + 1)
            for n, title in enumerate(titles)
        )
    )
    every, level = np.ones(len(overlay), dtype=bool), np.ones(len(overlay))
    given = DiversityFilter(overlay).in_order(iter([3, 4]), every, set(), level)
    assert list(given) == [1, 4]


def test_a_first_part_that_is_far_less_alike_stands_in_for_no_later_one() -> None:
    overlay = Overlay(BaseIndex.build(MADE))
    every, scores = np.ones(len(overlay), dtype=bool), np.zeros(len(overlay))
    first, second = overlay.row_of("saga-1"), overlay.row_of("saga-2")
    scores[second] = 1.0
    for own, expected in ((0.5, []), (0.7, [first])):
        scores[first] = own
        given = DiversityFilter(overlay).in_order(iter([second]), every, set(), scores)
        assert list(given) == expected


def test_a_member_not_served_yet_weighs_more() -> None:
    each = np.array([[5.0, 4.9, 4.8, 0.0, 0.0], [0.0, 0.0, 0.0, 3.5, 3.4]])
    chosen = fair_choice(each, range(5), lambda row: row != 1, 3)
    weights = [weight for _, weight in chosen]
    assert weights[0].tolist() == [0.5, 0.5]
    assert all(weight.sum() == pytest.approx(1) for weight in weights)
    assert weights[1][1] >= weights[0][1]
    assert 1 not in [row for row, _ in chosen]
    assert len(fair_choice(each, range(5), lambda row: False, 3)) == 0  # noqa: ARG005 - a predicate


def test_everybody_is_served_before_anybody_is_served_again() -> None:
    # Each of three members likes thirty films of their own; those who like theirs most come first.
    each = np.repeat(np.diag([2.4, 2.2, 2.0]), 30, axis=1)
    chosen = fair_choice(each, range(90), lambda row: True, 3)  # noqa: ARG005 - every film will do
    assert [row // 30 for row, _ in chosen] == [0, 1, 2]


def test_a_group_gets_picks_with_both_members_films_as_reasons() -> None:
    overlay = Overlay(BaseIndex.build(FILMS))
    profiles = (Profile({"harbour-lights-1994": 10}), Profile({"laughing-stock-2008": 9}))
    answer = recommend(overlay, Query(profiles=profiles, count=2))
    assert answer.mode == "group"
    assert len(answer.picks) == 2
    sources = {reason.source for pick in answer.picks for reason in pick.reasons}
    assert {"harbour-lights-1994", "laughing-stock-2008"} <= sources


def test_a_group_is_told_who_should_love_a_film_and_who_compromises() -> None:
    genres = ("horror", "comedy")
    films = [
        FilmDocument(f"{genre}-{n}", f"{genre} {chr(97 + n)}", 2000, genres=(genre,))
        for genre in genres
        for n in range(6)
    ]
    overlay = Overlay(BaseIndex.build(films))
    profiles = (Profile({"horror-0": 10}), Profile(), Profile({"comedy-0": 10}))
    for pick in recommend(overlay, Query(profiles=profiles, count=4)).picks:
        first, nothing, third = pick.percentiles
        assert nothing is None
        assert first is not None
        assert third is not None
        assert (first > third) == pick.film_id.startswith("horror")
    alone = recommend(overlay, Query(profiles=profiles[:1]))
    assert {pick.percentiles for pick in alone.picks} == {()}
