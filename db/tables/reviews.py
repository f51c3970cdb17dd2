"""Reviews of one club: current versions and former ones."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import Integer, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.domain.ids import FilmId, MemberId, ReviewId
from bot.domain.reviews.review import Review
from db.records import CLUB, SORTS_MANY, ClubTable, Record, listed, param, upsert
from db.schema.reviews import review_versions, reviews
from db.tables.clubs.clubs import next_revision

_REVIEW = Record(reviews, Review)
_VERSION = Record(review_versions, Review)

_OF_CLUB = _REVIEW.select().where(reviews.c.club_id == CLUB)
_THIS = _OF_CLUB.where(reviews.c.review_id == param("review_id"))
_BY = _OF_CLUB.where(
    reviews.c.film_id == param("film_id"),
    reviews.c.member_id == param("member_id"),
    reviews.c.critic.is_(None),
)
_BY_OF_FILMS = _OF_CLUB.where(
    reviews.c.film_id.in_(listed("film_ids")),
    reviews.c.member_id == param("member_id"),
    reviews.c.critic.is_(None),
)
_BY_CRITIC = _OF_CLUB.where(
    reviews.c.film_id == param("film_id"), reviews.c.critic == param("critic")
)
_PRESENT = _OF_CLUB.where(reviews.c.deleted.is_(other=False)).order_by(
    reviews.c.changed_at.desc(),
    reviews.c.revision.desc(),
    reviews.c.watched_on.desc().nulls_last(),  # those of an import are as new as each other
    reviews.c.review_id,
)
_OF_FILM = _PRESENT.where(reviews.c.film_id == param("film_id"))
_OF_MEMBER = _PRESENT.where(reviews.c.member_id == param("member_id")).prefix_with(SORTS_MANY)
_FILMS = (
    select(reviews.c.film_id)
    .where(
        reviews.c.club_id == CLUB,
        reviews.c.deleted.is_(other=False),
        reviews.c.hidden.is_(other=False),
    )
    .distinct()
)
_LATEST = (
    select(reviews.c.film_id)
    .where(
        reviews.c.club_id == CLUB,
        reviews.c.deleted.is_(other=False),
        reviews.c.hidden.is_(other=False),
        reviews.c.private.is_(other=False),
    )
    .order_by(reviews.c.changed_at.desc(), reviews.c.review_id)
    .limit(param("most"))
)
_HIDDEN = (
    _PRESENT.where(reviews.c.hidden.is_(other=True))
    .order_by(None)
    .order_by(reviews.c.revision.desc(), reviews.c.review_id)  # hiding leaves `changed_at`
    .limit(param("most"))
)
_CHANGED = _OF_CLUB.where(reviews.c.revision > param("seen")).order_by(
    reviews.c.revision, reviews.c.review_id
)
_SAVE = upsert(reviews)
_TOUCH = (
    update(reviews)
    .where(reviews.c.club_id == CLUB, reviews.c.member_id == param("of_member"))
    .values(revision=bindparam("moved_to", type_=Integer))
)

_VERSIONS = (
    _VERSION.select()
    .where(review_versions.c.club_id == CLUB, review_versions.c.review_id == param("review_id"))
    .order_by(review_versions.c.revision)
)
_ALL_VERSIONS = (
    _VERSION.select()
    .where(
        review_versions.c.club_id == CLUB,
        review_versions.c.review_id.in_(
            select(reviews.c.review_id).where(
                reviews.c.club_id == CLUB, reviews.c.deleted.is_(other=False)
            )
        ),
    )
    .order_by(review_versions.c.revision, review_versions.c.review_id)
)
_VERSIONS_OF = (
    _VERSION.select()
    .where(review_versions.c.club_id == CLUB, review_versions.c.member_id == param("member_id"))
    .order_by(review_versions.c.revision, review_versions.c.review_id)
    .prefix_with(SORTS_MANY)
)
_LAST_VERSION = _VERSIONS.order_by(None).order_by(review_versions.c.revision.desc()).limit(1)
_KEEP_VERSIONS = insert(review_versions).from_select(
    [column.name for column in _REVIEW.columns],
    _OF_CLUB.where(reviews.c.review_id.in_(listed("review_ids"))),
)
_DROP_VERSION = delete(review_versions).where(
    review_versions.c.club_id == CLUB,
    review_versions.c.review_id == param("review_id"),
    review_versions.c.revision == param("revision"),
)


class SqlReviews(ClubTable):
    """Implements `bot.ports.Reviews`."""

    async def get(self, review_id: ReviewId) -> Review | None:
        """Find by id, deleted or not."""
        return await self._scope.one(_REVIEW, _THIS, review_id=review_id)

    async def by(self, member_id: MemberId, film_id: FilmId) -> Review | None:
        """Find the member's own review of the film, deleted or not."""
        return await self._scope.one(_REVIEW, _BY, member_id=member_id, film_id=film_id)

    async def by_of_films(
        self, member_id: MemberId, film_ids: Collection[FilmId]
    ) -> dict[FilmId, Review]:
        """Find the member's own reviews of these films, deleted or not, by film."""
        values = {"member_id": member_id, "film_ids": sorted(set(film_ids))}
        found = await self._scope.all(_REVIEW, _BY_OF_FILMS, **values)
        return {each.film_id: each for each in found}

    async def by_critic(self, critic: str, film_id: FilmId) -> Review | None:
        """Find a critic's review of the film, deleted or not."""
        return await self._scope.one(_REVIEW, _BY_CRITIC, critic=critic, film_id=film_id)

    async def of_film(self, film_id: FilmId) -> Sequence[Review]:
        """Return all that are not deleted, newest first."""
        return await self._scope.all(_REVIEW, _OF_FILM, film_id=film_id)

    async def of_member(self, member_id: MemberId) -> Sequence[Review]:
        """Return all by this member that are not deleted, newest first."""
        return await self._scope.all(_REVIEW, _OF_MEMBER, member_id=member_id)

    async def films(self) -> Collection[FilmId]:
        """Return every film with a review that is neither deleted nor hidden."""
        return frozenset(FilmId(row.film_id) for row in await self._scope.rows(_FILMS))

    async def latest_films(self, most: int) -> Sequence[FilmId]:
        """Return the films with the newest reviews that the club may read, newest first."""
        rows = await self._scope.rows(_LATEST, most=most)
        return list(dict.fromkeys(FilmId(row.film_id) for row in rows))

    async def hidden(self, most: int) -> Sequence[Review]:
        """Return the reviews that moderators have hidden, the one changed or hidden last first."""
        return await self._scope.all(_REVIEW, _HIDDEN, most=most)

    async def changed_since(self, revision: int) -> Sequence[Review]:
        """Return the reviews changed after this revision, deleted ones included, by revision."""
        return await self._scope.all(_REVIEW, _CHANGED, seen=revision)

    async def save(self, review: Review) -> Review:
        """Insert or replace, store the former version, increment the club's revision.

        ValueError if the member (or critic) has a review of this film under another id.
        """
        (stored,) = await self.save_all([review])
        return stored

    async def save_all(self, given: Sequence[Review]) -> Sequence[Review]:
        """Do as `save` for some hundred reviews, under one revision."""
        for each in given:
            self._scope.check(each.club_id)
        if not given:
            return ()
        ids = [each.review_id for each in given]
        await self._scope.run(_KEEP_VERSIONS, review_ids=ids)
        return await self._put(*given)

    async def versions(self, review_id: ReviewId) -> Sequence[Review]:
        """Return the former versions, oldest first."""
        return await self._scope.all(_VERSION, _VERSIONS, review_id=review_id)

    async def versions_of(self, member_id: MemberId) -> Sequence[Review]:
        """Return the former versions of all of a member's reviews, oldest first."""
        return await self._scope.all(_VERSION, _VERSIONS_OF, member_id=member_id)

    async def all_versions(self) -> Sequence[Review]:
        """Return the former versions of all reviews that are not deleted, oldest first."""
        return await self._scope.all(_VERSION, _ALL_VERSIONS)

    async def touch(self, member_id: MemberId) -> None:
        """Give all reviews of a member a new revision, as if they had changed."""
        revision = await next_revision(self._scope)
        await self._scope.run(_TOUCH, of_member=member_id, moved_to=revision)

    async def restore_previous(self, review_id: ReviewId) -> Review | None:
        """Restore the last former version; if there is none, mark the review deleted."""
        former = await self._scope.one(_VERSION, _LAST_VERSION, review_id=review_id)
        if former is None:
            await self._delete(review_id)
            return None
        await self._scope.run(_DROP_VERSION, review_id=review_id, revision=former.revision)
        (stored,) = await self._put(former)
        return stored

    async def _delete(self, review_id: ReviewId) -> None:
        present = await self.get(review_id)
        if present is not None and not present.deleted:
            await self._put(replace(present, deleted=True))

    async def _put(self, *given: Review) -> Sequence[Review]:
        revision = await next_revision(self._scope)
        stored = [replace(each, revision=revision) for each in given]
        try:
            await self._scope.put_all(_SAVE, [_REVIEW.values(each) for each in stored])
        except IntegrityError as error:
            names = ", ".join(each.review_id for each in given[:3])
            raise ValueError(f"review {names} cannot be stored: {error.orig}") from error
        return stored
