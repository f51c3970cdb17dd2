"""Suggestions while a title is typed, and before: slips are forgiven, no two are called alike."""

import pytest

from bot.catalogue.suggesting import short_name, suggested
from bot.domain.ids import FilmId
from bot.domain.reviews.ratings import HalfStars
from bot.features.reviews.commands import ReviewCommand
from tests.support import Room


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Toy Storry", "Toy Story (1995) · Lasseter"),
        ("godfahter", "The Godfather (1972) · Coppola"),
        ("amelie", "Amélie (2001) · Jeunet"),
        ("amel", "Amélie (2001) · Jeunet"),
        ("the thing", "The Thing (1982) · Carpenter"),
        ("dune", "Dune (2021) · Villeneuve"),
        ("千", "千と千尋の神隠し (2001) · Miyazaki"),
        ("千と", "千と千尋の神隠し (2001) · Miyazaki"),
    ],
)
async def test_a_title_is_suggested_as_a_review_finds_it(
    typed: str, first: str, room: Room
) -> None:
    assert room.bot.films.suggest(typed)[0].label == first


async def test_a_slip_in_a_title_of_several_films_suggests_them_all(room: Room) -> None:
    found = {each.label for each in room.bot.films.suggest("litle wom")}
    assert {"Little Women (2019) · Gerwig", "Little Women (1994) · Armstrong"} <= found
    assert room.bot.films.suggest("zzzzqqq") == []


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Jean-Pierre Jeunet", "Jeunet"),
        ("Lars von Trier", "von Trier"),
        ("Brian De Palma", "De Palma"),
        ("Steven Caple Jr.", "Caple"),
        ("Bong Joon-ho", "Bong Joon-ho"),
        ("Mia Hansen-Løve", "Hansen-Løve"),
        ("Banksy", "Banksy"),
        ("", ""),
    ],
)
def test_a_director_is_named_shortly(name: str, short: str) -> None:
    assert short_name(name) == short


def test_two_of_one_name_can_be_told_apart() -> None:
    twins = [(FilmId(each), "Her", 2013, "") for each in ("a", "b")]
    labels = [each.label for each in suggested([*twins, (FilmId("c"), "Her", 2013, "Spike Jonze")])]
    assert labels == ["Her (2013) · a", "Her (2013) · b", "Her (2013) · Jonze"]


async def test_before_a_title_is_typed_the_watchlist_and_the_talk_of_the_club_are_offered(
    room: Room,
) -> None:
    await room.say("ana", "/watchlist add Yi Yi")
    await room.say("ben", "/watchlist add Carol")
    await room.say("ben", ReviewCommand("id:her-2013", HalfStars(8)))
    await room.say("ben", ReviewCommand("id:weekend-2011", HalfStars(8), private=True))
    found = [each.label for each in await room.bot.suggestions.at_hand(room.caller("ana"))]
    assert found[:2] == ["Yi Yi (2000) · Yang", "Her (2013) · Jonze"]
    assert not {"Carol (2015) · Haynes", "Weekend (2011) · Haigh"} & set(found)
