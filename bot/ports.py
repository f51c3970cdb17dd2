"""What the core needs of the world outside, as protocols. `db` and `adapters` implement them."""

from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.domain.calendar_events import CalendarEvent
from bot.domain.clubs import Club, Mark, MarkKind, Member
from bot.domain.deliveries import Delivery, Outcome
from bot.domain.films import Film, Release
from bot.domain.ids import (
    ClubId,
    DeliveryId,
    DraftId,
    FilmId,
    MemberId,
    PlaceId,
    ReminderId,
    ReviewId,
)
from bot.domain.reminders import Reminder
from bot.domain.reviews import Review
from bot.messages.replies import Reply


class Clock(Protocol):
    """Where the core reads the time."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...


class Ids(Protocol):
    """Where new names come from."""

    def new(self) -> str:
        """Return a name not given before: at most 12 characters of a-z and 0-9."""
        ...


# Storage: one club's tables ---------------------------------------------------------------------


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

    async def step_back(self, review_id: ReviewId) -> Review | None:
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

    async def note_said(self) -> int:
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

    async def carried(self, delivery_id: DeliveryId) -> Sequence[Delivery]:
        """Return what this delivery says besides its own, oldest first: it is a digest then."""
        ...


class Calendar(Protocol):
    """What the club's calendar files have told."""

    async def told(self, region: str, since: date) -> Sequence[CalendarEvent]:
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


class UnitOfWork(Protocol):
    """One club's data in one transaction. It is committed when its context ends without error."""

    @property
    def club_id(self) -> ClubId: ...
    @property
    def clubs(self) -> Clubs: ...
    @property
    def members(self) -> Members: ...
    @property
    def reviews(self) -> Reviews: ...
    @property
    def films(self) -> Films: ...
    @property
    def marks(self) -> Marks: ...
    @property
    def reminders(self) -> Reminders: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def calendar(self) -> Calendar: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def receipts(self) -> Receipts: ...


# Storage: across clubs --------------------------------------------------------------------------


class FilmShelf(Protocol):
    """The films that every club sees."""

    def all(self) -> AsyncIterator[Film]:
        """Walk over every film, by id."""
        ...

    async def many(self, film_ids: Collection[FilmId]) -> dict[FilmId, Film]:
        """Return those that there are."""
        ...

    async def put(self, films: Iterable[Film], *, source: str, digest: str) -> None:
        """Insert or replace, all or nothing, and note that `source` is loaded as of `digest`."""
        ...

    async def loaded(self, source: str) -> str | None:
        """Return the digest that was noted when this source was last put."""
        ...

    async def digest(self) -> str:
        """Return a short text that changes when any film does."""
        ...

    async def digests(self) -> dict[FilmId, str]:
        """Return for every film a short text that changes when it does, by id."""
        ...


EVERYWHERE = ("",)
"""The reach of one who can speak to every club."""


class Outbox(Protocol):
    """The worker's side of the deliveries, over all clubs."""

    async def claim(
        self,
        owner: str,
        now: datetime,
        lease: timedelta,
        most: int,
        reach: Collection[str] = EVERYWHERE,
    ) -> Sequence[Delivery]:
        """Take due deliveries, fair by club, attempts + 1, leased to `owner` until now + lease.

        Only those of clubs within `reach`, as `Messenger.reach` has it.
        """
        ...

    async def renew(
        self, owner: str, delivery_ids: Collection[DeliveryId], until: datetime
    ) -> Collection[DeliveryId]:
        """Prolong leases; return those still held."""
        ...

    async def settle(
        self, owner: str, delivery_id: DeliveryId, outcome: Outcome, now: datetime
    ) -> bool:
        """Write down how it went; False when the lease was lost meanwhile."""
        ...

    async def postpone(self, club_id: ClubId, place: PlaceId, until: datetime) -> int:
        """Leave alone what is planned for this place until then; return how many."""
        ...

    async def fold(
        self, owner: str, delivery: Delivery, before: datetime, now: datetime
    ) -> Collection[DeliveryId]:
        """Let a delivery that `owner` holds carry others of its club, place and purpose.

        Those due `before` that nobody else holds and nobody has tried. None when the lease was lost.
        """
        ...

    async def release(self, owner: str) -> int:
        """Give back everything this owner has claimed, attempts uncounted; return how many."""
        ...


@dataclass(frozen=True, slots=True)
class Home:
    """A club that a member may mean in private. `chosen_at`: when they said so (UTC)."""

    club_id: ClubId
    name: str
    chosen_at: datetime | None


class Store(Protocol):
    """The database, whichever it is."""

    def reading(self, club_id: ClubId) -> AbstractAsyncContextManager[UnitOfWork]:
        """Open one club's data to read, on a snapshot."""
        ...

    def writing(self, club_id: ClubId) -> AbstractAsyncContextManager[UnitOfWork]:
        """Open one club's data to read and write, all or nothing."""
        ...

    @property
    def shelf(self) -> FilmShelf: ...

    @property
    def outbox(self) -> Outbox: ...

    async def clubs(self) -> Sequence[ClubId]:
        """Return every club in which somebody has spoken, by id."""
        ...

    async def homes(self, member_id: MemberId) -> Sequence[Home]:
        """Return the clubs in which this member has spoken: the one they chose last first."""
        ...

    async def purge_receipts(self, before: datetime) -> int:
        """Forget requests carried out before this instant, in every club; return how many."""
        ...

    async def purge_drafts(self, before: datetime) -> int:
        """Forget what was kept before this instant, in every club; return how many."""
        ...

    async def purge_clubs(self, before: datetime) -> int:
        """Forget all of every club that was left before this instant; return how many clubs."""
        ...

    async def close(self) -> None: ...


# The world --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SourceFilm:
    """A film that a source offers for a title. `number`: the source's own."""

    number: int
    title: str
    year: int | None = None
    directors: tuple[str, ...] = ()


class FilmSource(Protocol):
    """A live catalogue of films on the web. Everything here may raise SourceError."""

    @property
    def name(self) -> str:
        """What members call it."""
        ...

    async def search(self, title: str, year: int | None = None) -> Sequence[SourceFilm]:
        """Find films by a title, likeliest first, without their directors."""
        ...

    async def film(self, number: int) -> Film:
        """Return all that is known of a film, under an id that may be taken. Raises SourceLacks."""
        ...

    async def number_of(self, imdb_id: str) -> int:
        """Return the source's own number of a film. Raises SourceLacks."""
        ...

    async def release_dates(self, film: Film, region: str | None = None) -> Sequence[Release]:
        """Return a film's days in a region, or everywhere, at most some hours old."""
        ...

    async def changed_since(self, day: date) -> Collection[int]:
        """Return the numbers of the films that changed on this day or later; two weeks at most."""
        ...


class Messenger(Protocol):
    """Says things unasked, on one platform or several."""

    @property
    def reach(self) -> Collection[str]:
        """The clubs it can speak to: `discord:` all whose ids begin so, else one by its whole id."""
        ...

    async def send(self, place: PlaceId, reply: Reply, *, delivery_id: DeliveryId) -> str:
        """Say it once for this delivery id; return the platform's name of the message.

        Raises Rejected, Delayed or Uncertain.
        """
        ...

    async def find(self, place: PlaceId, delivery_id: DeliveryId, since: datetime) -> str | None:
        """Look for a message that may have arrived. Raises Unreadable, Delayed, Uncertain."""
        ...

    def remembers(self, place: PlaceId) -> timedelta:
        """For how long a second `send` of a delivery id surely returns the first one's message."""
        ...
