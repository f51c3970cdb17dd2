"""Figures of time: streaks of weeks, months, predicted ratings beside given ones."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

from bot.domain.nights import NightGuest

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Streak:
    """Consecutive weeks (Monday to Sunday) with a film: the longest run, and the present one."""

    longest: int
    current: int


@dataclass(frozen=True, slots=True)
class Predictions:
    """Ratings predicted before film nights against those given after: count and mean error in half-stars."""

    count: int
    error: float
    within_a_star: int


def streak(days: Iterable[date], today: date) -> Streak:
    """Return the streaks of some days; a run is present while it includes this week or the last."""
    weeks = sorted({_monday(each) for each in days if each <= today})
    longest, run, before = 0, 0, None
    for week in weeks:
        run = run + 1 if before is not None and week - before == _WEEK else 1
        longest, before = max(longest, run), week
    goes_on = before is not None and _monday(today) - before <= _WEEK
    return Streak(longest, run if goes_on else 0)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def months(days: Iterable[date]) -> list[int]:
    """Count the days in each month, January first."""
    counts = Counter(each.month for each in days)
    return [counts[month] for month in range(1, 13)]


def predictions(guests: Iterable[NightGuest]) -> Predictions | None:
    """Compare the predicted ratings of guests with the given ones; None where nothing was predicted."""
    errors = [
        abs(each.expected - each.rating)
        for each in guests
        if each.expected is not None and each.rating is not None
    ]
    if not errors:
        return None
    return Predictions(len(errors), fmean(errors), sum(each <= 2 for each in errors))
