"""Member lookup: from a typed name to a member of the club."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from bot.domain.clubs.club import Member
from bot.domain.errors import NotFound
from bot.domain.ids import MemberId
from bot.ports.store import UnitOfWork
from bot.request.club.directories import is_platform_id
from bot.request.context import Context

ACTIVE_DAYS = 90
"""Days of activity within which a member counts as part of `everyone`."""

ALIKE = 66
"""Similarity (0..100) from which a word is taken for a misspelt member's name."""


_ALL = frozenset({"everyone", "everybody", "all", "us"})


async def member_named(typed: str, context: Context, work: UnitOfWork) -> Member:
    """Find a member by `@name`, name or platform id; NotFound names the nearest.

    Somebody who is in the club and never wrote here is a member without a word.
    """
    name = typed.strip().lstrip("@")
    found = await work.members.get(MemberId(name)) or await work.members.named(name)
    if found is not None:
        return found
    if called := context.people.get(MemberId(name)):
        return Member(context.club.club_id, MemberId(name), called)
    if MemberId(name) in context.people:
        raise NotFound("They are not in this club. Name somebody who is.")
    if is_platform_id(name, work.club_id):
        raise NotFound("I don't know them here yet. They have to say something to me first.")
    if name.casefold() in _ALL:
        raise NotFound("Name one member at a time, such as @ben.")
    names = [member.name for member in await work.members.all()]
    near = process.extractOne(name, names, score_cutoff=60)
    hint = f" Did you mean @{near[0]}?" if near else " They have to say something to me first."
    raise NotFound(f"I don't know a member called “{name}” in this club.{hint}")


async def is_stranger(word: str, work: UnitOfWork) -> bool:
    """Tell whether a word is neither a member's name or id nor a misspelling of one."""
    if is_platform_id(word, work.club_id):
        return False
    if await work.members.get(MemberId(word)) or await work.members.named(word):
        return False
    names = ["everyone", *(member.name for member in await work.members.all())]
    return all(fuzz.ratio(word.casefold(), name.casefold()) < ALIKE for name in names)


async def company(typed: Sequence[str], context: Context, work: UnitOfWork) -> tuple[Member, ...]:
    """Return the members of a group: the caller and those named, or everyone active."""
    if any(name.strip("@ ").casefold() == "everyone" for name in typed):
        here = context.caller.present
        active = [
            member
            for member in await work.members.all()
            if is_active(member, context) and (here is None or member.member_id in here)
        ]
        return tuple({m.member_id: m for m in (context.member, *active)}.values())
    named = [await member_named(name, context, work) for name in typed]
    return tuple({m.member_id: m for m in (context.member, *named)}.values())


def is_active(member: Member, context: Context) -> bool:
    """Whether a member wrote or asked here within `ACTIVE_DAYS`."""
    last = member.last_active
    return last is not None and (context.now - last).days < ACTIVE_DAYS
