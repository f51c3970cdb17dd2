"""Films on the way between two, and programmes of seasons."""

from itertools import pairwise

import pytest

from recommender import BaseIndex, FilmDocument, Overlay, Pick, bridge, programme

LETTERS = "abcdefgh"
"""Themes: each film has two neighbours, so that there is one even way from the first to the last."""

WAY = [
    FilmDocument(
        f"film-{number}",
        f"Film {left}{right}",
        1990 + number,
        directors=(f"Director {number}",),
        themes=(f"theme {left}", f"theme {right}"),
        text=f"Somebody {left} meets {right}.",
    )
    for number, (left, right) in enumerate(pairwise(LETTERS))
]
OTHERS = [FilmDocument(f"other-{n}", f"Other {n}", 1950, themes=("war",)) for n in range(20)]


@pytest.fixture(scope="module")
def overlay() -> Overlay:
    return Overlay(BaseIndex.build([*WAY, *OTHERS]))


def test_the_way_leads_from_neighbour_to_neighbour(overlay: Overlay) -> None:
    assert bridge(overlay, "film-0", "film-4", 3) == ("film-1", "film-2", "film-3")


def test_the_way_back_is_the_same(overlay: Overlay) -> None:
    assert bridge(overlay, "film-4", "film-0", 3) == ("film-3", "film-2", "film-1")


def test_the_ends_are_not_on_the_way(overlay: Overlay) -> None:
    found = bridge(overlay, "film-0", "film-4", 3)

    assert found
    assert not {"film-0", "film-4"} & set(found)


@pytest.mark.parametrize("ends", [("film-0", "film-0"), ("film-0", "nowhere")])
def test_without_two_films_there_is_no_way(overlay: Overlay, ends: tuple[str, str]) -> None:
    assert bridge(overlay, *ends) == ()


def test_a_programme_has_no_director_twice_and_closes_with_the_best() -> None:
    films = [
        FilmDocument(
            f"f{number}",
            f"Film {number}",
            1950 + 5 * number,
            directors=("Same",) if number < 3 else (f"Director {number}",),
            themes=("ghosts",),
            text="A ghost. " * (number + 1),
            popularity=float(number == 5) * 1000,
        )
        for number in range(8)
    ]
    overlay = Overlay(BaseIndex.build([*films, *OTHERS]))
    picks = [Pick(f"f{number}", 10.0 - number % 5, ()) for number in range(8)]
    scores = {each.film_id: each.score for each in picks}

    order = programme(overlay, picks, 5)

    assert len(order) == len(set(order)) == 5
    assert len({"f0", "f1", "f2"} & set(order)) <= 1
    assert order[0] == "f5"
    assert scores[order[-1]] == max(scores[each] for each in order)
    middle = [scores[each] for each in order[1:]]
    assert middle == sorted(middle)
