"""Letterboxd's feeds over HTTP: read, unchanged, renamed, busy, broken."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import pytest
from aiohttp import web

from adapters.letterboxd.feed_text import read_feed
from adapters.letterboxd.feeds import LARGEST, LetterboxdFeeds
from bot.domain.errors import SourceBusy, SourceError, SourceLacks
from bot.domain.follows import FeedEntry
from bot.domain.imports import FilmEntry
from bot.domain.reviews.ratings import HalfStars
from tests.adapters.letterboxd.letterboxd import REVIEW, Logged, OwnLetterboxd, feed, own_letterboxd

PAST_LIVES = Logged(
    123,
    "Past Lives",
    2023,
    666277,
    4.5,
    "<p>Warm &amp; <b>sad</b>, &ldquo;quiet&rdquo;.<br/>A < B</p><script>alert(1)</script><p>They part.</p>",
    spoiler=True,
    liked=True,
    rewatch=True,
)


@pytest.fixture
async def own() -> AsyncIterator[OwnLetterboxd]:
    async with own_letterboxd() as serving:
        yield serving


@pytest.fixture
async def feeds(own: OwnLetterboxd) -> AsyncIterator[LetterboxdFeeds]:
    async with LetterboxdFeeds(own.home) as reader:
        yield reader


async def test_an_entry_says_all_that_was_logged(
    own: OwnLetterboxd, feeds: LetterboxdFeeds
) -> None:
    own.logged["ana"] = [PAST_LIVES, Logged(122, "Heat & Dust", 1983, 1, 3.0)]
    found = await feeds.read("ana")
    assert found is not None
    first, second = found.entries

    assert first.number == "123"
    assert first.liked
    assert first.published_at == datetime(2024, 1, 19, 20, tzinfo=UTC)
    film = first.film
    assert (film.title, film.year, film.tmdb_id, film.rating) == ("Past Lives", 2023, 666277, 9)
    assert film.watched_on == date(2024, 1, 19)
    assert film.rewatch
    assert film.spoiler
    assert film.text == "Warm & sad, “quiet”.\nA < B\nThey part."
    assert film.page == f"{own.home}/ana/film/123/"
    assert second.film.title == "Heat & Dust"
    assert second.film.text == ""
    assert not second.film.spoiler


async def test_an_unchanged_feed_is_not_sent_again(
    own: OwnLetterboxd, feeds: LetterboxdFeeds
) -> None:
    own.logged["ana"] = [PAST_LIVES]
    found = await feeds.read("ana")
    assert found is not None
    assert await feeds.read("ana", found.etag, found.modified) is None
    assert own.requests == [("ana", 200), ("ana", 304)]


async def test_nobody_of_that_name_and_a_renamed_member(
    own: OwnLetterboxd, feeds: LetterboxdFeeds
) -> None:
    own.answers["moved"] = lambda: web.Response(
        status=302, headers={"Location": "http://127.0.0.1:1/elsewhere"}
    )
    for name in ("nobody", "moved"):
        with pytest.raises(SourceLacks, match=f"nobody called {name}"):
            await feeds.read(name)
    for name in ("../etc", "a b", "x" * 40, "", "ana/../../ben"):
        with pytest.raises(SourceLacks):
            await feeds.read(name)
    assert [name for name, _ in own.requests] == ["nobody", "moved"]


@pytest.mark.parametrize(
    ("status", "header", "least", "most"),
    [
        (429, "120", 120, 120),
        (429, "", 900, 900),
        (503, "Fri, 01 Jan 2100 00:00:00 GMT", 86_400, 86_400),
        (429, "-5", 1, 1),
    ],
)
async def test_it_waits_as_long_as_it_is_asked_to(
    own: OwnLetterboxd,
    feeds: LetterboxdFeeds,
    status: int,
    header: str,
    least: float,
    most: float,
) -> None:
    headers = {"Retry-After": header} if header else {}
    own.answers["ana"] = lambda: web.Response(status=status, headers=headers)
    with pytest.raises(SourceBusy) as busy:
        await feeds.read("ana")
    assert least <= busy.value.retry_after <= most


@pytest.mark.parametrize("status", [500, 502, 503, 403, 418])
async def test_any_other_answer_is_told_in_words(
    own: OwnLetterboxd, feeds: LetterboxdFeeds, status: int
) -> None:
    own.answers["ana"] = lambda: web.Response(status=status)
    with pytest.raises(SourceError, match=f"does not give the feed just now \\({status}\\)"):
        await feeds.read("ana")


async def test_no_network_is_told_in_words() -> None:
    async with LetterboxdFeeds("http://127.0.0.1:1") as reader:
        with pytest.raises(SourceError, match="does not answer"):
            await reader.read("ana")


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "<html><body>Just a moment...</body></html>",
        "{}",
        feed("ana", [PAST_LIVES])[:-200],
        feed("ana", [PAST_LIVES]).split("They part")[0],
        "\0" * 1000,
        "<rss></rss>" * 3 + "<",
        "x" * (LARGEST + 1),
    ],
    ids=["empty", "page", "json", "cut", "cut in a text", "zeros", "tail", "huge"],
)
async def test_what_is_no_whole_feed_is_refused(
    own: OwnLetterboxd, feeds: LetterboxdFeeds, broken: str
) -> None:
    own.answers["ana"] = lambda: web.Response(text=broken, content_type="application/xml")
    with pytest.raises(SourceError) as error:
        await feeds.read("ana")
    assert not isinstance(error.value, SourceLacks | SourceBusy)


def test_small_faults_of_the_markup_are_overlooked() -> None:
    text = feed("ana", [PAST_LIVES]).replace(
        "Past Lives</letter", "Past&nbsp;Lives &amp; more</letter"
    )
    (entry,) = read_feed(text.encode(), "https://letterboxd.com").entries
    assert entry.film.title == "Past Lives & more"
    latin = feed("ana", [Logged(1, "Amélie", 2001)]).encode("cp1252")
    (entry,) = read_feed(latin, "https://letterboxd.com").entries
    assert entry.film.title == "Amélie"


def test_entities_that_name_files_or_grow_bring_nothing_in() -> None:
    bomb = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    head = (
        f'<!DOCTYPE rss [<!ENTITY e0 "haha">{bomb}<!ENTITY file SYSTEM "file:///etc/passwd">]><rss'
    )
    text = feed("ana", [PAST_LIVES]).replace("<rss", head, 1)
    text = text.replace("<letterboxd:filmTitle>", "<letterboxd:filmTitle>&e9;&file;")
    (entry,) = read_feed(text.encode(), "https://letterboxd.com").entries
    assert "root:" not in entry.film.title
    assert len(entry.film.title) <= 300


def test_a_page_elsewhere_is_no_link_back_and_series_are_left_out() -> None:
    text = feed("ana", [PAST_LIVES], home="https://evil.example")
    (entry,) = read_feed(text.encode(), "https://letterboxd.com").entries
    assert entry.film.page == ""
    series = feed("ana", [PAST_LIVES]).replace("tmdb:movieId", "tmdb:tvId")
    assert read_feed(series.encode(), "https://letterboxd.com").entries == ()


def test_an_entry_keeps_its_digest_in_a_later_version() -> None:
    film = FilmEntry(
        "Heat", 1995, tmdb_id=949, rating=HalfStars(9), text="Cold.", watched_on=date(2024, 1, 19),
        page="https://letterboxd.com/ana/film/1/",
    )  # fmt: skip
    entry = FeedEntry("1", film, liked=True)
    assert entry.digest == "b5dd8b99721cea16982508695b3710d178dfba8b976ed9381c45569a7d22ee76"


def test_an_edit_has_another_digest_and_the_same_number() -> None:
    logged = Logged(7, "Heat", 1995, 949, 4.0)
    later = Logged(7, "Heat", 1995, 949, 4.0, "<p>Cold.</p>")
    (once,) = read_feed(feed("ana", [logged]).encode(), "https://letterboxd.com").entries
    (twice,) = read_feed(feed("ana", [later]).encode(), "https://letterboxd.com").entries
    assert later.item("", "").count(REVIEW) == 1
    assert once.number == twice.number
    assert once.digest != twice.digest
