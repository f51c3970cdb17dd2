"""Conversations about films that only TMDB has, and about release dates that move."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from adapters.tmdb.cache import AnswerCache
from adapters.tmdb.client import TmdbClient
from adapters.tmdb.source import TmdbSource
from bot.catalogue.club_index import ClubIndexes
from bot.catalogue.titles.index import TitleIndex
from bot.domain.films.film import Film, Release, ReleaseKind
from bot.domain.ids import ClubId, FilmId
from bot.maintenance import refresh as refreshing
from bot.maintenance.refresh import refresh
from bot.messages.replies import FilmCard
from bot.ports.film_source import SourceFilm
from bot.service import CONCURRENT, Bot
from recommender import BaseIndex
from tests.adapters.tmdb.server import LANTERN, FakeTmdb, Json, failing
from tests.adapters.tmdb.test_source import moved
from tests.support import Room, actions, items, text

TITLE = "A Lantern in the Snow"
OFFER = "A Lantern in the Snow (2019), by Solveig Brekke"
CATALOGUE_ID = FilmId("a-lantern-in-the-snow-2019")
NUMBER = LANTERN["id"]


async def test_a_title_that_only_tmdb_knows_is_offered(live: Room) -> None:
    reply = await live.say("ana", f"/review {TITLE}")

    assert "Did you mean" in text(reply)
    assert actions(reply)[0].label == OFFER


async def test_choosing_it_goes_on_with_what_was_being_written(live: Room) -> None:
    asked = await live.say("ana", f"/review {TITLE} 4/5 The ferry scene stayed with me.")
    saved = await live.press("ana", asked, OFFER)

    assert "Saved" in text(saved)
    card = await live.say("ben", f"/review {TITLE}")
    assert "The ferry scene stayed with me." in text(card)


async def test_the_card_has_a_poster_and_says_where_it_is_from(live: Room) -> None:
    card = await live.press("ana", await live.say("ana", f"/film {TITLE}"), OFFER)

    (facts,) = [each for each in card.blocks if isinstance(each, FilmCard)]
    assert facts.poster == "https://image.tmdb.org/t/p/w500/lantern.jpg"
    assert "UK cinemas: 1 March 2024" in text(card)
    assert "TMDB" in text(card)


async def test_it_is_known_at_once_to_titles_and_picks(live: Room) -> None:
    other = live.other("test:other")
    await live.say("ana", "/recommend like Aftersun")  # the club's index is built already
    await live.press("ana", await live.say("ana", f"/film {TITLE}"), OFFER)

    found = live.bot.films.suggest("a lantern in")
    assert any(each.label.startswith(f"{TITLE} (2019)") for each in found)
    for room in (live, other):
        assert "Solveig Brekke" in text(await room.say("ben", "/film The Snow Lantern"))
        picks = await room.say("ben", "/recommend lighthouse siblings")
        assert CATALOGUE_ID in [each.film_id for each in items(picks)]


@pytest.mark.parametrize(
    "named",
    [
        f"tmdb:{NUMBER}",
        "tt9900001",
        f"https://www.themoviedb.org/movie/{NUMBER}-a-lantern-in-the-snow",
        "https://www.imdb.com/title/tt9900001/",
    ],
)
async def test_a_link_is_enough(live: Room, named: str) -> None:
    assert "Saved" in text(await live.say("ana", f"/review {named} 4/5 The ferry scene."))


async def test_a_letterboxd_address_is_searched_by_its_words(live: Room) -> None:
    asked = "/film https://letterboxd.com/film/a-lantern-in-the-snow/"
    assert OFFER in [each.label for each in actions(await live.say("ana", asked))]


async def test_picks_like_a_film_that_only_tmdb_knows(live: Room) -> None:
    asked = await live.say("ana", f"/recommend like {TITLE}")
    picks = await live.press("ana", asked, OFFER)
    assert f"If you liked {TITLE}" in text(picks)
    assert CATALOGUE_ID not in [each.film_id for each in items(picks)]


async def test_what_the_catalogue_knows_is_not_searched_for_as_typed(
    live: Room, tmdb: FakeTmdb
) -> None:
    await live.say("ana", "/review Aftersun 4/5 It stayed.")
    await live.say("ana", "/help")
    assert tmdb.asked == []
    await live.say("ana", "/film Aftersn")
    await live.say("ana", "/recommend tender")
    assert not any(query.get("query") == "Aftersn" for query in tmdb.queries)
    assert "tender" not in str(tmdb.queries)


async def test_another_year_than_the_catalogues_is_asked_for(live: Room, tmdb: FakeTmdb) -> None:
    tmdb.films[7] = {**LANTERN, "id": 7, "title": "Aftersun", "release_date": "1971-01-01"}
    reply = await live.say("ana", "/film Aftersun (1971)")
    assert "Aftersun (1971), by Solveig Brekke" in [each.label for each in actions(reply)]


async def test_what_nobody_knows_is_said(live: Room) -> None:
    reply = await live.say("ana", "/film Qwertyuiop")
    assert "TMDB knows no film of that title either." in text(reply)


# Trouble ----------------------------------------------------------------------------------------


async def test_without_tmdb_everything_goes_on_with_one_note(live: Room, tmdb: FakeTmdb) -> None:
    tmdb.always = failing(500)
    reply = await live.say("ana", f"/review {TITLE} 4/5 The ferry scene.")

    assert "What you wrote is kept." in text(reply)
    assert text(reply).count("TMDB can't be reached") == 1
    assert "Saved" in text(await live.say("ana", "/review Aftersun 4/5 It stayed."))

    tmdb.always = None
    again = await live.press("ana", reply, "Try again")
    assert "Saved" in text(await live.press("ana", again, OFFER))


async def test_without_tmdb_picks_can_be_asked_for_again(live: Room, tmdb: FakeTmdb) -> None:
    tmdb.films[6] = {**LANTERN, "id": 6, "imdb_id": "tt9900006", "title": "Qwertyuiop"}
    tmdb.always = failing(500)
    reply = await live.say("ana", "/recommend like Qwertyuiop")
    assert "TMDB can't be reached" in text(reply)

    tmdb.always = None
    again = await live.press("ana", reply, "Try again")
    assert "Qwertyuiop (2019), by Solveig Brekke" in [each.label for each in actions(again)]


async def test_a_choice_that_cannot_be_fetched_loses_nothing(live: Room, tmdb: FakeTmdb) -> None:
    tmdb.troubles = [lambda _: None, *[failing(500)] * 3]  # found, but not its details
    asked = await live.say("ana", f"/review {TITLE} 4/5 The ferry scene.")
    tmdb.always = failing(503)
    failed = await live.press("ana", asked, f"{TITLE} (2019)")
    assert "What you wrote is kept." in text(failed)

    tmdb.always = None
    assert "Saved" in text(await live.press("ana", failed, "Try again"))
    assert "The ferry scene." in text(await live.say("ben", f"/review {TITLE}"))


async def test_a_wrong_key_gives_members_no_advice_for_hosts(
    live: Room, client: TmdbClient
) -> None:
    client.key = "f" * 32
    reply = await live.say("ana", f"/film {TITLE}")
    assert "I can't ask TMDB at present" in text(reply)
    assert "key" not in text(reply).lower()
    assert "Try again" not in [each.label for each in actions(reply)]


@pytest.mark.parametrize("asked", [TITLE, "tt9900001", "https://letterboxd.com/film/no-such/"])
async def test_without_a_key_nothing_is_said_of_tmdb(room: Room, asked: str) -> None:
    reply = await room.say("ana", f"/film {asked}")
    assert text(reply).startswith(f"I don't know {asked}")
    assert "TMDB" not in text(reply)


async def test_a_late_answer_is_there_at_the_next_try(live: Room, tmdb: FakeTmdb) -> None:
    bot: Bot = live.bot
    assert bot.fetcher.live is not None
    bot.fetcher.live.timeout = timedelta()
    reply = await live.say("ana", f"/film {TITLE}")
    assert "not answered in time" in text(reply)

    await asyncio.gather(*bot.fetcher.live._running.values())
    asked = len(tmdb.asked)
    bot.fetcher.live.timeout = timedelta(seconds=30)
    assert OFFER in [each.label for each in actions(await live.press("ana", reply, "Try again"))]
    assert len(tmdb.asked) == asked


async def test_closing_gives_up_what_is_being_asked(live: Room) -> None:
    assert live.bot.fetcher.live is not None
    live.bot.fetcher.live.timeout = timedelta()
    await live.say("ana", f"/film {TITLE}")
    await live.bot.close()
    assert live.bot.fetcher.live._running == {}


# The catalogue ----------------------------------------------------------------------------------


async def _catalogue_of(live: Room) -> list[Film]:
    return [film async for film in live.store.catalogue.all()]


async def test_a_film_on_the_catalogue_is_completed_never_doubled(
    live: Room, tmdb: FakeTmdb, starter: tuple[Film, ...]
) -> None:
    known = next(film for film in starter if film.tmdb_id and film.imdb_id and film.logline)
    details = {**LANTERN, "id": 990055, "imdb_id": known.imdb_id, "title": "Another Name For It"}
    tmdb.films[990055] = {**details, "original_title": known.title}
    await live.say("ana", "/film tmdb:990055")

    films = await _catalogue_of(live)
    assert len(films) == len(starter)
    (there,) = [film for film in films if film.film_id == known.film_id]
    assert (there.title, there.logline) == (known.title, known.logline)
    assert there.poster == "https://image.tmdb.org/t/p/w500/lantern.jpg"
    assert Release("GB", ReleaseKind.CINEMA, date(2024, 3, 1), "tmdb") in there.releases


async def test_two_films_of_one_title_and_year_stay_two(live: Room, tmdb: FakeTmdb) -> None:
    people: Json = {"cast": [], "crew": [{"id": 9, "name": "Ada Obi", "job": "Director"}]}
    tmdb.films[8] = {**LANTERN, "id": 8, "imdb_id": "tt9900008", "credits": people}
    await live.say("ana", f"/film tmdb:{NUMBER}")
    await live.say("ana", "/film tmdb:8")

    ids = [film.film_id for film in await _catalogue_of(live) if film.source == "tmdb"]
    assert ids == [CATALOGUE_ID, f"{CATALOGUE_ID}-t8"]
    assert "Which one" in text(await live.say("ana", f"/film {TITLE}"))


async def test_the_same_film_twice_is_one(live: Room) -> None:
    await asyncio.gather(
        live.say("ana", f"/film tmdb:{NUMBER}"), live.say("ben", "/film tt9900001")
    )
    assert len([film for film in await _catalogue_of(live) if film.source == "tmdb"]) == 1


async def test_the_same_film_by_two_processes_is_one(
    live: Room, tmdb: FakeTmdb, titles: TitleIndex, index: BaseIndex
) -> None:
    people: Json = {"cast": [], "crew": [{"id": 9, "name": "Ada Obi", "job": "Director"}]}
    tmdb.films[8] = {**LANTERN, "id": 8, "imdb_id": "tt9900008", "credits": people}
    assert live.bot.fetcher.live is not None
    source = live.bot.fetcher.live.source
    second = Bot(live.store, titles, ClubIndexes(index), live.clock, live.ids, source=source)
    assert second.fetcher.live is not None
    second.fetcher.live.timeout = timedelta(seconds=30)
    other = replace(live, bot=second)

    for number in (NUMBER, 8):
        await live.say("ana", f"/film tmdb:{number}")
        assert TITLE in text(await other.say("ben", f"/film tmdb:{number}"))
    await second.close()
    ids = [film.film_id for film in await _catalogue_of(live) if film.source == "tmdb"]
    assert ids == [CATALOGUE_ID, f"{CATALOGUE_ID}-t8"]


# Days that move ---------------------------------------------------------------------------------


async def _refresh(live: Room) -> int:
    assert live.bot.fetcher.live is not None
    return await refresh(live.store, live.bot.fetcher.live.source, live.clock, live.ids)


async def test_a_moved_day_moves_the_reminder_and_says_so(live: Room, tmdb: FakeTmdb) -> None:
    await live.say("ana", "/setup region GB zone Europe/London", admin=True)
    receipt = await live.say("ana", f"/remind tmdb:{NUMBER}")
    assert "1 March 2024" in text(receipt)
    assert await _refresh(live) == 0

    tmdb.films[NUMBER] = moved(LANTERN, "2024-05-17")
    live.clock.forward(days=1)
    assert await _refresh(live) == 1
    assert await _refresh(live) == 0

    ((_, told),) = await live.deliver()
    assert "17 May 2024" in text(told)
    live.clock.instant = live.clock.instant.replace(month=3, day=2)
    assert await live.deliver() == []
    live.clock.instant = live.clock.instant.replace(month=5, day=17)
    ((_, reminder),) = await live.deliver()
    assert TITLE in text(reminder)


async def test_a_reminder_of_a_catalogue_film_has_tmdbs_day_at_once(
    live: Room, tmdb: FakeTmdb, starter: tuple[Film, ...]
) -> None:
    known = next(film for film in starter if film.tmdb_id and film.title == "Anora")
    assert known.tmdb_id is not None
    tmdb.films[known.tmdb_id] = {**moved(LANTERN, "2024-11-01"), "id": known.tmdb_id}
    await live.say("ana", "/setup region GB zone Europe/London", admin=True)

    assert "1 November 2024" in text(await live.say("ana", "/remind Anora"))
    tmdb.always = failing(500)
    live.clock.forward(days=2)
    assert "1 November 2024" in text(await live.say("ben", "/remind Anora"))


async def test_only_what_somebody_waits_for_is_asked_for(live: Room, tmdb: FakeTmdb) -> None:
    tmdb.films[6] = {**LANTERN, "id": 6, "imdb_id": "tt9900006", "title": "The Other Shore"}
    await live.say("ana", f"/watchlist add tmdb:{NUMBER}")
    await live.say("ana", "/film tmdb:6")
    tmdb.asked.clear()

    await _refresh(live)
    assert tmdb.asked == [f"/3/movie/{NUMBER}/release_dates"]
    await _refresh(live)
    assert len(tmdb.asked) == 1


async def test_among_very_many_only_changed_films_are_asked_for(
    live: Room, tmdb: FakeTmdb, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "MANY", 0)
    tmdb.films[6] = {**LANTERN, "id": 6, "imdb_id": "tt9900006", "title": "The Other Shore"}
    await live.say("ana", f"/watchlist add tmdb:{NUMBER}")
    await live.say("ana", "/watchlist add tmdb:6")
    tmdb.changed = [6]
    tmdb.asked.clear()

    await _refresh(live)
    assert tmdb.asked == ["/3/movie/changes", "/3/movie/6/release_dates"]


async def test_the_refresher_goes_on_after_a_bad_round(
    live: Room, tmdb: FakeTmdb, monkeypatch: pytest.MonkeyPatch
) -> None:
    await live.say("ana", f"/watchlist add tmdb:{NUMBER}")
    assert live.bot.fetcher.live is not None
    monkeypatch.setattr(refreshing, "FIRST", timedelta())
    refresher = refreshing.Refresher(
        live.store,
        live.bot.fetcher.live.source,
        live.clock,
        live.ids,
        look_ahead=lambda _: asyncio.sleep(0),
        pause=timedelta(),
    )
    monkeypatch.setattr(live.clock, "now", _failing_once(live.clock.now))
    tmdb.asked.clear()
    asked = asyncio.Event()
    tmdb.always = lambda _: asked.set()
    running = asyncio.create_task(refresher.run(asyncio.Event()))
    await asyncio.wait_for(asked.wait(), 30)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert tmdb.asked == [f"/3/movie/{NUMBER}/release_dates"]


def _failing_once(now: Callable[[], datetime]) -> Callable[[], datetime]:
    troubles = [RuntimeError("the clock fell off the wall")]

    def failing_now() -> datetime:
        if troubles:
            raise troubles.pop()
        return now()

    return failing_now


async def test_a_reviewed_film_gets_its_poster(
    live: Room, tmdb: FakeTmdb, starter: tuple[Film, ...]
) -> None:
    known = next(film for film in starter if film.tmdb_id and film.title == "Aftersun")
    assert known.tmdb_id is not None
    crew = [{"id": 1, "name": "Charlotte Wells", "job": "Director"}]
    credits_ = {"cast": [], "crew": crew}
    tmdb.films[known.tmdb_id] = {**LANTERN, "id": known.tmdb_id, "credits": credits_}
    await live.say("ana", "/review Aftersun 4/5 It stayed.")

    assert (await _refresh(live), await _refresh(live)) == (1, 0)
    card = await live.say("ana", "/film Aftersun")
    (facts,) = [each for each in card.blocks if isinstance(each, FilmCard)]
    assert facts.poster == "https://image.tmdb.org/t/p/w500/lantern.jpg"
    assert "Charlotte Wells" in text(card)
    assert tmdb.asked == [f"/3/movie/{known.tmdb_id}"]


async def test_with_tmdb_away_days_stay_as_they_are(live: Room, tmdb: FakeTmdb) -> None:
    await live.say("ana", f"/remind tmdb:{NUMBER}")
    before = await _catalogue_of(live)
    tmdb.always = failing(500)
    live.clock.forward(days=1)

    assert await _refresh(live) == 0
    assert await _catalogue_of(live) == before


async def test_a_day_that_the_club_has_noted_stands(live: Room, tmdb: FakeTmdb) -> None:
    await live.say("ana", f"/remind tmdb:{NUMBER}")
    noted = Release("GB", ReleaseKind.CINEMA, date(2024, 3, 5), "ana")
    async with live.store.writing(ClubId(live.club)) as work:
        film = await work.films.get(CATALOGUE_ID)
        assert film is not None
        kept = [each for each in film.releases if (each.region, each.kind) != ("GB", noted.kind)]
        own = replace(film, club_id=ClubId(live.club), releases=(*kept, noted))
        await work.films.save(own)
    tmdb.films[NUMBER] = moved(LANTERN, "2024-05-17")
    live.clock.forward(days=1)

    assert await _refresh(live) == 1
    async with live.store.reading(ClubId(live.club)) as work:
        mine = await work.films.get(CATALOGUE_ID)
    assert mine is not None
    assert mine.releases == (noted,)


@dataclass(frozen=True, slots=True)
class Thoughtful(TmdbSource):
    """Source that searches only once `go_on` is set."""

    asked: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))
    go_on: asyncio.Event = field(default_factory=asyncio.Event)

    async def search(self, title: str, year: int | None = None) -> Sequence[SourceFilm]:
        self.asked.release()
        await self.go_on.wait()
        return await TmdbSource.search(self, title, year)


async def test_while_tmdb_thinks_others_are_answered(
    live: Room, client: TmdbClient, tmp_path: Path
) -> None:
    source = Thoughtful(client, AnswerCache(tmp_path / "slow.cache"), live.clock)
    assert live.bot.fetcher.live is not None
    live.bot.fetcher.live.source = source
    waiting = [
        asyncio.create_task(live.say("ana", f"/review {TITLE} {part}"))
        for part in range(CONCURRENT + 1)
    ]
    async with asyncio.timeout(20):
        for _ in range(CONCURRENT):
            await source.asked.acquire()
        assert "/review" in text(await live.say("ben", "/help"))
        source.go_on.set()
        replies = await asyncio.gather(*waiting)
    assert all(each.summary for each in replies)
