"""Pictures of the club's pages in a real Chromium: docs/gallery/web-*.webp.

    .venv/bin/python benchmarks/web_gallery.py [--out FOLDER]

Needs Chromium with its driver, and the extra `browser`.
"""

import argparse
import asyncio
import io
import sys
import tempfile
import textwrap
from base64 import b64decode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from PIL import Image, ImageDraw, ImageFont
from selenium.webdriver import Chrome

from adapters.console import demo
from adapters.console.ids import caller_of
from adapters.console.input.line_protocol import read_line
from adapters.console.input.session import Session
from adapters.runtime.composition import open_application
from adapters.runtime.pages import pages_address, pages_service
from adapters.runtime.platforms import MessengerRouter
from adapters.runtime.process.clock import MachineClock, SequentialIds, parse_instant
from adapters.runtime.settings.settings import Settings
from adapters.web.posters import HOME, SIZES, kept_as
from bot.ports.store import UnitOfWork
from bot.request.middleware.rate_limits import Limits, Rate
from tests.adapters.web.chromium import chromium, open_page, sign_in
from tests.adapters.web.conftest import path_in

AT_WILL = Rate(1_000_000, timedelta(microseconds=1))

PAGES = {
    "programme": "/",
    "film": "/film/all-of-us-strangers-2023",
    "member": "/member/console:ben",
    "figures": "/figures",
    "year": "/year/2024",
    "nights": "/nights",
    "yours": "/own",
}
WIDTHS = {"phone": 360, "wide": 1280}
SHADES = ("light", "dark")

MORE = """\
ana: /review Suspiria (1977) 4/5 It should not work and I could not look away.
dara: /review A Ghost Story 4.5/5 The longest five minutes, and the shortest hundred years.
ana: /review Past Lives 4.5/5 --on 2023-11-12 | Two people and a river of time between them.
ben: /review Carol 4/5 --on 2023-12-03 | It thaws slowly, and then all at once.
ana: /review Carol 5/5 --on 2023-12-20 | The hand on the shoulder. That is all I will say.
cleo: /review Past Lives 4/5 --on 2023-12-28 | Nobody is a villain, which makes it worse.
cleo: /review Paddington 2 4.5/5 --on 2023-12-30
ben: /review Tokyo Story 4.5/5 --on 2024-01-02 | I was ashamed of how well I knew these children.
cleo: /review Tokyo Story 5/5 --on 2024-01-06
dara: /review Aftersun 5/5 --on 2024-01-09 | The camera knows what she only finds out at thirty.
ana: /night new friday at 8
ana: /night nominate Playtime
ben: /night nominate Yi Yi
ben: /night in
ana: /night close
ana: /watchlist add Yi Yi
ana: /remind Anora
"""


@asynccontextmanager
async def open_window(folder: Path) -> AsyncIterator[tuple[Session, str]]:
    """Serve the demo club's pages, with a little more in it."""
    settings = replace(Settings(), data_dir=folder, web_port=0)
    clock = MachineClock(parse_instant(demo.SEEN_AT))
    address = pages_address(settings, local=True)
    assert address is not None
    limits = Limits(AT_WILL, AT_WILL)
    async with open_application(
        settings, MessengerRouter({}), clock, limits, web_url=address.url
    ) as app:
        session = Session(app.bot, SequentialIds("demo"), demo.CLUB)
        for line in [*demo.LINES.splitlines(), *MORE.splitlines()]:
            step = read_line(line)
            await session.say(step.member, step.line)  # type: ignore[union-attr]  # lines of members
        club = caller_of(demo.CLUB, "").club_id
        async with app.store.writing(club) as work:
            named = replace(await work.clubs.get(), name="The Tuesday Club")
            await work.clubs.save(named)
            await hang_posters(work, folder / "posters")
        stopping = asyncio.Event()
        serving = asyncio.create_task(pages_service(address, app, clock)(stopping))
        try:
            yield session, address.url
        finally:
            stopping.set()
            await serving


async def hang_posters(work: UnitOfWork, folder: Path) -> None:
    """Give reviewed films posters: stand-ins, kept as if they had been fetched."""
    reviewed = {each.film_id for each in await work.reviews.changed_since(0)}
    for film in (await work.films.many(reviewed)).values():
        address = f"{HOME}w500/{film.film_id}.png"
        await work.films.save(replace(film, club_id=work.club_id, poster=address))
        for size in SIZES:
            hang(kept_as(folder, HOME, address, size), film.title, 342 if size == "large" else 92)


def hang(file: Path, title: str, width: int) -> None:
    """Draw a poster into a file: a colour, a sun, the title."""
    hue = sum(map(ord, title)) * 37 % 360
    picture = Image.new("RGB", (width, width * 3 // 2), f"hsl({hue}, 30%, 38%)")
    draw = ImageDraw.Draw(picture)
    away = 0.2 + hue % 50 / 100
    draw.ellipse(
        [width * away, width * 0.5, width * (away + 0.45), width * 0.95], f"hsl({hue}, 55%, 70%)"
    )
    lines = textwrap.wrap(title, 12)
    for number, line in enumerate(lines):
        top = width * (1.42 - 0.15 * (len(lines) - number))
        draw.text((width * 0.07, top), line, "white", ImageFont.load_default(width * 0.12))
    file.parent.mkdir(exist_ok=True)
    picture.save(file, "PNG")


def shot(browser: Chrome, width: int, most: int) -> Image.Image:
    """Picture the whole page, at most so high, in the pixels of a phone or a screen."""
    scale = 2 if width < 600 else 1
    metrics = {"width": width, "height": 900, "deviceScaleFactor": scale, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    size = browser.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
    clip = {"x": 0, "y": 0, "width": width, "height": min(size["height"], most), "scale": 1}
    taken = browser.execute_cdp_cmd(
        "Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip}
    )
    return Image.open(io.BytesIO(b64decode(taken["data"])))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the gallery: pages at one width, in one shade."""

    width: int
    shade: str
    pages: tuple[str, ...]
    height: int
    scale: float

    def picture(self, link: str, url: str) -> Image.Image:
        """Sign in, and picture the pages side by side."""
        with chromium(width=self.width, dark=self.shade == "dark") as browser:
            sign_in(browser, link)
            shots = []
            for page in self.pages:
                open_page(browser, url + PAGES[page])
                taken = shot(browser, self.width, self.height)
                wide = round(self.width * self.scale)
                shots.append(taken.resize((wide, round(taken.height * wide / taken.width))))
        gap = 16
        size = sum(each.width + gap for each in shots) - gap, max(each.height for each in shots)
        sheet = Image.new("RGB", size, "#7d7a75")
        left = 0
        for each in shots:
            sheet.paste(each, (left, 0))
            left += each.width + gap
        return sheet


PHONE = ("programme", "film", "member", "nights", "year", "yours")
WIDE = ("programme", "film", "figures", "nights", "year")


async def main() -> None:
    """Picture the pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "docs" / "gallery")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        async with open_window(Path(folder)) as (session, url):
            for shade in SHADES:
                sheets = {
                    "phone": Sheet(WIDTHS["phone"], shade, PHONE, 1_700, 1.0),
                    "wide": Sheet(WIDTHS["wide"], shade, WIDE, 1_600, 0.56),
                }
                for name, sheet in sheets.items():
                    link = url + path_in((await session.say("ana", "/web")).reply, url)
                    image = await asyncio.to_thread(sheet.picture, link, url)
                    image.save(options.out / f"web-{name}-{shade}.webp", quality=70, method=6)


if __name__ == "__main__":
    asyncio.run(main())
