"""Periodic maintenance: expired rows are purged, and nothing that a later change has to reach."""

from datetime import timedelta
from typing import cast

from bot.domain.ids import ClubId
from bot.maintenance.periodic import DELIVERIES_KEPT, RECEIPTS_KEPT, PeriodicMaintenance
from db.store import SqlStore
from tests.bot.features.reviews.test_following import lines, reviewed
from tests.db.make import delivery
from tests.support import Room


async def test_receipts_are_kept_for_a_week(room: Room) -> None:
    upkeep = PeriodicMaintenance(room.store, room.clock, room.ids)
    club = ClubId(room.club)
    async with room.store.writing(club) as work:
        await work.receipts.put("old", "saved", room.clock.now() - RECEIPTS_KEPT)
        await work.receipts.put("older", "saved", room.clock.now() - timedelta(days=8))
    await upkeep.once()
    async with room.store.reading(club) as work:
        assert await work.receipts.get("older") is None
        assert await work.receipts.get("old") == "saved"


async def test_a_review_of_long_ago_takes_its_line_along(room: Room) -> None:
    upkeep = PeriodicMaintenance(room.store, room.clock, room.ids)
    await reviewed(room)
    edited = await room.say("ana", "/review Her 3/5")
    await room.deliver()
    room.clock.forward(days=400)
    await upkeep.once()
    assert lines(room) == ["ana reviewed Her (2013): ★★★"]
    await room.press("ana", await room.press("ana", edited, "Delete…"), "Delete")
    await room.deliver()
    assert lines(room) == []


async def test_old_deliveries_are_purged_once_a_day(room: Room) -> None:
    """Looking for them takes reading the whole table."""
    upkeep = PeriodicMaintenance(room.store, room.clock, room.ids)
    admin = cast("SqlStore", room.store).outbox_admin

    async def let_one_grow_old() -> None:
        old = delivery(
            room.ids.new(), club_id=room.club, due_at=room.clock.now() - 2 * DELIVERIES_KEPT
        )
        async with room.store.writing(ClubId(room.club)) as work:
            await work.deliveries.plan(old)
            await work.deliveries.cancel(old.purpose, old.subject)

    left = []
    for hours in (0, 1, 23):
        room.clock.forward(hours=hours)
        await let_one_grow_old()
        await upkeep.once()
        left.append(sum((await admin.counts()).values()))
    assert left == [0, 1, 0]
