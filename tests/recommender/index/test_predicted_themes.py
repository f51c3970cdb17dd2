"""Themes that are predicted: likely where the text says so, calibrated, and never told as facts."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from recommender.answers.quotes import caveat_for, minded_themes
from recommender.answers.ranking import recommend
from recommender.index import film_facts
from recommender.index.base import BaseIndex
from recommender.index.club.overlay import Overlay
from recommender.index.vectors import film_vector, theme_vector
from recommender.ratings.profile import Profile
from recommender.scoring.query import Query
from recommender.text.documents import FilmDocument

SORTS = {
    "ghosts": ("A haunted manor with a pale lady in the attic.", ("ghosts", "eerie", "gothic")),
    "heist": ("Thieves crack a vault of diamonds by night.", ("heist", "thieves", "tense")),
    **{
        name: (f"{name}ia {name}ko {name}tan", (f"{name} one", f"{name} two", f"{name} three"))
        for name in ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu")
    },
}
"""Sorts of films, each with its words and its themes: no word is in a tenth of all texts."""

FILMS = [
    FilmDocument(f"{sort}-{n:03}", f"{sort} {chr(97 + n)}", 1950 + n, themes=themes, text=text)
    for sort, (text, themes) in SORTS.items()
    for n in range(45)
]
BARE = FilmDocument("bare", "Untold", 1990, text="A lady is haunted in an attic of the manor.")


@pytest.fixture(scope="module")
def index() -> BaseIndex:
    return BaseIndex.build([*FILMS, BARE])


def themes_of(overlay: Overlay, film_id: str) -> set[str]:
    found = theme_vector(overlay.index, overlay.vector(overlay.row_of(film_id)))
    return {overlay.index.labels[term] for term in found.ids.tolist()}


def test_a_film_without_themes_gets_those_of_films_told_alike(index: BaseIndex) -> None:
    assert themes_of(Overlay(index), "bare") == {"ghosts", "eerie", "gothic"}
    picks = recommend(Overlay(index), Query(like=("bare",))).picks
    assert {pick.film_id.split("-")[0] for pick in picks} == {"ghosts"}


def test_a_clubs_own_film_has_the_row_that_the_catalogue_would_give_it(index: BaseIndex) -> None:
    overlay = Overlay(index)
    overlay.put_films([replace(BARE, film_id="own")])
    own, there = (overlay.vector(overlay.row_of(each)) for each in ("own", "bare"))
    assert own.ids.tolist() == there.ids.tolist()
    assert own.weights == pytest.approx(there.weights, abs=2e-3)
    points = overlay.theme_point(overlay.row_of("own")), overlay.theme_point(overlay.row_of("bare"))
    assert points[0] == pytest.approx(points[1], abs=2e-3)
    assert np.linalg.norm(points[0]) > 0.1


def test_predicted_themes_are_weaker_than_facts_and_no_facts(index: BaseIndex) -> None:
    overlay = Overlay(index)
    guessed = theme_vector(index, film_vector(index, BARE))
    told = theme_vector(index, film_vector(index, replace(BARE, themes=SORTS["ghosts"][1])))
    assert 0 < np.linalg.norm(guessed.weights) < np.linalg.norm(told.weights)
    row = overlay.row_of("bare")
    assert not film_facts.has_themes(overlay, row)
    assert film_facts.has_themes(overlay, overlay.row_of("ghosts-000"))
    minded = minded_themes(overlay, Profile({"ghosts-000": 2, "ghosts-001": 2}))
    assert minded
    assert caveat_for(overlay, row, 1.0, [], minded=minded) is None


def test_probabilities_are_as_often_right_as_they_say(index: BaseIndex) -> None:
    predictor = index.predictor
    assert (np.diff(predictor.probabilities) >= 0).all()
    assert predictor.shares == pytest.approx(np.full(36, 1 / 12), abs=0.01)
    nothing = predictor.probabilities_of(np.zeros((1, len(predictor.rows)), np.float32))
    assert not nothing.any()


def test_few_themed_films_teach_nothing() -> None:
    assert not len(BaseIndex.build([*FILMS[:400], BARE]).predictor.rows)


def test_it_is_saved_with_the_index(index: BaseIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "index")
    again = Overlay(BaseIndex.load(tmp_path / "index"))
    again.put_films([replace(BARE, film_id="own")])
    assert themes_of(again, "own") == {"ghosts", "eerie", "gothic"}
