"""Crashes and store errors while messages about a review are brought up to date."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from typing import cast

import pytest

from bot.delivery.amendments import amend_messages
from bot.delivery.planning import PlanningContext
from bot.delivery.worker import Worker
from bot.domain.clubs.club import Club
from bot.domain.deliveries import Delivery, Purpose
from bot.domain.errors import StoreError
from bot.domain.ids import ClubId, FilmId, MemberId, PlaceId, ReviewId
from bot.domain.reviews.ratings import HalfStars
from bot.domain.reviews.review import Review
from bot.messages.replies import Paragraph, Reply
from bot.messages.spans import Plain
from bot.ports.messenger import Messenger
from bot.ports.store import Store, UnitOfWork
from db.engines.open import open_store
from tests.delivery.crashing import Crash, Fuse, Fused
from tests.support import CountingIds, HandClock, Mailbox

REVIEW = ReviewId("r1")
EDITED, GONE = "edited", "gone"


async def words(delivery: Delivery, _: datetime, work: UnitOfWork) -> Reply | None:
    """Compose what the review says now."""
    review = await work.reviews.get(ReviewId(delivery.subject))
    if review is None or not review.shared:
        return None
    return Reply((Paragraph((Plain(review.text),)),), review.text)


@pytest.fixture
async def store() -> AsyncIterator[Store]:
    opened = await open_store("sqlite://")
    yield opened
    await opened.close()


class Scene:
    """One club whose member writes a review, and then edits or deletes it."""

    def __init__(self, store: Store, number: int, becomes: str) -> None:
        self.store, self.becomes = store, becomes
        self.club = ClubId(f"sim:{number}")
        self.clock, self.ids, self.board = HandClock(), CountingIds(number * 1_000), Mailbox()
        self.workers = 0

    async def play(self, fuse: Fuse) -> None:
        """Let the review be announced and changed, with a failure somewhere on the way."""
        await self.save("as it was", Purpose.NEW_REVIEW)
        await self.work(fuse)
        await self.save(self.becomes, None)
        for _ in range(12):
            await self.work(fuse if not fuse.blown else Fuse())
            self.clock.forward(seconds=100)

    async def save(self, text: str, announce: Purpose | None) -> None:
        at = self.clock.now()
        async with self.store.writing(self.club) as work:
            review = Review(
                REVIEW, self.club, FilmId("her"), MemberId("sim:ana"), at, at, HalfStars(8), text
            )
            await work.reviews.save(replace(review, deleted=text == GONE))
            planning = PlanningContext(work, Club(self.club), self.ids, at)
            if announce:
                place = PlaceId(f"{self.club}#room")
                await work.deliveries.plan(planning.delivery(announce, REVIEW, place, at))
            else:
                await amend_messages(REVIEW, planning)

    async def work(self, fuse: Fuse) -> None:
        self.workers += 1
        worker = Worker(
            cast("Store", Fused(self.store, fuse)),
            cast("Messenger", Fused(self.board, fuse)),
            self.clock,
            words,
            f"{self.club} {self.workers}",
        )
        try:
            await worker.drain()
        except (Crash, StoreError):
            self.clock.forward(seconds=100)

    def shown(self) -> list[str]:
        return [reply.summary for _, reply in self.board.shown.values()]


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.long)])
@pytest.mark.parametrize("becomes", [EDITED, GONE])
@pytest.mark.parametrize(
    "error", [None, StoreError("The disk is full.", retry=True)], ids=["crash", "store error"]
)
async def test_wherever_it_fails_the_message_says_at_last_what_the_review_says(
    store: Store, error: StoreError | None, becomes: str, step: int
) -> None:
    whole = Fuse()
    scene = Scene(store, 0, becomes)
    await scene.play(whole)
    expected = [] if becomes == GONE else [EDITED]
    assert scene.shown() == expected
    blown = 0
    instants = range(0, whole.count, step)
    for at in instants:
        scene, fuse = Scene(store, at + 1, becomes), Fuse(at, error)
        await scene.play(fuse)
        assert scene.shown() == expected, at
        blown += fuse.blown
    assert blown == len(instants) > 6
