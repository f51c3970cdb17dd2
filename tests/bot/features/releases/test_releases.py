"""What comes out: calendar files that correct one another, and the weekly list, once a week."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from bot.domain.films.film import Release, ReleaseKind
from bot.domain.ids import ClubId, FilmId
from bot.features.releases.commands import AddReleaseCommand, CalendarFileCommand
from bot.maintenance.periodic import PeriodicMaintenance
from bot.messages.replies import Document, Reply
from bot.messages.visibility import Visibility
from tests.support import Room, button, items

PERFECT = FilmId("perfect-days-2023")
ZONE = FilmId("the-zone-of-interest-2023")
MONDAY = datetime(2024, 1, 29, 9, tzinfo=UTC)


def calendar(reply: Reply) -> dict[str, Event]:
    """Read the file of a reply as a calendar program does: events by uid."""
    [document] = [block for block in reply.blocks if isinstance(block, Document)]
    assert document.media_type == "text/calendar"
    assert all(len(line.encode()) <= 75 for line in document.content.split("\r\n"))
    read = Calendar.from_ical(document.content)
    return {str(each["uid"]): each for each in read.events}


def sequence(event: Event) -> int:
    return int(str(event["sequence"]))


def event(events: dict[str, Event], film_id: FilmId) -> Event:
    return next(each for uid, each in events.items() if uid.startswith(film_id))


async def note(room: Room, day: date, film_id: FilmId = PERFECT) -> None:
    await room.say("ben", AddReleaseCommand(film_id, "GB", ReleaseKind.CINEMA, day))


async def test_the_list_offers_a_reminder_of_each_and_a_file(room: Room) -> None:
    room.clock.instant = MONDAY
    shown = await room.say("ana", "/releases")
    assert shown.visibility is Visibility.CLUB
    first = items(shown)[0]
    assert first.title == "The Zone of Interest"
    receipt = await room.press("ana", Reply(shown.blocks, ""), "Remind me")
    assert "Fri 2 Feb 2024, 09:00 (Europe/London)" in receipt.summary
    assert button(shown, "Calendar file").command == CalendarFileCommand("GB")


async def test_a_file_holds_whole_days_under_names_that_stay(room: Room) -> None:
    room.clock.instant = MONDAY
    first = calendar(await room.say("ana", CalendarFileCommand("GB")))
    again = calendar(await room.say("ben", CalendarFileCommand("gb")))
    assert first.keys() == again.keys()
    perfect = event(first, PERFECT)
    assert perfect.decoded("dtstart") == date(2024, 2, 23)
    assert perfect.decoded("dtend") == date(2024, 2, 24)
    assert perfect["summary"] == "Perfect Days: UK cinemas"
    assert {each["sequence"] for each in [*first.values(), *again.values()]} == {0}


async def test_a_later_file_corrects_an_earlier_one_and_counts_only_changes(room: Room) -> None:
    room.clock.instant = MONDAY
    await room.say("ana", CalendarFileCommand("GB"))
    sequences = []
    for day in (date(2024, 2, 29), date(2024, 2, 29), date(2024, 2, 23), date(2030, 1, 1)):
        await note(room, day)
        perfect = event(calendar(await room.say("ana", CalendarFileCommand("GB"))), PERFECT)
        assert perfect.decoded("dtstart") == day
        sequences.append(sequence(perfect))
    assert sequences == [1, 1, 2, 3]
    untouched = event(calendar(await room.say("ana", CalendarFileCommand("GB"))), ZONE)
    assert sequence(untouched) == 0


async def test_a_day_that_is_none_any_more_is_called_off(room: Room) -> None:
    room.clock.instant = MONDAY
    await room.say("ana", CalendarFileCommand("GB"))
    async with room.store.writing(ClubId(room.club)) as work:
        film = (await work.films.many([PERFECT]))[PERFECT]
        await work.films.save(replace(film, club_id=ClubId(room.club), releases=()))
    for _ in range(2):
        perfect = event(calendar(await room.say("ana", CalendarFileCommand("GB"))), PERFECT)
        assert (perfect["status"], sequence(perfect)) == ("CANCELLED", 1)
    await note(room, date(2024, 3, 1))
    perfect = event(calendar(await room.say("ana", CalendarFileCommand("GB"))), PERFECT)
    assert (perfect["status"], sequence(perfect)) == ("CONFIRMED", 2)


async def test_one_clubs_files_know_nothing_of_anothers_days(room: Room) -> None:
    room.clock.instant = MONDAY
    other = room.other("test:other")
    await note(room, date(2024, 2, 29))
    here = event(calendar(await room.say("ana", CalendarFileCommand("GB"))), PERFECT)
    there = event(calendar(await other.say("ana", CalendarFileCommand("GB"))), PERFECT)
    assert here.decoded("dtstart") == date(2024, 2, 29)
    assert there.decoded("dtstart") == date(2024, 2, 23)
    assert here["uid"] != there["uid"]


async def test_an_empty_calendar_is_said_to_be_so(room: Room) -> None:
    reply = await room.say("ana", CalendarFileCommand("FR"))
    assert "nothing to come (France)" in reply.summary


async def _weeks(room: Room, start: datetime, hours: int) -> list[str]:
    """Let hours go by, with upkeep by two processes each; return what was said, with its hour."""
    said = []
    for hour in range(hours):
        room.clock.instant = start + timedelta(hours=hour)
        await PeriodicMaintenance(room.store, room.clock, room.ids).once()
        said += [
            f"{room.clock.instant:%a %H:%M} {reply.summary}" for _, reply in await room.deliver()
        ]
    return said


async def test_a_week_has_one_list_whoever_plans_it_how_often(room: Room) -> None:
    await room.say("ana", "/setup weekly yes", admin=True)
    await room.deliver()  # whose channel it is now
    said = await _weeks(room, MONDAY - timedelta(hours=2), 24 * 8)
    assert said == ["Mon 09:00 Out this week (UK): The Zone of Interest, 2 February 2024."]


async def test_a_week_that_began_while_nobody_was_there_is_made_up_for(room: Room) -> None:
    await room.say("ana", "/setup weekly yes", admin=True)
    await room.deliver()  # whose channel it is now
    room.clock.instant = MONDAY + timedelta(hours=5)
    [(place, reply)] = await room.deliver()  # and nothing of the week before
    assert place == "test:club#room"
    assert reply.summary == "Out this week (UK): The Zone of Interest, 2 February 2024."


async def test_a_list_follows_the_clubs_zone_and_stops_when_it_is_unwanted(room: Room) -> None:
    await room.say("ana", "/setup weekly yes", admin=True)
    await room.say("ana", "/setup zone Pacific/Honolulu hour 18:00", admin=True)
    await room.deliver()  # whose channel it is now
    room.clock.instant = MONDAY + timedelta(hours=9)
    assert await room.deliver() == []
    room.clock.instant = datetime(2024, 1, 30, 4, tzinfo=UTC)
    assert len(await room.deliver()) == 1
    await room.say("ana", "/setup weekly no", admin=True)
    assert await _weeks(room, datetime(2024, 2, 19, tzinfo=UTC), 48) == []


async def test_a_club_without_a_channel_posts_where_it_asked_for_the_list(room: Room) -> None:
    await room.say("ana", "/setup weekly yes here no", admin=True)
    room.clock.instant = MONDAY
    assert await room.deliver() == []  # it was told not to post here
    await room.say("ana", "/setup weekly yes", admin=True)
    told = [reply.summary for _, reply in await room.deliver()]
    assert len([each for each in told if each.startswith("Out this week")]) == 1


async def test_days_known_only_to_the_club_are_in_its_list(room: Room) -> None:
    await room.say("ana", "/setup weekly yes", admin=True)
    await room.deliver()  # whose channel it is now
    async with room.store.writing(ClubId(room.club)) as work:
        film = (await work.films.many([FilmId("weekend-2011")]))[FilmId("weekend-2011")]
        again = Release("GB", ReleaseKind.PHYSICAL, date(2024, 1, 31), "ana")
        await work.films.save(replace(film, club_id=ClubId(room.club), releases=(again,)))
    room.clock.instant = MONDAY
    [(_, reply)] = await room.deliver()
    assert "Weekend, 31 January 2024" in reply.summary
