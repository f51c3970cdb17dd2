"""Times in words beside a plain model: every zone, at its clock changes, and whatever else is typed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import UsageError
from bot.language.grammar.wall_times import after_wait, read_when

ZONES = sorted(available_timezones())
A_DAY = timedelta(days=1)
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
CLOCKS = [time(0, 30), time(1, 30), time(2), time(2, 30), time(3), time(9), time(23, 59)]


def offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()


def plain(wall: datetime, zone: ZoneInfo) -> datetime:
    """Find the first instant at which clocks show this; of an hour that is skipped, as if it were not."""
    near = wall.replace(tzinfo=UTC)
    offsets = [offset(near + A_DAY * each, zone) for each in (-2, -1, 0, 1, 2)]
    shown = [near - each for each in offsets if offset(near - each, zone) == each]
    return min(shown) if shown else near - offsets[0]


def changes(zone: ZoneInfo, first: int, last: int) -> Iterator[date]:
    """Yield the days on which a zone's clocks change."""
    day = datetime(first, 1, 1, tzinfo=UTC)
    while day.year <= last:
        if offset(day, zone) != offset(day + A_DAY * 7, zone):
            while offset(day, zone) == offset(day + A_DAY, zone):
                day += A_DAY
            yield day.astimezone(zone).date()
        day += A_DAY * 7


def check_around(name: str, change: date) -> int:
    """Compare what is read on the days around a change with the model; return the number compared."""
    zone, count = ZoneInfo(name), 0
    for back in (2, 1, 0):
        now = plain(datetime.combine(change - A_DAY * back, time(12)), zone)
        today = now.astimezone(zone).date()
        for clock in CLOCKS:
            typed = f"{clock:%H:%M}"
            for words, day in (
                (f"tomorrow {typed}", today + A_DAY),
                (f"{WEEKDAYS[(today + 3 * A_DAY).weekday()]} {typed}", today + 3 * A_DAY),
                (f"{today + 2 * A_DAY:%Y-%m-%d} {typed}", today + 2 * A_DAY),
            ):
                expected = plain(datetime.combine(day, clock), zone)
                assert read_when(words, now, name, time(9)) == expected, (name, words, now)
                count += 1
        assert read_when("in 36 hours", now, name, time(9)) == now + timedelta(hours=36)
        in_two = plain(datetime.combine(today + 2 * A_DAY, time(9)), zone)
        assert read_when("in 2 days", now, name, time(9)) == in_two
        wall = now.astimezone(zone).replace(tzinfo=None, fold=0)
        assert after_wait(now, A_DAY, name) == plain(wall + A_DAY, zone), (name, now)
    return count


def test_every_answer_equals_the_model_at_this_years_clock_changes_in_every_zone() -> None:
    met: set[tuple[object, ...]] = set()  # zones that have always agreed are one zone
    compared = 0
    for name in ZONES:
        days = tuple(changes(ZoneInfo(name), 2026, 2026))
        same = (
            *days,
            *(offset(datetime(2026, 7, day, tzinfo=UTC), ZoneInfo(name)) for day in (1, 2)),
        )
        if same not in met:
            met.add(same)
            compared += sum(check_around(name, day) for day in days)
    assert compared > 500


@pytest.mark.long
@pytest.mark.parametrize("year", range(1990, 2038))
def test_every_answer_equals_the_model_at_length(year: int) -> None:
    for name in ZONES:
        for day in changes(ZoneInfo(name), year, year):
            check_around(name, day)


DAYS = [
    "", "today", "tomorrow", "tonight", "friday", "next monday", "this sunday", "the 5th", "the 31st", "29.11.", "11/29",
    "1 may", "May 3rd", "29 february", "this weekend", "next week", "next month", "in 3 days", "in two weeks", "in 2h30",
    "in 90 seconds", "in a month", "in a fortnight", "in a year", "in 3 years", "friday the 3rd", "first of may", "day after tomorrow", "the day after tomorrow", "31/12", "1.1.", "wed", "sat 28 march",
]  # fmt: skip
HOURS = ["", "at 6", "18:00", "8pm", "at noon", "evening", "6.30", "at 11", "23h", "midnight", "00:00", "T18:00+02:00",
         "18:00 UTC", "half past 7", "quarter to 8", "quarter past 8", "in the morning"]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    day=st.sampled_from(DAYS),
    hour=st.sampled_from(HOURS),
    now=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),  # noqa: DTZ001 - given its zone below
    zone=st.sampled_from(ZONES),
    region=st.sampled_from(["GB", "US", "DE", "JP"]),
)
def test_what_is_understood_without_a_year_is_ahead_and_within_two_years(
    day: str, hour: str, now: datetime, zone: str, region: str
) -> None:
    instant = now.replace(tzinfo=UTC)
    try:
        found = read_when(f"{day} {hour}".strip(), instant, zone, time(9), region)
    except UsageError:
        return
    assert instant < found <= instant + timedelta(days=731)


@pytest.mark.long
@pytest.mark.parametrize("region", ["GB", "US"])
def test_all_words_of_days_and_hours_are_ahead_and_within_two_years(region: str) -> None:
    read = 0
    for month, day, hour in ((2, 28, 23), (2, 29, 0), (3, 25, 12), (10, 25, 1), (12, 31, 22)):
        now = datetime(2028, month, day, hour, 30, tzinfo=UTC)
        for zone, typed_day, typed_hour in product(ZONES[::12], DAYS, HOURS):
            typed = f"{typed_day} {typed_hour}".strip()
            try:
                found = read_when(typed, now, zone, time(9), region)
            except UsageError:
                continue
            read += 1
            assert now < found <= now + timedelta(days=731), (typed, now, zone)
    assert read > 50_000


@settings(max_examples=200, deadline=None)
@given(
    day=st.dates(date(1990, 1, 1), date(2060, 1, 1)),
    form=st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y"]),
    zone=st.sampled_from(ZONES),
)
def test_a_day_with_its_year_is_that_day_or_has_passed(day: date, form: str, zone: str) -> None:
    now = datetime(2026, 3, 25, 12, tzinfo=UTC)
    try:
        found = read_when(f"{day.strftime(form)} 12:00", now, zone, time(9))
    except UsageError as error:
        assert "has passed already" in str(error)  # noqa: PT017 - or else it is that very day
        assert plain(datetime.combine(day, time(12)), ZoneInfo(zone)) <= now
    else:
        assert found == plain(datetime.combine(day, time(12)), ZoneInfo(zone))
