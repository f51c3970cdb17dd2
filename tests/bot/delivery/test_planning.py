"""Planning of reminders: what a second reminder joins, and what it leaves alone."""

from datetime import UTC, datetime, timedelta

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
from bot.domain.ids import ClubId
from tests.support import Room, text

STRANGERS = "All of Us Strangers"
OUT = datetime(2024, 1, 26, 9, tzinfo=UTC)
ROOM = "test:club#room"


async def planned(room: Room) -> list[Delivery]:
    """Return the deliveries of reminders in the club's channel, by due time."""
    async with room.store.reading(ClubId(room.club)) as work:
        return list(await work.deliveries.of(Purpose.REMINDER, ROOM))


async def tried(room: Room, outcome: Outcome) -> None:
    """Let a worker whose clock is ahead try the delivery that is due at `OUT`."""
    [claimed] = await room.store.outbox.claim("ahead", OUT, timedelta(minutes=1), 9)
    assert await room.store.outbox.settle("ahead", claimed.delivery_id, outcome, OUT)


AGAIN = OUT + timedelta(minutes=5)


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Retry(AGAIN, "a failure that may have come after the message"), DeliveryState.PLANNED),
        (Unknown("no answer"), DeliveryState.UNCERTAIN),
        (Sent("message-1"), DeliveryState.SENT),
        (Failed("closed"), DeliveryState.DEAD),
    ],
    ids=["tried again", "unknown", "sent", "failed"],
)
async def test_a_second_reminder_joins_no_row_that_somebody_has_tried_to_send(
    room: Room, outcome: Outcome, state: DeliveryState
) -> None:
    await room.say("ana", f"/remind {STRANGERS} here")
    await tried(room, outcome)
    await room.say("ben", f"/remind {STRANGERS} here")

    first, second = await planned(room)
    assert (first.state, first.due_at) == (state, OUT)
    assert (second.state, second.due_at) == (DeliveryState.PLANNED, OUT + timedelta(seconds=1))
    assert second.tried_at is None


async def test_a_second_reminder_joins_a_row_whose_only_try_surely_did_not_arrive(
    room: Room,
) -> None:
    await room.say("ana", f"/remind {STRANGERS} here")
    await tried(room, Retry(AGAIN, "the platform asks to wait", counted=False))
    await room.say("ben", f"/remind {STRANGERS} here")

    [only] = await planned(room)
    assert (only.state, only.due_at, only.tried_at) == (DeliveryState.PLANNED, OUT, None)
    room.clock.instant = AGAIN
    [(_, reply)] = await room.deliver()
    assert reply.summary.startswith("ana and ben, All of Us Strangers (2023) is out")


async def test_who_joins_too_late_still_gets_a_message_and_nobody_gets_two(room: Room) -> None:
    await room.say("ana", f"/remind {STRANGERS} here")
    await tried(room, Retry(AGAIN, "a failure that may have come after the message"))
    await room.say("ben", f"/remind {STRANGERS} here")

    room.clock.instant = AGAIN
    told = [reply.summary for _, reply in await room.deliver()]
    assert sorted(each.split(",")[0] for each in told) == ["ana", "ben"]
    assert "You have no reminders" in text(await room.say("ana", "/reminders"))
    assert "You have no reminders" in text(await room.say("ben", "/reminders"))


async def test_a_plain_remind_leaves_a_reminder_at_the_members_own_time_alone(room: Room) -> None:
    own = await room.say("ana", f"/remind {STRANGERS} on 21 January 2024 18:00")
    assert own.summary.startswith("I'll remind you of ")
    for _ in range(2):  # the second one replaces the first, and that alone
        await room.say("ana", f"/remind {STRANGERS}")
    await room.say("ana", f"/remind {STRANGERS} 2d before")

    listed = text(await room.say("ana", "/reminders"))
    assert listed.count(STRANGERS) == 2
    room.clock.instant = datetime(2024, 1, 21, 18, tzinfo=UTC)
    [(_, reply)] = await room.deliver()
    assert reply.summary.startswith("ana, ")
    assert STRANGERS in reply.summary
    room.clock.instant = datetime(2024, 1, 24, 9, tzinfo=UTC)
    assert [reply.summary for _, reply in await room.deliver()] == [
        "ana, All of Us Strangers (2023) comes out soon: UK cinemas, 26 January 2024."
    ]
    room.clock.instant = OUT
    assert await room.deliver() == []


async def test_a_reminder_at_a_time_of_their_own_leaves_the_plain_one_alone(room: Room) -> None:
    await room.say("ana", f"/remind {STRANGERS}")
    await room.say("ana", f"/remind {STRANGERS} on 21 January 2024 18:00")
    days = []
    for day in (21, 26):
        room.clock.instant = datetime(2024, 1, day, 18, tzinfo=UTC)
        days += [day for _ in await room.deliver()]
    assert days == [21, 26]
