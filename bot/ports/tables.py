"""Storage of one club: a protocol for each aggregate."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.calendar_events import CalendarEvent
from bot.domain.clubs import Club, Mark, MarkKind, Member
from bot.domain.deliveries import Delivery
from bot.domain.films import Film, Release
from bot.domain.follows import Follow, FollowedEntry
from bot.domain.ids import (
    DeliveryId,
    DraftId,
    FilmId,
    ImportId,
    MemberId,
    NightId,
    PlaceId,
    ReminderId,
    ReviewId,
)
from bot.domain.imports import Import, ImportRow, RowState
from bot.domain.moderation import ModerationAct
from bot.domain.nights import Night, NightGuest, Nomination
from bot.domain.reminders import Reminder
from bot.domain.reviews import Review
from bot.domain.web_keys import WebKey


class Clubs(Protocol):
    """Settings of the club."""

    async def get(self) -> Club:
        """Return the club; with default settings where it was never set up."""
        ...

    async def save(self, club: Club) -> None:
        """Store the settings, without the revision: only reviews change it."""
        ...


class Members(Protocol):
    """Members of the club who have sent a request."""

    async def get(self, member_id: MemberId) -> Member | None: ...

    async def named(self, name: str) -> Member | None:
        """Find a member by name, ignoring case; an exact match takes precedence."""
        ...

    async def all(self) -> Sequence[Member]:
        """Return every member, by name."""
        ...

    async def save(self, member: Member) -> None: ...

    async def forget(self, member_id: MemberId, direct: PlaceId, pseudonym: MemberId) -> None:
        """Delete all that names the member; reviews stay under the pseudonym, deleted ones emptied.

        `direct`: the place of direct messages to them.
        """
        ...


class Reviews(Protocol):
    """Reviews of the club, with their former versions."""

    async def get(self, review_id: ReviewId) -> Review | None: ...

    async def by(self, member_id: MemberId, film_id: FilmId) -> Review | None:
        """Find the member's own review of the film, deleted or not.

        A critic's review that they posted is not theirs.
        """
        ...

    async def by_of_films(
        self, member_id: MemberId, film_ids: Collection[FilmId]
    ) -> dict[FilmId, Review]:
        """Find the member's own reviews of these films, deleted or not, by film."""
        ...

    async def by_critic(self, critic: str, film_id: FilmId) -> Review | None:
        """Find a critic's review of the film, deleted or not, by any member."""
        ...

    async def of_film(self, film_id: FilmId) -> Sequence[Review]:
        """Return all that are not deleted, private ones included, newest first."""
        ...

    async def of_member(self, member_id: MemberId) -> Sequence[Review]:
        """Return all by this member that are not deleted, newest first."""
        ...

    async def films(self) -> Collection[FilmId]:
        """Return every film with a review that is neither deleted nor hidden."""
        ...

    async def latest_films(self, most: int) -> Sequence[FilmId]:
        """Return the films with the newest reviews that the club may read, newest first."""
        ...

    async def hidden(self, most: int) -> Sequence[Review]:
        """Return the reviews that moderators have hidden, newest first."""
        ...

    async def changed_since(self, revision: int) -> Sequence[Review]:
        """Return the reviews changed after this revision, deleted ones included, by revision."""
        ...

    async def save(self, review: Review) -> Review:
        """Insert or replace, store the former version, increment the club's revision; return as stored."""
        ...

    async def save_all(self, given: Sequence[Review]) -> Sequence[Review]:
        """Do as `save` for some hundred reviews, under one revision."""
        ...

    async def versions(self, review_id: ReviewId) -> Sequence[Review]:
        """Return the former versions, oldest first, without the current one."""
        ...

    async def versions_of(self, member_id: MemberId) -> Sequence[Review]:
        """Return the former versions of all of a member's reviews, oldest first."""
        ...

    async def all_versions(self) -> Sequence[Review]:
        """Return the former versions of all reviews that are not deleted, oldest first."""
        ...

    async def touch(self, member_id: MemberId) -> None:
        """Give all reviews of a member a new revision, as when the member's permission to quote changes."""
        ...

    async def restore_previous(self, review_id: ReviewId) -> Review | None:
        """Restore the last former version; if there is none, mark the review deleted and return None."""
        ...


