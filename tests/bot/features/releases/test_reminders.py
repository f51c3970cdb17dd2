"""Reminders: planned once, moved with their day, said once, whoever looks after them how often."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.delivery.planning import REPLAN_BATCH, PlanningContext, plan, replan
from bot.domain.clubs.club import Member
from bot.domain.deliveries import Delivery, DeliveryState, Purpose
from bot.domain.errors import Rejected
from bot.domain.films.film import Film, Release, ReleaseKind
from bot.domain.films.reminders import Reminder
from bot.domain.ids import ClubId, DeliveryId, FilmId, MemberId, PlaceId, ReminderId
from bot.features.releases.commands import (
    AddReleaseCommand,
    CancelReminderCommand,
    RemindCommand,
    SnoozeReminderCommand,
)
from bot.maintenance.periodic import PeriodicMaintenance
from bot.messages.replies import Reply
from bot.messages.visibility import Visibility
from bot.registry import compose
from tests.support import Mailbox, Room, button, items, text

STRANGERS = "All of Us Strangers"
FILM = FilmId("all-of-us-strangers-2023")
NOW = datetime(2024, 1, 20, 12, tzinfo=UTC)
OUT = datetime(2024, 1, 26, 9, tzinfo=UTC)


async def deliveries(room: Room, place: str) -> list[Delivery]:
    async with room.store.reading(ClubId(room.club)) as work:
        return list(await work.deliveries.of(Purpose.REMINDER, place))


def planned(found: list[Delivery]) -> list[datetime]:
    return [each.due_at for each in found if each.state is DeliveryState.PLANNED]


async def put(room: Room, film: Film) -> None:
    """Change what the whole world knows of a film, as a new catalogue does at a start."""
    await room.store.catalogue.put([film], source="starter", digest=str(room.ids.new()))


async def shelved(room: Room, film_id: FilmId = FILM) -> Film:
    async with room.store.reading(ClubId(room.club)) as work:
        return (await work.films.many([film_id]))[film_id]


def on(film: Film, day: date | None, kind: ReleaseKind = ReleaseKind.CINEMA) -> Film:
    others = [each for each in film.releases if (each.region, each.kind) != ("GB", kind)]
    fresh = [Release("GB", kind, day)] if day else []
    return replace(film, releases=(*others, *fresh))


def said(delivered: list[tuple[PlaceId, Reply]]) -> list[str]:
    return [reply.summary for _, reply in delivered]


async def test_the_receipt_names_day_hour_and_zone(room: Room) -> None:
    receipt = await room.say("ana", f"/remind {STRANGERS}")
    assert receipt.summary == (
        "I'll remind you of All of Us Strangers (2023) on Fri 26 Jan 2024, 09:00 (Europe/London), "
        "in a direct message. UK cinemas: 26 January 2024."
    )
    assert receipt.visibility is Visibility.ONLY_YOU


async def test_it_is_said_once_on_the_day(room: Room) -> None:
    await room.say("ana", f"/remind {STRANGERS}")
    room.clock.instant = OUT - timedelta(seconds=1)
    assert await room.deliver() == []
    room.clock.instant = OUT
    [(place, reply)] = await room.deliver()
    assert place == "test:club@ana"
    assert reply.summary == "ana, All of Us Strangers (2023) is out: UK cinemas, 26 January 2024."
    room.clock.forward(days=40)
    assert await room.deliver() == []
    assert "You have no reminders" in text(await room.say("ana", "/reminders"))


async def test_the_same_wish_again_is_one_reminder(room: Room) -> None:
    for _ in range(3):
        await room.say("ana", f"/remind {STRANGERS}")
    room.clock.instant = OUT
    assert len(await room.deliver()) == 1


async def test_all_of_one_place_and_instant_is_one_message(room: Room) -> None:
    for who in ("ana", "ben", "cleo"):
        await room.say(who, f"/remind {STRANGERS} here")
    await room.say("ben", "/remind The Zone of Interest 7d before here")
    room.clock.instant = OUT
    [(place, reply)] = await room.deliver()
    assert place == "test:club#room"
    assert [item.title for item in items(reply)] == [STRANGERS, "The Zone of Interest"]
    assert "for ana, ben and cleo" in text(reply)
    assert "comes out soon: UK cinemas, 2 February 2024 · for ben" in text(reply)


async def test_one_leaves_the_message_that_others_wait_for(room: Room) -> None:
    for who in ("ana", "ben"):
        await room.say(who, f"/remind {STRANGERS} here")
    await room.say("ana", f"/remind cancel {STRANGERS}")
    room.clock.instant = OUT
    assert said(await room.deliver()) == [
        "ben, All of Us Strangers (2023) is out: UK cinemas, 26 January 2024."
    ]


async def test_who_comes_when_a_message_may_have_been_said_gets_one_of_their_own(
    room: Room,
) -> None:
    await room.say("ana", f"/remind {STRANGERS} here")
    # A worker whose clock is ahead has it in its hands already.
    claimed = await room.store.outbox.claim("ahead", OUT, timedelta(minutes=1), 9)
    assert [each.due_at for each in claimed] == [OUT]
    receipt = await room.say("ben", f"/remind {STRANGERS} here")
    assert "09:00 (Europe/London)" in receipt.summary
    due = [each.due_at for each in await deliveries(room, "test:club#room")]
    assert due == [OUT, OUT + timedelta(seconds=1)]
    async with room.store.writing(ClubId(room.club)) as work:
        planning = PlanningContext(work, await work.clubs.get(), room.ids, room.clock.now())
        assert await replan(planning) == 0


@pytest.mark.parametrize("after", ["moved on", "moved back", "gone", "out already"])
async def test_a_day_that_moves_takes_the_reminder_along_and_says_so_once(
    room: Room, after: str
) -> None:
    await room.say("ana", f"/remind {STRANGERS}")
    film = await shelved(room)
    days = {
        "moved on": date(2024, 2, 9),
        "moved back": date(2024, 1, 22),
        "gone": None,
        "out already": date(2024, 1, 5),
    }
    await put(room, on(film, days[after]))
    news = said(await room.deliver())
    assert (
        news
        == {
            "moved on": [
                (
                    "ana, All of Us Strangers (2023) has moved: UK cinemas, from 26 January 2024 to "
                    "9 February 2024 (source: starter). I'll remind you on "
                    "Fri 9 Feb 2024, 09:00 (Europe/London)."
                )
            ],
            "moved back": [
                (
                    "ana, All of Us Strangers (2023) has moved: UK cinemas, from 26 January 2024 to "
                    "22 January 2024 (source: starter). I'll remind you on "
                    "Mon 22 Jan 2024, 09:00 (Europe/London)."
                )
            ],
            "gone": [
                (
                    "ana, All of Us Strangers (2023) has no day any more (UK cinemas; it was "
                    "26 January 2024). I'll tell you when there is one."
                )
            ],
            "out already": ["ana, All of Us Strangers (2023) is out: UK cinemas, 5 January 2024."],
        }[after]
    )
    assert await room.deliver() == []
    room.clock.instant = datetime(2024, 2, 9, 9, tzinfo=UTC)
    assert len(await room.deliver()) == (1 if after in {"moved on", "moved back"} else 0)


async def test_a_reminder_that_waits_gets_its_day_and_its_member_is_told(room: Room) -> None:
    reply = await room.say("ana", f"/remind {STRANGERS} digital")
    assert "I'll tell you when there is a day" in reply.summary
    assert await room.deliver() == []
    await put(room, on(await shelved(room), date(2024, 3, 1), ReleaseKind.DIGITAL))
    assert said(await room.deliver()) == [
        (
            "ana, All of Us Strangers (2023) now has a release date: UK digital, 1 March 2024 (source: starter). "
            "I'll remind you on Fri 1 Mar 2024, 09:00 (Europe/London)."
        )
    ]
    room.clock.instant = datetime(2024, 3, 1, 9, tzinfo=UTC)
    assert said(await room.deliver()) == [
        "ana, All of Us Strangers (2023) is out: UK digital, 1 March 2024."
    ]


async def test_who_was_told_early_hears_when_the_day_moves_after_all(room: Room) -> None:
    await room.say("ana", f"/remind {STRANGERS} 2d before")
    room.clock.instant = OUT - timedelta(days=2)
    assert "comes out soon" in said(await room.deliver())[0]
    await put(room, on(await shelved(room), date(2024, 2, 9)))
    assert "has moved" in said(await room.deliver())[0]
    room.clock.instant = datetime(2024, 2, 7, 9, tzinfo=UTC)
    assert "comes out soon" in said(await room.deliver())[0]


async def test_looking_after_plans_again_changes_nothing(room: Room) -> None:
    for line in (f"{STRANGERS} here", f"{STRANGERS} digital", "Monster 2d before"):
        await room.say("ana", f"/remind {line}")
    await room.say("ana", "/setup weekly yes", admin=True)
    async with room.store.writing(ClubId(room.club)) as work:
        planning = PlanningContext(work, await work.clubs.get(), room.ids, room.clock.now())
        assert await replan(planning) == 0
    before = room.ids.count
    upkeep = PeriodicMaintenance(room.store, room.clock, room.ids)
    await upkeep.once()
    taken = room.ids.count - before
    assert taken <= 1  # the week's list is offered anew, and is there already
    await put(room, on(await shelved(room), date(2024, 2, 9)))
    await upkeep.once()
    found = await deliveries(room, "test:club#room")
    await upkeep.once()
    assert await deliveries(room, "test:club#room") == found
    assert planned(found) == [datetime(2024, 2, 9, 9, tzinfo=UTC)]


async def test_many_move_in_several_short_transactions(room: Room) -> None:
    many = REPLAN_BATCH + 5
    film = await shelved(room)
    async with room.store.writing(ClubId(room.club)) as work:
        planning = PlanningContext(work, await work.clubs.get(), room.ids, room.clock.now())
        await work.members.save(Member(ClubId(room.club), MemberId("test:ana"), "ana"))
        for number in range(many):
            wish = Reminder(
                ReminderId(f"m{number}"),
                ClubId(room.club),
                MemberId("test:ana"),
                FILM,
                "GB",
                ReleaseKind.CINEMA,
                PlaceId(f"place {number}"),
                NOW,
                day=OUT.date(),
            )
            await plan(wish, OUT, planning)
    await put(room, on(film, date(2024, 2, 9)))
    async with room.store.writing(ClubId(room.club)) as work:
        planning = PlanningContext(work, await work.clubs.get(), room.ids, room.clock.now())
        assert await replan(planning) == REPLAN_BATCH
    news = said(await room.deliver())
    assert len(news) == many
    room.clock.instant = OUT
    assert await room.deliver() == []


async def test_a_club_that_moves_its_zone_and_hour_moves_what_its_channel_waits_for(
    room: Room,
) -> None:
    await room.say("ana", f"/remind {STRANGERS} here")
    await room.say("ben", f"/remind {STRANGERS}")
    await room.say("ben", "/settings zone America/New_York")
    await room.say("ana", "/setup zone Asia/Tokyo hour 20:00", admin=True)
    assert planned(await deliveries(room, "test:club#room")) == [
        datetime(2024, 1, 26, 11, tzinfo=UTC)
    ]
    assert planned(await deliveries(room, "test:club@ben")) == [
        datetime(2024, 1, 27, 1, tzinfo=UTC)
    ]


async def test_an_hour_moved_back_over_the_present_says_it_at_once(room: Room) -> None:
    await room.say("ana", "/setup hour 18:00", admin=True)
    await room.say("ana", f"/remind {STRANGERS} here")
    room.clock.instant = OUT + timedelta(hours=3)
    await room.say("ana", "/setup hour 09:00", admin=True)
    assert len(await room.deliver()) == 1
    room.clock.forward(days=2)
    assert await room.deliver() == []


@pytest.mark.parametrize(
    ("zone", "due"),
    [
        ("Pacific/Kiritimati", datetime(2024, 1, 25, 19, tzinfo=UTC)),
        ("Pacific/Honolulu", datetime(2024, 1, 26, 19, tzinfo=UTC)),
    ],
)
async def test_a_release_day_is_the_same_day_from_one_end_of_the_world_to_the_other(
    room: Room, zone: str, due: datetime
) -> None:
    await room.say("ana", f"/settings zone {zone}")
    receipt = await room.say("ana", f"/remind {STRANGERS}")
    assert f"Fri 26 Jan 2024, 09:00 ({zone})" in receipt.summary
    assert planned(await deliveries(room, "test:club@ana")) == [due]
    room.clock.instant = due
    assert "is out: UK cinemas, 26 January 2024" in said(await room.deliver())[0]


async def test_a_channels_day_begins_in_the_clubs_zone_not_in_the_members(room: Room) -> None:
    await room.say("ana", "/settings zone Pacific/Kiritimati")
    room.clock.instant = datetime(2024, 1, 26, 3, tzinfo=UTC)  # past nine there, not here
    assert "has been out" in (await room.say("ana", f"/remind {STRANGERS}")).summary
    assert "I'll remind you" in (await room.say("ana", f"/remind {STRANGERS} here")).summary


async def test_out_already_offers_the_next_kind_of_release(room: Room) -> None:
    await put(room, on(await shelved(room), date(2024, 3, 1), ReleaseKind.DIGITAL))
    room.clock.instant = OUT + timedelta(days=3)
    reply = await room.say("ana", f"/remind {STRANGERS} here")
    assert "has been out since 26 January 2024 (UK cinemas)" in reply.summary
    command = button(reply, "Remind me: UK digital").command
    assert command == RemindCommand(f"id:{FILM}", ReleaseKind.DIGITAL, "GB", here=True)
    assert "Fri 1 Mar 2024" in (await room.say("ana", command)).summary


async def test_a_lead_that_has_passed_is_told_of_and_leaves_the_day(room: Room) -> None:
    receipt = await room.say("ana", f"/remind {STRANGERS} 2w before")
    assert "Fri 26 Jan 2024, 09:00" in receipt.summary
    assert "2 weeks before has passed already." in receipt.summary


async def test_a_reminder_is_put_off_by_whoever_has_it(room: Room) -> None:
    for who in ("ana", "ben"):
        await room.say(who, f"/remind {STRANGERS} here")
    room.clock.instant = OUT
    [(_, message)] = await room.deliver()
    snoozed = await room.press("ben", message, "Snooze a day")
    assert "Snoozed" in snoozed.summary
    assert "Sat 27 Jan 2024, 09:00 (Europe/London)" in snoozed.summary
    nobody = await room.press("cleo", message, "Snooze a day")
    assert "You have no such reminder" in nobody.summary
    room.clock.forward(days=1)
    assert said(await room.deliver()) == [
        "ben, All of Us Strangers (2023) is out: UK cinemas, 26 January 2024."
    ]
    assert await room.deliver() == []


async def test_one_that_was_put_off_stays_so_unless_its_day_moves(room: Room) -> None:
    await room.say("ana", f"/remind {STRANGERS}")
    await room.say("ana", f"/remind snooze {STRANGERS} 3h")
    await room.say("ana", "/setup hour 20:00", admin=True)
    assert planned(await deliveries(room, "test:club@ana")) == [OUT + timedelta(hours=3)]
    await put(room, on(await shelved(room), date(2024, 2, 9)))
    assert "has moved" in said(await room.deliver())[0]
    assert planned(await deliveries(room, "test:club@ana")) == [
        datetime(2024, 2, 9, 20, tzinfo=UTC)
    ]


async def test_nothing_moves_a_time_of_ones_own(room: Room) -> None:
    receipt = await room.say("ana", f"/remind {STRANGERS} on monday 20:00 here")
    assert "Mon 22 Jan 2024, 20:00 (Europe/London), in this channel." in receipt.summary
    await put(room, on(await shelved(room), date(2024, 2, 9)))
    await room.say("ana", "/setup zone Asia/Tokyo", admin=True)
    assert await room.deliver() == []
    room.clock.instant = datetime(2024, 1, 22, 20, tzinfo=UTC)
    assert said(await room.deliver()) == ["ana, about All of Us Strangers (2023), as you asked."]


async def test_a_reminder_without_a_day_cannot_be_put_off(room: Room) -> None:
    await room.say("ana", f"/remind {STRANGERS} digital")
    refused = await room.say("ana", f"/remind snooze {STRANGERS} 2d")
    assert "has no day yet" in refused.summary


@pytest.mark.parametrize("command", [CancelReminderCommand, SnoozeReminderCommand])
async def test_nobody_touches_anothers_reminder(
    room: Room, command: type[CancelReminderCommand] | type[SnoozeReminderCommand]
) -> None:
    receipt = await room.say("ana", f"/remind {STRANGERS}")
    cancel = button(receipt, "Cancel").command
    assert isinstance(cancel, CancelReminderCommand)
    refused = await room.say("ben", command(cancel.reminder))
    assert "You have no such reminder" in refused.summary
    room.clock.instant = OUT
    assert len(await room.deliver()) == 1


async def test_of_several_the_member_is_asked_which(room: Room) -> None:
    await room.say("ana", f"/remind {STRANGERS}")
    await room.say("ana", f"/remind {STRANGERS} digital")
    asked = await room.say("ana", "/remind cancel all of us")
    assert "Which one?" in asked.summary
    done = await room.press("ana", asked, "All of Us Strangers (2023), UK digital")
    assert "Cancelled" in done.summary
    assert len(items(await room.say("ana", "/reminders"))) == 1


async def test_what_could_not_be_delivered_stands_in_the_list(room: Room) -> None:
    class Closed(Mailbox):
        async def send(self, place: PlaceId, reply: Reply, *, delivery_id: DeliveryId) -> str:
            del place, reply, delivery_id
            raise Rejected("the member takes no direct messages")

    await room.say("ana", f"/remind {STRANGERS}")
    room.clock.instant = OUT
    await replace(room, mailbox=Closed()).deliver()
    shown = await room.say("ana", "/reminders")
    assert "could not be delivered" in text(shown)
    await room.say("ana", f"/remind snooze {STRANGERS} 1h")
    room.clock.forward(hours=1)
    assert len(await room.deliver()) == 1


async def test_a_day_that_a_club_notes_is_its_own_and_can_be_put_back(room: Room) -> None:
    other = room.other("test:other")
    for each in (room, other):
        await each.say("ana", f"/remind {STRANGERS}")
    noted = await room.say(
        "ben", AddReleaseCommand(FILM, "GB", ReleaseKind.CINEMA, date(2024, 2, 2))
    )
    assert said(await room.deliver()) == [
        (
            "ana, All of Us Strangers (2023) has moved: UK cinemas, from 26 January 2024 to "
            "2 February 2024 (source: ben). I'll remind you on Fri 2 Feb 2024, 09:00 (Europe/London)."
        )
    ]
    assert planned(await deliveries(other, "test:other@ana")) == [OUT]
    await room.press("ben", noted, "Put back 26 January 2024")
    assert planned(await deliveries(room, "test:club@ana")) == [OUT]


async def test_a_day_that_moved_back_before_anybody_was_told_is_no_news(room: Room) -> None:
    await room.say("ana", f"/remind {STRANGERS}")
    noted = await room.say(
        "ben", AddReleaseCommand(FILM, "GB", ReleaseKind.CINEMA, date(2024, 2, 2))
    )
    await room.press("ben", noted, "Put back 26 January 2024")
    assert await room.deliver() == []
    assert planned(await deliveries(room, "test:club@ana")) == [OUT]


async def test_a_reminder_of_a_film_that_is_gone_is_dropped(room: Room) -> None:
    await room.say("ana", f"/remind {STRANGERS}")
    [delivery] = await deliveries(room, "test:club@ana")
    async with room.store.writing(ClubId(room.club)) as work:
        [reminder] = await work.reminders.of_member(room.caller("ana").member_id)
        await work.reminders.save(replace(reminder, film_id=FilmId("gone")))
        assert await compose(delivery, OUT, work) is None
