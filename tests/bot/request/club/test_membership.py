"""Club membership: clubs joined and left, and the club of a private request."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.domain.errors import PlatformSilent
from bot.domain.ids import ClubId, MemberId, PlaceId
from bot.domain.reviews.ratings import HalfStars
from bot.features.picks.commands import RecommendCommand
from bot.features.reviews.commands import ReviewCommand
from bot.language.grammar.forms import with_value
from bot.maintenance.periodic import GRACE, PeriodicMaintenance
from bot.messages.codec import LONGEST_ACTION_ID, action_text
from bot.messages.commands import Command
from bot.messages.replies import Choice, Reply
from bot.messages.requests import NO_CLUB, Request
from bot.messages.visibility import Visibility
from bot.request.commands import ChooseClubCommand
from bot.request.stored_actions import CLUB_ROOM
from tests.support import Room, actions, button, items, text

HALL = PlaceId("test:club#hall")


async def in_private(room: Room, member: str, content: str | Command) -> Reply:
    """Send a private request, without a club."""
    direct = PlaceId(f"test:@{member}")
    caller = replace(room.caller(member), club_id=NO_CLUB, place=direct, direct=direct)
    room.requests += 1
    return await room.bot.handle(Request(f"private {room.requests}", caller, content))


OURS, OTHERS = "test:1", "test:2"


async def joined(room: Room, name: str = "Friday films") -> None:
    await room.bot.membership.joined(ClubId(room.club), name, HALL, OURS)


async def test_a_club_is_greeted_once(room: Room) -> None:
    await joined(room)
    await joined(room)
    [(place, reply)] = await room.deliver()
    assert place == HALL
    assert "/review" in reply.summary
    assert [each.label for each in actions(reply)] == ["Set up the club"]

    await joined(room, "Saturday films")
    room.clock.forward(days=1)
    await joined(room)
    assert await room.deliver() == []


async def test_the_greeting_is_for_those_who_run_the_club(room: Room) -> None:
    await joined(room)
    [(_, reply)] = await room.deliver()
    setup = button(reply, "Set up the club").command
    assert "for those who run this club" in text(await room.say("ben", setup))
    assert "The club's settings" in text(await room.say("ana", setup, admin=True))


async def test_a_club_that_comes_back_in_time_finds_all_as_it_was(room: Room) -> None:
    await joined(room)
    await room.say("ana", "/review Her 5/5 Warm.")
    await room.bot.membership.left(ClubId(room.club))
    room.clock.forward(days=GRACE.days - 1)
    await PeriodicMaintenance(room.store, room.clock, room.ids).once()
    await joined(room)
    room.clock.forward(days=9)
    await PeriodicMaintenance(room.store, room.clock, room.ids).once()

    assert "Warm." in text(await room.say("ben", "/review Her"))


async def test_a_club_that_left_while_nobody_looked_is_noted(room: Room) -> None:
    elsewhere = room.other("test:elsewhere")
    for each, application in ((room, OURS), (elsewhere, OTHERS)):
        await each.bot.membership.joined(ClubId(each.club), "Films", HALL, application)
        await each.say("ana", "/review Her 5/5 Warm.")
    await room.bot.membership.present(OURS, {ClubId(room.club)})
    room.clock.forward(days=3)
    await room.bot.membership.present(OURS, set())
    room.clock.forward(days=GRACE.days - 1)
    await room.bot.membership.present(OURS, set())  # known already: the days go on
    room.clock.forward(days=2)
    await PeriodicMaintenance(room.store, room.clock, room.ids).once()

    assert "Warm." not in text(await room.say("ben", "/review Her"))
    assert "Warm." in text(await elsewhere.say("ben", "/review Her"))


async def test_a_club_that_stays_away_is_forgotten_whole(room: Room, tmp_path: Path) -> None:
    other = room.other("test:other")
    await other.say("cleo", "/review Her 2/5 Zinc and lavender.")
    await joined(room)
    await room.say("ana", "/review Her 5/5 Copper and marmalade.")
    await room.say("ana", "/remind All of Us Strangers")
    assert items(await room.say("ben", "/recommend marmalade"))
    await room.bot.membership.left(ClubId(room.club))
    room.clock.forward(days=GRACE.days + 1)
    await PeriodicMaintenance(room.store, room.clock, room.ids).once()

    assert rows_of(tmp_path / "matinee.db", room.club) == {}
    assert "Zinc" in text(await other.say("cleo", "/review Her"))
    await joined(room)
    assert "marmalade" in (await room.say("ben", "/recommend marmalade")).summary
    assert items(await room.say("ben", "/recommend marmalade")) == []


def rows_of(database: Path, club: str) -> dict[str, int]:
    """Count the rows with this club's id in any table."""
    with closing(sqlite3.connect(database)) as connection:
        tables = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if any(
                column[1] == "club_id"
                for column in connection.execute(f"PRAGMA table_info({name})")
            )
        ]
        counted = {
            table: connection.execute(
                f"SELECT count(*) FROM {table} WHERE club_id = ?",  # noqa: S608 - a table's own name
                (club,),
            ).fetchone()[0]
            for table in tables
        }
    assert "reviews" in counted
    return {table: count for table, count in counted.items() if count}


