"""Spans of days as people say them."""

from datetime import date

import pytest

from bot.language.grammar.day_spans import read_span

TODAY = date(2024, 1, 20)
"""A Saturday."""

SPANS = (
    ("this week", "2024-01-15", "2024-01-21", "this week"),
    ("next week", "2024-01-22", "2024-01-28", "next week"),
    ("this weekend", "2024-01-19", "2024-01-21", "this weekend"),
    ("this month", "2024-01-01", "2024-01-31", "this month"),
    ("last month", "2023-12-01", "2023-12-31", "last month"),
    ("in january", "2024-01-01", "2024-01-31", "in January"),
    ("february", "2024-02-01", "2024-02-29", "in February"),
    ("in Dec", "2024-12-01", "2024-12-31", "in December"),
    ("past december", "2023-12-01", "2023-12-31", "in December 2023"),
    ("past january", "2024-01-01", "2024-01-31", "in January"),
    ("last january", "2023-01-01", "2023-01-31", "in January 2023"),
    ("march 2025", "2025-03-01", "2025-03-31", "in March 2025"),
    ("in 2025", "2025-01-01", "2025-12-31", "in 2025"),
    ("the next two weeks", "2024-01-20", "2024-02-03", "in the next 2 weeks"),
    ("on friday", "2024-01-26", "2024-01-26", "on Friday"),
    ("next friday", "2024-01-26", "2024-01-26", "on Friday"),
    ("past friday", "2024-01-19", "2024-01-19", "on Friday"),
    ("past saturday", "2024-01-13", "2024-01-13", "on Saturday"),
    ("past weekend", "2024-01-19", "2024-01-21", "this weekend"),
    ("december 9998", "9998-12-01", "9998-12-31", "in December 9998"),
    ("tomorrow", "2024-01-21", "2024-01-21", "tomorrow"),
)


@pytest.mark.parametrize(("typed", "first", "last", "label"), SPANS)
def test_a_span_has_its_days_and_its_name(typed: str, first: str, last: str, label: str) -> None:
    span = read_span(typed, TODAY)
    assert span is not None
    assert (span.first.isoformat(), span.last.isoformat(), span.label) == (first, last, label)


@pytest.mark.parametrize(
    "typed",
    [
        "germany",
        "a week",
        "0000",
        "january 0000",
        "december 9999",
        "9999",
        "the next 99 weeks",
        "marching",
        "",
    ],
)
def test_other_words_are_no_span(typed: str) -> None:
    assert read_span(typed, TODAY) is None


def test_the_past_weekend_is_the_last_one_that_began() -> None:
    span = read_span("past weekend", date(2024, 1, 17))
    assert span is not None
    assert (span.first, span.last) == (date(2024, 1, 12), date(2024, 1, 14))
