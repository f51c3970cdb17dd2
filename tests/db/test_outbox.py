"""Outbox: planned once, claimed fairly by one worker at a time, settled by the lease's owner only."""

import asyncio
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.deliveries import (
    Delivery,
    DeliveryState,
    Failed,
    Outcome,
    Purpose,
    Retry,
    Sent,
    Unknown,
)
from bot.domain.ids import ClubId, DeliveryId, PlaceId
from bot.ports.store import Store
from db.engines.open import open_store
from tests.db.make import CLUB, LEASE, NOON, OTHER, delivery, later


async def _plan(store: Store, *deliveries: Delivery) -> list[bool]:
    planned = []
    for each in deliveries:
        async with store.writing(each.club_id) as work:
            planned.append(await work.deliveries.plan(each))
    return planned


async def _claim(
    store: Store, now: datetime = NOON, most: int = 10, owner: str = "one"
) -> Sequence[Delivery]:
    return await store.outbox.claim(owner, now, LEASE, most)


def _ids(deliveries: Collection[Delivery]) -> list[str]:
    return [each.delivery_id for each in deliveries]


async def test_a_due_delivery_is_claimed_with_a_lease(store: Store) -> None:
    await _plan(store, delivery())
    assert await _claim(store) == [
        delivery(
            state=DeliveryState.CLAIMED,
            attempts=1,
            lease_owner="one",
            lease_until=NOON + LEASE,
            tried_at=NOON,
        )
    ]
    assert await _claim(store, owner="two") == []


async def test_nothing_is_claimed_before_it_is_due(store: Store) -> None:
    await _plan(store, delivery(due_at=later(0.000001)), delivery("d2", next_at=later(1)))
    assert await _claim(store) == []
    assert _ids(await _claim(store, later(1))) == ["d1", "d2"]


async def test_what_waits_unclaimed_within_reach_is_known_since_when(store: Store) -> None:
    everywhere, outbox = ("",), store.outbox
    await _plan(store, delivery(due_at=later(5)), delivery("d2", due_at=later(2), club_id=OTHER))
    assert await outbox.waiting_since(later(1), everywhere) is None
    assert await outbox.waiting_since(later(9), everywhere) == later(2)
    assert await outbox.waiting_since(later(9), (CLUB,)) == later(5)
    assert await outbox.waiting_since(later(9), ("discord:",)) is None
    assert await outbox.waiting_since(later(9), ()) is None

    await _claim(store, later(9))
    assert await outbox.waiting_since(later(9), everywhere) is None
    assert await outbox.waiting_since(later(9) + LEASE, everywhere) == later(9) + LEASE


async def test_what_is_due_first_comes_first(store: Store) -> None:
    times = {"d1": 3, "d2": 1, "d3": 2}
    await _plan(store, *(delivery(each, due_at=later(at)) for each, at in times.items()))
    assert _ids(await _claim(store, later(9), most=2)) == ["d2", "d3"]
    assert _ids(await _claim(store, later(9))) == ["d1"]


async def test_planning_twice_is_planning_once(store: Store) -> None:
    again = delivery("another", subject=delivery().subject)
    assert await _plan(store, delivery(), again, delivery()) == [True, False, False]
    assert _ids(await _claim(store)) == ["d1"]
    assert await _plan(store, again) == [False]


async def test_what_differs_in_club_purpose_subject_or_time_is_planned_beside(
    store: Store,
) -> None:
    subject = delivery().subject
    assert all(
        await _plan(
            store,
            delivery(),
            delivery("d2", club_id=OTHER, subject=subject),
            delivery("d3", purpose=Purpose.NEW_REVIEW, subject=subject),
            delivery("d4"),
            delivery("d5", subject=subject, due_at=later(-1)),
        )
    )
    assert len(await _claim(store)) == 5


async def test_what_is_cancelled_is_not_said_but_may_be_planned_anew(store: Store) -> None:
    await _plan(store, delivery(), delivery("d2"), delivery("d3", club_id=OTHER))
    async with store.writing(CLUB) as work:
        assert await work.deliveries.cancel(Purpose.REMINDER, "about d1") == 1
        assert await work.deliveries.cancel(Purpose.REMINDER, "about d1") == 0
        assert await work.deliveries.cancel(Purpose.NEW_REVIEW, "about d2") == 0
        assert await work.deliveries.cancel(Purpose.REMINDER, "about d3") == 0
    assert _ids(await _claim(store)) == ["d2", "d3"]
    assert await _plan(store, delivery("anew", subject="about d1")) == [True]
    assert _ids(await _claim(store)) == ["anew"]


