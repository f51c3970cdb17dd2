"""Times in people's own words, as instants."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import UsageError
from bot.language.grammar.durations import read_wait
from bot.language.grammar.time_words import is_time
from bot.language.grammar.wall_times import after_wait, read_when

NOW = datetime(2024, 1, 20, 12, tzinfo=UTC)  # a Saturday


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("tomorrow", "2024-01-21T09:00+00:00"),
        ("tomorrow at noon", "2024-01-21T12:00+00:00"),
        ("friday", "2024-01-26T09:00+00:00"),
        ("friday 18:00", "2024-01-26T18:00+00:00"),
        ("next friday at 6pm", "2024-01-26T18:00+00:00"),
        ("3 May", "2024-05-03T08:00+00:00"),
        ("May 3rd at 9pm", "2024-05-03T20:00+00:00"),
        ("29 February", "2024-02-29T09:00+00:00"),
        ("2024-02-29", "2024-02-29T09:00+00:00"),
        ("1.2.2024", "2024-02-01T09:00+00:00"),
        ("1/2/2024", "2024-02-01T09:00+00:00"),
        ("in two weeks", "2024-02-03T09:00+00:00"),
        ("in 3 hours", "2024-01-20T15:00+00:00"),
        ("in 3 days at 20:00", "2024-01-23T20:00+00:00"),
        ("in two weeks' time at 8pm", "2024-02-03T20:00+00:00"),
        ("in a week and 2 days, 18:30", "2024-01-29T18:30+00:00"),
        ("9pm in 3 days", "2024-01-23T21:00+00:00"),
        ("in a month at noon", "2024-02-20T12:00+00:00"),
        ("18:00", "2024-01-20T18:00+00:00"),
        ("at 9:30", "2024-01-21T09:30+00:00"),
    ],
)
def test_a_time_means_an_instant(typed: str, expected: str) -> None:
    found = read_when(typed, NOW, "Europe/London", time(9))
    assert found == datetime.fromisoformat(expected)


def test_a_time_is_meant_where_its_speaker_is() -> None:
    found = read_when("tomorrow 18:00", NOW, "America/New_York", time(9))
    assert found == datetime(2024, 1, 21, 23, tzinfo=UTC)
    kiritimati = read_when("tomorrow", NOW, "Pacific/Kiritimati", time(9))
    assert kiritimati == datetime(2024, 1, 21, 19, tzinfo=UTC)  # it is Sunday there by now


def test_americans_put_the_month_first() -> None:
    assert read_when("1/2/2025", NOW, "UTC", time(9), "US") == datetime(2025, 1, 2, 9, tzinfo=UTC)
    assert read_when("1/2/2025", NOW, "UTC", time(9), "GB") == datetime(2025, 2, 1, 9, tzinfo=UTC)


def test_an_hour_that_the_clocks_skip_moves_forward() -> None:
    found = read_when("31 March 2024 01:30", NOW, "Europe/London", time(9))
    assert found == datetime(2024, 3, 31, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["1 January 1999", "yesterday", "2024-01-19", "2 hours ago"])
def test_what_has_passed_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="passed already"):
        read_when(typed, NOW, "Europe/London", time(9))


@pytest.mark.parametrize("typed", ["the blue moon", "", "30 February", "99:99", "9" * 5000, "😀"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="Say it so"):
        read_when(typed, NOW, "Europe/London", time(9))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2d", timedelta(days=2)),
        ("1 week", timedelta(weeks=1)),
        ("an hour", timedelta(hours=1)),
        ("30 min", timedelta(minutes=30)),
        ("friday", None),
        ("1 month", None),
    ],
)
def test_a_wait_is_a_length_of_time(typed: str, expected: timedelta | None) -> None:
    assert read_wait(typed) == expected


@pytest.mark.parametrize("typed", ["0d", "9999d", "400 days"])
def test_a_wait_is_neither_nothing_nor_years(typed: str) -> None:
    with pytest.raises(UsageError, match="a minute to a year"):
        read_wait(typed)


SPRING = datetime(2026, 3, 25, 12, tzinfo=UTC)  # a Wednesday, four days before the clocks change


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("friday at 6", "2026-03-27T18:00"),
        ("the 5th", "2026-04-05T09:00"),
        ("friday 18.00", "2026-03-27T18:00"),
        ("friday 18h", "2026-03-27T18:00"),
        ("friday evening", "2026-03-27T19:00"),
        ("tomorrow morning", "2026-03-26T09:00"),
        ("tomorrow at 8", "2026-03-26T08:00"),
        ("tonight at 8", "2026-03-25T20:00"),
        ("today at 8", "2026-03-25T20:00"),
        ("at 2", "2026-03-25T14:00"),
        ("11/29", "2026-11-29T09:00"),
        ("29.11.", "2026-11-29T09:00"),
        ("29.11. 18.30", "2026-11-29T18:30"),
        ("in 2h30", "2026-03-25T14:30"),
        ("in an hour and a half", "2026-03-25T13:30"),
        ("in 90 seconds", "2026-03-25T12:01:30"),
        ("wednesday 18:00", "2026-03-25T18:00"),
        ("wednesday 11:00", "2026-04-01T11:00"),
        ("wednesday", "2026-04-01T09:00"),
        ("thurs 8pm", "2026-03-26T20:00"),
        ("next friday", "2026-04-03T09:00"),
        ("this weekend", "2026-03-28T09:00"),
        ("on 1st of May", "2026-05-01T09:00"),
        ("fri 27 march 18:00", "2026-03-27T18:00"),
        ("half past 7", "2026-03-25T19:30"),
        ("quarter past 8 pm", "2026-03-25T20:15"),
        ("friday quarter to 8", "2026-03-27T19:45"),
        ("a quarter to 1 pm", "2026-03-25T12:45"),
        ("friday the 3rd at 8", "2026-04-03T08:00"),
        ("friday the 13th", "2026-11-13T09:00"),
        ("day after tomorrow", "2026-03-27T09:00"),
        ("in a fortnight", "2026-04-08T09:00"),
        ("in a year", "2027-03-25T09:00"),
        ("first of may", "2026-05-01T09:00"),
        ("on the third of april at 8pm", "2026-04-03T20:00"),
        ("2026-04-01T18:00+02:00", "2026-04-01T17:00"),
        ("1 april 18:00 UTC", "2026-04-01T19:00"),
        ("1 jan", "2027-01-01T09:00"),
    ],
)
def test_a_time_means_what_people_mean(typed: str, expected: str) -> None:
    found = read_when(typed, SPRING, "Europe/London", time(9))
    local = found.astimezone(ZoneInfo("Europe/London")).replace(tzinfo=None)
    assert local == datetime.fromisoformat(expected)
    assert is_time(typed)


def test_friday_at_six_is_friday_for_americans_too() -> None:
    found = read_when("friday at 6", SPRING, "America/New_York", time(9), "US")
    assert found == datetime(2026, 3, 27, 22, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["25 march", "24/3/26", "24 march", "today at 9:00"])
def test_what_is_just_over_is_never_taken_for_another_year(typed: str) -> None:
    with pytest.raises(UsageError, match="passed already"):
        read_when(typed, SPRING, "Europe/London", time(9))


def test_a_year_that_was_not_typed_is_not_named() -> None:
    with pytest.raises(UsageError, match=r"no day 30 Feb\."):
        read_when("30 february", SPRING, "Europe/London", time(9))


@pytest.mark.parametrize("typed", ["in 3 years", "in 30 months"])
def test_what_is_years_ahead_needs_its_year(typed: str) -> None:
    with pytest.raises(UsageError, match="Name the year"):
        read_when(typed, SPRING, "Europe/London", time(9))


@pytest.mark.parametrize("typed", ["friday 6pm EST", "tomorrow 18:00 CST", "18:00 IST"])
def test_an_abbreviation_of_several_zones_is_asked_about(typed: str) -> None:
    with pytest.raises(UsageError, match="which zone"):
        read_when(typed, SPRING, "Europe/London", time(9))


DAYS = [
    "friday",
    "the 5th",
    "tomorrow",
    "29.11.",
    "1 may",
    "May 3rd",
    "11/29",
    "next monday",
    "sunday",
    "",
]
INSTANTS = st.integers(1_577_836_800, 2_051_222_400).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)  # 2020 to 2035
CLOCKS = ["", "at 6", "18:00", "8pm", "at noon", "evening", "6.30", "at 11", "23h"]


@given(
    day=st.sampled_from(DAYS),
    clock=st.sampled_from(CLOCKS),
    now=INSTANTS,
    zone=st.sampled_from(["Europe/London", "America/New_York", "Asia/Tokyo", "Pacific/Apia"]),
    region=st.sampled_from(["GB", "US", "DE"]),
)
def test_what_is_understood_lies_ahead_and_within_two_years(
    day: str, clock: str, now: datetime, zone: str, region: str
) -> None:
    typed = f"{day} {clock}".strip()
    try:
        found = read_when(typed, now, zone, time(9), region)
    except UsageError:
        return
    assert now < found <= now + timedelta(days=731)


@given(
    start=INSTANTS,
    days=st.integers(1, 30),
    zone=st.sampled_from(
        ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Tehran"]
    ),
)
def test_days_are_days_of_the_zone_and_hours_are_elapsed(
    start: datetime, days: int, zone: str
) -> None:
    before = start.astimezone(ZoneInfo(zone))
    after = after_wait(start, timedelta(days=days), zone).astimezone(ZoneInfo(zone))
    assert after.date() == before.date() + timedelta(days=days)
    shift = abs((after.replace(tzinfo=None) - before.replace(tzinfo=None)) - timedelta(days=days))
    assert shift <= timedelta(hours=1)  # an hour that the clocks skip moves forward
    assert after_wait(start, timedelta(hours=3), zone) == start + timedelta(hours=3)


def test_a_snooze_of_a_day_keeps_the_hour_over_a_change_of_clocks() -> None:
    saturday = datetime(2026, 3, 28, 9, 30, tzinfo=UTC)
    sunday = after_wait(saturday, timedelta(days=1), "Europe/London")
    assert sunday.astimezone(ZoneInfo("Europe/London")).time() == time(9, 30)
