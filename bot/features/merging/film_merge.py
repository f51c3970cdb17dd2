"""Merge of two films' data in one club, and its undo: reviews, marks, reminders.

Nothing is lost. Each review moves as a new version of itself, so that its history leads
back. Of two reviews by one member (or critic) the newer stands and the older is its history.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.delivery.amendments import amend_messages
from bot.delivery.planning import PlanningContext, cancel, replan
from bot.domain.clubs.club import Mark, MarkKind
from bot.domain.films.reminders import Reminder, ReminderState
from bot.domain.ids import FilmId, MemberId, ReminderId, ReviewId
from bot.domain.reviews.review import Review
from bot.ports.store import UnitOfWork

_TWIN = "twin"
_ACTIVE = frozenset({ReminderState.WAITING, ReminderState.PLANNED})


@dataclass(frozen=True, slots=True)
class Moved:
    """Record of a merge, one line of text an item, from which `put_back` undoes it.

    Reviews: id, versions to step back, versions there were then. Marks: `+` set or `-` taken away,
    film, kind, instant, and who, by a digest: whoever is forgotten meanwhile stays so. Reminders:
    id, and whether the other film had the same one.
    """

    reviews: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    reminders: tuple[str, ...] = ()
    folded: int = 0


async def move(own: FilmId, other: FilmId, planning: PlanningContext) -> Moved:
    """Move all data of one film to another in the caller's transaction."""
    work = planning.work
    reviews = await work.reviews.of_film(own)
    trail = [line for review in reviews for line in await _move_review(review, other, work)]
    await _follow(trail, planning)
    marks = await _move_marks(own, other, {each.member_id for each in reviews}, work)
    reminders = await _move_reminders(own, other, planning)
    return Moved(tuple(trail), marks, reminders, len(trail) - len(reviews))


async def put_back(moved: Moved, own: FilmId, planning: PlanningContext) -> None:
    """Undo a merge; data changed since then moves back as it is now."""
    for line in moved.reviews:
        await _put_review_back(line, own, planning.work)
    await _follow(moved.reviews, planning)
    members = {
        _digest(each.member_id): each.member_id for each in await planning.work.members.all()
    }
    for line in sorted(moved.marks):  # marks set by the merge go before those it replaced come back
        await _put_mark_back(line, members, planning.work)
    for line in moved.reminders:
        await _put_reminder_back(line, own, planning.work)
    await replan(planning, film_id=own)


# Reviews ----------------------------------------------------------------------------------------


async def _move_review(review: Review, other: FilmId, work: UnitOfWork) -> list[str]:
    if review.critic is not None:
        there = await work.reviews.by_critic(review.critic, other)
    else:
        there = await work.reviews.by(review.member_id, other)
    if there is not None:
        return await _fold(review, there, work)
    await work.reviews.save(replace(review, film_id=other))
    return [await _trail(review.review_id, 1, work)]


async def _fold(review: Review, there: Review, work: UnitOfWork) -> list[str]:
    """Merge a review with its author's review of the other film; the newer one counts."""
    laid = replace(
        review,
        review_id=there.review_id,
        film_id=there.film_id,
        created_at=min(review.created_at, there.created_at),
        hidden=review.hidden or there.hidden,
    )
    await work.reviews.save(laid)
    stays = not there.deleted and there.changed_at > review.changed_at
    if stays:
        await work.reviews.save(there)
    await work.reviews.save(replace(review, deleted=True))
    steps = 2 if stays else 1
    return [
        await _trail(there.review_id, steps, work),
        await _trail(review.review_id, 1, work),
    ]


async def _follow(trail: Iterable[str], planning: PlanningContext) -> None:
    """Let the messages about moved reviews name the film that they are of now."""
    for line in trail:
        await amend_messages(ReviewId(line.split()[0]), planning)


async def _trail(review_id: ReviewId, steps: int, work: UnitOfWork) -> str:
    return f"{review_id} {steps} {len(await work.reviews.versions(review_id))}"


async def _put_review_back(line: str, own: FilmId, work: UnitOfWork) -> None:
    name, steps, count = line.split()
    review = await work.reviews.get(ReviewId(name))
    if review is None:
        return
    versions = await work.reviews.versions(review.review_id)
    if len(versions) == int(count):
        for _ in range(int(steps)):
            await work.reviews.restore_previous(review.review_id)
    elif any(each.film_id == own for each in versions):
        await work.reviews.save(replace(review, film_id=own))


