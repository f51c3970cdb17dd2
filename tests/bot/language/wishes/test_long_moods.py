"""Long lines and moods: the parts that look back or ahead read them in good time."""

import time
from collections.abc import Callable

import pytest

from bot.catalogue.titles.index import TitleIndex
from bot.language.wishes.sentences.clauses import clauses_in
from tests.support import Room

LINES = (
    "like ", "we both like ", "what it's like to ", "with ", "what like ", "what is the like . ", "like  ",
)  # fmt: skip
MOODS = (
    "x" * 2_000,
    "already " * 250,
    f"x{' ' * 2_000}x",
    "jane austen vibes " * 110,
)


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


@pytest.mark.parametrize("unit", LINES)
def test_thousands_of_keywords_are_cut_in_good_time(unit: str, titles: TitleIndex) -> None:
    list(clauses_in("something like heat", titles))
    assert seconds(lambda: list(clauses_in(unit * 8_000, titles))) < 10


@pytest.mark.parametrize("mood", MOODS, ids=lambda mood: str(mood)[:12])
async def test_a_long_mood_takes_hardly_longer_than_a_short_one(mood: str, room: Room) -> None:
    await room.say("ana", "/recommend seen all of hitchcock, what next")
    start = time.process_time()
    await room.say("ana", f"/recommend {mood}")
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    ("line", "keywords"),
    [
        ("something we'll both like", [""]),
        ("that knows what it's like to be old", [""]),
        ("something to quote along with", [""]),
        ("something we both like . !", [""]),
        ("something like heat", ["", "like"]),
        (f"{'so ' * 40}what it's like to be old", [""]),
    ],
)
def test_a_keyword_that_belongs_to_what_stands_before_it_cuts_nothing(
    line: str, keywords: list[str], titles: TitleIndex
) -> None:
    assert [keyword for keyword, _ in clauses_in(line, titles)] == keywords
