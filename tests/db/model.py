"""One club's data as plain Python, to compare the store with."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.domain.clubs.club import Mark, MarkKind, Member
from bot.domain.films.film import Film
from bot.domain.films.reminders import Reminder, ReminderState
from bot.domain.ids import ClubId, DraftId, FilmId, MemberId, ReminderId, ReviewId
from bot.domain.reviews.review import Review
from bot.ports.tables.requests import Draft

Plan = tuple[str, datetime]


@dataclass
class ClubModel:
    """Stored data of one club. A review is the list of its versions, the current one last."""

    club_id: ClubId
    revision: int = 0
    reviews: dict[ReviewId, list[Review]] = field(default_factory=dict)
    members: dict[MemberId, Member] = field(default_factory=dict)
    marks: dict[tuple[MemberId, FilmId, MarkKind], Mark] = field(default_factory=dict)
    reminders: dict[ReminderId, Reminder] = field(default_factory=dict)
    drafts: dict[DraftId, Draft] = field(default_factory=dict)
    films: dict[FilmId, Film] = field(default_factory=dict)
    receipts: dict[str, str] = field(default_factory=dict)
    plans: dict[Plan, bool] = field(default_factory=dict)
    """Whether each delivery that was ever planned still stands."""

    def save(self, review: Review) -> Review:
        """Put a review on top of its former versions."""
        self.revision += 1
        stored = replace(review, revision=self.revision)
        self.reviews.setdefault(review.review_id, []).append(stored)
        return stored

    def restore_previous(self, review_id: ReviewId) -> Review | None:
        """Take the top version away, or mark the only one deleted."""
        versions = self.reviews.get(review_id, [])
        if len(versions) > 1:
            versions.pop()
            self._put(review_id, versions[-1])
            return versions[-1]
        if versions and not versions[0].deleted:
            self._put(review_id, replace(versions[0], deleted=True))
        return None

    def touch(self, member_id: MemberId) -> None:
        """Give all of a member's reviews the next revision."""
        self.revision += 1
        for versions in self.reviews.values():
            if versions[-1].member_id == member_id:
                versions[-1] = replace(versions[-1], revision=self.revision)

    def standing(self) -> list[Review]:
        """Return the reviews that are not deleted, newest first."""
        found = [versions[-1] for versions in self.reviews.values() if not versions[-1].deleted]
        found.sort(key=lambda each: each.review_id)
        found.sort(
            key=lambda each: (each.changed_at, each.revision, each.watched_on or date.min),
            reverse=True,
        )
        return found

    def changed_since(self, revision: int) -> list[Review]:
        """Return the reviews with a later revision, by revision."""
        found = [each[-1] for each in self.reviews.values() if each[-1].revision > revision]
        return sorted(found, key=lambda each: (each.revision, each.review_id))

    def marks_of(self, members: Iterable[MemberId]) -> list[Mark]:
        """Return these members' marks, newest first."""
        found = [each for each in self.marks.values() if each.member_id in set(members)]
        found.sort(key=lambda each: (each.member_id, each.film_id, each.kind))
        return sorted(found, key=lambda each: each.at, reverse=True)

    def reminders_of(self, member_id: MemberId) -> set[Reminder]:
        """Return this member's reminders that are not cancelled."""
        mine = (each for each in self.reminders.values() if each.member_id == member_id)
        return {each for each in mine if each.state is not ReminderState.CANCELLED}

    def plan(self, subject: str, due_at: datetime) -> bool:
        """Plan a delivery unless one with its key exists."""
        if self.plans.get((subject, due_at)):
            return False
        self.plans[subject, due_at] = True
        return True

    def cancel(self, subject: str) -> int:
        """Cancel the planned deliveries of a subject."""
        gone = [plan for plan, stands in self.plans.items() if plan[0] == subject and stands]
        self.plans |= dict.fromkeys(gone, False)
        return len(gone)

    def _put(self, review_id: ReviewId, review: Review) -> None:
        self.revision += 1
        self.reviews[review_id][-1] = replace(review, revision=self.revision)