class Films(Protocol):
    """Films as this club sees them: shared ones and its own, which hide shared ones of the same id."""

    async def get(self, film_id: FilmId) -> Film | None: ...

    async def many(self, film_ids: Collection[FilmId]) -> dict[FilmId, Film]:
        """Return the films that exist; a merged film is replaced by the one it was merged into."""
        ...

    async def own(self) -> Sequence[Film]:
        """Return the club's own films, merged ones included."""
        ...

    async def within(
        self,
        *,
        first_year: int | None,
        last_year: int | None,
        max_minutes: int | None,
        min_minutes: int | None = None,
        most_known: int | None = None,
    ) -> Collection[FilmId]:
        """Return the films of these years and lengths, and at most so well known; None: no limit."""
        ...

    async def save(self, film: Film) -> None:
        """Insert or replace one of the club's own films; ValueError for any other."""
        ...

    async def remove(self, film_id: FilmId) -> None:
        """Delete the club's own film; one that everybody sees appears again in its place."""
        ...

    async def releases(self, region: str, start: date, end: date) -> Sequence[tuple[Film, Release]]:
        """Return the releases in a region from `start` to `end`, inclusive, by day."""
        ...


class Marks(Protocol):
    """Marks of members on films: seen, never suggest, watchlist."""

    async def of(self, member_ids: Collection[MemberId]) -> Sequence[Mark]:
        """Return all marks of these members, newest first."""
        ...

    async def of_film(self, film_id: FilmId) -> Sequence[Mark]:
        """Return all marks on this film, newest first."""
        ...

    async def of_films(self, member_id: MemberId, film_ids: Collection[FilmId]) -> Sequence[Mark]:
        """Return this member's marks on these films, newest first."""
        ...

    async def put(self, mark: Mark) -> None: ...

    async def put_all(self, given: Sequence[Mark]) -> None:
        """Insert marks, or update their times."""
        ...

    async def remove_all(
        self, member_id: MemberId, film_ids: Collection[FilmId], kind: MarkKind
    ) -> None:
        """Delete a member's marks of one kind on these films."""
        ...

    async def remove(self, member_id: MemberId, film_id: FilmId, kind: MarkKind) -> bool:
        """Delete a mark; return whether it existed."""
        ...


class Reminders(Protocol):
    """Reminders of the club."""

    async def get(self, reminder_id: ReminderId) -> Reminder | None: ...

    async def of_member(self, member_id: MemberId) -> Sequence[Reminder]:
        """Return all that are not cancelled, by due time, those without one last."""
        ...

    async def of_film(self, film_id: FilmId) -> Sequence[Reminder]:
        """Return all for this film that are not cancelled, oldest first."""
        ...

    async def due(self, place: PlaceId, at: datetime) -> Sequence[Reminder]:
        """Return those planned for this place and instant (UTC), oldest first."""
        ...

    async def movable(self, since: date) -> Sequence[Reminder]:
        """Return those that a new release day can move: waiting, or for a day from `since` on."""
        ...

    async def save(self, reminder: Reminder) -> None: ...

    async def mark_delivered(self) -> int:
        """Mark reminders as delivered whose delivery was sent; return the number."""
        ...


class Deliveries(Protocol):
    """Deliveries of the club, planned in the transaction that causes them."""

    async def plan(self, delivery: Delivery) -> bool:
        """Insert it; False if one of the same purpose, subject and due time exists, not cancelled."""
        ...

    async def cancel(self, purpose: str, subject: str, due_at: datetime | None = None) -> int:
        """Cancel what is planned (for this instant, UTC) and not claimed; return the number."""
        ...

    async def of(self, purpose: str, subject: str) -> Sequence[Delivery]:
        """Return all about this subject, in any state, by due time."""
        ...

    async def of_subjects(
        self, purposes: Collection[str], subjects: Collection[str]
    ) -> Sequence[Delivery]:
        """Return all of these purposes about some subjects, in any state, by due time."""
        ...

    async def get(self, purpose: str, subject: str, due_at: datetime) -> Delivery | None:
        """Find by its key; `due_at` in UTC."""
        ...

    async def by_id(self, delivery_id: DeliveryId) -> Delivery | None:
        """Find by id."""
        ...

    async def withdraw(self, delivery_id: DeliveryId) -> None:
        """Cancel a delivery whose message has been deleted."""
        ...

    async def folded_into(self, delivery_id: DeliveryId) -> Sequence[Delivery]:
        """Return the deliveries that this one was sent for as a digest, by due time."""
        ...


class Calendar(Protocol):
    """Release days as the club has exported them in calendar files."""

    async def exported(self, region: str, since: date) -> Sequence[CalendarEvent]:
        """Return the events of a region from this day on, by day."""
        ...

    async def save(self, event: CalendarEvent) -> None: ...


UNFINISHED_KEPT, BUTTONS_KEPT = 50, 500
"""Drafts that one member has in a club at most: unfinished commands, and those of buttons."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Stored command (the codec's JSON text): of a member who has to answer a question first, or of a
    `button`, which may be pressed repeatedly, and by any member where `member_id` is empty.
    `made_by`: the member whose request stored it.
    """

    draft_id: DraftId
    member_id: MemberId
    command: str
    created_at: datetime
    button: bool = False
    made_by: MemberId | None = None


