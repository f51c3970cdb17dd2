"""Delivery worker: reactions to each answer of a messenger."""

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import cast

import pytest

from bot.delivery.closed_places import closed_place_notice
from bot.delivery.settings import DeliverySettings
from bot.delivery.worker import Worker
from bot.domain.clubs.club import Club
from bot.domain.deliveries import Delivery, DeliveryState, Purpose
from bot.domain.errors import Delayed, Rejected, StoreError, Uncertain, Unreadable
from bot.domain.ids import ClubId, DeliveryId, MemberId, PlaceId
from bot.messages.replies import Paragraph, Reply
from bot.messages.spans import Plain
from bot.ports.store import EVERYWHERE, Outbox, UnitOfWork
from tests.support import Room

SETTINGS = DeliverySettings(
    lease=timedelta(seconds=60), backoff=(timedelta(seconds=5), timedelta(seconds=30)), attempts=3
)


async def words(delivery: Delivery, now: datetime, work: UnitOfWork) -> Reply | None:
    if delivery.subject == "nobody waits":
        return None
    if delivery.purpose is Purpose.NOTICE:
        return await closed_place_notice(delivery, now, work)
    carried = await work.deliveries.folded_into(delivery.delivery_id)
    text = ", ".join([delivery.subject, *(each.subject for each in carried)])
    return Reply((Paragraph((Plain(text),)),), text)


@dataclass
class Answers:
    """Messenger with scripted answers, one a call; then it accepts."""

    answers: list[Exception] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    found: str | Exception | None = None
    looked_for: int = 0
    memory: timedelta = timedelta()
    slow: tuple[str, ...] = ()
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, place: PlaceId, reply: Reply, *, delivery_id: DeliveryId) -> str:
        del delivery_id
        if place in self.slow:
            self.begun.set()
            await self.go_on.wait()
        if self.answers:
            raise self.answers.pop(0)
        self.said.append(reply.summary)
        return "message"

    async def edit(
        self, place: PlaceId, message: str, reply: Reply, *, delivery_id: DeliveryId
    ) -> None:
        raise NotImplementedError

    async def delete(self, place: PlaceId, message: str) -> None:
        raise NotImplementedError

    async def find(self, place: PlaceId, delivery_id: DeliveryId, since: datetime) -> str | None:
        del place, delivery_id, since
        self.looked_for += 1
        if isinstance(self.found, Exception):
            raise self.found
        return self.found

    @property
    def reach(self) -> Collection[str]:
        return EVERYWHERE

    def direct_place(self, place: PlaceId, member_id: MemberId) -> PlaceId | None:
        return PlaceId(f"{place.partition('#')[0]}@{member_id.rpartition(':')[2]}")

    def remembers(self, place: PlaceId) -> timedelta:
        del place
        return self.memory


async def plan(
    room: Room, subject: str = "hello", place: str = "place", ago: timedelta = timedelta()
) -> DeliveryId:
    delivery_id = DeliveryId(room.ids.new())
    async with room.store.writing(ClubId(room.club)) as work:
        await work.deliveries.plan(
            Delivery(
                delivery_id,
                ClubId(room.club),
                Purpose.REMINDER,
                subject,
                PlaceId(place),
                room.clock.now() - ago,
            )
        )
    return delivery_id


def worker(room: Room, messenger: Answers, owner: str = "worker") -> Worker:
    return Worker(room.store, messenger, room.clock, words, owner, SETTINGS)


async def test_what_is_due_is_said_once(room: Room) -> None:
    messenger = Answers()
    await plan(room)
    assert await worker(room, messenger).drain() == 1
    assert await worker(room, messenger).drain() == 0
    assert messenger.said == ["hello"]


async def test_what_is_not_due_waits(room: Room) -> None:
    messenger = Answers()
    await plan(room)
    room.clock.forward(seconds=-1)
    assert await worker(room, messenger).drain() == 0


