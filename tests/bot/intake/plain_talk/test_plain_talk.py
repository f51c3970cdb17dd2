"""Plain talk: what each line of `lines.txt` means, and what holds for any line."""

import re
import time
from dataclasses import MISSING, fields
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue.titles.index import TitleIndex
from bot.domain.ids import ClubId, MemberId
from bot.features.help.topic import Topic
from bot.features.help.topics import TOPICS
from bot.features.reviews.commands import ReviewCommand
from bot.features.talk.commands import Manner
from bot.intake.lines import read_line
from bot.intake.plain_talk.meanings.meanings import MEANINGS
from bot.intake.plain_talk.phrases.phrases import phrases
from bot.language.grammar.reading import Habits
from bot.language.grammar.titles import Misread
from bot.messages.commands import Command
from bot.messages.visibility import Visibility
from tests.support import Room, actions, text

TODAY = date(2026, 3, 25)
LINES = [
    tuple(map(str.strip, line.rsplit(" | ", 1)))
    for line in (Path(__file__).parent / "lines.txt").read_text("utf-8").splitlines()
    if " | " in line and not line.startswith("#")
]
TOKENS = sorted({word for line, _ in LINES for word in line.split()})


def shown(command: Command) -> str:
    """Write a command with the fields that are given, in one line."""
    given = [
        f"{each.name}={_value(getattr(command, each.name))}"
        for each in fields(command)
        if each.default is MISSING or getattr(command, each.name) != each.default
    ]
    return " ".join([command.name, *given])


def _value(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ",".join(map(str, value))
        case timedelta():
            return f"{value // timedelta(minutes=1)}m"
    return str(value)


def read(line: str, titles: TitleIndex) -> str:
    return shown(read_line(line, titles, Habits(today=TODAY)))


@pytest.mark.parametrize(("line", "meaning"), LINES)
def test_a_line_means(line: str, meaning: str, titles: TitleIndex) -> None:
    assert read(line, titles) == meaning


CLEAR = ("aftersun 9/10", "rate heat 4", "4 stars for Heat", "change heat to 5 stars")
"""Lines as clear as a command: one known film, one rating, no words."""

WORDS = (
    "loved carol", "heat was boring", "i hated the substance", "carol - so good", "heat 4/5 loved the shootout",
    "saw heat last night, too long", "just for me: heat 2/5 dreadful", "dnf inception", "heat 8",
    "SPOILER: in heat he dies", "heat 2/5 but don't tell anyone", "I liked it", "/reveiw Her 4/5 sad",
    "Heat\n\nIt stayed with me for a week, and the city with it.",
    "finally saw past lives omg 5/5", "meh, 2/5 for barbie", "10/10 would watch again",
)  # fmt: skip


@pytest.mark.parametrize("line", WORDS)
async def test_words_are_saved_only_after_a_question(line: str, room: Room) -> None:
    reply = await room.say("ana", line)
    assert reply.visibility is Visibility.ONLY_YOU
    async with room.store.reading(ClubId(room.club)) as work:
        assert not await work.reviews.of_member(MemberId("test:ana"))
    assert not await room.deliver()
    labels = {each.label for each in actions(reply)}
    assert labels & {"Save", "Only for me", "Choose a film"}, labels


@pytest.mark.parametrize("line", CLEAR)
async def test_a_known_film_with_a_rating_is_as_clear_as_a_command(line: str, room: Room) -> None:
    reply = await room.say("ana", line)
    assert text(reply).startswith("Saved your review of ")


async def test_only_for_me_keeps_the_words_from_everyone_else(room: Room) -> None:
    asked = await room.say("ana", "loved carol, the gloves alone")
    saved = await room.press("ana", asked, "Only for me")
    assert "Only you can read it" in text(saved)
    assert not await room.deliver()
    assert "gloves" not in text(await room.say("ben", "what did ana think of carol?"))
    assert "gloves" in text(await room.say("ana", "what did i think of carol"))


async def test_what_was_done_last_is_taken_back(room: Room) -> None:
    await room.say("ana", "add heat to my list")
    room.clock.forward(minutes=1)
    await room.say("ana", "aftersun 9/10")
    asked = await room.say("ana", "oops")
    assert [each.label for each in actions(asked)] == [
        "Review of Aftersun (2022), ★★★★½", "Heat (1995) on the watchlist", "My reviews",
    ]  # fmt: skip
    gone = await room.press("ana", asked, "Review of Aftersun (2022), ★★★★½")
    assert text(gone) == "Taken back: your review of Aftersun (2022) is gone."


async def test_a_review_is_deleted_after_a_question(room: Room) -> None:
    await room.say("ana", "aftersun 9/10")
    asked = await room.say("ana", "please delete my review of Aftersun")
    assert text(asked) == "Delete your review of Aftersun (2022) (★★★★½)?"
    assert text(await room.press("ana", asked, "Delete")).startswith("Deleted your review")
    assert "no review of Aftersun" in text(await room.say("ana", "delete my review of aftersun"))


@given(line=st.text(max_size=120) | st.lists(st.sampled_from(TOKENS), max_size=12).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_every_line_means_something(line: str, titles: TitleIndex) -> None:
    command: Command | None = None
    kept = line
    try:
        command = read_line(line, titles, Habits(today=TODAY))
    except Misread as error:
        kept = error.typed
    assert kept == line
    if isinstance(command, ReviewCommand) and command.text:
        given_as_command = re.match(r"\W*(?:matinee\W+)?reviews?\b", line, re.IGNORECASE)
        assert command.confirm or command.unsure or command.trouble or given_as_command


@pytest.mark.parametrize(
    "line",
    ["a " * 150, "saw " * 75, "pls " * 75, "add heat to my list " * 15, "? " * 150, "(" * 300, "4/5 " * 75,
     "what did ana think of " * 13, "remind me of " * 23, "for me and @ben " * 18, "heat or carol " * 21],
)  # fmt: skip
def test_the_longest_line_is_read_in_good_time(line: str, titles: TitleIndex) -> None:
    read(line, titles)
    start = time.process_time()
    read(line, titles)
    assert time.process_time() - start < 0.25


def test_every_meaning_has_its_command() -> None:
    meanings = {each.means for each in phrases()}
    assert meanings == set(MEANINGS) | set(Manner)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
async def test_help_answers_about(topic: Topic, room: Room) -> None:
    answer = await room.say("ana", f"/help {topic.name}")
    assert "no help on" not in text(answer)


def test_a_day_is_read_as_the_members_country_writes_it(titles: TitleIndex) -> None:
    line = "heat 4/5 watched on 3/4/2025"
    read_in = {
        region: read_line(line, titles, Habits(today=TODAY, region=region))
        for region in ("US", "GB")
    }
    days = {
        region: each.watched_on
        for region, each in read_in.items()
        if isinstance(each, ReviewCommand)
    }
    assert days == {"US": date(2025, 3, 4), "GB": date(2025, 4, 3)}


@pytest.mark.parametrize(
    "line",
    [
        "lost his job last week poor guy",
        "lol the maids were on strike",
        "the police officer was nice",
        "going to the shopping centre later",
        "my teddy bear is gone",
    ],
)
def test_what_is_only_told_with_an_everyday_name_asks_for_no_films(
    line: str, titles: TitleIndex
) -> None:
    assert read(line, titles).startswith("unclear")


def test_an_everyday_name_after_what_asks_is_a_wish(titles: TitleIndex) -> None:
    assert read("smth with people switching bodies", titles).startswith("recommend")
