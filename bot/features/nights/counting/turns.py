"""Turns of hosts and of those who choose: whoever waits longest is next, and stays so where they pass.

Nobody loses a place by being away or by passing: only who hosted, or chose, goes to the end.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.domain.ids import MemberId
from bot.domain.nights import Night, NightGuest, Rule


def by_turn(members: Iterable[MemberId], last: dict[MemberId, datetime]) -> list[MemberId]:
    """Return members, those first who never had a turn, then whose last one (UTC) is longest ago.

    Members without one stay in the order given.
    """
    given = list(dict.fromkeys(members))
    never = [each for each in given if each not in last]
    return [*never, *sorted((each for each in given if each in last), key=lambda each: last[each])]


def last_hosted(past: Iterable[Night]) -> dict[MemberId, datetime]:
    """Return when each member hosted last (UTC)."""
    return latest((night.member_id, night.starts_at) for night in past if night.member_id)


def last_chosen(past: Sequence[Night], guests: Iterable[NightGuest]) -> dict[MemberId, datetime]:
    """Return when each member last had their way (UTC): chose by turn, or nominated what won by votes."""
    nights = {each.night_id: each for each in past}
    with_nights = ((each, nights[each.night_id]) for each in guests)
    return latest(
        (each.member_id, night.starts_at)
        for each, night in with_nights
        if each.chose or (each.won and night.rule is not Rule.TURN)
    )


def latest(instants: Iterable[tuple[MemberId, datetime]]) -> dict[MemberId, datetime]:
    """Return the latest instant (UTC) of each member."""
    last: dict[MemberId, datetime] = {}
    for member, instant in instants:
        last[member] = max(last.get(member, instant), instant)
    return last


def choosers(
    guests: Iterable[NightGuest], past: Sequence[Night], before: Iterable[NightGuest]
) -> list[MemberId]:
    """Return those of the guests who have not passed, whose turn to choose is next first."""
    staying = sorted(each.member_id for each in guests if not each.passed)
    return by_turn(staying, last_chosen(past, before))