async def test_what_is_claimed_or_sent_is_not_cancelled(store: Store) -> None:
    await _plan(store, delivery())
    await _claim(store)
    async with store.writing(CLUB) as work:
        assert await work.deliveries.cancel(Purpose.REMINDER, "about d1") == 0
    assert await store.outbox.settle("one", DeliveryId("d1"), Sent("m"), NOON)
    async with store.writing(CLUB) as work:
        assert await work.deliveries.cancel(Purpose.REMINDER, "about d1") == 0


async def test_a_plan_goes_with_the_transaction_that_caused_it(store: Store) -> None:
    async def fail() -> None:
        async with store.writing(CLUB) as work:
            await work.deliveries.plan(delivery())
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert await _claim(store) == []


async def test_an_expired_lease_comes_back_with_more_attempts(store: Store) -> None:
    await _plan(store, delivery())
    await _claim(store)
    assert await _claim(store, later(59.9), owner="two") == []
    [again] = await _claim(store, later(60), owner="two")
    assert (again.attempts, again.lease_owner) == (2, "two")
    assert not await store.outbox.settle("one", DeliveryId("d1"), Sent("m"), later(61))
    assert await store.outbox.settle("two", DeliveryId("d1"), Sent("m"), later(61))


async def test_a_renewed_lease_is_kept(store: Store) -> None:
    await _plan(store, delivery(), delivery("d2"), delivery("d3"))
    await _claim(store, most=2)
    held = await store.outbox.renew("one", list(map(DeliveryId, ["d1", "d3", "x"])), later(120))
    assert held == {"d1"}
    assert await store.outbox.renew("two", [DeliveryId("d1")], later(999)) == frozenset()
    assert await store.outbox.renew("one", [], later(999)) == frozenset()
    assert _ids(await _claim(store, later(60), owner="two")) == ["d2", "d3"]
    assert _ids(await _claim(store, later(120), owner="two")) == ["d1", "d2", "d3"]


@pytest.mark.parametrize("outcome", [Sent("m1"), Failed("the channel is gone")])
async def test_what_is_sent_or_dead_never_comes_back(store: Store, outcome: Outcome) -> None:
    await _plan(store, delivery())
    await _claim(store)
    assert await store.outbox.settle("one", DeliveryId("d1"), outcome, NOON)
    assert not await store.outbox.settle("one", DeliveryId("d1"), outcome, NOON)
    assert await _claim(store, NOON + timedelta(days=999)) == []


async def test_what_failed_comes_again_at_its_time(store: Store) -> None:
    await _plan(store, delivery())
    await _claim(store)
    failed = Retry(later(30), "no answer")
    assert await store.outbox.settle("one", DeliveryId("d1"), failed, NOON)
    assert await _claim(store, later(29.9)) == []
    [again] = await _claim(store, later(30))
    assert (again.attempts, again.next_at, again.error) == (2, later(30), "no answer")


async def test_a_wait_the_platform_asked_for_is_no_attempt(store: Store) -> None:
    await _plan(store, delivery())
    for second in range(3):
        [claimed] = await _claim(store, later(second))
        assert claimed.attempts == 1
        wait = Retry(later(second + 1), "slow down", counted=False)
        assert await store.outbox.settle("one", DeliveryId("d1"), wait, later(second))


async def test_what_is_doubtful_comes_back_when_its_lease_ends(store: Store) -> None:
    await _plan(store, delivery())
    await _claim(store)
    assert await store.outbox.settle("one", DeliveryId("d1"), Unknown("cut off"), later(1))
    assert await store.outbox.renew("one", [DeliveryId("d1")], later(999)) == frozenset()
    assert await store.outbox.release("one") == 0
    assert await _claim(store, later(59)) == []
    [again] = await _claim(store, later(60), owner="two")
    assert (again.attempts, again.error) == (2, "cut off")


async def test_what_is_released_can_be_claimed_at_once(store: Store) -> None:
    await _plan(store, delivery(), delivery("d2"), delivery("d3"))
    await _claim(store, most=2)
    await _claim(store, owner="two")
    assert await store.outbox.release("one") == 2
    assert await store.outbox.release("one") == 0
    released = await _claim(store, owner="three")
    assert _ids(released) == ["d1", "d2"]
    assert {each.attempts for each in released} == {1}