async def test_what_nobody_waits_for_is_dropped(room: Room) -> None:
    messenger = Answers()
    await plan(room, "nobody waits")
    await worker(room, messenger).drain()
    room.clock.forward(days=1)
    assert await worker(room, messenger).drain() == 0
    assert messenger.said == []


async def test_a_refusal_is_final(room: Room) -> None:
    messenger = Answers([Rejected("no such channel")])
    await plan(room)
    await worker(room, messenger).drain()
    room.clock.forward(days=1)
    await worker(room, messenger).drain()
    assert messenger.said == []


async def test_a_platforms_wish_to_wait_is_granted_and_costs_no_attempt(room: Room) -> None:
    messenger = Answers([Delayed(7)] * 10)
    await plan(room)
    for _ in range(10):
        await worker(room, messenger).drain()
        room.clock.forward(seconds=6)
        assert await worker(room, messenger).drain() == 0
        room.clock.forward(seconds=1)
    await worker(room, messenger).drain()
    assert messenger.said == ["hello"]


async def test_trouble_is_tried_again_later_and_given_up_at_last(room: Room) -> None:
    messenger = Answers([OSError("gone")] * 2)
    await plan(room)
    await worker(room, messenger).drain()
    room.clock.forward(seconds=5)
    await worker(room, messenger).drain()
    room.clock.forward(seconds=30)
    await worker(room, messenger).drain()
    assert messenger.said == ["hello"]

    messenger = Answers([OSError("gone")] * 99)
    await plan(room, "other")
    for _ in range(10):
        await worker(room, messenger).drain()
        room.clock.forward(minutes=10)
    assert len(messenger.answers) == 99 - SETTINGS.attempts


async def test_a_message_that_may_have_arrived_is_looked_for_before_it_is_said_again(
    room: Room,
) -> None:
    messenger = Answers([Uncertain("no answer")], found="message")
    await plan(room)
    await worker(room, messenger).drain()
    room.clock.forward(minutes=2)
    await worker(room, messenger).drain()
    assert messenger.looked_for == 1
    assert messenger.said == []
    room.clock.forward(days=1)
    assert await worker(room, messenger).drain() == 0


async def test_a_message_that_did_not_arrive_is_said_again(room: Room) -> None:
    messenger = Answers([Uncertain("no answer")])
    await plan(room)
    await worker(room, messenger).drain()
    room.clock.forward(minutes=2)
    await worker(room, messenger).drain()
    assert messenger.said == ["hello"]


async def test_soon_after_a_doubt_the_platforms_key_is_trusted(room: Room) -> None:
    messenger = Answers([Uncertain("no answer")], found="message", memory=timedelta(minutes=2))
    await plan(room)
    one = worker(room, messenger)
    await one.drain()
    room.clock.forward(seconds=60)
    await one.drain()
    assert (messenger.looked_for, messenger.said) == (0, ["hello"])


@pytest.mark.parametrize("set_by", [timedelta(hours=-1), timedelta(minutes=-3)])
async def test_a_clock_set_back_does_not_prolong_the_trust_in_a_key(
    room: Room, set_by: timedelta
) -> None:
    messenger = Answers([Uncertain("no answer")], found="message", memory=timedelta(minutes=2))
    await plan(room)
    one = worker(room, messenger)
    await one.drain()
    room.clock.forward(minutes=3)
    room.clock.set_by(seconds=set_by.total_seconds())
    room.clock.forward(seconds=60)
    while not messenger.looked_for:
        room.clock.forward(minutes=1)
        await one.drain()
    assert messenger.said == []


async def test_another_process_looks_before_it_trusts_in_a_key(room: Room) -> None:
    messenger = Answers([Uncertain("no answer")], found="message", memory=timedelta(days=1))
    await plan(room)
    await worker(room, messenger).drain()
    room.clock.forward(seconds=60)
    await worker(room, messenger).drain()
    assert (messenger.looked_for, messenger.said) == (1, [])


