"""What TMDB shows of films in cards and picks: where to watch, trailer, series, pictures; and its credits."""

from dataclasses import replace
from datetime import timedelta

import pytest
from discord import ui

from adapters.discord.outgoing.render import render as in_discord
from adapters.slack.outgoing.render import render as in_slack
from adapters.tmdb.source import TmdbSource
from bot.domain.errors import SourceLacks
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.messages.plain_text import plain
from bot.messages.replies import FilmCard, Reply
from bot.messages.spans import Link
from bot.ports.film_source import FilmPage, WhereToWatch
from bot.request.lookup.commands import AddFilmCommand
from tests.adapters.test_same import _all
from tests.adapters.tmdb.server import LANTERN, FakeTmdb, Json, failing
from tests.support import Room, actions, items, text

NUMBER = LANTERN["id"]
LANTERN_FILM = Film(FilmId("lantern"), "A Lantern in the Snow", 2019, tmdb_id=NUMBER)
POSTER = "https://image.tmdb.org/t/p/w500/lantern.jpg"
CREDIT = (
    "With data from TMDB, which neither endorses nor certifies Matinee. Where to watch: JustWatch."
)


def listed(title: str, year: int, director: str, number: int) -> Json:
    """Make TMDB's entry of a film of the starter catalogue."""
    crew = [{"id": 1, "name": director, "job": "Director", "department": "Directing"}]
    return {
        **LANTERN,
        "id": number,
        "imdb_id": None,
        "title": title,
        "original_title": title,
        "release_date": f"{year}-06-01",
        "belongs_to_collection": None,
        "credits": {"cast": [], "crew": crew},
    }


@pytest.fixture
def her(tmdb: FakeTmdb) -> None:
    """Her of the starter catalogue, under a number that the catalogue does not know."""
    tmdb.films[7] = listed("Her", 2013, "Spike Jonze", 7)


def card_of(reply: Reply) -> FilmCard:
    return next(block for block in reply.blocks if isinstance(block, FilmCard))


def facts(reply: Reply) -> dict[str, str]:
    return {str(each.name): plain(each.spans) for each in card_of(reply).facts}


def linked(reply: Reply) -> dict[str, str]:
    spans = [(str(each.name), span) for each in card_of(reply).facts for span in each.spans]
    return {name: span.url for name, span in spans if isinstance(span, Link)}


@pytest.mark.parametrize(
    ("region", "watch"),
    [
        ("GB", WhereToWatch("GB", ("MUBI", "Netflix"), ("Apple TV",), "GB")),
        ("US", WhereToWatch("US", (), ("Apple TV",), "US")),
        ("FR", WhereToWatch("FR")),
    ],
)
async def test_a_page_is_of_one_region(
    source: TmdbSource, region: str, watch: WhereToWatch
) -> None:
    link = f"https://www.themoviedb.org/movie/900001/watch?locale={watch.link}"
    expected = FilmPage(
        NUMBER,
        POSTER,
        "https://www.youtube.com/watch?v=lantern0001",
        "The Lighthouse",
        replace(watch, link=link if watch.link else None),
    )
    assert await source.page(LANTERN_FILM, region) == expected


async def test_a_film_without_numbers_is_found_by_title_year_and_people(
    tmdb: FakeTmdb, source: TmdbSource
) -> None:
    tmdb.films = {
        1: listed("Solaris", 1972, "Andrei Tarkovsky", 1),
        2: listed("Solaris", 2002, "Steven Soderbergh", 2),
        3: listed("Solaris Mon Amour", 2002, "Steven Soderbergh", 3),
    }
    film = Film(FilmId("solaris-2002"), "Solaris", 2002, directors=("Steven Soderbergh",))
    assert (await source.page(film, "GB")).number == 2
    with pytest.raises(SourceLacks):
        await source.page(replace(film, directors=("Ada Obi",)), "GB")
    with pytest.raises(SourceLacks):
        await source.page(replace(film, year=1990), "GB")


async def test_a_wrong_number_in_the_catalogue_shows_no_other_film(source: TmdbSource) -> None:
    wrong = Film(FilmId("her-2013"), "Her", 2013, directors=("Spike Jonze",), imdb_id="tt9900001")
    with pytest.raises(SourceLacks):
        await source.page(wrong, "GB")


