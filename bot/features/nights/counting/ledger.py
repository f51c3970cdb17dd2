"""Ledger of fairness: ballots of members who got less of what they wanted on past nights weigh more."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from statistics import fmean

from bot.domain.ids import MemberId
from bot.domain.nights import Night, NightGuest

DECAY = 0.7
"""Factor by which what was given up counts less, for each night since."""

LEAST, MOST = 0.5, 1.5
"""Bounds of a ballot's weight."""

NIGHTS = 10
"""Past nights that count, the latest: an older one would weigh less than 3 %."""


def balances(past: Sequence[Night], guests: Iterable[NightGuest]) -> dict[MemberId, float]:
    """Return the balance of each member: the sum of what they gave up, discounted by `DECAY` a night.

    `past`: the latest night first, which counts in full.
    """
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
    """Return the weight of each member's ballot: 1, plus their balance above the mean of these members.

    Within `LEAST` and `MOST`; a member without a balance weighs 1.
    """
    known = [balance[each] for each in members if each in balance]
    mean = fmean(known) if known else 0.0
    return {each: min(max(1.0 + balance.get(each, mean) - mean, LEAST), MOST) for each in members}
