"""A club whose scores and reviews unlock once seen: no reply shows them to whoever has not seen the film."""

import pytest

from bot.messages.codec import reply_to_json
from bot.messages.commands import Command
from bot.messages.replies import Reply
from bot.messages.visibility import Visibility
from bot.registry import TYPED
from tests.support import Room, items, text

WORDS = "Andrew Scott listens better than most actors talk."
READS: list[str | Command] = [
    each for command in TYPED for each in (command(), *command.examples())
    if not each.writes and each.name not in {"help", "settings", "setup"}
]  # fmt: skip
"""All that is asked without changing anything, an example of each kind; the rest speaks of stars themselves."""

LINES: list[str | Command] = [
    "/review Her", "/review Weekend", "/reviews Her", "/reviews @ana", "/reviews Her @ana", "/film Her", "/recommend like Her",
    "/recommend like Weekend", "/recommend tender", "/recommend with @ana", "/watchlist overlap @ana", "/ask who listens better?",
    "/ask what did people say of Weekend?", "/me @ana", "/stats @ana", "/match @ana", "/year 2024", "/season tender",
    "/bridge from Her to Carol", "her", "what do people think of Her?", "what did ana think of Weekend?", "who has seen Her?",
    "reviews of Her", "show me ana's reviews", "the club's favourites",
]  # fmt: skip
"""The same of the films and the members who are there, and in words."""


def whole(reply: Reply) -> str:
    """Everything in a reply, buttons' commands included."""
    return str(reply_to_json(reply))


async def seen_gated(room: Room) -> Room:
    await room.say("boss", "/setup here yes spoilers seen announce yes", admin=True)
    for name, stars in (("ana", "4.5"), ("cleo", "4"), ("dan", "1.5")):
        for film in ("Her", "Weekend", "Carol", "A Ghost Story"):
            await room.say(name, f"/review {film} {stars}/5 {WORDS}")
    return room


async def test_who_has_not_seen_a_film_reads_no_opinion_of_it(room: Room) -> None:
    await seen_gated(room)
    for asked in (*READS, *LINES):
        reply = await room.say("ben", asked)
        assert WORDS not in whole(reply), asked
        assert "★" not in text(reply), asked


async def test_what_everybody_sees_holds_no_opinion_though_somebody_has_seen_the_film(
    room: Room,
) -> None:
    await seen_gated(room)
    await room.say("ben", "/review Her 3/5")
    told = 0
    for asked in (*READS, *LINES):
        reply = await room.say("ben", asked)
        told += WORDS in text(reply)
        if reply.visibility != Visibility.ONLY_YOU:
            assert WORDS not in whole(reply), asked
            assert "★" not in text(reply), asked
    assert told > 5


async def test_what_the_channel_is_told_names_no_score(room: Room) -> None:
    await seen_gated(room)
    for _, reply in await room.deliver():
        assert "★" not in text(reply)
        assert WORDS not in whole(reply)


async def test_who_has_seen_it_reads_it_privately(room: Room) -> None:
    await seen_gated(room)
    await room.say("ben", "/review Her 3/5")
    card = await room.say("ben", "/review Her")
    assert card.visibility == "only_you"
    assert WORDS in text(card)
    assert (await room.say("eve", "/review Her")).visibility == "club"


async def test_a_shared_review_keeps_its_score_and_folds_its_words(room: Room) -> None:
    await seen_gated(room)
    shared = await room.say("ana", "/review Her")
    del shared
    receipt = await room.say("ana", f"/review Her 4.5/5 {WORDS}")
    await room.deliver()
    await room.press("ana", receipt, "Share")
    ((_, public),) = await room.deliver()
    assert public.visibility == "club"
    assert WORDS not in text(public)
    assert "★" not in text(public)


@pytest.mark.parametrize(
    "asked",
    ["/recommend something that ana loved", "/recommend loved by ana", "films dan liked"],
)
async def test_what_somebody_loved_is_no_wish_until_it_was_seen(asked: str, room: Room) -> None:
    await seen_gated(room)
    reply = await room.say("ben", asked)
    assert not items(reply), asked
    told = text(reply)
    assert "until they've seen it" in told or "of those that you may read" in told


async def test_no_favourites_and_no_loved_film_of_others_is_named_before_it_was_seen(
    room: Room,
) -> None:
    await seen_gated(room)
    alone = await room.say("ben", "/recommend")
    assert not items(alone)
    assert "unlocks once you've seen a film" in text(alone)
    together = await room.say("ben", "/recommend with everyone count 10")
    assert len(items(together)) == 10
    assert "as in" not in text(together)
    for film in ("Carol", "Weekend"):
        await room.say("ben", f"/review {film} 3/5")
    assert "as in " in text(await room.say("ben", "/recommend with everyone count 10"))
