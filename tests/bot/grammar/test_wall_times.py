"""Times in people's own words, as instants."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.domain.errors import UsageError
from bot.grammar.wall_times import read_wait, read_when

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
