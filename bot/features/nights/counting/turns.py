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
    last: dict[MemberId, datetime] = {}
    for night in past:
        if night.member_id is not None:
            last[night.member_id] = max(last.get(night.member_id, night.starts_at), night.starts_at)
    return last


def last_chosen(past: Sequence[Night], guests: Iterable[NightGuest]) -> dict[MemberId, datetime]:
    """Return when each member last had their way (UTC): chose by turn, or nominated what won by votes."""
    nights = {each.night_id: each for each in past}
    last: dict[MemberId, datetime] = {}
    for each in guests:
        night = nights[each.night_id]
        if each.chose or (each.won and night.rule is not Rule.TURN):
            last[each.member_id] = max(last.get(each.member_id, night.starts_at), night.starts_at)
    return last
