"""Storage of reviews and their former versions."""

from collections.abc import Collection, Sequence
from typing import Protocol

from bot.domain.ids import FilmId, MemberId, ReviewId
from bot.domain.reviews.review import Review


class Reviews(Protocol):
    """Reviews of the club, with their former versions."""

    async def get(self, review_id: ReviewId) -> Review | None: ...

    async def by(self, member_id: MemberId, film_id: FilmId) -> Review | None:
        """Find the member's own review of the film, deleted or not.

        A critic's review that they posted is not theirs.
        """

    async def by_of_films(
        self, member_id: MemberId, film_ids: Collection[FilmId]
    ) -> dict[FilmId, Review]:
        """Find the member's own reviews of these films, deleted or not, by film."""

    async def by_critic(self, critic: str, film_id: FilmId) -> Review | None:
        """Find a critic's review of the film, deleted or not, by any member."""

    async def of_film(self, film_id: FilmId) -> Sequence[Review]:
        """Return all that are not deleted, private ones included, newest first."""

    async def of_member(self, member_id: MemberId) -> Sequence[Review]:
        """Return all by this member that are not deleted, newest first."""

    async def films(self) -> Collection[FilmId]:
        """Return every film with a review that is neither deleted nor hidden."""

    async def latest_films(self, most: int) -> Sequence[FilmId]:
        """Return the films with the newest reviews that the club may read, newest first."""

    async def hidden(self, most: int) -> Sequence[Review]:
        """Return the reviews that moderators have hidden, the one changed or hidden last first."""

    async def changed_since(self, revision: int) -> Sequence[Review]:
        """Return the reviews changed after this revision, deleted ones included, by revision."""

    async def save(self, review: Review) -> Review:
        """Insert or replace, store the former version, increment the club's revision; return as stored."""

    async def save_all(self, given: Sequence[Review]) -> Sequence[Review]:
        """Do as `save` for some hundred reviews, under one revision."""

    async def versions(self, review_id: ReviewId) -> Sequence[Review]:
        """Return the former versions, oldest first, without the current one."""

    async def versions_of(self, member_id: MemberId) -> Sequence[Review]:
        """Return the former versions of all of a member's reviews, oldest first."""

    async def all_versions(self) -> Sequence[Review]:
        """Return the former versions of all reviews that are not deleted, oldest first."""

    async def touch(self, member_id: MemberId) -> None:
        """Give all reviews of a member a new revision, as when the member's permission to quote changes."""

    async def restore_previous(self, review_id: ReviewId) -> Review | None:
        """Restore the last former version; if there is none, mark the review deleted and return None."""
