"""Chat among members: nobody who asked for nothing gets films; what asks still does."""

from pathlib import Path

import pytest

from bot.catalogue.titles.index import TitleIndex
from bot.features.picks.commands import RecommendCommand
from bot.features.talk.commands import SmallTalkCommand, UnclearCommand
from bot.intake.lines import read_line
from bot.intake.plain_talk.phrases.told import is_chat
from bot.language.grammar.reading import Habits
from tests.bot.intake.plain_talk.test_plain_talk import TODAY
from tests.support import Room, actions, items, text

CHAT = [
    line
    for line in (Path(__file__).parent / "chat.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
WISHES = (
    "my boss is sick again, something light", "my kids are 8 and 11", "my mother in law is here", "my wife loves costume dramas",
    "i only have two hours", "happy christmas films", "can anyone recommend a thriller", "we have a baby and need comedies",
    "my brother just got out of prison, something hopeful", "just got home, smth dumb", "we are in the mood for a western",
    "is she mad or is it a ghost", "the girl does the rescuing for once", "what a week", "i'm bored", "my week was dark. comedy please",
    "we have got a rainy evening",
)  # fmt: skip


@pytest.mark.parametrize("line", CHAT)
def test_chat_is_no_wish(line: str, titles: TitleIndex) -> None:
    command = read_line(line, titles, Habits(today=TODAY))
    assert isinstance(command, UnclearCommand | SmallTalkCommand)


@pytest.mark.parametrize("line", WISHES)
def test_what_asks_for_films_still_does(line: str, titles: TitleIndex) -> None:
    assert not is_chat(line)
    assert isinstance(read_line(line, titles, Habits(today=TODAY)), RecommendCommand)


@pytest.mark.parametrize(
    "line", ["the woman in the cellar is his mother", "the war in the mountains continues"]
)
def test_what_may_be_a_plot_is_not_told_of_a_day(line: str) -> None:
    assert not is_chat(line)


async def test_chat_is_left_be_and_picks_are_offered_by_a_button(room: Room) -> None:
    reply = await room.say("ana", "my boss is sick again")
    assert not items(reply)
    assert "I leave it be" in text(reply)
    assert [each.label for each in actions(reply)][:2] == ["For me", "For everyone"]
