"""Entries of a followed feed become reviews: each once, an edit changes it, what is said here stays."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.catalogue.titles.index import TitleIndex
from bot.delivery.amendments import follow_review
from bot.delivery.planning import PlanningContext
from bot.domain.clubs.club import MarkKind
from bot.domain.deliveries import Purpose
from bot.domain.films.film import film_label
from bot.domain.follows import FeedEntry, Follow, FollowedEntry
from bot.domain.ids import FilmId, ReviewId
from bot.domain.imports import RowState
from bot.domain.reviews.review import LONGEST_REVIEW, Review
from bot.domain.words.privacy import asks_for_privacy
from bot.ports.store import UnitOfWork
from bot.transfer.matching import matched

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


async def fresh_entries(
    follow: Follow, entries: Sequence[FeedEntry], work: UnitOfWork
) -> list[FeedEntry]:
    """Return the entries that are new or edited since they were dealt with, oldest first.

    Those of which no film was found are tried again. Those from before the member followed are left out.
    """
    known = {each.number: each for each in await work.follows.entries(follow.member_id)}
    found: list[FeedEntry] = []
    for entry in sorted(entries, key=lambda each: (each.published_at or _EPOCH, each.number)):
        former = known.get(entry.number)
        before = follow.since is not None and (entry.published_at or _EPOCH) < follow.since
        if former is None and before:
            continue
        if former is None or not former.placed or former.digest != entry.digest:
            found.append(entry)
    return found


def unmatched(entries: Sequence[FeedEntry], titles: TitleIndex) -> list[int]:
    """Return TMDB's ids of the films that no title is known of."""
    return [
        each.film.tmdb_id
        for each in entries
        if each.film.tmdb_id and titles.by_id(f"tmdb:{each.film.tmdb_id}") is None
    ]


async def take_in(
    follow: Follow, entries: Sequence[FeedEntry], titles: TitleIndex, planning: PlanningContext
) -> None:
    """Make reviews of entries, in the caller's transaction. Done twice, it changes nothing."""
    known = {each.number: each for each in await planning.work.follows.entries(follow.member_id)}
    for entry in entries:
        former = known.get(entry.number)
        if former is not None and former.placed and former.digest == entry.digest:
            continue
        # One by one: two viewings of one film are no doubt, as two rows of a file would be.
        (match,) = matched([entry.film], titles)
        ready = match.film_id if match.state is RowState.READY else None
        done = FollowedEntry(
            follow.member_id,
            entry.number,
            film_label(entry.film.title, entry.film.year),
            entry.digest,
            placed=ready is not None,
        )
        if ready is not None:
            review = await _review(follow, entry, ready, former, planning)
            if review is not None:
                done = replace(done, review_id=review.review_id, written_at=review.changed_at)
            elif former is not None:
                done = replace(done, review_id=former.review_id, written_at=former.written_at)
        await planning.work.follows.put([done])


async def _review(
    follow: Follow,
    entry: FeedEntry,
    film_id: FilmId,
    former: FollowedEntry | None,
    planning: PlanningContext,
) -> Review | None:
    """Write the review of an entry; None where the member's own word stands."""
    reviews, me = planning.work.reviews, follow.member_id
    if former is not None and former.review_id is not None:
        there = await reviews.get(former.review_id)
        if there is None or there.deleted or there.changed_at != former.written_at:
            return None
        if there.film_id == film_id:
            edited = _said(entry, there, planning.now, whole=True)
            return await _saved(edited, planning, is_new=False, announced=False)
        await _saved(replace(there, deleted=True), planning, is_new=False, announced=False)
    there = await reviews.by(me, film_id)
    published = entry.published_at or follow.created_at
    if there is not None and not there.deleted:
        # What the member has said here since the entry was written is newer than the entry.
        if there.changed_at > published or (follow.since is None and published < follow.created_at):
            return None
        later = _said(entry, there, planning.now, whole=False)
        return await _saved(later, planning, is_new=False, announced=False)
    if there is not None and there.changed_at > published:
        return None  # deleted here after it was logged there
    blank = Review(
        review_id=there.review_id if there else ReviewId(planning.ids.new()),
        club_id=follow.club_id,
        film_id=film_id,
        member_id=me,
        created_at=planning.now,
        changed_at=planning.now,
        hidden=there.hidden if there else False,
        undated=published < follow.created_at,
    )
    review = _said(entry, blank, planning.now, whole=True)
    return await _saved(review, planning, is_new=True, announced=published >= follow.created_at)


def _said(entry: FeedEntry, review: Review, now: datetime, *, whole: bool) -> Review:
    """Return the review with what the entry says; not `whole`: what it leaves out is kept."""
    film = entry.film
    kept = _emptied(review) if whole else review
    latest = (now + timedelta(days=1)).date()
    day = film.watched_on if film.watched_on and film.watched_on <= latest else None
    return replace(
        kept,
        changed_at=now,
        rating=film.rating or kept.rating,
        text=film.text[:LONGEST_REVIEW] or kept.text,
        spoiler=film.spoiler if film.text else kept.spoiler,
        private=kept.private or asks_for_privacy(film.text),
        rewatch=film.rewatch or kept.rewatch,
        watched_on=day or kept.watched_on,
        abandoned=kept.abandoned and film.rating is None,
        liked=entry.liked,
        page=film.page or None,
    )


def _emptied(review: Review) -> Review:
    return replace(
        review,
        rating=None,
        text="",
        spoiler=False,
        rewatch=False,
        watched_on=None,
        abandoned=False,
        abandoned_after=None,
    )


async def _saved(
    review: Review, planning: PlanningContext, *, is_new: bool, announced: bool
) -> Review:
    """Save a review, and plan what the club hears of it."""
    work, club = planning.work, planning.club
    saved = await work.reviews.save(replace(review, changed_at=planning.now))
    if not saved.deleted:
        await work.marks.remove(saved.member_id, saved.film_id, MarkKind.WATCHLIST)
    if not is_new:
        await follow_review(saved.review_id, planning)
    elif announced and saved.shared and club.announce_reviews and club.channel:
        await work.deliveries.plan(
            planning.delivery(Purpose.NEW_REVIEW, saved.review_id, club.channel, planning.now)
        )
    return saved
