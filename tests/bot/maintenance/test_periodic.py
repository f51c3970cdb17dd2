"""Periodic maintenance: expired rows are purged."""

from datetime import timedelta

from bot.domain.ids import ClubId
from bot.maintenance.periodic import RECEIPTS_KEPT, PeriodicMaintenance
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
