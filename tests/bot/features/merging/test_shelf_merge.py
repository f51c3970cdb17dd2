"""Two entries of everybody's catalogue become one film for a club, by its admins, and back."""

from dataclasses import replace

import pytest

from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.features.merging.commands import MergeFilmCommand
from recommender import Query, recommend
from tests.support import Room, button, text

TWIN = FilmId("heat-1995-2")
TWICE = "Several films are called heat"
MERGE = MergeFilmCommand(f"id:{TWIN}", "id:heat-1995")


@pytest.fixture
async def shelf(room: Room, starter: tuple[Film, ...]) -> Room:
    """A club whose catalogue has *Heat* twice: the second time as a list without people brought it."""
    heat = next(film for film in starter if film.film_id == "heat-1995")
    twin = replace(
        heat, film_id=TWIN, directors=(), cast=(), known=None, regard=None, source="movielens:6",
        imdb_id=None, tmdb_id=None, logline="", popularity=900,
    )  # fmt: skip
    await room.store.catalogue.put([twin], source="import:movielens", digest="1")
    room.bot.films.add_films([twin])
    await room.say("ana", f"/review id:{TWIN} 4/5 Blue, and lonely.")
    await room.say("ben", f"/watchlist add id:{TWIN}")
    return room


def _offered(room: Room) -> list[str]:
    club = room.caller("ana").club_id
    return [each.value for each in room.bot.films.suggest("heat", club_id=club)]


async def test_what_stands_twice_is_one_film_for_the_club_alone(shelf: Room) -> None:
    assert TWICE in text(await shelf.other("other").say("ana", "/film heat"))
    reply = await shelf.say("cleo", MERGE, admin=True)
    assert text(reply).startswith(
        "Merged: both entries of Heat (1995) are one film here from now on. 1 review and 1 mark went along."
    )
    card = text(await shelf.say("dev", "/film heat"))
    assert card.startswith("Heat (1995)")
    assert "from 1 rating" in card
    assert "Heat (1995)" in text(await shelf.say("ben", "/watchlist"))
    assert _offered(shelf).count("id:heat-1995") == 1
    assert f"id:{TWIN}" not in _offered(shelf)
    assert TWICE in text(await shelf.other("other").say("ana", "/film heat"))


async def test_the_film_that_went_is_picked_no_more(shelf: Room) -> None:
    async def like() -> list[str]:
        async with shelf.store.reading(shelf.caller("dev").club_id) as work:
            overlay = await shelf.bot.films.recommender.of(work)
        query = Query(like=("collateral-2004",), exclude=frozenset({"heat-1995"}), count=50)
        return [pick.film_id for pick in recommend(overlay, query).picks]

    assert TWIN in await like()
    await shelf.say("cleo", MERGE, admin=True)
    assert TWIN not in await like()


async def test_it_can_be_taken_back(shelf: Room) -> None:
    reply = await shelf.say("cleo", MERGE, admin=True)
    undo = button(reply, "Undo").command
    back = text(await shelf.say("cleo", undo, admin=True))
    assert "is a film of its own again" in back
    assert "from 1 rating" in text(await shelf.say("dev", f"/film id:{TWIN}"))
    assert "Nobody here has reviewed it yet" in text(await shelf.say("dev", "/film id:heat-1995"))
    assert set(_offered(shelf)) >= {f"id:{TWIN}", "id:heat-1995"}
    async with shelf.store.reading(shelf.caller("dev").club_id) as work:
        assert not await work.films.own()


@pytest.mark.parametrize(
    ("goes", "stays", "why"),
    [
        ("Dune 1984", "Dune 2021", "they are of 1984 and 2021"),
        ("Paddington", "Paddington 2", "their numbers at IMDb or TMDB differ"),
        ("Heat 1995", "Clueless", "other people made them"),
        ("Heat 1995", "Collateral 2004", "they are of 1995 and 2004"),
        ("id:heat-1995", "id:heat-1995", "Both are the same film"),
    ],
)
async def test_what_cannot_be_one_film_is_never_joined(
    room: Room, goes: str, stays: str, why: str
) -> None:
    told = text(await room.say("cleo", MergeFilmCommand(goes, stays), admin=True))
    assert why in told


async def test_only_those_who_run_the_club_may_merge(shelf: Room) -> None:
    assert "Merged" not in text(await shelf.say("ana", MERGE))
