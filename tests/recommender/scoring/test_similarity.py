"""Similarity of films: proximity in time counts less for films with telling themes."""

import pytest

from recommender.index.base import BaseIndex
from recommender.index.overlay import Overlay
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
