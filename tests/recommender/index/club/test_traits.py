"""Side information for EASE: films of the catalogue and of a club have genres and decades alike."""

import numpy as np
import pytest

from recommender.index.base import BaseIndex
from recommender.index.club.traits import DECADES, traits
from recommender.text.documents import FilmDocument
from tests.recommender.samples import HORROR_AND_COMEDY


def test_films_of_the_catalogue_and_of_the_club_have_genres_and_decades_alike() -> None:
    index = BaseIndex.build(HORROR_AND_COMEDY)
    from_index = traits(index, np.arange(4), ())
    assert traits(index, np.arange(0), HORROR_AND_COMEDY) == pytest.approx(from_index)
    genres, decades = from_index[: -len(DECADES)], from_index[-len(DECADES) :]
    assert sorted(map(tuple, genres.tolist())) == [(0, 0, 1, 1), (1, 1, 0, 0)]
    assert DECADES[decades.argmax(axis=0)].tolist() == [1980, 1980, 1980, 2020]
    unknown = traits(index, np.arange(0), [FilmDocument("e", "Elsewhen", None)])
    assert not unknown.any()
