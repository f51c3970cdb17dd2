"""Questions about what the club wrote: who may be quoted, and that the right sentences come."""

import pytest

from bot.messages.replies import Reply
from bot.messages.visibility import Visibility
from tests.support import Room, items, text

SCORE = "/ask who found the score overbearing?"


@pytest.fixture
async def club(room: Room) -> Room:
    """Four members with something to say."""
    await room.say("ana", "/review Oppenheimer 2.5/5 The score bullies you from start to end.")
    await room.say("ben", "/review Her 4/5 Lonely without being cold. I cried on the bus home.")
    await room.say("cleo", "/review Parasite 4/5 ||The man in the cellar|| frightened me so much.")
    await room.say("cleo", "/review Heat 4/5 The coffee shop is a quarrel between two husbands.")
    return room


def _quoted(reply: Reply) -> str:
    return "\n".join(line for line in text(reply).splitlines() if "“" in line)


async def test_another_word_for_the_same_is_found(club: Room) -> None:
    reply = await club.say("dev", SCORE)

    assert [each.title for each in items(reply)] == ["Oppenheimer"]
    assert _quoted(reply) == "“The score bullies you from start to end.” — ana, ★★½"


async def test_a_named_member_alone_answers(club: Room) -> None:
    reply = await club.say("dev", "/ask what did cleo say about the row in Heat?")

    assert _quoted(reply).endswith("— cleo, ★★★★")
    assert "nothing by ben" in text(await club.say("dev", "/ask what did ben say about Heat?"))


@pytest.mark.parametrize(
    "question", ["who was frightened?", "what about the man in the cellar in Parasite?"]
)
async def test_a_sentence_with_a_marked_spoiler_is_never_quoted(club: Room, question: str) -> None:
    reply = await club.say("cleo", f"/ask {question}")

    assert "cellar" not in _quoted(reply)
    assert "frightened" not in _quoted(reply)


@pytest.mark.parametrize(
    "hide",
    [
        ("ana", "/review Oppenheimer 2.5/5 The score bullies you from start to end. --private"),
        ("ana", "/settings quotable no"),
        ("mod", "/moderate hide Oppenheimer @ana"),
        ("mod", "/moderate mute @ana"),
    ],
)
async def test_what_may_not_be_read_is_not_quoted(club: Room, hide: tuple[str, str]) -> None:
    who, line = hide
    assert _quoted(await club.say("dev", SCORE))
    done = await club.say(who, line, admin=who == "mod")

    assert "bullies" not in text(await club.say("dev", SCORE)), text(done)


async def test_with_opinions_locked_only_films_that_were_seen_answer(club: Room) -> None:
    await club.say("mod", "/setup spoilers seen", admin=True)

    assert not items(await club.say("dev", SCORE))

    await club.say("dev", "/review Oppenheimer 4/5")
    reply = await club.say("dev", SCORE)

    assert "bullies" in _quoted(reply)
    assert reply.visibility is Visibility.ONLY_YOU


async def test_what_nobody_said_is_not_made_up(club: Room) -> None:
    reply = await club.say("dev", "/ask who complained about dragons?")

    assert not items(reply)
    assert "Nobody here has written about that" in text(reply)


async def test_of_a_named_film_what_was_written_stands_in(club: Room) -> None:
    reply = await club.say("dev", "/ask who liked the dragons in Her?")

    assert "Nobody says just that" in text(reply)
    assert [each.title for each in items(reply)] == ["Her"]