# Marks ------------------------------------------------------------------------------------------


async def _move_marks(
    own: FilmId, other: FilmId, reviewers: set[MemberId], work: UnitOfWork
) -> tuple[str, ...]:
    """Move marks; a film that is seen leaves the watchlist."""
    before = [*await work.marks.of_film(own), *await work.marks.of_film(other)]
    concerned = reviewers | {each.member_id for each in before if each.film_id == own}
    before = [each for each in before if each.member_id in concerned]
    after = _together(before, other, await _reviewed(other, work))
    gone = [each for each in before if each not in after]
    new = [each for each in after if each not in before]
    for each in gone:
        await work.marks.remove(each.member_id, each.film_id, each.kind)
    for each in new:
        await work.marks.put(each)
    return (*(_mark_line("+", each) for each in new), *(_mark_line("-", each) for each in gone))


def _together(marks: Iterable[Mark], other: FilmId, done: set[MemberId]) -> list[Mark]:
    """Combine the marks on two films: of two alike the later; a seen film is no longer wanted."""
    latest: dict[tuple[MemberId, MarkKind], Mark] = {}
    for each in sorted(marks, key=lambda each: each.at):
        latest[each.member_id, each.kind] = replace(each, film_id=other)
    seen = done | {member for member, kind in latest if kind is MarkKind.SEEN}
    return [
        each
        for (member, kind), each in latest.items()
        if kind is not MarkKind.WATCHLIST or member not in seen
    ]


async def _reviewed(film_id: FilmId, work: UnitOfWork) -> set[MemberId]:
    reviews = await work.reviews.of_film(film_id)
    return {each.member_id for each in reviews if each.critic is None}


def _mark_line(sign: str, mark: Mark) -> str:
    return f"{sign} {mark.film_id} {mark.kind} {mark.at.isoformat()} {_digest(mark.member_id)}"


def _digest(member_id: MemberId) -> str:
    return hashlib.sha256(member_id.encode()).hexdigest()[:16]


async def _put_mark_back(line: str, members: Mapping[str, MemberId], work: UnitOfWork) -> None:
    sign, film, kind, at, who = line.split()
    if who not in members:
        return
    mark = Mark(members[who], FilmId(film), MarkKind(kind), datetime.fromisoformat(at))
    if sign == "+":
        await work.marks.remove(mark.member_id, mark.film_id, mark.kind)
    else:
        await work.marks.put(mark)


# Reminders --------------------------------------------------------------------------------------


async def _move_reminders(own: FilmId, other: FilmId, planning: PlanningContext) -> tuple[str, ...]:
    """Move reminders and re-plan them by the other film's release dates, without duplicates."""
    work = planning.work
    there = await work.reminders.of_film(other)
    lines = []
    for each in await work.reminders.of_film(own):
        if _has_twin(each, there):
            await cancel(each, work)
            lines.append(f"{each.reminder_id} {_TWIN}")
        else:
            await work.reminders.save(replace(each, film_id=other))
            lines.append(each.reminder_id)
    await replan(planning, film_id=other)
    return tuple(lines)


def _has_twin(reminder: Reminder, others: Sequence[Reminder]) -> bool:
    """Tell whether the member has the same reminder of the other film; own times never match."""
    return _waits(reminder) and any(
        _wish(each) == _wish(reminder) for each in others if _waits(each)
    )


def _waits(reminder: Reminder) -> bool:
    return reminder.state in _ACTIVE and not reminder.fixed


def _wish(reminder: Reminder) -> tuple[object, ...]:
    """Return the fields that make two reminders the same wish, apart from the film."""
    return reminder.member_id, reminder.region, reminder.kind, reminder.place, reminder.lead


async def _put_reminder_back(line: str, own: FilmId, work: UnitOfWork) -> None:
    name, _, twin = line.partition(" ")
    reminder = await work.reminders.get(ReminderId(name))
    if reminder is None:
        return
    if twin:
        waiting = replace(reminder, state=ReminderState.WAITING, day=None, due_at=None)
        await work.reminders.save(waiting)
    elif reminder.state is not ReminderState.CANCELLED:
        await work.reminders.save(replace(reminder, film_id=own))
