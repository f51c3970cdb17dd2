"""The pages: every one opens, says what the chat says, and asks nobody else for anything."""

import asyncio
import re
import sqlite3
from contextlib import closing
from pathlib import Path

from aiohttp import web

from adapters.web.app import MOST_WAITING, PageQueue
from adapters.web.places import PageLink, placed
from bot.domain.films.film import Film
from bot.domain.ids import ClubId, FilmId, MemberId, NightId, PlaceId
from bot.domain.nights import Night, NightGuest, Stage
from bot.domain.reviews.ratings import HalfStars
from bot.features.picks.commands import RecommendCommand
from bot.features.releases.commands import RemindersCommand
from bot.messages.plain_text import plain
from bot.messages.replies import Paragraph
from bot.messages.spans import Plain, Usage
from tests.adapters.web.conftest import Window
from tests.bot.features.picks.test_steering import rate_alike

PATHS = (
    "/", "/me", "/own", "/figures", "/figures?year=2024", "/year/2024", "/nights", "/calendar", "/films",
    "/films?q=paddington", "/film/heat-1995", "/member/test:ben",
)  # fmt: skip


async def filled(window: Window) -> None:
    say = window.room.say
    await say("ana", "/review Heat 4/5 Precise, lonely men in glass houses. ||They meet at last.||")
    await say("ben", "/review Heat 5/5 The best shoot-out ever put on screen.")
    await say("cleo", "/review Heat 1.5/5 Very long, and very proud of it.")
    await say("ben", "/review Carol 4.5/5")
    await say("ana", "/night new friday at 8")
    await say("ana", "/watchlist add Tokyo Story")
    await say("ana", "/remind Anora")


async def test_every_page_opens_for_a_member_and_asks_nobody_else(window: Window) -> None:
    await filled(window)
    browser = await window.signed_in("ana")
    for path in PATHS:
        page = await browser.get(path)
        assert page.status == 200, (path, page.words[:400])
        assert all(each.startswith(f"{window.url}/") for each in page.assets), path
        assert "script" not in page.tags
        assert not re.search(r'\s(?:style|on\w+)="', page.html), path
        assert page.headers["Cache-Control"] == "private, no-store"
        assert page.headers["X-Robots-Tag"].startswith("noindex")
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        for asset in page.assets:
            kept = await browser.get(asset)
            assert kept.status == 200
            assert "immutable" in kept.headers["Cache-Control"]


async def test_nothing_opens_without_a_key(window: Window) -> None:
    await filled(window)
    browser = window.browser()
    for path in PATHS:
        page = await browser.get(path)
        assert page.status == 401
        assert "Members only" in page.words
        assert not re.search("Heat|Carol|ana|ben", page.words)


async def test_the_front_page_shows_the_night_the_reviews_and_what_is_loved(window: Window) -> None:
    await filled(window)
    words = (await (await window.signed_in("dara")).get("/")).words
    assert "Next film night" in words
    assert "The best shoot-out ever put on screen." in words
    assert "Loved most" in words
    assert "What divides us" in words
    assert "The club's canon" in words


async def test_the_front_page_names_what_is_nominated(window: Window) -> None:
    await window.room.say("ana", "/night new friday at 8")
    browser = await window.signed_in("ana")
    assert "nominations are open" in (await browser.get("/")).words
    for film in ("Playtime", "Yi Yi"):
        await window.room.say("ana", f"/night nominate {film}")
        await window.room.say("ben", f"/night nominate {film}")
    named = re.search("nominated: (.+?) Latest", (await browser.get("/")).words)
    assert named
    assert sorted(named[1].split(" and ")) == ["Playtime", "Yi Yi"]


async def test_a_films_page_shows_reviews_and_folds_spoilers(window: Window) -> None:
    await filled(window)
    page = await (await window.signed_in("dara")).get("/film/heat-1995")
    assert (
        '<details class="spoiler"><summary>spoiler</summary> <span>They meet at last.</span>'
        in page.html
    )
    assert "3.5" in page.words
    assert "Write a review …" in [each.label for each in page.forms]


