"""Central sentences, by LexRank."""

from recommender.answers.centrality import central_sentences
from recommender.text.analyzer import words


def test_the_central_sentence_says_what_most_say() -> None:
    sentences = [
        "The music is lovely and sad all through.",
        "My cat slept on the remote control tonight.",
        "Such lovely music, and so very sad too.",
        "The music was sad and lovely to the last.",
    ]
    tokens = [words(sentence) for sentence in sentences]
    assert central_sentences(tokens, 1)[0] != 1
    assert central_sentences([], 2) == []
    assert len(central_sentences(tokens, 9)) == 4