async def test_a_released_retry_waits_for_its_time(store: Store) -> None:
    await _plan(store, delivery())
    await _claim(store)
    await store.outbox.settle("one", DeliveryId("d1"), Retry(later(30), "busy"), NOON)
    await _claim(store, later(31))
    await store.outbox.release("one")
    assert await _claim(store, later(29)) == []
    assert _ids(await _claim(store, later(30))) == ["d1"]


async def test_no_club_keeps_others_waiting(store: Store) -> None:
    loud = [delivery(f"loud{number}", due_at=later(-100)) for number in range(60)]
    quiet = [delivery(f"quiet{club}", club_id=ClubId(f"c{club}")) for club in range(5)]
    await _plan(store, *loud, *quiet)
    first = await _claim(store)
    assert Counter(each.club_id for each in first)[CLUB] == 5
    assert len(first) == 10


async def test_of_two_clubs_with_much_to_say_each_has_half(store: Store) -> None:
    loud = [delivery(f"a{number}", due_at=later(-100)) for number in range(30)]
    other = [delivery(f"b{number}", club_id=OTHER, due_at=later(-1)) for number in range(15)]
    await _plan(store, *loud, *other)
    assert Counter(each.club_id for each in await _claim(store)) == {CLUB: 5, OTHER: 5}


async def test_planning_for_later_delays_nothing_that_stands(store: Store) -> None:
    await _plan(store, delivery(), delivery("d2", due_at=later(100)))
    assert _ids(await _claim(store)) == ["d1"]


async def test_many_loud_clubs_do_not_keep_a_quiet_one_waiting(store: Store) -> None:
    loud = [
        delivery(f"l{club}-{number}", club_id=ClubId(f"loud{club}"), due_at=later(-1000))
        for club in range(12)
        for number in range(5)
    ]
    await _plan(store, *loud, delivery("quiet"))
    claimed = [*await _claim(store), *await _claim(store)]
    assert "quiet" in _ids(claimed)


