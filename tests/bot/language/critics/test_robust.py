"""Whatever is pasted, reading never fails, never invents a name, and takes time by its length."""

import gzip
import json
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.critics import Certainty, Critique, looks_like_critique
from bot.language.critics.text.layout import LONGEST, lay_out
from tests.bot.language.critics.measure import (
    IndexedFilms,
    read_critique,
    samples,
    starter_catalogue,
)

REVIEWS = Path(__file__).parents[4].parent / "shared" / "data" / "imdb-reviews" / "reviews.jsonl.gz"
SECONDS = 20.0
"""The longest that a megabyte may take: ten times what it does, where what grows with the square takes hours."""

PIECES = st.sampled_from(
    [
        "by ", "Ada Lindgren", "\n", "\n\n", " (", ")", "Carol", "Aftersun", "“", "”", "*", "★", "½", "4/5",
        "directed by ", "played by ", "based on the novel ", "released ", "in the UK ", "on ", "26 January ",
        "2024", ". ", ", ", " and ", "’s ", "Cannes", "\0", "\u202e", "é", "花樣年華", "😀", "\r\n", "\t", "Dir: ",
        "I", "ﬁ", "İ", "²", "٣",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=60).map("".join))

FLOODS = [
    "A ", "Aaron ", "(", "★", "by ", "\n", ". ", "1/5\n", '"Her" ', "from the novel ", "Andrew Haigh, ", "Big Film Festival ",
    "released 1 May 2020 in the UK ", "x", "Adam, her, is played by Andrew Scott. ", " ", "The Of The ", "* ", "4 ", "-", '"', "'s ",
    "Name's novel ", "by de von ", "1 May ", "UK ", "I saw ", "Carol's ", "Carol (", "2001 ", "é", "\u0301", "Director ", "a\n",
]  # fmt: skip


@pytest.fixture(scope="module")
def known() -> IndexedFilms:
    """The starter catalogue, for property tests that take no function fixture."""
    return starter_catalogue()


@settings(max_examples=300, deadline=None)
@given(text=TEXTS)
def test_reading_never_fails_and_never_invents(known: IndexedFilms, text: str) -> None:
    critique = read_critique(text, known)
    page = lay_out(text).text
    for name in _names(critique):
        assert name.casefold() in page.casefold()
    for release in critique.releases:
        assert release.written in page
    if critique.rating:
        assert critique.rating.written in page
    looks_like_critique(text)


def _names(critique: Critique) -> Iterator[str]:
    yield from (each.name for each in critique.people)
    yield from (each.character for each in critique.people if each.character)
    yield from critique.critic.split(" and ") if critique.critic else ()
    if critique.based_on and critique.based_on.author:
        yield critique.based_on.author


@pytest.mark.parametrize("piece", FLOODS, ids=repr)
def test_a_megabyte_of_anything_is_read_in_time(piece: str, known: IndexedFilms) -> None:
    text = piece * (1_000_000 // len(piece))
    start = time.process_time()
    read_critique(text, known)
    looks_like_critique(text)
    assert time.process_time() - start < SECONDS


def test_what_lies_beyond_the_longest_review_is_not_read_and_that_is_said(
    known: IndexedFilms,
) -> None:
    critique = read_critique("word " * LONGEST, known)
    assert any("characters were read" in doubt.why for doubt in critique.doubts)


def test_a_release_is_quoted_as_the_text_has_it(known: IndexedFilms) -> None:
    sentence = "“The Keeper’s Light” — his first — opens in the UK on 1 May 2024."
    (release,) = read_critique(f"Nobody rows here.  {sentence}  Nobody lands.", known).releases
    assert release.sentence == sentence


def test_line_endings_and_marks_change_nothing(known: IndexedFilms) -> None:
    for sample in samples():
        plain = read_critique(sample.text, known)
        windows = read_critique(sample.text.replace("\n", "\r\n"), known)
        assert (windows.film, windows.critic) == (plain.film, plain.critic)
        assert (windows.people, windows.rating) == (plain.people, plain.rating)


def _members_reviews() -> list[str]:
    if not REVIEWS.exists():
        pytest.skip(f"no members' reviews in {REVIEWS}")
    with gzip.open(REVIEWS, "rt", encoding="utf-8") as lines:
        films = [json.loads(line) for line in islice(lines, 200)]
    return [review["text"] for film in films for review in film["reviews"]][:400]


def test_members_reviews_by_the_hundred_are_not_taken_for_critics() -> None:
    taken = [text for text in _members_reviews() if looks_like_critique(text)]
    assert len(taken) <= 1


def test_nobody_is_made_the_critic_of_a_review_without_a_byline(known: IndexedFilms) -> None:
    read = [read_critique(text, known) for text in _members_reviews()[:150]]
    assert sum(each.critic is not None for each in read) <= 1
    assert sum(each.film.certainty is Certainty.SURE for each in read) <= 3
