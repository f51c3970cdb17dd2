"""Rate limits of members and clubs."""

from datetime import timedelta

import pytest

from bot.domain.errors import TooMuch
from bot.request.rate_limits import Limiter, Limits, Rate
from tests.support import HandClock, Room


def test_a_burst_passes_then_one_at_a_time() -> None:
    clock = HandClock()
    limiter = Limiter(Rate(3, timedelta(seconds=10)))
    for _ in range(3):
        limiter.check("ana", clock.now())
    with pytest.raises(TooMuch) as refused:
        limiter.check("ana", clock.now())
    assert refused.value.retry_after == 10
    clock.forward(seconds=10)
    limiter.check("ana", clock.now())
    with pytest.raises(TooMuch):
        limiter.check("ana", clock.now())


def test_one_who_waits_gets_the_whole_burst_back() -> None:
    clock = HandClock()
    limiter = Limiter(Rate(2, timedelta(seconds=10)))
    limiter.check("ana", clock.now())
    limiter.check("ana", clock.now())
    clock.forward(minutes=5)
    limiter.check("ana", clock.now())
    limiter.check("ana", clock.now())
    with pytest.raises(TooMuch):  # the burst, and no more than that
        limiter.check("ana", clock.now())


def test_a_refusal_is_not_counted() -> None:
    clock = HandClock()
    limiter = Limiter(Rate(1, timedelta(seconds=10)))
    limiter.check("ana", clock.now())
    for _ in range(100):
        with pytest.raises(TooMuch):
            limiter.check("ana", clock.now())
    clock.forward(seconds=10)
    limiter.check("ana", clock.now())


def test_a_club_is_limited_as_a_whole(room: Room) -> None:
    limits = Limits(club=Rate(5, timedelta(seconds=1)))
    for member in "abcde":
        limits.check(room.caller(member), room.clock.now())
    with pytest.raises(TooMuch, match="Try again in 1 s"):
        limits.check(room.caller("f"), room.clock.now())
    limits.check(room.other("another").caller("f"), room.clock.now())
