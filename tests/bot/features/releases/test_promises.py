"""Reminders in channels where Matinee may not write: refused when asked for, told directly when due."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.domain.clubs.club import Club
from bot.domain.ids import ClubId, PlaceId
from bot.features.releases.commands import RemindCommand
from bot.features.reviews.commands import ReviewCommand
from bot.messages.replies import Paragraph, Reply
from bot.messages.requests import Request
from bot.messages.spans import Channel
from tests.bot.features.releases.test_reminders import on, put, shelved
from tests.support import Room, button, text

OUT = datetime(2024, 1, 26, 9, tzinfo=UTC)


def channels(reply: Reply) -> list[str]:
    """Return the places that a reply names."""
    spans = [span for b in reply.blocks if isinstance(b, Paragraph) for span in b.spans]
    return [span.place for span in spans if isinstance(span, Channel)]


async def test_a_reminder_is_not_promised_where_it_could_not_be_said(room: Room) -> None:
    told = await room.say_from("ana", "/remind All of Us Strangers here", may_post=False)
    assert "would be lost" in text(told)
    assert channels(told) == [room.caller("ana").place]
    assert "You have no reminders" in text(await room.say("ana", "/reminders"))

    private = button(told, "Remind me privately").command
    assert "in a direct message" in text(await room.say_from("ana", private, may_post=False))
    room.clock.instant = OUT
    assert [place for place, _ in await room.deliver()] == [room.caller("ana").direct]


async def test_one_who_likes_reminders_in_the_channel_is_asked_likewise(room: Room) -> None:
    await room.say("ana", "/settings direct no")
    told = await room.say_from("ana", RemindCommand("Anora", on="friday"), may_post=False)
    assert "would be lost" in text(told)
    private = button(told, "Remind me privately").command
    assert "26 Jan" in text(await room.say("ana", private))


async def test_a_reminder_that_its_channel_refuses_is_told_to_its_owner(room: Room) -> None:
    for member in ("ana", "ben"):
        await room.say(member, "/remind All of Us Strangers here")
    channel = room.caller("ana").place
    room.mailbox.closed.add(channel)
    room.clock.instant = OUT
    delivered = [*await room.deliver(), *await room.deliver()]

    assert [place for place, _ in delivered] == [
        room.caller(each).direct for each in ("ana", "ben")
    ]
    for _, reply in delivered:
        assert "All of Us Strangers (2023) is out: UK cinemas, 26 January 2024" in text(reply)
        assert channels(reply) == [channel]
    assert "You have no reminders" in text(await room.say("ana", "/reminders"))


async def test_news_that_a_channel_refuses_is_told_to_its_owner(room: Room) -> None:
    await room.say("ana", "/remind All of Us Strangers here")
    room.mailbox.closed.add(room.caller("ana").place)
    await put(room, on(await shelved(room), date(2024, 2, 2)))
    delivered = [*await room.deliver(), *await room.deliver()]

    [(place, reply)] = delivered
    assert place == room.caller("ana").direct
    assert "All of Us Strangers (2023) has moved" in text(reply)
    assert "2 February 2024" in text(reply)


async def test_where_direct_messages_are_closed_too_the_club_hears_that_a_place_is(
    room: Room,
) -> None:
    await room.say("host", "/setup here yes", admin=True)
    await room.deliver()  # whose channel it is now
    attic = PlaceId("test:club#attic")
    await room.say_from("ana", "/remind All of Us Strangers here", place=attic)
    room.mailbox.closed |= {room.caller("ana").direct, attic}
    room.clock.instant = OUT
    delivered = [*await room.deliver(), *await room.deliver()]

    [(place, notice)] = delivered
    assert place == room.caller("ana").place
    assert "Strangers" not in notice.summary


async def test_a_channel_where_matinee_may_not_write_does_not_become_the_clubs(room: Room) -> None:
    told = await room.bot.handle(_admin(room, "/setup region FR here yes", may_post=False))
    assert "cannot be the club's" in text(told)
    async with room.store.reading(ClubId(room.club)) as work:
        club = await work.clubs.get()
    assert (club.channel, club.region) == (None, Club(ClubId("x")).region)


async def test_no_review_is_announced_where_matinee_may_not_write(room: Room) -> None:
    saved = await room.say_from("ana", ReviewCommand("Her", text="Warm."), may_post=False)
    assert "Saved" in text(saved)
    assert await room.deliver() == []


def _admin(room: Room, line: str, *, may_post: bool) -> Request:
    caller = replace(room.caller("host", admin=True), may_post=may_post)
    return Request("setup", caller, line)
