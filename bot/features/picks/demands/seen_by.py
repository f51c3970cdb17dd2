"""What members have seen or loved, in wishes: `that ben loved`, `not seen by @ben`, `nobody here has seen`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.clubs.club import Member
from bot.domain.errors import UsageError
from bot.domain.reviews.ratings import DISLIKED
from bot.language.wishes.lexicon.entries import Entry
from bot.language.wishes.sentences.seen_by import seen_by_clause
from bot.language.wishes.wish import Understood
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.views.access import public_access
from bot.views.taste import tastes
from recommender import Demand, is_liked

_EVERYONE = frozenset("anyone anybody everyone everybody us club".split())
_LOVED = frozenset("loved liked adored loves adores".split())
_HATED = frozenset("hated disliked hates dislikes".split())


@dataclass(frozen=True, slots=True)
class _Clause:
    members: Sequence[Member]
    loved: bool
    unseen: bool
    label: str
    hated: bool = False


async def seen_by(
    text: str, context: Context, work: UnitOfWork
) -> tuple[str, tuple[Understood, ...]]:
    """Return a text without its clauses on what members have seen or loved, and what they demand.

    Of another member only what the club may read tells; a clause with no member's name stays.
    """
    if not seen_by_clause().search(text):
        return text, ()
    members = await work.members.all()
    parts: list[Understood] = []
    left, at = [], 0
    for found in seen_by_clause().finditer(text):
        if clause := _clause(found, members):
            films = await _films(clause, context, work)
            demand = Demand(clause.label, film_ids=films, excluded=clause.unseen)
            entry = Entry(clause.label, films=films, kind="after")
            parts.append(Understood(found[0].strip(), entry, (demand,)))
            left.append(text[at : found.start()])
            at = found.end()
    left.append(text[at:])
    return " ".join(" ".join(left).split()), tuple(parts)


def _clause(found: re.Match[str], members: Sequence[Member]) -> _Clause | None:
    if found["nobody"]:
        return _Clause(members, loved=False, unseen=True, label="that nobody here has seen")
    name = (found["by"] or found["who"]).casefold()
    unseen = bool(found["unseen"] or found["hasnt"])
    verb = (found["verb"] or found["did"]).lower()
    loved, hated = verb in _LOVED, verb in _HATED
    if name in _EVERYONE and verb.endswith("s") and verb in _LOVED:
        return None  # `something everyone loves` is no talk of this club
    if name in _EVERYONE and (found["by"] or loved or hated):
        told, meant = ("nobody here has seen" if unseen else "members have seen"), list(members)
    else:
        meant = [each for each in members if each.name.casefold() == name]
        told = f"{meant[0].name} has{' not' if unseen else ''} seen" if meant else ""
    if not meant:
        return None
    who = meant[0].name if len(meant) == 1 else "members"
    label = f"that {who} {'loved' if loved else 'disliked'}" if loved or hated else f"that {told}"
    return _Clause(meant, loved, unseen, label, hated)


async def _films(clause: _Clause, context: Context, work: UnitOfWork) -> frozenset[str]:
    """Return the films of a clause. UsageError for what others loved, where that unlocks once seen."""
    me = context.member.member_id
    others = any(each.member_id != me for each in clause.members)
    if (clause.loved or clause.hated) and others and public_access(context.club).locks:
        raise UsageError(
            "In this club nobody is told what others thought of a film until they've seen it."
        )
    if clause.unseen:
        profiles = await tastes(clause.members, me, work)
        return frozenset(film for each in profiles for film in each.seen)
    reviews = [
        review
        for member in clause.members
        for review in await work.reviews.of_member(member.member_id)
        if not review.critic and review.shared
    ]
    if not (clause.loved or clause.hated):
        return frozenset(review.film_id for review in reviews)
    rated = [review for review in reviews if review.rating]
    loved = frozenset(review.film_id for review in rated if is_liked(review.rating))
    hated = frozenset(review.film_id for review in rated if (review.rating or 0) <= DISLIKED)
    return loved - hated if clause.loved else hated
