"""Experiments on a club of members with simple tastes."""

import math
from random import Random

import numpy as np
import scipy.sparse as sp

from recommender.evaluation.experiments import OURS, co_liked, experiments
from recommender.evaluation.sample import Sample, like_matrix
from recommender.text.documents import ReviewDocument
from tests.recommender.samples import FOUR_GENRES, GENRES


def club(members: int) -> Sample:
    """Return members who each love one genre and dislike the films they saw of the next."""
    random = Random(5)
    reviews = []
    for member in range(members):
        loved, disliked = GENRES[member % 4], GENRES[(member + 1) % 4]
        for genre, stars, count in ((loved, 9, 12), (disliked, 3, 3)):
            reviews += [
                ReviewDocument(
                    f"{member}-{genre}-{n}", f"{genre}-{n:02}", f"m{member:02}", "", stars
                )
                for n in random.sample(range(16), count)
            ]
    return Sample.of(FOUR_GENRES, reviews)


def test_every_question_has_its_table_with_peers_and_the_library_last() -> None:
    tables = list(experiments(club(40), seeds=(1,)))
    assert [table.columns[0] for table in tables] == ["lift", "lift", "nDCG@10", "mean error"]
    for table in tables:
        assert list(table.lines)[-1] == OURS
        assert len(table.lines) > 1
    text, rated, picks, rating = tables
    assert text.lines[OURS][0].mean > 0.5
    assert rated.lines[OURS][0].mean > rated.lines["popularity"][0].mean
    assert picks.lines[OURS][0].mean > picks.lines["popularity"][0].mean
    assert rating.lines[OURS][0].mean < rating.lines["the member's mean"][0].mean
    assert math.isnan(rating.lines["the member's mean"][1].mean)


def test_too_few_ratings_are_said_to_be_too_few() -> None:
    assert all(not table.lines for table in experiments(club(1), seeds=(1,)))


def test_a_sample_leaves_out_critics_the_unrated_and_the_unknown() -> None:
    kept = ReviewDocument("r1", "horror-00", "ana", "", 8)
    others = [
        ReviewDocument("r2", "horror-00", "A. Critic", "", 8, critic=True),
        ReviewDocument("r3", "horror-00", "ben", "Hm."),
        ReviewDocument("r4", "nowhere", "ben", "", 8),
    ]
    sample = Sample.of(FOUR_GENRES, [*others, kept])
    assert sample.reviews == (kept,)
    assert like_matrix(sample.reviews, sample.members, sample.rows()).nnz == 1


def test_liked_together_counts_two_members_at_least() -> None:
    x = sp.csr_matrix(np.array([[1, 1, 0], [1, 1, 1], [1, 0, 0]], dtype=np.float32))
    assert co_liked(x, seed=0, least=3) == {0: ({1}, {1})}
