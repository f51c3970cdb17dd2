"""Posters come from here, are fetched once from one place alone, and miss nowhere but in their own frame."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from aiohttp import web

from adapters.web import posters
from adapters.web.posters import Posters
from bot.domain.ids import ClubId, FilmId
from tests.adapters.web.conftest import Window, window_of
from tests.support import Room

JPEG = b"\xff\xd8\xff\xe0" + b"poster" * 50
HEAT = FilmId("heat-1995")


@dataclass
class Gallery:
    """A server of posters on loopback."""

    home: str = ""
    asked: list[str] = field(default_factory=list)
    body: bytes = JPEG
    status: int = 200

    async def give(self, request: web.Request) -> web.Response:
        self.asked.append(request.path)
        headers = {"Location": "http://127.0.0.1:9/"} if self.status == 302 else {}
        return web.Response(body=self.body, status=self.status, headers=headers)


@asynccontextmanager
async def gallery_open() -> AsyncIterator[Gallery]:
    made = Gallery()
    app = web.Application()
    app.add_routes([web.get("/t/p/{size}/{name}", made.give)])
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.home = f"http://127.0.0.1:{runner.addresses[0][1]}/t/p/"
    try:
        yield made
    finally:
        await runner.cleanup()


async def give_poster(room: Room, address: str) -> None:
    async with room.store.writing(ClubId(room.club)) as work:
        film = await work.films.get(HEAT)
        assert film is not None
        await work.films.save(replace(film, club_id=work.club_id, poster=address))


@pytest.fixture
async def gallery() -> AsyncIterator[Gallery]:
    async with gallery_open() as opened:
        yield opened


@pytest.fixture
async def hung(room: Room, gallery: Gallery, tmp_path: Path) -> AsyncIterator[Window]:
    """A club whose Heat has a poster, with its pages."""
    await room.say("ana", "/review Heat 4/5 Precise.")
    await give_poster(room, f"{gallery.home}w500/heat.jpg")
    async with Posters(tmp_path / "posters", gallery.home) as kept, window_of(room, kept) as opened:
        yield opened


async def test_a_poster_is_fetched_once_and_served_from_here(
    hung: Window, gallery: Gallery, tmp_path: Path
) -> None:
    browser = await hung.signed_in("ana")
    film = await browser.get("/film/heat-1995")
    assert f"{hung.url}/poster/large/heat-1995" in film.assets
    assert f"{hung.url}/poster/small/heat-1995" in (await browser.get("/")).assets
    for _ in range(3):
        large = await browser.get("/poster/large/heat-1995")
        assert large.headers["Content-Type"] == "image/jpeg"
        assert "max-age" in large.headers["Cache-Control"]
        assert large.headers["X-Content-Type-Options"] == "nosniff"
    await browser.get("/poster/small/heat-1995")
    assert gallery.asked == ["/t/p/w342/heat.jpg", "/t/p/w92/heat.jpg"]
    async with Posters(tmp_path / "posters", gallery.home) as later:
        assert await later.poster(f"{gallery.home}w500/heat.jpg", "large") == JPEG
    assert len(gallery.asked) == 2


async def test_only_members_get_one(hung: Window, gallery: Gallery) -> None:
    assert (await hung.browser().get("/poster/large/heat-1995")).status == 401
    browser = await hung.signed_in("ana")
    for path in ("/poster/large/carol-2015", "/poster/huge/heat-1995", "/poster/large/none"):
        assert (await browser.get(path)).status == 404
    assert gallery.asked == []


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"<svg onload=alert(1)>", 200), (JPEG * 5_000, 200), (JPEG, 404), (JPEG, 302), (b"", 200)],
)
async def test_what_is_no_poster_is_not_served_and_not_asked_for_again(
    hung: Window, gallery: Gallery, body: bytes, status: int
) -> None:
    gallery.body, gallery.status = body, status
    browser = await hung.signed_in("ana")
    for _ in range(3):
        assert (await browser.get("/poster/large/heat-1995")).status == 404
    assert len(gallery.asked) == 1
    assert "Precise." in (await browser.get("/film/heat-1995")).words


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/x.jpg", "file:///etc/passwd", "{home}", "x"]
)
async def test_an_address_elsewhere_is_neither_shown_nor_asked(
    hung: Window, gallery: Gallery, address: str
) -> None:
    await give_poster(hung.room, address.replace("{home}", gallery.home))
    browser = await hung.signed_in("ana")
    assert (await browser.get("/poster/large/heat-1995")).status == 404
    if not address.startswith("{"):
        assert "/poster/" not in (await browser.get("/film/heat-1995")).html
    assert gallery.asked == []


async def test_the_oldest_posters_go_when_there_are_too_many(
    gallery: Gallery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posters, "MOST_KEPT", 3)
    monkeypatch.setattr(posters, "TIDIED_EVERY", 2)
    async with Posters(tmp_path / "posters", gallery.home) as kept:
        for number in range(7):
            assert await kept.poster(f"{gallery.home}w500/{number}.jpg", "small") == JPEG
    assert len(list((tmp_path / "posters").iterdir())) <= 4


async def test_a_disk_that_is_full_costs_nothing_but_time(gallery: Gallery, tmp_path: Path) -> None:
    (tmp_path / "posters").write_text("no folder")
    async with Posters(tmp_path / "posters", gallery.home) as kept:
        assert await kept.poster(f"{gallery.home}w500/heat.jpg", "small") == JPEG
