"""What comes out, by TMDB: listed by region without being named before, once asked for, told where it fails."""

import asyncio
from datetime import timedelta

import pytest

from adapters.tmdb.source import TmdbSource
from bot.maintenance import refresh as refreshing
from tests.adapters.tmdb.server import LANTERN, FakeTmdb, failing
from tests.support import Room, items, text

NUMBER = LANTERN["id"]
TITLE = LANTERN["title"]


async def test_films_that_come_to_a_regions_cinemas_are_found(
    source: TmdbSource, tmdb: FakeTmdb
) -> None:
    assert list(await source.coming("GB", 56)) == [NUMBER]
    asked = tmdb.queries[-1]
    assert (asked["release_date.gte"], asked["release_date.lte"]) == ("2024-01-20", "2024-03-16")
    assert list(await source.coming("GB", 7)) == []
    assert list(await source.coming("US", 56)) == []


async def test_releases_lists_them_and_reminders_know_their_day(live: Room, tmdb: FakeTmdb) -> None:
    reply = await live.say("ana", "/releases")
    assert TITLE in [each.title for each in items(reply)]
    assert "UK cinemas: 1 March 2024" in text(reply)
    assert text(reply).count("With data from TMDB") == 1
    asked = list(tmdb.asked)
    await live.say("ben", "/releases")
    assert tmdb.asked == asked
    assert "1 March 2024" in text(await live.say("ben", f"/remind {TITLE}"))


async def test_another_region_is_asked_for_when_it_is_named(live: Room, tmdb: FakeTmdb) -> None:
    tmdb.films[NUMBER] = {
        **LANTERN,
        "release_dates": {
            "results": [
                {
                    "iso_3166_1": "BT",
                    "release_dates": [{"release_date": "2024-02-09T00:00:00.000Z", "type": 3}],
                }
            ]
        },
    }
    assert TITLE not in text(await live.say("ana", "/releases"))
    assert "Bhutan cinemas: 9 February 2024" in text(await live.say("ana", "/releases Bhutan"))


async def test_a_source_that_fails_is_told_in_one_line_and_the_list_goes_on(
    live: Room, tmdb: FakeTmdb
) -> None:
    tmdb.always = failing(503)
    reply = await live.say("ana", "/releases")
    assert "The Zone of Interest" in [each.title for each in items(reply)]
    assert "TMDB can't be reached just now." in text(reply)


async def test_they_are_there_for_the_weekly_list_without_anybody_asking(
    live: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    await live.say("ana", "/help")
    assert live.bot.fetcher.live is not None
    monkeypatch.setattr(refreshing, "FIRST", timedelta())
    looked, stopping = asyncio.Event(), asyncio.Event()

    async def look_ahead(region: str) -> None:
        await live.bot.fetcher.look_ahead(region)
        looked.set()

    refresher = refreshing.Refresher(
        live.store, live.bot.fetcher.live.source, live.clock, live.ids, look_ahead
    )
    running = asyncio.create_task(refresher.run(stopping))
    await asyncio.wait_for(looked.wait(), 30)
    stopping.set()
    await running
    async with live.store.reading(live.caller("ana").club_id) as work:
        found = await work.films.releases(
            "GB", live.clock.now().date(), live.clock.now().date() + timedelta(56)
        )
    assert TITLE in [film.title for film, _ in found]