async def test_a_lease_made_before_the_clock_was_set_back_ends_in_its_time(room: Room) -> None:
    await plan(room)
    await room.store.outbox.claim("killed", room.clock.now(), SETTINGS.lease, 1)
    room.clock.set_by(hours=-1)
    messenger = Answers()
    one = worker(room, messenger)
    await one.drain()
    room.clock.forward(seconds=60)
    await one.drain()
    assert messenger.said == ["hello"]


async def test_a_clock_set_forward_takes_no_lease_from_a_living_worker(room: Room) -> None:
    hasty = replace(SETTINGS, poll=timedelta(milliseconds=10))
    slow, quick = Answers(slow=("place",)), Answers()
    await plan(room)
    living = Worker(room.store, slow, room.clock, words, "living", hasty)
    other = Worker(room.store, quick, room.clock, words, "other", hasty)
    async with running(living):
        await slow.begun.wait()
        async with running(other):
            room.clock.set_by(hours=1)
            await asyncio.sleep(0.2)
            room.clock.forward(seconds=5)
            await asyncio.sleep(0.2)
            slow.go_on.set()
    assert (slow.said, quick.said) == (["hello"], [])


class Unsettling:
    """An outbox whose first outcome cannot be stored."""

    def __init__(self, inner: object) -> None:
        self._inner = inner
        self.failed = False

    def __getattr__(self, name: str) -> object:
        return self._fail if name == "settle" and not self.failed else getattr(self._inner, name)

    async def _fail(self, *_: object) -> bool:
        self.failed = True
        raise StoreError("The disk is full.", retry=True)


async def test_a_sent_message_whose_outcome_was_not_stored_is_looked_for(room: Room) -> None:
    """Also when the worker ends in order after that: another one must not just send it again."""
    messenger = Answers(found="message")
    delivery_id = await plan(room)
    one = worker(room, messenger)
    one._outbox = cast("Outbox", Unsettling(room.store.outbox))
    await one.drain()
    assert messenger.said == ["hello"]
    async with room.store.reading(ClubId(room.club)) as work:
        [row] = await work.deliveries.of(Purpose.REMINDER, "hello")
    assert (row.delivery_id, row.state, row.attempts) == (delivery_id, DeliveryState.UNCERTAIN, 1)
    assert row.lease_owner is None
    room.clock.forward(seconds=60)
    await worker(room, messenger, "next").drain()
    assert (messenger.looked_for, messenger.said) == (1, ["hello"])


async def test_when_the_key_is_forgotten_the_history_is_read(room: Room) -> None:
    messenger = Answers([Uncertain("no answer")], found="message", memory=timedelta(minutes=2))
    await plan(room)
    await worker(room, messenger).drain()
    room.clock.forward(seconds=120)
    await worker(room, messenger).drain()
    assert (messenger.looked_for, messenger.said) == (1, [])


async def test_where_nobody_can_look_it_is_said_once_more_and_counted(room: Room) -> None:
    messenger = Answers([Uncertain("no answer")], found=Unreadable("closed"))
    await plan(room)
    await worker(room, messenger).drain()
    room.clock.forward(seconds=60)
    second = worker(room, messenger)
    await second.drain()
    assert messenger.said == ["hello"]
    assert second.counts == {"sent": 1, "possible duplicate": 1}


async def test_doubt_ends_when_the_tries_do(room: Room) -> None:
    messenger = Answers([Uncertain("no answer")] * 99)
    await plan(room)
    for _ in range(10):
        await worker(room, messenger).drain()
        room.clock.forward(minutes=5)
    assert len(messenger.answers) == 99 - SETTINGS.attempts