@pytest.mark.usefixtures("her")
async def test_a_card_says_where_to_watch_in_the_members_region(live: Room) -> None:
    reply = await live.say("ana", "/film Her")
    assert facts(reply)["Watch"] == "On MUBI and Netflix (GB)"
    assert facts(reply)["Trailer"] == "YouTube"
    assert linked(reply) == {
        "Watch": "https://www.themoviedb.org/movie/900001/watch?locale=GB",
        "Trailer": "https://www.youtube.com/watch?v=lantern0001",
    }
    assert card_of(reply).poster == POSTER
    assert text(reply).count(CREDIT) == 1
    assert text(reply).count("TMDB") == 1

    await live.say("ben", "/settings region US")
    assert facts(await live.say("ben", "/film Her"))["Watch"] == "To rent or buy on Apple TV (US)"
    await live.say("cleo", "/settings region FR")
    nowhere = await live.say("cleo", "/film Her")
    assert "Watch" not in facts(nowhere)
    assert "JustWatch" not in text(nowhere)


async def test_a_film_from_tmdb_tells_its_series_and_writer_and_credits_once(live: Room) -> None:
    reply = await live.say("ana", f"/film tmdb:{NUMBER}")
    told = facts(await live.press("ana", reply, "Details"))
    assert (told["Series"], told["Written by"]) == ("The Lighthouse", "Tove Lie")
    assert told["Watch"] == "On MUBI and Netflix (GB)"
    assert text(reply).count("TMDB") == 1


@pytest.mark.usefixtures("her")
async def test_the_clubs_card_and_picks_say_it_too(room: Room, live: Room, tmdb: FakeTmdb) -> None:
    assert facts(await live.say("ana", "/review Her"))["Watch"] == "On MUBI and Netflix (GB)"
    without = await room.say("ana", "/recommend like Lost in Translation")
    first = items(without)[0]
    assert first.poster is None
    tmdb.films[8] = listed(first.title, first.year or 0, "", 8)
    tmdb.films[8]["credits"] = {"cast": [], "crew": []}
    again = items(await live.say("ana", "/recommend like Lost in Translation"))[0]
    assert again.poster == POSTER
    assert plain(again.lines[-1]) == "On MUBI and Netflix (GB)"
    assert again.lines[:-1] == first.lines


@pytest.mark.usefixtures("her")
async def test_pictures_are_thumbnails_on_both_platforms(live: Room) -> None:
    await live.say("ana", "/watchlist add Her")
    for reply in (await live.say("ana", "/film Her"), await live.say("ana", "/watchlist")):
        shown = [
            each.media.url
            for each in _all(in_discord(reply).items)
            if isinstance(each, ui.Thumbnail)
        ]
        assert shown == [POSTER]
        beside = [
            block["accessory"]["image_url"]
            for block in in_slack(reply).blocks
            if "accessory" in block
        ]
        assert beside == [POSTER]


@pytest.mark.usefixtures("her")
async def test_pages_are_remembered_and_a_late_one_is_there_the_next_time(
    live: Room, tmdb: FakeTmdb
) -> None:
    pages = live.bot.fetcher.pages
    assert pages is not None
    pages.timeout = timedelta()
    assert "Watch" not in facts(await live.say("ana", "/film Her"))
    for task in list(pages._running.values()):
        await task
    assert "Watch" in facts(await live.say("ana", "/film Her"))
    asked = list(tmdb.asked)
    await live.say("ben", "/film Her")
    assert tmdb.asked == asked


@pytest.mark.usefixtures("her")
async def test_a_source_that_fails_is_left_alone_for_a_while(live: Room, tmdb: FakeTmdb) -> None:
    tmdb.always = failing(503)
    reply = await live.say("ana", "/film Her")
    assert "Watch" not in facts(reply)
    assert next(each.label for each in actions(reply)) == "Write a review"
    tmdb.asked.clear()
    await live.say("ana", "/film Her")
    await live.say("ana", "/film Carol")
    assert tmdb.asked == []


async def test_a_clubs_own_film_is_never_asked_for(live: Room, tmdb: FakeTmdb) -> None:
    asked = await live.say("ana", "/film Zyxxy of Qwert")
    form = next(each for each in actions(asked) if each.label == "Add it")
    assert isinstance(form.command, AddFilmCommand)
    tmdb.asked.clear()
    shown = await live.say("ana", replace(form.command, title="Our Summer Film", year=2022))
    assert text(shown).startswith("Our Summer Film (2022)")
    await live.say("ben", "/film Our Summer Film")
    assert tmdb.asked == []
