"""Similarity of films: by people, by companions, and by time, less so for films with telling themes."""

import pytest

from recommender.index.base import BaseIndex
from recommender.index.club.overlay import Overlay
from recommender.scoring.similarity import YEAR_WEIGHT, reference_films, similarities
from recommender.text.documents import FilmDocument

RARE = ("lighthouse keepers", "letters never sent", "migrating geese", "salt marshes")


def test_films_by_one_writer_are_alike() -> None:
    overlay = Overlay(
        BaseIndex.build(
            [
                FilmDocument("a", "Ash", themes=RARE, directors=("Ana Lind",), writers=("Bo Ek",)),
                FilmDocument("b", "Birch", directors=("Cleo Varga",), writers=("Bo Ek",)),
                FilmDocument("c", "Cedar", directors=("Cleo Varga",), writers=("Dee Orr",)),
            ]
        )
    )
    first = reference_films(overlay, [overlay.row_of("a")])
    alike = similarities(overlay, first)[0]
    assert alike[overlay.row_of("b")] > alike[overlay.row_of("c")]
    reasons = first[0].explain(overlay, overlay.row_of("b"), 1.0)
    assert [(each.kind, each.label) for each in reasons] == [("writer", "Bo Ek")]


def test_a_film_is_like_its_companions_the_first_most_and_like_what_names_it_back() -> None:
    films = {
        "ash": ("birch", "cedar"),
        "birch": ("elm",),
        "cedar": ("ash", "elm"),
        "dogwood": ("fir", "cedar"),
        "elm": ("fir",),
        "fir": ("elm",),
        "lone": (),  # neither names a film nor is named
    }
    overlay = Overlay(
        BaseIndex.build(FilmDocument(film, film, companions=named) for film, named in films.items())
    )

    def alike(film: str) -> dict[str, float]:
        (first,) = reference_films(overlay, [overlay.row_of(film)])
        found = similarities(overlay, [first])[0]
        for row in range(len(overlay)):
            if overlay.film_id(row) != film:
                reasons = list(first.explain(overlay, row, 1.0))
                assert sum(each.value for each in reasons) == pytest.approx(found[row], abs=1e-6)
                assert {each.kind for each in reasons} <= {"companion"}
        return {overlay.film_id(row): float(value) for row, value in enumerate(found)}

    of_ash, of_birch = alike("ash"), alike("birch")
    assert of_ash["cedar"] > of_ash["birch"] > of_ash["dogwood"] > 0  # it shares a companion
    assert of_ash["fir"] == of_ash["lone"] == 0
    assert of_birch["ash"] == pytest.approx(of_ash["birch"])  # named or naming is the same


def test_proximity_in_time_counts_less_for_a_film_whose_themes_tell_much() -> None:
    overlay = Overlay(
        BaseIndex.build(
            [
                *(FilmDocument(f"f{n}", f"{n}", themes=("short film",)) for n in range(40)),
                FilmDocument("none", "Ash", 2000),
                FilmDocument("common", "Birch", 2000, themes=("short film",)),
                FilmDocument("rare", "Cedar", 2000, themes=RARE),
                FilmDocument("other", "Elm", 2000),  # shares its year with them and nothing else
            ]
        )
    )
    films = reference_films(overlay, [overlay.row_of(each) for each in ("none", "common", "rare")])
    none, common, rare = similarities(overlay, films)[:, overlay.row_of("other")].tolist()
    assert none == pytest.approx(YEAR_WEIGHT)
    assert none > common > rare > 0
    assert common - rare > 0.15
