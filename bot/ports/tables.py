"""Storage of one club, an aggregate each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.calendar_events import CalendarEvent
from bot.domain.clubs import Club, Mark, MarkKind, Member
from bot.domain.deliveries import Delivery
from bot.domain.films import Film, Release
from bot.domain.ids import DeliveryId, DraftId, FilmId, MemberId, PlaceId, ReminderId, ReviewId
from bot.domain.reminders import Reminder
from bot.domain.reviews import Review


class Clubs(Protocol):
    """The club's own row."""

    async def get(self) -> Club:
        """Return the club, with the usual settings where it was never set up."""
        ...

    async def save(self, club: Club) -> None:
        """Keep the settings (not the revision: only reviews move it)."""
        ...


class Members(Protocol):
    """The club's members, as far as they have spoken to Matinee."""

    async def get(self, member_id: MemberId) -> Member | None: ...

    async def named(self, name: str) -> Member | None:
        """Find a member by name, whatever the case."""
        ...

    async def all(self) -> Sequence[Member]:
        """Return every member known, by name."""
        ...

    async def save(self, member: Member) -> None: ...


class Reviews(Protocol):
    """The club's reviews with their histories."""

    async def get(self, review_id: ReviewId) -> Review | None: ...

    async def by(self, member_id: MemberId, film_id: FilmId) -> Review | None:
        """Find the member's own review of the film (a critic's that they posted is not theirs).

        A deleted one is found too.
        """
        ...

    async def by_critic(self, critic: str, film_id: FilmId) -> Review | None:
        """Find a critic's review of the film, deleted or not, whoever posted it."""
        ...

    async def of_film(self, film_id: FilmId) -> Sequence[Review]:
        """Return all that are not deleted, newest first, whoever may read them."""
        ...

    async def of_member(self, member_id: MemberId) -> Sequence[Review]:
        """Return all by this member that are not deleted, newest first."""
        ...

    async def films(self) -> Collection[FilmId]:
        """Return every film with at least one review that stands."""
        ...

    async def changed_since(self, revision: int) -> Sequence[Review]:
        """Return what changed after the club's revision stood so, deletions included, in order."""
        ...

    async def save(self, review: Review) -> Review:
        """Insert or replace, keep the former version, move the club's revision on; return as stored."""
        ...

    async def versions(self, review_id: ReviewId) -> Sequence[Review]:
        """Return the former versions, oldest first, without the one that stands."""
        ...

    async def touch(self, member_id: MemberId) -> None:
        """Count all of a member's reviews as changed: what may be quoted of them has."""
        ...

    async def restore_previous(self, review_id: ReviewId) -> Review | None:
        """Put the last former version back in place; None (and the review deleted) if there is none."""
        ...


class Films(Protocol):
    """Films as this club sees them: everyone's, and its own."""

    async def get(self, film_id: FilmId) -> Film | None: ...

    async def many(self, film_ids: Collection[FilmId]) -> dict[FilmId, Film]:
        """Return those that there are; for one that stands for another, that other one."""
        ...

    async def own(self) -> Sequence[Film]:
        """Return the films that this club added for itself, those that stand for others too."""
        ...

    async def within(
        self, *, first_year: int | None, last_year: int | None, max_minutes: int | None
    ) -> Collection[FilmId]:
        """Return the films of these years, both included, that are no longer; None: any."""
        ...

    async def save(self, film: Film) -> None:
        """Keep a film of this club's own; ValueError if it is everyone's or another club's."""
        ...

    async def releases(self, region: str, start: date, end: date) -> Sequence[tuple[Film, Release]]:
        """Return what comes out in the region from `start` to `end`, both days included, in order."""
        ...


class Marks(Protocol):
    """What members marked as seen, never to be suggested, or wanted."""

    async def of(self, member_ids: Collection[MemberId]) -> Sequence[Mark]:
        """Return all marks of these members, newest first."""
        ...

    async def of_film(self, film_id: FilmId) -> Sequence[Mark]:
        """Return all marks on this film, newest first."""
        ...

    async def put(self, mark: Mark) -> None: ...

    async def remove(self, member_id: MemberId, film_id: FilmId, kind: MarkKind) -> bool:
        """Take a mark away; tell whether there was one."""
        ...


class Reminders(Protocol):
    """The club's reminders."""

    async def get(self, reminder_id: ReminderId) -> Reminder | None: ...

    async def of_member(self, member_id: MemberId) -> Sequence[Reminder]:
        """Return all that are not cancelled, soonest first, those without a date last."""
        ...

    async def of_film(self, film_id: FilmId) -> Sequence[Reminder]:
        """Return all for this film that are not cancelled, oldest wish first."""
        ...

    async def due(self, place: PlaceId, at: datetime) -> Sequence[Reminder]:
        """Return those planned to be said at this place and instant (UTC), oldest wish first."""
        ...

    async def movable(self, since: date) -> Sequence[Reminder]:
        """Return those that a release's day can move: waiting, or for a day from `since` on."""
        ...

    async def save(self, reminder: Reminder) -> None: ...

    async def mark_delivered(self) -> int:
        """Mark as delivered what a delivery has said; return how many."""
        ...


class Deliveries(Protocol):
    """The club's part of the outbox: planning joins the transaction that causes it."""

    async def plan(self, delivery: Delivery) -> bool:
        """Plan it, unless one of the same club, purpose, subject and due time stands already."""
        ...

    async def cancel(self, purpose: str, subject: str, due_at: datetime | None = None) -> int:
        """Cancel what is planned (for this instant) and not yet claimed; return how many."""
        ...

    async def of(self, purpose: str, subject: str) -> Sequence[Delivery]:
        """Return every one about this subject, whatever became of it, soonest first."""
        ...

    async def get(self, purpose: str, subject: str, due_at: datetime) -> Delivery | None:
        """Find the one of this instant (UTC)."""
        ...

    async def folded_into(self, delivery_id: DeliveryId) -> Sequence[Delivery]:
        """Return what this delivery says besides its own, oldest first: it is a digest then."""
        ...


class Calendar(Protocol):
    """What the club's calendar files have told."""

    async def exported(self, region: str, since: date) -> Sequence[CalendarEvent]:
        """Return what was told of a region's days from this one on, in order."""
        ...

    async def save(self, event: CalendarEvent) -> None: ...


@dataclass(frozen=True, slots=True)
class Draft:
    """What a member typed, kept across a question; or what a `button` stands for, however often
    it is pressed, by anybody where no member is named. `command` is the codec's text of the command.
    """

    draft_id: DraftId
    member_id: MemberId
    command: str
    created_at: datetime
    button: bool = False


class Drafts(Protocol):
    """What members typed and have not finished, and what long buttons stand for."""

    async def get(self, draft_id: DraftId) -> Draft | None: ...

    async def of(self, member_id: MemberId) -> Sequence[Draft]:
        """Return what this member has not finished, newest first."""
        ...

    async def put(self, draft: Draft) -> None: ...

    async def remove(self, draft_id: DraftId) -> None: ...


class Receipts(Protocol):
    """Requests already carried out, with what was answered."""

    async def get(self, request_id: str) -> str | None:
        """Return the stored reply's text, if this request was carried out before."""
        ...

    async def put(self, request_id: str, reply: str, at: datetime) -> None: ...