async def test_search_opens_the_one_film_that_is_meant(window: Window) -> None:
    browser = await window.signed_in("ana")
    assert "/film/" in (await browser.get("/films?q=All of Us Strangers")).url
    several = await browser.get("/films?q=the")
    assert len([each for each in several.links if "/film/" in each]) > 3
    none = await browser.get("/films?q=<b>zzzz</b>")
    assert "I know no film called “<b>zzzz</b>”" in none.words


async def test_what_is_not_there_is_said(window: Window) -> None:
    browser = await window.signed_in("ana")
    for path in ("/film/no-such-film", "/member/test:nobody", "/nowhere"):
        assert (await browser.get(path)).status == 404


async def test_pages_are_made_one_at_a_time_and_too_many_readers_come_again() -> None:
    queue, inside, most = PageQueue(), 0, 0

    async def make() -> None:
        nonlocal inside, most
        async with queue.turn():
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    told = await asyncio.gather(*(make() for _ in range(MOST_WAITING + 5)), return_exceptions=True)
    assert most == 1
    assert sum(isinstance(each, web.HTTPServiceUnavailable) for each in told) == 5
    await make()


async def test_a_members_page_draws_their_taste_and_how_alike_one_is(window: Window) -> None:
    for stars, film in enumerate(("Heat", "Carol", "Aftersun", "Weekend", "Her"), start=1):
        await window.room.say("ana", f"/review {film} {stars}/5")
        await window.room.say("ben", f"/review {film} {6 - stars}/5")
    browser = await window.signed_in("ana")
    told = (await browser.get("/member/test:ben")).html
    assert told.count('class="drawing"') == 2
    assert 'aria-label="Taste of ben' in told
    assert 'aria-label="ana and ben: ' in told
    assert (await browser.get("/me")).html.count('class="drawing"') == 1


async def test_the_nights_page_draws_what_was_given_on_the_last_night(window: Window) -> None:
    room, at = window.room, window.room.clock.now()
    browser = await window.signed_in("ana")
    assert 'class="drawing"' not in (await browser.get("/nights")).html
    await room.say("ana", "/review Heat 4/5")
    film, place = FilmId("heat-1995"), PlaceId("test:club#room")
    night = Night(NightId("n"), None, place, at, at, stage=Stage.TOLD, films=(film,), film_id=film)
    guest = NightGuest(NightId("n"), MemberId("test:ana"), True, place, at, rating=HalfStars(9))
    async with room.store.writing(ClubId(room.club)) as work:
        await work.nights.save(night)
        await work.nights.save_guest(guest)
    told = (await browser.get("/nights")).html
    assert 'aria-label="Heat (1995) on the night, of 5 stars: ana 4.5."' in told
    assert "Save film-night" not in told


async def test_a_page_that_fails_says_so_as_a_page_and_not_as_a_refusal(
    window: Window, tmp_path: Path
) -> None:
    browser = await window.signed_in("ana")
    with closing(sqlite3.connect(tmp_path / "matinee.db")) as raw, raw:
        raw.execute("UPDATE members SET scale = 'no such scale'")  # nobody can read that
    for path in ("/", "/figures", "/film/heat-1995"):
        page = await browser.get(path)
        assert page.status == 500, path
        assert "Something went wrong on my side" in page.words
        assert "tell whoever runs Matinee" in page.words
        assert "scale" not in page.words
        assert page.headers["Cache-Control"] == "no-store"


async def test_a_page_without_its_database_is_closed_for_a_moment(
    window: Window, tmp_path: Path
) -> None:
    browser = await window.signed_in("ana")
    with closing(sqlite3.connect(tmp_path / "matinee.db")) as raw, raw:
        raw.execute("ALTER TABLE nights RENAME TO gone")
    page = await browser.get("/")
    assert page.status == 503
    assert "Closed for a moment" in page.words