async def test_a_delivery_whose_workers_all_vanish_is_given_up_but_looked_for(room: Room) -> None:
    await plan(room)
    for number in range(SETTINGS.attempts):
        await room.store.outbox.claim(f"gone{number}", room.clock.now(), SETTINGS.lease, 1)
        room.clock.forward(seconds=60)
    messenger = Answers(memory=timedelta(days=1))
    last = worker(room, messenger)
    await last.drain()
    assert (messenger.looked_for, messenger.said) == (1, [])
    assert last.counts == {"failed": 1}


async def test_one_slow_channel_holds_up_no_other(room: Room) -> None:
    messenger = Answers(slow=("slow",))
    for number in range(5):
        await plan(room, f"slow {number}", "slow")
    await plan(room, "quick", "quick", ago=timedelta(seconds=-1))
    room.clock.forward(seconds=1)
    async with running(worker(room, messenger)):
        await messenger.begun.wait()
        while not messenger.said:  # noqa: ASYNC110 - the worker sets no event
            await asyncio.sleep(0.01)
        assert messenger.said == ["quick"]
        messenger.go_on.set()
        while len(messenger.said) < 6:  # noqa: ASYNC110 - likewise
            await asyncio.sleep(0.01)
    assert messenger.said == ["quick", *(f"slow {number}" for number in range(5))]


async def test_a_long_backlog_of_a_slow_channel_is_put_aside(room: Room) -> None:
    messenger = Answers(slow=("slow",))
    for number in range(40):
        await plan(room, f"slow {number}", "slow", ago=timedelta(hours=1))
    await plan(room, "quick", "quick")
    busy = worker(room, messenger)
    async with running(busy):
        while not messenger.said:  # noqa: ASYNC110 - the worker sets no event
            await asyncio.sleep(0.01)
        assert busy._queues.length("slow") <= SETTINGS.per_place
    assert messenger.said == ["quick"]
    room.clock.forward(minutes=5)
    messenger.go_on.set()
    await worker(room, messenger).drain()
    assert len(messenger.said) == 41


async def test_whoever_is_asked_to_stop_ends_what_has_begun_and_gives_back_the_rest(
    room: Room,
) -> None:
    messenger = Answers(slow=("slow",))
    for number in range(5):
        await plan(room, f"slow {number}", "slow")
    leaving = worker(room, messenger)
    async with running(leaving) as stopping:
        await messenger.begun.wait()
        stopping.set()
        await asyncio.sleep(0)
        messenger.go_on.set()
    assert messenger.said == ["slow 0"]
    assert len(await room.store.outbox.claim("next", room.clock.now(), SETTINGS.lease, 9)) == 4


async def test_what_is_cut_off_while_it_is_said_is_in_doubt(room: Room) -> None:
    messenger = Answers(slow=("slow",), found="message")
    await plan(room, "cut", "slow")
    leaving = asyncio.create_task(worker(room, messenger).run())
    await messenger.begun.wait()
    leaving.cancel()
    await asyncio.gather(leaving, return_exceptions=True)
    assert await room.store.outbox.claim("next", room.clock.now(), SETTINGS.lease, 9) == []
    room.clock.forward(seconds=60)
    await worker(room, messenger).drain()
    assert (messenger.looked_for, messenger.said) == (1, [])


async def test_a_short_wait_that_the_platform_asks_for_is_waited_for(room: Room) -> None:
    messenger = Answers([Delayed(0.01)] * 3)
    await plan(room)
    await worker(room, messenger).drain()
    assert messenger.said == ["hello"]


async def test_a_place_that_asks_to_wait_is_left_alone_with_all_that_is_for_it(room: Room) -> None:
    messenger = Answers([Delayed(60)])
    for number in range(30):
        await plan(room, str(number))
    await plan(room, "elsewhere", "elsewhere")
    await worker(room, messenger).drain()
    assert messenger.answers == []
    assert messenger.said == ["elsewhere"]
    room.clock.forward(seconds=60)
    await worker(room, messenger).drain()
    assert sorted(messenger.said) == sorted([*map(str, range(30)), "elsewhere"])


