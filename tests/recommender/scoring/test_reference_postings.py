"""Postings of reference films: the same similarities as those to all films, one film at a time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.index.base import BaseIndex
from recommender.index.club.overlay import Overlay
from recommender.scoring.reference_postings import ReferencePostings
from recommender.scoring.similarity import reference_films, similarities
from recommender.text.documents import FilmDocument, ReviewDocument
from tests.recommender.samples import clubs, corpora, unhurried


@unhurried
@given(corpora(), clubs, st.integers(0, 4))
def test_similarities_to_a_few_films_are_columns_of_those_to_all(
    films: list[FilmDocument], reviews: list[ReviewDocument], own: int
) -> None:
    own = min(own, len(films) - 1)
    overlay = Overlay(BaseIndex.build(films[own:]))
    overlay.put_films(films[:own])
    overlay.put_all(reviews)
    references = reference_films(overlay, range(len(overlay)))
    postings, each = ReferencePostings.of(references), similarities(overlay, references)
    rows = list(range(len(overlay)))[::2]
    assert postings.similarities(overlay, rows) == pytest.approx(each[:, rows], abs=1e-4)
