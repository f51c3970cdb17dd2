"""Members chosen rather than typed, from a member's own menu too; where a server starts."""

import asyncio

from adapters.discord.ids import club_of
from tests.adapters.discord.conftest import ANA, BEN, CHIEF, Town
from tests.adapters.discord.payloads import Json, Person
from tests.adapters.discord.seeing import ephemeral, seen


def menu_of(person: Person, name: str = "Taste match") -> Json:
    """Return the data of a command from a member's menu."""
    number = str(person.number)
    resolved = {"users": {number: person.user}, "members": {}}
    return {"id": "79", "name": name, "type": 2, "target_id": number, "resolved": resolved}


async def test_a_members_menu_shows_their_page_and_the_match(town: Town) -> None:
    for person, ratings in ((ANA, (5, 4, 2, 3, 4)), (BEN, (4, 3, 1, 2, 3))):
        films = ("her-2013", "carol-2015", "heat-1995", "weekend-2011", "moonlight-2016")
        for film, rating in zip(films, ratings, strict=True):
            await town.discord.slash(
                person, town.server, "review", film=f"id:{film}", rating=f"{rating}/5"
            )
    told = await town.discord.does(ANA, 2, menu_of(BEN), town.server)
    assert ephemeral(told.shown)
    assert "Taste match" in seen(told.shown)
    assert "from 5 films that you both rated" in seen(told.shown)
    assert "1.0 stars apart" in seen(told.shown)

    unknown = await town.discord.does(ANA, 2, menu_of(BEN, "Bookmark"), town.server)
    assert "don't know that command" in seen(unknown.shown)


async def test_members_are_chosen_from_the_servers_own(town: Town) -> None:
    await town.discord.slash(BEN, town.server, "review", film="id:her-2013", rating="5/5")
    told = await town.discord.slash(ANA, town.server, "recommend", member=str(BEN.number))
    assert "For Ana and Ben" in seen(told.shown)


async def test_a_french_server_starts_in_france(closed_town: Town) -> None:
    closed_town.server.language = "fr"
    async with closed_town.open():
        await noted(closed_town)
        told = await closed_town.discord.slash(CHIEF, closed_town.server, "setup")
        assert "France" in seen(told.shown)
        assert "Europe/Paris" in seen(told.shown)


async def noted(town: Town) -> None:
    """Wait until the server has been noted, which nothing else waits for."""
    async with asyncio.timeout(20):
        while True:
            async with town.room.store.reading(club_of(town.server.number)) as work:
                if (await work.clubs.get()).joined_at:
                    return
            await asyncio.sleep(0.02)