async def test_a_lease_that_ran_out_unnoticed_is_not_used(room: Room) -> None:
    """As when a laptop is closed with deliveries waiting behind a slow one."""
    messenger = Answers(slow=("slow",))
    await plan(room, "first", "slow")
    await plan(room, "second", "slow")
    asleep = worker(room, messenger, "asleep")
    async with running(asleep):
        await messenger.begun.wait()
        room.clock.forward(minutes=5)
        taken = await room.store.outbox.claim("awake", room.clock.now(), SETTINGS.lease, 9)
        messenger.go_on.set()
        while asleep.counts["lost lease"] < 2:  # noqa: ASYNC110 - likewise
            await asyncio.sleep(0.01)
    assert len(taken) == 2
    assert messenger.said == ["first"]


async def test_what_is_long_overdue_at_one_place_becomes_one_message(room: Room) -> None:
    messenger = Answers()
    for days in (3, 2, 1.01):
        await plan(room, f"{days} days", ago=timedelta(days=days))
    await plan(room, "elsewhere", "elsewhere", ago=timedelta(days=2))
    await plan(room, "an hour", ago=timedelta(hours=1))
    folding = worker(room, messenger)
    await folding.drain()
    assert folding.counts == {"sent": 3}
    assert sorted(messenger.said) == ["3 days, 2 days, 1.01 days", "an hour", "elsewhere"]


async def test_a_digest_in_doubt_carries_the_same_again_and_no_more(room: Room) -> None:
    messenger = Answers([Uncertain("no answer")])
    await plan(room, "oldest", ago=timedelta(days=3))
    await plan(room, "older", ago=timedelta(days=2))
    await worker(room, messenger).drain()
    await plan(room, "late to come", ago=timedelta(days=2))
    room.clock.forward(minutes=1)
    await worker(room, messenger).drain()
    assert sorted(messenger.said) == ["late to come", "oldest, older"]


async def test_what_a_dead_digest_carried_is_dead_too(room: Room) -> None:
    messenger = Answers([Rejected("closed")])
    first = await plan(room, "oldest", ago=timedelta(days=3))
    await plan(room, "older", ago=timedelta(days=2))
    await worker(room, messenger).drain()
    async with room.store.reading(ClubId(room.club)) as work:
        [carried] = await work.deliveries.folded_into(first)
    assert (carried.state, carried.error) == (DeliveryState.DEAD, "closed")


async def test_the_club_hears_once_of_a_place_that_is_closed(room: Room) -> None:
    async with room.store.writing(ClubId(room.club)) as work:
        club = await work.clubs.get()
        await work.clubs.save(replace(club, channel=PlaceId("channel")))
    messenger = Answers([Rejected("closed")])
    await plan(room, "one")
    await worker(room, messenger).drain()
    messenger.answers = [Rejected("closed")]
    await plan(room, "two")
    await worker(room, messenger).drain()
    assert messenger.answers == []
    assert len(messenger.said) == 1
    assert "/setup here yes" in messenger.said[0]


@pytest.mark.parametrize("channel", [None, "place"])
async def test_where_there_is_no_other_place_nobody_is_told(
    room: Room, channel: str | None
) -> None:
    async with room.store.writing(ClubId(room.club)) as work:
        here = PlaceId(channel) if channel else None
        await work.clubs.save(Club(ClubId(room.club), channel=here))
    messenger = Answers([Rejected("closed")])
    await plan(room)
    closing = worker(room, messenger)
    assert await closing.drain() == 1
    assert closing.counts == {"failed": 1}


@asynccontextmanager
async def running(one: Worker) -> AsyncIterator[asyncio.Event]:
    """Let a worker run, and stop it in the end."""
    stopping = asyncio.Event()
    task = asyncio.create_task(one.run(stopping))
    try:
        async with asyncio.timeout(20):
            yield stopping
    finally:
        stopping.set()
        await task
