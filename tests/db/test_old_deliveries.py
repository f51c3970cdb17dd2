"""Deliveries that are over and done with are purged, on either engine; what may still matter stays."""

from collections.abc import Collection
from dataclasses import replace

from bot.delivery.amendments import FOLLOWED
from bot.domain.deliveries import Delivery, DeliveryState, Dropped, Failed, Outcome, Purpose, Sent
from bot.domain.ids import DeliveryId
from db.store import SqlStore
from tests.db.make import CLUB, LEASE, NOON, OTHER, delivery, later

_SETTLED: dict[str, tuple[Purpose, Outcome]] = {
    "reminder": (Purpose.REMINDER, Sent("m1")),
    "amendment": (Purpose.AMENDMENT, Sent("m2")),
    "line": (Purpose.NEW_REVIEW, Sent("m3")),
    "event": (Purpose.NIGHT_EVENT, Sent("m4")),
    "dead line": (Purpose.NEW_REVIEW, Failed("gone")),
    "dropped": (Purpose.NIGHT, Dropped("over")),
}


async def _put(store: SqlStore, *those: Delivery) -> None:
    for each in those:
        async with store.writing(each.club_id) as work:
            assert await work.deliveries.plan(each)


async def _left(store: SqlStore, those: Collection[str]) -> set[str]:
    async with store.reading(CLUB) as work:
        found = [await work.deliveries.by_id(DeliveryId(each)) for each in those]
    return {each.delivery_id for each in found if each}


async def _settle_all(store: SqlStore) -> None:
    for name, (purpose, outcome) in _SETTLED.items():
        await _put(store, delivery(name, purpose=purpose))
        await store.outbox.claim("me", NOON, LEASE, 1)
        assert await store.outbox.settle("me", DeliveryId(name), outcome, NOON)


async def test_what_is_over_goes_and_what_messages_follow_stays(store: SqlStore) -> None:
    await _settle_all(store)
    await _put(store, delivery("waits", due_at=later(-1)), delivery("put off", due_at=later(-1)))
    async with store.writing(CLUB) as work:
        await work.deliveries.cancel(Purpose.REMINDER, "about put off")
    every = {*_SETTLED, "waits", "put off"}
    assert await store.purge_deliveries(NOON, FOLLOWED) == 1  # settled before, not at
    assert await _left(store, every) == every - {"put off"}
    assert await store.purge_deliveries(later(1), FOLLOWED) == 4
    assert await _left(store, every) == {"line", "event", "waits"}
    assert await store.purge_deliveries(later(1), FOLLOWED) == 0


async def test_a_line_that_was_taken_back_is_kept_from_that_day(store: SqlStore) -> None:
    await _settle_all(store)
    async with store.writing(CLUB) as work:
        await work.deliveries.withdraw(DeliveryId("line"), later(60))
    await store.purge_deliveries(later(60), FOLLOWED)
    assert "line" in await _left(store, _SETTLED)
    await store.purge_deliveries(later(61), FOLLOWED)
    assert "line" not in await _left(store, _SETTLED)


async def test_what_a_digest_carries_goes_after_it(store: SqlStore) -> None:
    first = delivery("first", subject="p")
    await _put(store, first, replace(first, delivery_id=DeliveryId("carried"), due_at=later(-1)))
    (claimed,) = await store.outbox.claim("me", NOON, LEASE, 1)
    await store.outbox.fold("me", claimed, later(1), NOON, 8)
    await store.outbox.settle("me", claimed.delivery_id, Failed("closed"), later(60))
    both, now = {"first", "carried"}, later(99)
    assert await store.purge_deliveries(later(30), FOLLOWED) == 0
    assert await store.outbox_admin.retry([claimed.delivery_id], now) == {claimed.delivery_id}
    assert await store.purge_deliveries(now, FOLLOWED) == 0  # it says both again
    assert await _left(store, both) == both
    await store.outbox.claim("me", now, LEASE, 1)
    await store.outbox.settle("me", claimed.delivery_id, Sent("m"), now)
    for _ in both:
        await store.purge_deliveries(later(100), FOLLOWED)
    assert await _left(store, both) == set()


async def test_more_than_one_batch_of_every_club_goes(store: SqlStore) -> None:
    for club in (CLUB, OTHER):
        async with store.writing(club) as work:
            for number in range(600):
                each = delivery(f"{club}{number}", club_id=club, due_at=later(-number - 1))
                await work.deliveries.plan(each)
                await work.deliveries.cancel(each.purpose, each.subject)
    assert await store.purge_deliveries(NOON, ()) == 1_200


async def test_what_was_planned_then_may_be_planned_again(store: SqlStore) -> None:
    await _settle_all(store)
    sent = replace(delivery("again"), subject="about reminder")
    async with store.writing(CLUB) as work:
        assert not await work.deliveries.plan(sent)
    await store.purge_deliveries(later(1), FOLLOWED)
    await _put(store, sent)
    assert (await store.outbox_admin.counts())[DeliveryState.PLANNED] == 1
