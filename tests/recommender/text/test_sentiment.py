"""Sentiment of a sentence by its words."""

import pytest

from recommender.text.analyzer import words
from recommender.text.sentiment import leaning, sentiment


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


@pytest.mark.parametrize(
    ("sentence", "side"),
    [
        ("Great, but overlong.", -1),
        ("Great, but I never believed her.", -1),
        ("It is a mess, but a gorgeous one.", 1),
        ("Dull at first, yet I stayed to the end.", 1),
        ("Though predictable, it is lovely and moving.", 1),
        ("Lovely.", 1),
    ],
)
def test_what_follows_but_is_what_a_sentence_comes_to(sentence: str, side: int) -> None:
    found = leaning(words(sentence))
    assert (found > 0) - (found < 0) == side
