"""From a typed name to a member of the club."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from bot.domain.clubs import Member
from bot.domain.errors import NotFound
from bot.domain.ids import MemberId
from bot.ports.store import UnitOfWork
from bot.request.context import Context

ACTIVE_DAYS = 90
"""`everyone` means those who wrote or asked here within so many days."""

ALIKE = 66
"""How like a member's name a word is, of 100, that was likely meant for it."""


async def member_named(typed: str, work: UnitOfWork) -> Member:
    """Find a member by `@name`, name, or the platform's own id; NotFound names who is near."""
    name = typed.strip().lstrip("@")
    found = await work.members.get(MemberId(name)) or await work.members.named(name)
    if found is not None:
        return found
    names = [member.name for member in await work.members.all()]
    near = process.extractOne(name, names, score_cutoff=60)
    hint = f" Did you mean @{near[0]}?" if near else " They have to say something to me first."
    raise NotFound(f"I don't know a member called {name!r} in this club.{hint}")


async def is_stranger(word: str, work: UnitOfWork) -> bool:
    """Whether a word is no member's name, nor one with a slip in it."""
    if await work.members.get(MemberId(word)) or await work.members.named(word):
        return False
    names = ["everyone", *(member.name for member in await work.members.all())]
    return all(fuzz.ratio(word.casefold(), name.casefold()) < ALIKE for name in names)


async def company(typed: Sequence[str], context: Context, work: UnitOfWork) -> tuple[Member, ...]:
    """Resolve who watches together: the member, and those named, or everyone active."""
    if any(name.strip("@ ").casefold() == "everyone" for name in typed):
        active = [member for member in await work.members.all() if is_active(member, context)]
        return tuple({m.member_id: m for m in (context.member, *active)}.values())
    named = [await member_named(name, work) for name in typed]
    return tuple({m.member_id: m for m in (context.member, *named)}.values())


def is_active(member: Member, context: Context) -> bool:
    """Whether a member wrote or asked here within `ACTIVE_DAYS`."""
    last = member.last_active
    return last is not None and (context.now - last).days < ACTIVE_DAYS
