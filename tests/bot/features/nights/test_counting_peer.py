"""Winners of ranked and approval ballots beside a kept voting library's, on random profiles.

The library comes with the extra `peers`, and is large: without it these tests skip.
"""

import random
from collections.abc import Iterator
from typing import Any

import pytest

from bot.domain.ids import FilmId, MemberId, NightId
from bot.domain.nights import NOT_TONIGHT, Rule
from bot.features.nights.counting.methods import Poll, leaders

PROFILES = 10_000


def _polls() -> Iterator[Poll]:
    """Yield polls of one to nine voters over two to seven films, few ballots alike."""
    drawn = random.Random(21)
    for number in range(PROFILES):
        films = [FilmId(f"f{each}") for each in range(drawn.randint(2, 7))]
        ballots = {
            MemberId(f"m{voter}"): {film: drawn.choice((0, 1, 1, 2)) for film in films}
            for voter in range(drawn.randint(1, 9))
        }
        yield Poll(NightId(f"n{number}"), films, ballots)


def _ranked_by_library(voting: Any, poll: Poll) -> set[FilmId]:  # noqa: ANN401 - untyped modules
    ranks = [
        {place: 3 - ballot[film] for place, film in enumerate(poll.films)}
        for ballot in poll.ballots.values()
    ]
    profile = voting.profiles_with_ties.ProfileWithTies(
        ranks, candidates=list(range(len(poll.films)))
    )
    winning = voting.margin_based_methods.beat_path(profile, strength_function=profile.support)
    return {poll.films[each] for each in winning}


def _approved_by_library(voting: Any, poll: Poll) -> set[FilmId]:  # noqa: ANN401 - likewise
    grades = [
        {place: int(ballot[film] > NOT_TONIGHT) for place, film in enumerate(poll.films)}
        for ballot in poll.ballots.values()
    ]
    profile = voting.grade_profiles.GradeProfile(
        grades, [0, 1], candidates=list(range(len(poll.films)))
    )
    return {poll.films[each] for each in voting.grade_methods.approval(profile)}


@pytest.mark.long
def test_winners_are_those_of_the_library() -> None:
    voting = pytest.importorskip("pref_voting", reason="the extra `peers` is not installed")
    for name in ("profiles_with_ties", "margin_based_methods", "grade_profiles", "grade_methods"):
        pytest.importorskip(f"pref_voting.{name}")

    for poll in _polls():
        assert set(leaders(poll, Rule.RANKED)) == _ranked_by_library(voting, poll), poll
        assert set(leaders(poll, Rule.APPROVAL)) == _approved_by_library(voting, poll), poll
