"""Sentences of reviews, in several languages."""

import pytest

from recommender.text.sentences import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Loved it. Dr. Strange-ish, e.g. the mirrors! Why?", 3),
        ("i liked it. the end dragged... but never mind.", 2),
        ("J. K. Simmons shouts, etc. and wins. Fin", 2),
        ("とても良かった。また見たい！", 2),
        ("- good\n- bad\n\nugly", 3),
        ("“What a night!” she said. «Quoi ?» dit-il.", 4),
        ("...  !!", 0),
        ("", 0),
    ],
)
def test_sentences(text: str, expected: int) -> None:
    assert len(sentences(text)) == expected
