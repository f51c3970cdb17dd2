"""The question that two people leave: sentences about one subject on which they are furthest apart."""

import pytest

from recommender import Remarks, TalkingPoint, disagreement


def _found(*said: tuple[str, int]) -> TalkingPoint | None:
    names = ("ana", "ben", "cleo")
    return disagreement(
        [Remarks(names[at], text, rating) for at, (text, rating) in enumerate(said)]
    )


@pytest.mark.parametrize(
    ("pleased", "displeased", "subject", "told"),
    [
        (
            "The score is overwhelming. Pacino shouts too much.",
            "I hated the shouting. The score bored me.",
            "the score",
            ("The score is overwhelming.", "The score bored me."),
        ),
        (
            "Two hours of rain. The camerawork is gorgeous, and the ending moved me.",
            "A dreadful ending, after so much promise.",
            "the ending",
            (
                "The camerawork is gorgeous, and the ending moved me.",
                "A dreadful ending, after so much promise.",
            ),
        ),
        (
            "Wonderful music throughout.",
            "What a tedious soundtrack!",
            "music",
            ("Wonderful music throughout.", "What a tedious soundtrack!"),
        ),
    ],
)
def test_sentences_are_of_one_subject_and_the_more_pleased_comes_first(
    pleased: str, displeased: str, subject: str, told: tuple[str, str]
) -> None:
    for order in (1, -1):
        found = _found(*((pleased, 9), (displeased, 3))[::order])
        assert found is not None
        assert found.subject.split()[-1] in {subject.rsplit(maxsplit=1)[-1], "soundtrack"}
        assert (found.pleased[1], found.displeased[1]) == told


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A miracle of glass and manners", "Nothing happens in very wide rooms"),
        ("Lovely film.", "Terrible film."),  # not a subject
        ("The score is lovely.", "The score is lovely, too."),  # no disagreement
        ("", ""),
    ],
)
def test_where_nobody_speaks_of_the_same_there_is_no_question(one: str, other: str) -> None:
    assert _found((one, 8), (other, 5)) is None


def test_nobody_disagrees_with_themselves() -> None:
    assert _found(("The score is lovely. The score is terrible.", 6)) is None


def test_the_furthest_apart_are_told_and_no_ending_is_given_away() -> None:
    found = _found(
        ("The score is lovely.", 8),
        ("The score is fine.", 6),
        ("The score is terrible and tedious. In the end Pacino dies.", 2),
    )
    assert found is not None
    assert (found.pleased[0], found.displeased[0]) == ("ana", "cleo")
    assert found.displeased[1] == "The score is terrible and tedious."
