"""Theme space: films near each other though they share no theme."""

from pathlib import Path

import numpy as np
import pytest

from recommender.answers.ranking import recommend
from recommender.index.base import BaseIndex
from recommender.index.club.overlay import Overlay
from recommender.scoring.query import Query
from recommender.scoring.similarity import reference_films, similarities
from recommender.text.documents import FilmDocument

HAUNTED, SUNNY = (
    ("ghosts", "eerie", "haunted house", "curse"),
    ("summer", "funny", "beach", "first love"),
)


def films() -> list[FilmDocument]:
    """Return films of three of four themes that go together, in two kinds."""
    return [
        FilmDocument(f"{name}-{n}", f"{name} {n}", themes=(*themes[: n % 4], *themes[n % 4 + 1 :]))
        for name, themes in (("haunted", HAUNTED), ("sunny", SUNNY))
        for n in range(16)
    ]


def test_themes_that_go_together_are_near() -> None:
    odd = FilmDocument("odd", "Odd", themes=("curse", "beach", "attic"))
    overlay = Overlay(BaseIndex.build([*films(), odd]))
    space = overlay.index.theme_space
    near = space.points @ overlay.theme_point(overlay.row_of("haunted-0"))
    haunted = [overlay.film_id(row).startswith("haunted") for row in space.rows.tolist()]
    assert near[haunted].min() > 2 * abs(near[np.logical_not(haunted)].max())


def test_an_own_film_has_the_point_that_it_would_have_in_the_catalogue() -> None:
    index = BaseIndex.build(films())
    overlay = Overlay(index)
    original = films()[11]
    overlay.put_films([FilmDocument("own", "Own", themes=original.themes)])
    there = index.theme_space.point(index.row_of(original.film_id))
    assert overlay.theme_point(overlay.row_of("own")) == pytest.approx(there, abs=1e-5)
    pick = recommend(overlay, Query(like=("own",))).picks[0]
    assert "nearness" in {reason.kind for reason in pick.reasons}
    own = reference_films(overlay, [overlay.row_of("own")])
    other = reference_films(overlay, [index.row_of(original.film_id)])
    assert own[0].told == pytest.approx(other[0].told)
    there, back = similarities(overlay, own)[0], similarities(overlay, other)[0]
    assert there[index.row_of(original.film_id)] == pytest.approx(
        back[overlay.row_of("own")], abs=1e-4
    )


def test_few_themes_place_no_film_and_none_make_no_space(tmp_path: Path) -> None:
    index = BaseIndex.build(
        [FilmDocument("a", "Ash", themes=("ghosts",)), FilmDocument("b", "Elm")]
    )
    index.save(tmp_path / "index")
    loaded = BaseIndex.load(tmp_path / "index")
    for each in (index, loaded):
        assert not each.theme_space.rows.size
        assert not Overlay(each).theme_point(0).any()