async def test_a_ballot_is_filled_in_on_the_page_as_in_the_chat(window: Window) -> None:
    say = window.room.say
    await say("ana", "/night new friday at 8")
    for member, film in (("ana", "Heat"), ("ana", "Carol"), ("ben", "Ran")):
        await say(member, f"/night nominate {film}")
    await say("ana", "/night close")
    browser, other = await window.signed_in("ben"), await window.signed_in("ana")
    page = await browser.get("/nights")
    form = page.form("Send your ballot")
    assert form.action.endswith("/ballot")
    assert form.values["level.heat-1995"] == "1"  # fine, until they say otherwise

    sent = {"level.heat-1995": "0", "level.carol-2015": "2", "level.ran-1985": "2"}
    done = await browser.send(form, **sent)

    assert "Carol (2015) Yes please" in done.words
    async with window.room.store.reading(ClubId(window.room.club)) as work:
        (night,) = await work.nights.open()
        guests = {e.member_id: e for e in await work.nights.guests([night.night_id])}
    ballot = guests[MemberId("test:ben")].ballot
    assert {film: level for film, level in ballot.items() if level != 1} == {
        "heat-1995": 0, "carol-2015": 2, "ran-1985": 2,
    }  # fmt: skip
    again = (await browser.get("/nights")).form("Change it")
    assert again.values["level.carol-2015"] == "2"
    assert "0 of 1" not in (await other.get("/nights")).words
    # What another session was offered opens nothing, nor does a film that is not on the ballot.
    assert (await other.post("/ballot", form.values)).status == 403
    forged = again.values | {"level.no-such-film": "2"}
    assert "The ballot has changed" in (await browser.post("/ballot", forged)).words


async def test_no_ballot_is_offered_where_none_can_be_given(window: Window) -> None:
    await window.room.say("ana", "/night new friday at 8")
    browser = await window.signed_in("ben")
    assert "/ballot" not in (await browser.get("/nights")).html
    await window.room.say("ana", "/night close")
    assert "/ballot" in (await browser.get("/nights")).html
    await window.room.say("ben", "/night out")
    assert "/ballot" not in (await browser.get("/nights")).html
    await window.room.say("ben", "/night in")
    await window.room.say("ana", "/night choose Heat")
    assert "/ballot" not in (await browser.get("/nights")).html


async def test_the_list_of_sessions_tells_which_is_this_browser(window: Window) -> None:
    first, second = await window.signed_in("ana"), await window.signed_in("ana")
    pages = [await each.get("/own") for each in (first, second)]
    assert all(each.words.count("this browser: ") == 1 for each in pages)
    assert pages[0].words.index("this browser: ") != pages[1].words.index("this browser: ")
    assert "this browser" not in str(await window.room.say("ana", "/web sessions"))

    (label,) = [each.label for each in pages[0].forms if each.label.endswith(", this browser")]
    await first.press(pages[0], label)
    assert (await first.get("/")).status == 401
    assert (await second.get("/")).status == 200


def test_what_is_typed_in_the_chat_is_linked_where_a_page_has_it() -> None:
    spans = (Usage(RemindersCommand()), Plain(" or "), Usage(RecommendCommand()))
    assert list(placed(spans)) == [
        PageLink("/own", "The page of your lists and settings"),
        Plain(" or "),
        Usage(RecommendCommand()),
        Plain(" in the chat"),
    ]


async def test_the_figures_say_how_often_picks_hit_as_the_chat_does(
    window: Window, starter: tuple[Film, ...]
) -> None:
    browser = await window.signed_in("ana")
    await window.room.say("ana", "/review Heat 5/5")
    assert "How often picks hit" not in (await browser.get("/figures")).words
    await rate_alike(window.room, ("ana", "ben", "cleo"), starter[300:309])
    shown = (await browser.get("/figures")).words
    told = await window.room.say("ana", "/recommend hits")
    said = [plain(each.spans) for each in told.blocks if isinstance(each, Paragraph)]
    assert said
    assert all(each in shown for each in said)
    assert "How often picks hit" not in (await browser.get("/figures?year=2024")).words
