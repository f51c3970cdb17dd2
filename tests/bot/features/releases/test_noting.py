"""Days of release that a club notes itself, typed in one line or given in a form; and what is listed first."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.films.film import Film, Release, ReleaseKind
from bot.domain.ids import FilmId
from bot.features.releases.commands import ReleasesCommand
from bot.messages.replies import FilmList
from tests.support import Room, actions, button, items, text


@pytest.mark.parametrize(
    ("typed", "film", "kind", "region", "day"),
    [
        ("Tampopo 12 June", "Tampopo", "cinema", "UK", "12 June 2024"),
        ("Tampopo June 12", "Tampopo", "cinema", "UK", "12 June 2024"),
        ("Tampopo 2024-06-12", "Tampopo", "cinema", "UK", "12 June 2024"),
        ("Tampopo, 12 June 2025", "Tampopo", "cinema", "UK", "12 June 2025"),
        ("Tampopo in France 12 June", "Tampopo", "cinema", "France", "12 June 2024"),
        ("Tampopo 12 June in the US", "Tampopo", "cinema", "US", "12 June 2024"),
        ("Tampopo digital in US 12 June", "Tampopo", "digital", "US", "12 June 2024"),
        ("Tampopo on disc on 12 June", "Tampopo", "disc", "UK", "12 June 2024"),
        ("Tampopo in two weeks", "Tampopo", "cinema", "UK", "3 February 2024"),
        ("Tampopo tomorrow", "Tampopo", "cinema", "UK", "21 January 2024"),
        ("1917 12 June", "1917", "cinema", "UK", "12 June 2024"),
        ("Apollo 13 12 June", "Apollo 13", "cinema", "UK", "12 June 2024"),
        ("28 Days Later 3 May", "28 Days Later", "cinema", "UK", "3 May 2024"),
        ('"In the Mood for Love" 3 May', "In the Mood for Love", "cinema", "UK", "3 May 2024"),
    ],
)
async def test_a_line_names_the_film_and_the_day(
    room: Room, typed: str, film: str, kind: str, region: str, day: str
) -> None:
    reply = await room.say("ana", f"/releases add {typed}")
    places = {"cinema": "cinemas", "digital": "digital", "disc": "disc"}
    assert text(reply).startswith(f"Noted for this club: {film} (")
    assert text(reply).endswith(f"), {region} {places[kind]}: {day}.")


async def test_it_is_this_clubs_day_alone_and_can_be_taken_back(room: Room) -> None:
    noted = await room.say("ana", "/releases add Tampopo 12 March")
    assert [each.title for each in items(await room.say("ben", "/releases"))].count("Tampopo") == 1
    elsewhere = await room.other("test:other").say("cleo", "/releases")
    assert "Tampopo" not in [each.title for each in items(elsewhere)]
    await room.press("ana", noted, "Take it back")
    assert "Tampopo" not in [each.title for each in items(await room.say("ben", "/releases"))]


async def test_a_waiting_reminder_gets_the_noted_day(room: Room) -> None:
    waiting = await room.say("ben", "/remind Tampopo")
    assert "has been out for years" in text(waiting)
    await room.say("ana", "/releases add Tampopo 12 March")
    assert "12 Mar 2024" in text(await room.say("ben", "/reminders"))


async def test_a_missing_day_is_asked_for(room: Room) -> None:
    reply = await room.say("ana", ReleasesCommand(film="Tampopo"))
    assert text(reply) == "On which day does Tampopo (1985) come out (UK cinemas)?"
    assert [each.label for each in actions(reply)] == ["Note the day"]


async def test_an_unclear_film_keeps_the_day(room: Room) -> None:
    reply = await room.say("ana", "/releases add Solaris 12 March")
    assert text(reply).startswith("Several films are called Solaris.")
    noted = await room.say("ana", button(reply, "Solaris (1972)").command)
    assert text(noted) == "Noted for this club: Solaris (1972), UK cinemas: 12 March 2024."


@pytest.mark.parametrize("typed", ["", "Tampopo", "12 June", "Tampopo sometime"])
async def test_what_lacks_a_film_or_a_day_says_how(room: Room, typed: str) -> None:
    reply = await room.say("ana", f"/releases add {typed}")
    assert "Name the film, then the day it comes out, as in /releases add Flow 12 June." in text(
        reply
    )


async def test_a_list_without_days_says_how_to_note_one(room: Room) -> None:
    reply = await room.say("ana", "/releases BT")
    assert "as in /releases add Flow in BT 12 June; /remind Flow waits" in text(reply)
    assert [each.label for each in actions(reply)] == ["Note a day"]


async def test_what_is_near_the_members_taste_comes_first_by_shared_reviews_alone(
    room: Room, starter: tuple[Film, ...]
) -> None:
    """Five days in a land without any, the war film last of them: whoever loves war films has it first."""
    there = {film.film_id: film for film in starter}
    club = room.caller("ana").club_id
    named = "toy-story-1995 grease-1978 notting-hill-1999 airplane-1980 saving-private-ryan-1998"
    async with room.store.writing(club) as work:
        for place, film_id in enumerate(named.split()):
            days = (Release("BT", ReleaseKind.CINEMA, date(2024, 2, 1 + place), "ana"),)
            await work.films.save(replace(there[FilmId(film_id)], club_id=club, releases=days))
    for film in ("Dunkirk", "Black Hawk Down", "Platoon", "The Thin Red Line"):
        await room.say("ana", f"/review {film} 5/5")
        await room.say("ben", f"/review {film} 5/5 --private")

    reply = await room.say("ana", "/releases BT")
    lists = [block for block in reply.blocks if isinstance(block, FilmList)]
    assert [len(each.items) for each in lists] == [3, 2]
    assert lists[0].items[0].title == "Saving Private Ryan"
    assert "Nearest to what ana likes:" in text(reply)
    for other in ("ben", "cleo"):
        by_day = await room.say(other, "/releases BT")
        assert [each.title for each in items(by_day)][-1] == "Saving Private Ryan"
