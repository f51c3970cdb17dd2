"""What is known of members' tastes: their ratings and marks, without what the reader may not know."""

from collections.abc import Iterable, Sequence

from bot.domain.clubs.club import Mark, MarkKind, Member
from bot.domain.ids import MemberId
from bot.ports.store import UnitOfWork
from recommender import Profile

NOBODY = MemberId("")
"""Reader of what the whole club reads: no private review counts."""


async def tastes(members: Iterable[Member], me: MemberId, work: UnitOfWork) -> tuple[Profile, ...]:
    """Return each member's profile, without other members' private reviews."""
    marks = await work.marks.of([member.member_id for member in members])
    return tuple([await _profile(member.member_id, me, marks, work) for member in members])


async def _profile(
    member_id: MemberId, me: MemberId, marks: Sequence[Mark], work: UnitOfWork
) -> Profile:
    reviews = [
        each
        for each in await work.reviews.of_member(member_id)
        if not each.critic and (each.shared or (member_id == me and not each.hidden))
    ]

    def marked(kind: MarkKind) -> frozenset[str]:
        return frozenset(m.film_id for m in marks if m.member_id == member_id and m.kind is kind)

    return Profile(
        ratings={each.film_id: each.rating for each in reviews if each.rating},
        seen=marked(MarkKind.SEEN) | {each.film_id for each in reviews},
        never=marked(MarkKind.NEVER),
        abandoned=frozenset(each.film_id for each in reviews if each.abandoned),
    )
