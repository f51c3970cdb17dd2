"""Score terms of a query: popularity relative to that of the liked films."""

import numpy as np
import pytest

from recommender.index.base import BaseIndex
from recommender.index.club.overlay import Overlay
from recommender.scoring.query_terms import (
    CLUB_DISTANCE,
    CLUB_WEIGHT,
    PRIOR_DISTANCE,
    PRIOR_WEIGHT,
    similar,
)
from recommender.scoring.score_terms import LabelledTerm
from recommender.text.documents import FilmDocument, ReviewDocument

FANS = (0, 1, 3, 7, 15)
"""Fans of each of five films, so that popularity rises in equal steps."""


def test_being_better_known_helps_less_beyond_the_films_that_were_named() -> None:
    overlay = Overlay(
        BaseIndex.build(
            FilmDocument(f"f{n}", f"Part {n}", popularity=10.0**n) for n in range(len(FANS))
        )
    )
    overlay.put_all(
        ReviewDocument(f"{film}-{fan}", f"f{film}", f"m{fan}", "", 10)
        for film, fans in enumerate(FANS)
        for fan in range(fans)
    )
    terms = {term.kind: term for term in similar(overlay, [1, 3]) if isinstance(term, LabelledTerm)}
    for kind, weight, distance in (
        ("club", CLUB_WEIGHT, CLUB_DISTANCE),
        ("popularity", PRIOR_WEIGHT, PRIOR_DISTANCE),
    ):
        steps = np.diff(terms[kind].scores)
        # Below both films, twice between them, and above both.
        expected = [weight + distance, weight, weight, weight - distance]
        assert steps / steps.mean() * weight == pytest.approx(expected, rel=1e-5)
