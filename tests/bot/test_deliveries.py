"""The worker: what it does with each answer of a messenger."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.deliveries import Worker
from bot.domain.deliveries import Delivery, Purpose
from bot.domain.errors import Delayed, Rejected, Uncertain
from bot.domain.ids import ClubId, DeliveryId, PlaceId
from bot.patience import Patience
from bot.ports import UnitOfWork
from bot.replies import Paragraph, Plain, Reply
from tests.support import Room

PATIENCE = Patience(
    lease=timedelta(seconds=60), backoff=(timedelta(seconds=5), timedelta(seconds=30)), attempts=3
)


async def words(delivery: Delivery, now: datetime, work: UnitOfWork) -> Reply | None:
    del now, work
    if delivery.subject == "nobody waits":
        return None
    return Reply((Paragraph((Plain(delivery.subject),)),), delivery.subject)


@dataclass
class Answers:
    """A messenger that answers as it is told, one answer a call; then it accepts."""

    answers: list[Exception] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    found: str | Exception | None = None
    looked_for: int = 0
    memory: timedelta = timedelta()

    async def send(self, place: PlaceId, reply: Reply, *, delivery_id: DeliveryId) -> str:
        del place, delivery_id
        if self.answers:
            raise self.answers.pop(0)
        self.said.append(reply.summary)
        return "message"

    async def find(self, place: PlaceId, delivery_id: DeliveryId, since: datetime) -> str | None:
        del place, delivery_id, since
        self.looked_for += 1
        if isinstance(self.found, Exception):
            raise self.found
        return self.found

    def remembers(self, place: PlaceId) -> timedelta:
        del place
        return self.memory


async def plan(room: Room, subject: str = "hello") -> None:
    async with room.store.writing(ClubId(room.club)) as work:
        await work.deliveries.plan(
            Delivery(
                DeliveryId(room.ids.new()),
                ClubId(room.club),
                Purpose.REMINDER,
                subject,
                PlaceId("place"),
                room.clock.now(),
            )
        )


def worker(room: Room, messenger: Answers, owner: str = "worker") -> Worker:
    return Worker(room.store, messenger, room.clock, words, owner, PATIENCE)


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
    assert len(messenger.answers) == 99 - PATIENCE.attempts


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
