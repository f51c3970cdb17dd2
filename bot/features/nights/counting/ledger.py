"""Ledger of who gave way: what members gave up on the last nights weighs their next ballots a little."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from statistics import fmean

from bot.domain.ids import MemberId
from bot.domain.nights import Night, NightGuest

DECAY = 0.7
"""Part of what was given up that still counts a night later."""

LEAST, MOST = 0.5, 1.5
"""Bounds of a ballot's weight."""

NIGHTS = 10
"""Past nights that count: later ones would weigh less than 3 %."""


def balances(past: Sequence[Night], guests: Iterable[NightGuest]) -> dict[MemberId, float]:
    """Return what each member has given up, the latest night (first in `past`) in full."""
    age = {night.night_id: nights_ago for nights_ago, night in enumerate(past)}
    sums: dict[MemberId, float] = {}
    for each in guests:
        if each.gave_up is not None and each.night_id in age:
            given = each.gave_up * DECAY ** age[each.night_id]
            sums[each.member_id] = sums.get(each.member_id, 0.0) + given
    return sums


def weights(
    balance: Mapping[MemberId, float], members: Collection[MemberId]
) -> dict[MemberId, float]:
    """Return the weights of these members' ballots: 1 for who gave up as much as they all on average.

    Somebody new counts as the average.
    """
    known = [balance[each] for each in members if each in balance]
    mean = fmean(known) if known else 0.0
    return {each: min(max(1.0 + balance.get(each, mean) - mean, LEAST), MOST) for each in members}