async def test_who_was_never_heard_in_a_club_has_one_of_their_own(room: Room) -> None:
    reply = await in_private(room, "ana", "/recommend")
    assert reply.visibility is Visibility.ONLY_YOU
    assert "I have nothing to go by" in reply.summary


async def test_in_private_a_members_only_club_is_meant(room: Room) -> None:
    await room.say("ana", "/review Her 5/5 Warm.")
    assert "Warm." in text(await in_private(room, "ana", "/reviews"))
    assert (await room.deliver())[0][0] == "test:club#room"
    await in_private(room, "ana", "/review Carol 5/5")
    assert await room.deliver() == []  # a private talk is no place for the club's news


async def test_of_several_clubs_the_member_chooses_once_and_goes_on(room: Room) -> None:
    await joined(room)
    other = room.other("test:other")
    await room.say("ana", "/review Her 5/5 Warm.")
    await other.say("ana", "/review Carol 4/5 Cold.")

    asked = await in_private(room, "ana", ReviewCommand("id:her-2013"))
    assert [each.label for each in actions(asked)] == ["test:other", "Friday films"]
    went_on = await in_private(room, "ana", button(asked, "Friday films").command)
    assert "Warm." in text(went_on)
    assert "Cold." not in text(await in_private(room, "ana", "/reviews"))

    room.clock.forward(minutes=1)
    await in_private(room, "ana", ChooseClubCommand(ClubId("test:other")))
    assert "Cold." in text(await in_private(room, "ana", "/reviews"))


async def test_private_buttons_about_a_film_with_a_long_title_have_room_for_the_club(
    room: Room,
) -> None:
    await joined(room)
    title = "Jeanne Dielman, 23, quai du Commerce, 1080 Bruxelles"
    for each in (room, room.other("test:other")):
        await each.say("ana", f"/review {title} 5/5 Slow.")
    await in_private(room, "ana", ChooseClubCommand(ClubId(room.club)))
    card = await in_private(room, "ana", f"/film {title}")
    assert card.club == room.club
    for action in actions(card):
        assert len(action_text(action)) <= LONGEST_ACTION_ID - CLUB_ROOM
    opened = button(card, "Show the club's card").command
    assert "Slow." in text(await in_private(room, "ana", opened))


async def test_what_is_too_long_for_a_button_is_shown_to_be_sent_again(room: Room) -> None:
    for club in (room, room.other("test:other")):
        await club.say("ana", "/help")
    words = "Such a long and tender evening. " * 20
    asked = await in_private(room, "ana", ReviewCommand("id:her-2013", HalfStars(9), words))
    assert words.strip() in text(asked)
    assert "4.5/5" in text(asked)
    typed = await in_private(room, "ana", f"/review Her 4/5 {words}")
    assert words.strip() in text(typed)


async def test_nobody_chooses_a_club_that_is_not_theirs(room: Room) -> None:
    await room.say("ana", "/help")
    await room.other("test:other").say("ben", "/review Her 1/5 Secret.")
    refused = await in_private(
        room, "ana", ChooseClubCommand(ClubId("test:other"), "1.reviews?film=id:her-2013")
    )
    assert "Secret" not in text(refused)
    assert "Give me a command there" in refused.summary


async def test_a_command_for_others_is_not_smuggled_in_by_a_choice(room: Room) -> None:
    await room.say("ana", "/help")
    refused = await in_private(
        room, "ana", ChooseClubCommand(ClubId(room.club), "1.setup?hour=11:00")
    )
    assert "for those who run this club" in text(refused)


