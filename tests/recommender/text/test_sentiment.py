"""Sentiment of a sentence by its words."""

import pytest

from recommender.text.analyzer import words
from recommender.text.sentiment import sentiment


@pytest.mark.parametrize(
    ("sentence", "side"),
    [
        ("A gorgeous, moving film.", 1),
        ("It drags and drags.", -1),
        ("Not boring at all.", 1),
        ("We went on a Tuesday.", 0),
        ("Ein Meisterwerk.", 1),
    ],
)
def test_leaning(sentence: str, side: int) -> None:
    found = sentiment(words(sentence))
    assert (found > 0) - (found < 0) == side