@pytest.mark.parametrize("clubs", [3, 25])
async def test_clubs_are_served_in_turn(store: Store, clubs: int) -> None:
    names = [ClubId(f"c{number}") for number in range(clubs)]
    await _plan(
        store,
        *(
            delivery(f"{club}-{number}", club_id=club, due_at=later(-number))
            for club in names
            for number in range(8)
        ),
    )
    served: Counter[ClubId] = Counter()
    for _ in range(clubs * 8 // 10):
        served.update(each.club_id for each in await _claim(store))
        counts = [served[club] for club in names]
        assert max(counts) <= 2 * (sum(counts) / clubs) + 1
        assert max(counts) - min(counts) <= 4
    assert sum(served.values()) == clubs * 8 // 10 * 10


async def test_a_turn_that_is_out_of_date_hides_nobody(store: Store) -> None:
    early = [delivery(f"e{n}", club_id=ClubId(f"e{n}"), due_at=later(-9)) for n in range(30)]
    await _plan(store, *early, delivery("late"))
    for each in early:
        async with store.writing(each.club_id) as work:
            await work.deliveries.cancel(each.purpose, each.subject)
    assert _ids(await _claim(store)) == ["late"]


async def test_claims_at_once_never_give_one_delivery_twice(either_database: str) -> None:
    stores = [await open_store(either_database) for _ in range(4)]
    clubs = [ClubId(f"c{number}") for number in range(7)]
    planned = [delivery(f"d{n}", club_id=clubs[n % 7]) for n in range(200)]
    await _plan(stores[0], *planned)

    async def work(owner: str, store: Store) -> list[Delivery]:
        mine: list[Delivery] = []
        while claimed := await _claim(store, owner=owner):
            mine += claimed
            for each in claimed:
                assert await store.outbox.settle(owner, each.delivery_id, Sent("m"), NOON)
        return mine

    taken = await asyncio.gather(*(work(f"w{n}", each) for n, each in enumerate(stores)))
    for each in stores:
        await each.close()
    counts = Counter(_ids([each for mine in taken for each in mine]))
    assert counts == Counter(_ids(planned))


async def test_a_delivery_planned_with_its_state_is_planned_all_the_same(store: Store) -> None:
    claimed = replace(delivery(), next_at=later(5))
    assert await _plan(store, claimed) == [True]
    assert await _claim(store, later(4)) == []
    assert _ids(await _claim(store, later(5))) == ["d1"]


async def test_what_is_long_overdue_is_carried_by_whoever_holds_the_first(store: Store) -> None:
    await _plan(
        store,
        delivery("first", due_at=later(-9)),
        delivery("claimed along", due_at=later(-8.5)),
        delivery("planned", due_at=later(-7)),
        delivery("elsewhere", due_at=later(-8), place=PlaceId("elsewhere")),
        delivery("other purpose", due_at=later(-8), purpose=Purpose.NEW_REVIEW),
        delivery("not so old", due_at=later(-1)),
    )
    [first, _] = await _claim(store, later(-6), most=2)
    await _plan(store, delivery("other club", due_at=later(-8), club_id=OTHER))
    before, now = later(-5), later(0)
    assert await store.outbox.fold("two", first, before, now, 9) == frozenset()
    assert await store.outbox.fold("one", first, before, now, 9) == {"claimed along", "planned"}
    async with store.reading(CLUB) as work:
        carried = await work.deliveries.folded_into(first.delivery_id)
    assert [(each.delivery_id, each.state) for each in carried] == [
        ("claimed along", DeliveryState.SENT),
        ("planned", DeliveryState.SENT),
    ]
    left = await _claim(store, later(1), owner="two")
    assert sorted(_ids(left)) == ["elsewhere", "not so old", "other club", "other purpose"]


async def test_whoever_lost_the_lease_folds_nothing(store: Store) -> None:
    await _plan(store, delivery("first", due_at=later(-9)), delivery("next", due_at=later(-8)))
    [first] = await _claim(store, most=1)
    await _claim(store, later(60), most=1, owner="two")
    assert await store.outbox.fold("one", first, NOON, later(61), 9) == frozenset()


async def test_what_was_tried_before_is_not_folded(store: Store) -> None:
    await _plan(store, delivery("tried", due_at=later(-9)))
    await _claim(store, later(-8))
    await store.outbox.settle("one", DeliveryId("tried"), Retry(later(-1), "busy"), later(-7))
    await _plan(store, delivery("first", due_at=later(-9.5)))
    [first] = await _claim(store, later(-6))
    assert await store.outbox.fold("one", first, NOON, NOON, 9) == frozenset()


async def test_a_place_is_left_alone_until_then(store: Store) -> None:
    await _plan(
        store,
        delivery("d1"),
        delivery("d2", due_at=later(99)),
        delivery("d3", place=PlaceId("elsewhere")),
    )
    assert await store.outbox.postpone(CLUB, delivery().place, later(30)) == 1
    assert _ids(await _claim(store)) == ["d3"]
    assert _ids(await _claim(store, later(30))) == ["d1"]
    assert _ids(await _claim(store, later(99))) == ["d1", "d3", "d2"]


@pytest.mark.parametrize(
    ("reach", "claimed"),
    [
        (("",), ["a", "b", "c"]),
        (("console:",), ["a", "b"]),
        ((OTHER,), ["b"]),
        (("console",), []),
        (("slack:", OTHER), ["b", "c"]),
        ((), []),
    ],
)
async def test_only_what_is_within_reach_is_claimed(
    store: Store, reach: tuple[str, ...], claimed: list[str]
) -> None:
    await _plan(
        store,
        delivery("a"),
        delivery("b", club_id=OTHER),
        delivery("c", club_id=ClubId("slack:T1")),
    )
    found = await store.outbox.claim("one", NOON, LEASE, 10, reach)
    assert sorted(_ids(found)) == claimed


@pytest.mark.parametrize("in_doubt", [True, False])
async def test_a_clock_set_back_lengthens_no_lease_and_no_doubt(
    store: Store, *, in_doubt: bool
) -> None:
    await _plan(store, delivery())
    await _claim(store)
    if in_doubt:
        await store.outbox.settle("one", DeliveryId("d1"), Unknown("no answer"), NOON)
    back = NOON - timedelta(hours=1)
    assert await store.outbox.bound_leases(back + LEASE) == 1
    assert await _claim(store, back, owner="two") == []
    [again] = await _claim(store, back + LEASE, owner="two")
    assert again.attempts == 2


async def test_what_is_done_or_only_planned_has_no_lease_to_end(store: Store) -> None:
    await _plan(store, delivery("done"), delivery("later", due_at=later(90)))
    await _claim(store)
    await store.outbox.settle("one", DeliveryId("done"), Sent("m1"), NOON)
    assert await store.outbox.bound_leases(NOON - timedelta(hours=1)) == 0
    assert _ids(await _claim(store, later(90))) == ["later"]