async def test_picks_are_shared_without_what_is_private(room: Room) -> None:
    await room.say("ana", "/review Carol 5/5 --private")
    await room.say("ana", "/review Weekend 5/5")
    own = await room.say("ana", "/recommend")
    shared = await room.say("ana", button(own, "Share").command)
    assert (own.visibility, shared.visibility) == (Visibility.ONLY_YOU, Visibility.CLUB)
    assert shared.summary.startswith("For ana: ")
    assert "Carol" not in shared.summary
    assert "Shared by ana." in text(shared)
    assert items(await room.say("ana", RecommendCommand(like=("Weekend",), share=True)))


async def test_a_review_is_shared_unless_it_is_private(room: Room) -> None:
    receipt = await room.say("ana", "/review Her 4/5 Warm. ||She leaves.||")
    room.clock.forward(seconds=1)
    assert "follows here" in text(await room.press("ana", receipt, "Share"))
    *_, (place, shared) = await room.deliver()
    assert place == room.caller("ana").place
    assert shared.visibility is Visibility.CLUB
    assert "Warm." in text(shared)
    assert "She leaves" not in text(shared) + shared.summary

    private = await room.say("ana", "/review Carol 5/5 --private")
    assert "Share" not in [each.label for each in actions(private)]


async def test_the_club_that_was_chosen_can_be_changed_in_private(room: Room) -> None:
    await joined(room)
    other = room.other("test:other")
    await room.say("ana", "/review Her 5/5 Warm.")
    await other.say("ana", "/review Carol 4/5 Cold.")
    await in_private(room, "ana", ChooseClubCommand(ClubId(room.club)))
    room.clock.forward(minutes=1)

    card = await in_private(room, "ana", "/settings")
    assert "we talk about Friday films" in text(card)
    [choice] = [each for each in actions(card) if each.label == "The club in private"]
    assert isinstance(choice, Choice)
    assert [each.label for each in choice.options] == ["Friday films", "test:other"]
    chosen = with_value(choice.command, choice.field, choice.options[1].value)
    told = text(await in_private(room, "ana", chosen))
    assert "From now on you are in that club" in told
    assert "/settings" in told
    assert "Cold." in text(await in_private(room, "ana", "/reviews"))
    assert "In private" not in text(await room.say("ana", "/settings"))


@dataclass
class Gone:
    """A directory that knows who has left which club, and does not always answer."""

    left: set[str] = field(default_factory=set)
    silent: bool = False

    async def name(self, club_id: ClubId, member_id: MemberId) -> str | None:
        if self.silent:
            raise PlatformSilent("no answer")
        return None if club_id in self.left else f"somebody {member_id}"


async def test_who_has_left_a_club_is_in_the_others(room: Room) -> None:
    other, directory = room.other("test:other"), Gone()
    room.bot.directories.add("test", directory)
    await room.say("ana", "/review Her 5/5 Warm.")
    await other.say("ana", "/review Carol 4/5 Cold.")
    await in_private(room, "ana", ChooseClubCommand(ClubId(room.club)))
    assert "Warm." in text(await in_private(room, "ana", "/reviews"))

    directory.left.add(room.club)
    assert "Cold." in text(await in_private(room, "ana", "/reviews"))
    refused = await in_private(room, "ana", ChooseClubCommand(ClubId(room.club)))
    assert "any more" in refused.summary
    directory.left.add("test:other")
    assert "nothing here to read" in text(await in_private(room, "ana", "/reviews"))
    directory.left.clear()
    assert "Warm." in text(await in_private(room, "ana", "/reviews"))


async def test_while_the_platform_is_silent_a_private_talk_waits(room: Room) -> None:
    room.bot.directories.add("test", Gone(silent=True))
    await room.say("ana", "/review Her 5/5 Warm.")
    refused = text(await in_private(room, "ana", "/review Carol 4/5 Cold."))
    assert "couldn't find out whether you are still in your club" in refused
    assert "You typed: /review Carol 4/5 Cold." in refused


async def test_a_platform_that_names_the_club_is_asked_in_private_too(room: Room) -> None:
    directory = Gone()
    room.bot.directories.add("test", directory)
    await room.say("ana", "/review Her 5/5 Warm.")
    direct = replace(room.caller("ana"), place=room.caller("ana").direct)
    directory.left.add(room.club)
    refused = await room.bot.handle(Request("r", direct, "/reviews"))
    assert "not in that club any more" in text(refused)
    assert "Warm." not in text(refused)
