"""Hosts of nights, by turns: who is next, and what happens where somebody cannot."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.ids import MemberId
from bot.domain.nights import Night
from bot.features.nights.counting.polls import coming, guests_of
from bot.features.nights.counting.turns import by_turn, last_hosted
from bot.features.nights.schedule.planned import save, tell
from bot.ports.store import UnitOfWork
from bot.request.context import Context

REMEMBERED = 200
"""Past nights whose hosts count, the latest."""


async def host_order(night: Night, work: UnitOfWork) -> Sequence[MemberId]:
    """Return the members who may host after this night's host, the next first.

    They are those who come; where nobody else does yet, those who came the last time.
    """
    past = await work.nights.past(REMEMBERED)
    roster = {each.member_id for each in await work.members.all()}
    for each in (night, *past[:1]):
        there = [guest.member_id for guest in coming(await guests_of(each, work))]
        others = [one for one in there if one in roster and one != night.member_id]
        if others:
            return by_turn(others, last_hosted(past))
    return ()


async def next_host(night: Night, work: UnitOfWork) -> MemberId | None:
    """Return whose turn it is to host after this night's host; the same one where there is nobody else."""
    return next(iter(await host_order(night, work)), night.member_id)


async def following_host(night: Night, work: UnitOfWork) -> MemberId | None:
    """Return who hosts the night after this one: of all who answered this one, also that they cannot come."""
    roster = {each.member_id for each in await work.members.all()}
    answered = [each.member_id for each in await guests_of(night, work)]
    others = [each for each in answered if each in roster and each != night.member_id]
    past = await work.nights.past(REMEMBERED)
    return next(iter(by_turn(others, last_hosted(past))), night.member_id)


async def hand_on(night: Night, host: MemberId, context: Context, work: UnitOfWork) -> Night:
    """Let another member host a night, and plan to tell them; return it as saved."""
    handed = replace(night, member_id=host)
    await tell(handed, "turn", context.now, context, work)
    return await save(handed, context, work)
