"""Several films with a rating each: one list, asked about, then one review of each film."""

from dataclasses import replace

import pytest

from bot.domain.ids import PlaceId
from bot.messages.replies import Choice
from bot.messages.requests import Request
from tests.support import Room, actions, button, text


@pytest.mark.parametrize(
    ("line", "rated"),
    [
        ("alien 5, heat 4, up 2", ["Alien (1979): ★★★★★", "Heat (1995): ★★★★", "Up (2009): ★★"]),
        ("/review Up 4/5, Coco 5/5", ["Up (2009): ★★★★", "Coco (2017): ★★★★★"]),
        ("heat 4/5 and the substance 2/5", ["Heat (1995): ★★★★", "The Substance (2024): ★★"]),
        ("rate alien 5 and moon 3.5", ["Alien (1979): ★★★★★", "Moon (2009): ★★★½"]),
        ("my ratings: Heat 9/10; Up ★★★★★", ["Heat (1995): ★★★★½", "Up (2009): ★★★★★"]),
        ("Heat 4\nToy Story 3: 5 stars\n", ["Heat (1995): ★★★★", "Toy Story 3 (2010): ★★★★★"]),
    ],
)
async def test_a_list_of_ratings_is_asked_about_and_saved(
    line: str, rated: list[str], room: Room
) -> None:
    asked = await room.say("ana", line)
    assert text(asked).split("\n") == ["Save these ratings?", *rated]
    assert "nothing here to read" in text(await room.say("ana", "/reviews"))
    saved = await room.press("ana", asked, "Save")
    assert text(saved).split("\n") == [f"Saved {len(rated)} ratings:", *rated]
    assert "answered already" in text(await room.press("ana", asked, "Save"))
    own = text(await room.say("ana", "/reviews"))
    assert all(each.partition(":")[0].rpartition(" (")[0] in own for each in rated)


@pytest.mark.parametrize("line", ["toy story 3, toy story 4", "heat, amelie and alien"])
async def test_numbered_titles_are_no_ratings(line: str, room: Room) -> None:
    assert "Which film is it about?" in text(await room.say("ana", line))


async def test_it_stays_private_where_that_is_said(room: Room) -> None:
    asked = await room.say("ana", "Heat 3, Amelie 4.5 just for me")
    await room.press("ana", asked, "Only for me")
    assert await room.deliver() == []
    assert "nothing here that you can read" in text(await room.say("ben", "/reviews @ana"))


async def test_the_club_reads_them_where_the_member_rather_wants_that(room: Room) -> None:
    asked = await room.say("ana", "Heat 3, Amelie 4.5 just for me")
    await room.press("ana", asked, "For the club")
    assert "Heat" in text(await room.say("ben", "/reviews everyone"))


async def test_a_title_of_several_films_is_asked_about_by_itself(room: Room) -> None:
    asked = await room.say("ana", "heat 4, dune 5")
    assert "Dune" not in text(asked)
    which = await room.say("ana", button(asked, "Which “dune”?").command)
    assert "Which one do you mean?" in text(which)


async def test_a_numbered_title_among_ratings_is_rated_by_itself(room: Room) -> None:
    asked = await room.say("ana", "heat 5, alien 4.5, paddington 2")
    assert "Paddington" not in text(asked)
    assert "How was" in text(await room.press("ana", asked, "Rate the film paddington 2"))
    assert "Paddington (2014): ★★" in text(await room.press("ana", asked, "paddington: ★★"))


async def test_save_says_yes_in_words(room: Room) -> None:
    await room.say("ana", "heat 5, alien 4.5")
    assert "Saved 2 ratings" in text(await room.say("ana", "save it"))


async def test_several_films_are_marked_at_once(room: Room) -> None:
    done = await room.say("ana", "i've seen heat, dune and alien")
    assert "Heat (1995) and Alien (1979) as seen" in text(done)
    assert "Which one do you mean?" in text(await room.press("ana", done, "Which “dune”?"))
    assert "may come up again" in text(await room.press("ana", done, "Undo Heat"))


async def test_what_was_asked_last_can_be_dropped_in_words(room: Room) -> None:
    await room.say("ana", "Heat 4/5 so cool and sad")
    asked = await room.say("ana", "cancel that")
    dropped = await room.press("ana", asked, "Drop what I asked about")
    assert "Dropped" in text(dropped)
    assert "changed nothing lately" in text(await room.say("ana", "undo"))


async def test_in_a_channel_that_few_can_read_it_is_said_who_will(room: Room) -> None:
    secret = replace(room.caller("ana"), place=PlaceId("test:club#secret"), closed=True)
    asked = await room.bot.handle(Request("c1", secret, "heat 5, alien 4.5"))
    assert "Not everybody reads this channel" in text(asked)
    saved = await room.bot.handle(Request("c2", secret, button(asked, "Save").command))
    assert "Saved 2 ratings" in text(saved)
    assert "Alien" in text(await room.say("ben", "/reviews everyone"))


async def test_privacy_holds_for_what_is_asked_about_alone(room: Room) -> None:
    asked = await room.say("ana", "dune 4, heat 3, alien 3, just for me")
    for label in ("Which “dune”?", "alien: ★★★"):
        assert getattr(button(asked, label).command, "private", False), label
    menu = await room.press("ana", asked, "Rate the film alien 3")
    choice = next(each for each in actions(menu) if isinstance(each, Choice))
    assert getattr(choice.command, "private", False)


async def test_a_film_named_twice_is_rated_once(room: Room) -> None:
    asked = await room.say("ana", "heat 5, up 4, heat 2")
    assert text(asked).split("\n")[1:] == ["Up (2009): ★★★★", "Heat (1995): ★★"]
