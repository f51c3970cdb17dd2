"""A local day and hour is one instant, in every zone, whatever the clocks do."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.films.reminders import due_for, instant_of

ZONES = sorted(available_timezones())
FIRST, LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2037, 12, 31, tzinfo=UTC)
A_DAY = timedelta(days=1)
STEP = timedelta(days=12)  # clocks that change and change back are weeks apart


def transitions(zone: ZoneInfo) -> Iterator[datetime]:
    """Find the instants at which a zone's offset changes, to the second."""
    at = FIRST
    while at < LAST:
        following = at + STEP
        if _offset(at, zone) != _offset(following, zone):
            yield _change(at, following, zone)
        at = following


def _change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before).total_seconds() // 2)
        if _offset(middle, zone) == _offset(before, zone):
            before = middle
        else:
            after = middle
    return after


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()


def wall(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)


def test_every_zone_at_every_transition_has_one_instant_for_each_day_and_hour() -> None:
    seen = 0
    for name in ZONES:
        zone = ZoneInfo(name)
        for change in transitions(zone):
            seen += 1
            shift = _offset(change, zone) - _offset(change - timedelta(seconds=1), zone)
            reached = wall(change, zone)  # what the clock shows first after the change
            if shift > timedelta():
                _skipped_hour_moves_forward(name, reached - shift, reached, shift)
            else:
                _doubled_hour_is_the_first(name, reached, shift, change)
            _days_stay_in_order(name, reached, abs(shift))
    assert seen > 20_000


def _skipped_hour_moves_forward(
    name: str, start: datetime, end: datetime, shift: timedelta
) -> None:
    """An hour inside the gap, at its very beginning and end too, moves by the gap's length."""
    for inside in (start, start + shift / 2, end - timedelta(seconds=1)):
        instant = instant_of(inside.date(), inside.time(), name)
        assert wall(instant, ZoneInfo(name)) == inside + shift, (name, inside)


def _doubled_hour_is_the_first(
    name: str, again: datetime, shift: timedelta, change: datetime
) -> None:
    """An hour that comes twice is the first one: before the clocks go back."""
    for twice in (again, again - shift / 2):
        instant = instant_of(twice.date(), twice.time(), name)
        assert wall(instant, ZoneInfo(name)) == twice, (name, twice)
        assert instant < change, (name, twice)


def _days_stay_in_order(name: str, around: datetime, size: timedelta) -> None:
    """The same hour of the days around a change: later days are later, none is skipped.

    Only where a zone left out a whole day (it crossed the date line) do two days fall together.
    """
    days = [around.date() + timedelta(days=offset) for offset in range(-2, 3)]
    for hour in (time(0), time(2, 30), time(9), time(23, 30), around.time()):
        instants = [instant_of(day, hour, name) for day in days]
        steps = [later - earlier for earlier, later in pairwise(instants)]
        assert all(abs(step - A_DAY) <= size for step in steps), (name, days, hour)
        assert size >= A_DAY or all(step > timedelta() for step in steps), (name, days, hour)


@given(
    day=st.dates(date(1990, 1, 1), date(2037, 12, 31)),
    hour=st.times(),
    zone=st.sampled_from(ZONES),
)
@settings(max_examples=300, deadline=None)
def test_a_day_is_never_shifted(day: date, hour: time, zone: str) -> None:
    """Where no clock changes, the instant shows exactly that day and hour in its own zone."""
    shown = wall(instant_of(day, hour, zone), ZoneInfo(zone))
    same = datetime.combine(day, hour)
    skipped = (
        same.replace(tzinfo=ZoneInfo(zone), fold=0).utcoffset()
        != same.replace(tzinfo=ZoneInfo(zone), fold=1).utcoffset()
    )
    assert skipped or shown == same


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Pacific/Kiritimati", "2024-02-28T19:00:00+00:00"),
        ("Europe/London", "2024-02-29T09:00:00+00:00"),
        ("Pacific/Honolulu", "2024-02-29T19:00:00+00:00"),
        ("America/St_Johns", "2024-02-29T12:30:00+00:00"),
        ("Asia/Kathmandu", "2024-02-29T03:15:00+00:00"),
    ],
)
def test_the_29th_of_february_is_the_same_day_everywhere(zone: str, expected: str) -> None:
    instant = instant_of(date(2024, 2, 29), time(9), zone)
    assert instant == datetime.fromisoformat(expected)
    assert wall(instant, ZoneInfo(zone)) == datetime(2024, 2, 29, 9)  # noqa: DTZ001 - what the clock on the wall shows


@pytest.mark.parametrize(
    ("day", "hour", "zone", "expected"),
    [
        (date(2024, 3, 31), time(1, 30), "Europe/London", "2024-03-31T01:30:00+00:00"),
        (date(2024, 10, 27), time(1, 30), "Europe/London", "2024-10-27T00:30:00+00:00"),
        (date(2024, 10, 6), time(2, 15), "Australia/Lord_Howe", "2024-10-05T15:45:00+00:00"),
        (date(2011, 12, 30), time(9), "Pacific/Apia", "2011-12-30T19:00:00+00:00"),
    ],
)
def test_hours_that_clocks_skip_or_repeat(day: date, hour: time, zone: str, expected: str) -> None:
    assert instant_of(day, hour, zone) == datetime.fromisoformat(expected)


DAY, NINE, LONDON = date(2024, 1, 26), time(9), "Europe/London"
ON_THE_DAY = datetime(2024, 1, 26, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lead", "now", "expected"),
    [
        (timedelta(), "2024-01-20T12:00+00:00", ON_THE_DAY),
        (timedelta(days=2), "2024-01-20T12:00+00:00", ON_THE_DAY - timedelta(days=2)),
        (timedelta(days=7), "2024-01-20T12:00+00:00", ON_THE_DAY),
        (timedelta(), "2024-01-27T12:00+00:00", datetime(2024, 1, 27, 12, tzinfo=UTC)),
    ],
)
def test_a_reminder_is_due_before_else_on_the_day_else_now(
    lead: timedelta, now: str, expected: datetime
) -> None:
    assert due_for(DAY, lead, NINE, LONDON, datetime.fromisoformat(now)) == expected


def test_a_lead_of_days_keeps_the_hour_over_a_change_of_clocks() -> None:
    day, now = date(2026, 3, 29), datetime(2026, 3, 1, tzinfo=UTC)
    due = due_for(day, timedelta(days=1), time(9), "Europe/London", now)
    assert due == datetime(2026, 3, 28, 9, tzinfo=UTC)
    three_hours = due_for(day, timedelta(hours=3), time(2, 30), "Europe/London", now)
    assert three_hours == datetime(2026, 3, 28, 22, 30, tzinfo=UTC)