class Drafts(Protocol):
    """Stored commands, unfinished or of buttons."""

    async def get(self, draft_id: DraftId) -> Draft | None: ...

    async def of(self, member_id: MemberId) -> Sequence[Draft]:
        """Return the unfinished commands of this member, newest first."""
        ...

    async def put(self, draft: Draft) -> None:
        """Insert or replace; of its maker's drafts of this kind only the newest remain."""
        ...

    async def remove(self, draft_id: DraftId) -> None: ...


class Receipts(Protocol):
    """Replies of requests that were carried out."""

    async def get(self, request_id: str) -> str | None:
        """Return the reply (JSON text) of a request that was carried out before."""
        ...

    async def put(self, request_id: str, reply: str, at: datetime) -> None:
        """Store the reply (JSON text). StoreError if there is one already."""
        ...


class Imports(Protocol):
    """Files that members brought in, each with its rows."""

    async def get(self, import_id: ImportId) -> Import | None: ...

    async def of(self, member_id: MemberId) -> Sequence[Import]:
        """Return all of this member, newest first."""
        ...

    async def save(self, import_: Import) -> None:
        """Insert or replace, without its rows."""
        ...

    async def put(self, rows: Sequence[ImportRow]) -> None:
        """Insert rows, or replace those with the same number."""
        ...

    async def rows(
        self, import_id: ImportId, states: Collection[RowState], most: int, after: int = -1
    ) -> Sequence[ImportRow]:
        """Return the first `most` rows in these states behind a number, in order."""
        ...

    async def counts(self, import_id: ImportId) -> dict[RowState, int]:
        """Count the rows by state."""
        ...

    async def remove(self, import_id: ImportId) -> None:
        """Delete an import with its rows, if it exists."""
        ...


class Follows(Protocol):
    """Feeds of other services that members of the club follow, and the entries dealt with."""

    async def all(self) -> Sequence[Follow]:
        """Return every follow of the club."""
        ...

    async def of(self, member_id: MemberId) -> Sequence[Follow]:
        """Return those of a member, by name."""
        ...

    async def save(self, follow: Follow) -> None:
        """Insert or replace."""
        ...

    async def remove(self, member_id: MemberId, name: str) -> bool:
        """Delete, its entries apart; return whether it existed."""
        ...

    async def entries(self, member_id: MemberId) -> Sequence[FollowedEntry]:
        """Return the entries of a member that were dealt with."""
        ...

    async def put(self, entries: Sequence[FollowedEntry]) -> None:
        """Insert entries, or replace those of the same number."""
        ...


class Moderation(Protocol):
    """Acts of the club's moderators."""

    async def note(self, act: ModerationAct) -> None:
        """Store an act."""
        ...

    async def latest(self, most: int) -> Sequence[ModerationAct]:
        """Return the last acts, newest first."""
        ...


class Nights(Protocol):
    """Film nights of the club, each member's part in them, and nominations."""

    async def get(self, night_id: NightId) -> Night | None: ...

    async def open(self) -> Sequence[Night]:
        """Return those that are not over, the soonest first."""
        ...

    async def past(self, most: int) -> Sequence[Night]:
        """Return the last ones that were held to their end, the latest first."""
        ...

    async def all(self) -> Sequence[Night]:
        """Return every night, the earliest first."""
        ...

    async def of_member(self, member_id: MemberId) -> Sequence[Night]:
        """Return those that a member hosts or has a part in, the earliest first."""
        ...

    async def save(self, night: Night) -> None: ...

    async def guests(self, night_ids: Sequence[NightId]) -> Sequence[NightGuest]:
        """Return the members' parts in these nights, in the order in which they answered."""
        ...

    async def save_guest(self, guest: NightGuest) -> None: ...

    async def nominations(self) -> Sequence[Nomination]:
        """Return all that wait for a night, the oldest first."""
        ...

    async def nominate(self, nomination: Nomination) -> None: ...

    async def withdraw(self, film_id: FilmId, member_id: MemberId | None = None) -> None:
        """Delete a member's nomination of a film, or everyone's."""
        ...


class WebKeys(Protocol):
    """Keys of the club's members to its pages."""

    async def of(self, member_id: MemberId) -> Sequence[WebKey]:
        """Return those of a member, the oldest first."""
        ...

    async def put(self, key: WebKey) -> None:
        """Insert or replace."""
        ...

    async def remove(self, digest: str) -> bool:
        """Delete; return whether it existed."""
        ...
