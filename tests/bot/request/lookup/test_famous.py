"""Of films of one title the one that is far better known is meant, until the club says otherwise."""

import pytest

from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from tests.support import Room, button, text

OLD = Film(
    FilmId("titanic-1953"), "Titanic", 1953, directors=("Jean Negulesco",), cast=("Clifton Webb",),
    logline="A couple quarrel over their children on a great ship.", source="wikipedia:Titanic",
)  # fmt: skip
RIVAL = Film(FilmId("up-1984"), "Up", 1984, source="movielens:1", popularity=400)


@pytest.fixture
async def shelf(room: Room) -> Room:
    """A shelf on which *Titanic* has an obscure namesake, and *Up* one that many know."""
    await room.store.catalogue.put([OLD, RIVAL], source="import", digest="1")
    room.bot.films.add_films([OLD, RIVAL])
    return room


async def test_the_far_better_known_film_is_reviewed(
    shelf: Room,
) -> None:
    assert text(await shelf.say("ana", "/review Titanic 3/5 Too long.")).startswith(
        "Saved your review of Titanic (1997)"
    )


async def test_a_card_of_the_far_better_known_film_offers_the_other_one(shelf: Room) -> None:
    reply = await shelf.say("ben", "/film titanic")
    assert text(reply).startswith("Showing Titanic (1997). Not the one you meant?")
    other = await shelf.say("ben", button(reply, "I meant Titanic (1953)").command)
    assert "A couple quarrel" in text(other)


async def test_a_year_or_what_the_club_has_seen_means_the_other_one(shelf: Room) -> None:
    told = text(await shelf.say("ana", "/review Titanic (1953) 3/5 Quarrels."))
    assert told.startswith("Saved your review of Titanic (1953)")
    told = text(await shelf.say("ben", "/review Titanic 4/5 The ship."))
    assert told.startswith("Saved your review of Titanic (1953)")


async def test_films_that_are_both_known_are_a_question(shelf: Room) -> None:
    told = text(await shelf.say("ana", "/review Up 4/5 First ten minutes."))
    assert told.startswith("Several films are called Up")
