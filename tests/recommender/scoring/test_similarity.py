"""Similarity of films: proximity in time counts less for films with telling themes."""

import pytest

from recommender.index.base import BaseIndex
from recommender.index.overlay import Overlay
from recommender.scoring.similarity import YEAR_WEIGHT, reference_films, similarities
from recommender.text.documents import FilmDocument

RARE = ("lighthouse keepers", "letters never sent", "migrating geese", "salt marshes")


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
