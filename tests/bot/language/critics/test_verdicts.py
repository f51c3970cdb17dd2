"""Ratings: read where they are the verdict, left alone where they only look like one."""

import pytest

from bot.language.critics.fields.rating import read_rating
from bot.language.critics.text.layout import lay_out

BODY = "A film about a lighthouse and the two people who keep it, neither of them well.\n"

VERDICTS = [
    ("★★★★", 8),
    ("★★★★☆", 8),
    ("★★★½", 7),
    ("⭐⭐⭐", 6),
    ("Keeper of the Light ★★", 4),
    ("**★★★★½**", 9),
    ("4/5", 8),
    ("8/10", 8),
    ("4.5/5", 9),
    ("3½/5", 7),
    ("85/100", 9),
    ("Rating: 4/5", 8),
    ("Verdict: 7/10", 7),
    ("Score – 6 out of 10", 6),
    ("4 stars out of 5", 8),
    ("four out of five", 8),
    ("Four stars", 8),
    ("Three and a half stars", 7),
    ("Note : 4/5", 8),
    ("Note : 3,5/5", 7),
    ("Quatre étoiles", 8),
    ("Wertung: 8 von 10", 8),
    ("Bewertung: 4 von 5 Sternen", 8),
    ("Rating: ****", 8),
    ("I give it 4 out of 5.", 8),
    ("3/4", 8),
    ("★★★½ (out of four)", 9),
    ("★★★ (out of 4)", 8),
    ("★★★ out of four", 8),
    ("★★★★ (out of five)", 8),
    ("★★★½ (out of four stars)", 9),
    ("3½ stars (out of 4)", 9),
    ("Three and a half stars (out of four)", 9),
    ("Rating: *** 1/2 (out of four)", 9),
]

NO_VERDICTS = [
    "10/10 Cloverfield Lane is a better film about a cellar.",
    "Only 3/4 of the hall was full when 4/5 of it began to cry.",
    "She plays one of the two sisters; the odds are 50/50.",
    "On 9/11 everything changes.",
    "Fahrenheit 9/11",
    "***",
    "* * *",
    "The film has five stars and not one of them shines.",
    "It won 4 of 5 prizes.",
    "In 2001 it would have been called a Space Odyssey.",
    "Room 7/10",
    "12/10",
    "6/5",
]


@pytest.mark.parametrize(("line", "halves"), VERDICTS)
def test_a_verdict_is_read(line: str, halves: int) -> None:
    rating, _ = read_rating(lay_out(f"{BODY}\n{line}\n"))
    assert rating is not None
    assert rating.rating == halves


@pytest.mark.parametrize("line", NO_VERDICTS)
def test_what_only_looks_like_a_verdict_is_none(line: str) -> None:
    assert read_rating(lay_out(f"{BODY}\n{line}\n{BODY}")) == (None, ())


def test_several_ratings_are_asked_about() -> None:
    rating, doubts = read_rating(lay_out(f"{BODY}\n★★★★\n{BODY}\n★★\n"))
    assert rating is None
    assert "several" in doubts[0].why


def test_the_same_rating_twice_is_one() -> None:
    rating, doubts = read_rating(lay_out(f"★★★★\n{BODY}\nRating: 4/5\n"))
    assert rating is not None
    assert (rating.rating, doubts) == (8, ())


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("0/5", "below half a star"),
        ("Grade: B+", "a grade"),
        ("3/4", "turned into 4 of 5"),
        ("Rating: 8.5/10", "turned into 4.5 of 5"),
    ],
)
def test_what_does_not_fit_the_scale_is_said(line: str, why: str) -> None:
    _, doubts = read_rating(lay_out(f"{BODY}\n{line}\n"))
    assert why in doubts[0].why
