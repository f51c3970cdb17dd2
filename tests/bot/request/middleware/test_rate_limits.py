"""Rate limits of members and clubs."""

from datetime import timedelta

import pytest

from bot.catalogue.club_index import ClubIndexes
from bot.catalogue.titles.index import TitleIndex
from bot.domain.errors import TooMuch
from bot.request.middleware.rate_limits import Limiter, Limits, Rate
from bot.service import Bot
from recommender import BaseIndex
from tests.support import HandClock, Room, text


def test_a_burst_passes_then_one_at_a_time() -> None:
    clock = HandClock()
    limiter = Limiter(Rate(3, timedelta(seconds=10)))
    for _ in range(3):
        limiter.check("ana", clock.elapsed())
    with pytest.raises(TooMuch) as refused:
        limiter.check("ana", clock.elapsed())
    assert refused.value.retry_after == 10
    clock.forward(seconds=10)
    limiter.check("ana", clock.elapsed())
    with pytest.raises(TooMuch):
        limiter.check("ana", clock.elapsed())


def test_one_who_waits_gets_the_whole_burst_back() -> None:
    clock = HandClock()
    limiter = Limiter(Rate(2, timedelta(seconds=10)))
    limiter.check("ana", clock.elapsed())
    limiter.check("ana", clock.elapsed())
    clock.forward(minutes=5)
    limiter.check("ana", clock.elapsed())
    limiter.check("ana", clock.elapsed())
    with pytest.raises(TooMuch):  # the burst, and no more than that
        limiter.check("ana", clock.elapsed())


def test_a_refusal_is_not_counted() -> None:
    clock = HandClock()
    limiter = Limiter(Rate(1, timedelta(seconds=10)))
    limiter.check("ana", clock.elapsed())
    for _ in range(100):
        with pytest.raises(TooMuch):
            limiter.check("ana", clock.elapsed())
    clock.forward(seconds=10)
    limiter.check("ana", clock.elapsed())


async def test_a_clock_set_back_by_an_hour_locks_nobody_out(
    room: Room, titles: TitleIndex, index: BaseIndex
) -> None:
    room.bot = Bot(room.store, titles, ClubIndexes(index), room.clock, room.ids, Limits())
    for _ in range(20):
        await room.say("ana", "/help")
    room.clock.set_by(hours=-1)
    room.clock.forward(seconds=1)
    assert "Try again" not in text(await room.say("ana", "/help"))
    assert "Try again in 1 s" in text(await room.say("ana", "/help"))


def test_a_club_is_limited_as_a_whole(room: Room) -> None:
    limits = Limits(club=Rate(5, timedelta(seconds=1)))
    for member in "abcde":
        limits.check(room.caller(member), room.clock.elapsed())
    with pytest.raises(TooMuch, match="Try again in 1 s"):
        limits.check(room.caller("f"), room.clock.elapsed())
    limits.check(room.other("another").caller("f"), room.clock.elapsed())
