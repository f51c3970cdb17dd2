"""The pages in a real Chromium: signing in, every page, writing, no foreign request, no error, axe."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from importlib import resources
from urllib.parse import quote, urlsplit

import pytest

pytest.importorskip("selenium", reason="needs the extra `browser`")

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from bot.domain.ids import ClubId, FilmId, MemberId
from tests.adapters.web.browser import Browser
from tests.adapters.web.chromium import (
    chromium,
    messages_of,
    open_page,
    press,
    requests_of,
    sign_in,
)
from tests.adapters.web.conftest import Window
from tests.adapters.web.naughty import TEXTS
from tests.adapters.web.test_pages import PATHS, filled

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(
        shutil.which("chromedriver") is None, reason="there is no chromedriver here"
    ),
]

SERIOUS = {"serious", "critical"}


async def driven(act: Callable[[], None]) -> None:
    """Drive a browser in a thread, while the pages are served here."""
    await asyncio.to_thread(act)


def problems_of(browser: Chrome, name: str) -> list[str]:
    """Return what is wrong with the page that is open: errors, width, what axe finds serious."""
    found = [f"{name}: {each}" for each in messages_of(browser)]
    wide = browser.execute_script("return document.documentElement.scrollWidth")
    if wide > browser.execute_script("return window.innerWidth"):
        found.append(f"{name}: {wide} pixels wide")
    axe = resources.files("axe_core_python") / "axe.min.js"
    browser.execute_script(axe.read_text("utf-8"))
    told = browser.execute_async_script("axe.run(document).then(arguments[arguments.length - 1])")
    found += [
        f"{name}: {each['id']}: {each['nodes'][0]['html'][:120]}"
        for each in told["violations"]
        if each["impact"] in SERIOUS
    ]
    return found


@pytest.mark.parametrize(
    ("width", "dark"), [(360, False), (360, True), (1280, False), (1280, True)]
)
async def test_every_page_is_sound_and_asks_nobody_else(
    window: Window, width: int, dark: bool
) -> None:
    await filled(window)
    await window.room.say("ana", "/night close")  # a ballot stands on the page of nights
    shared = await shared_link(window)
    link = window.url + await window.link("ana")
    problems: list[str] = []

    def act() -> None:
        with chromium(width=width, dark=dark) as browser:
            for path in (link, window.url, shared):
                open_page(browser, path)
                outside = "401" if path == window.url else ""
                found = problems_of(browser, path)
                problems.extend(each for each in found if not outside or outside not in each)
            sign_in(browser, link)
            for path in PATHS:
                open_page(browser, window.url + path)
                problems.extend(problems_of(browser, path))
            for path, label in (
                ("/film/heat-1995", "Edit your review"),
                ("/film/heat-1995", "Watchlist"),
                ("/own", "Change"),
                ("/own", "What is stored"),
                ("/calendar", "An address for your calendar"),
            ):
                open_page(browser, window.url + path)
                press(browser, label)
                problems.extend(problems_of(browser, label))
            assert requests_of(browser) == {urlsplit(window.url).netloc}

    await driven(act)
    assert problems == []


@pytest.mark.parametrize("scripts", [True, False])
async def test_a_member_votes_on_the_page(window: Window, scripts: bool) -> None:
    await window.room.say("ana", "/night new friday at 8")
    for film in ("Heat", "Carol"):
        await window.room.say("ana", f"/night nominate {film}")
    await window.room.say("ana", "/night close")
    link = window.url + await window.link("ben")

    def act() -> None:
        with chromium(scripts=scripts, width=360) as browser:
            sign_in(browser, link)
            open_page(browser, f"{window.url}/nights")
            for film, level in (("carol-2015", 2), ("heat-1995", 0)):
                choice = f'input[name="level.{film}"][value="{level}"]'
                browser.find_element(By.CSS_SELECTOR, choice).click()
            press(browser, "Send your ballot")
            assert "Your ballot" in browser.page_source
            open_page(browser, f"{window.url}/nights")
            chosen = browser.find_elements(By.CSS_SELECTOR, "form.ballot input:checked")
            told = {e.get_attribute("name"): e.get_attribute("value") for e in chosen}
            assert (told["level.carol-2015"], told["level.heat-1995"]) == ("2", "0")

    await driven(act)
    async with window.room.store.reading(ClubId(window.room.club)) as work:
        (night,) = await work.nights.open()
        guests = {e.member_id: e for e in await work.nights.guests([night.night_id])}
    assert guests[MemberId("test:ben")].ballot[FilmId("carol-2015")] == 2


async def shared_link(window: Window) -> str:
    """Share ana's review; return its address."""
    browser = await window.signed_in("ana")
    made = await browser.press(await browser.get("/film/heat-1995"), "Share by a link")
    return next(each for each in made.links if "/s/" in each)


@pytest.mark.parametrize("scripts", [True, False])
async def test_a_member_signs_in_writes_and_shares(window: Window, scripts: bool) -> None:
    link = window.url + await window.link("ana")
    shared: list[str] = []

    def act() -> None:
        with chromium(scripts=scripts) as browser:
            sign_in(browser, link)
            open_page(browser, link)
            assert "This link is over" in browser.page_source
            open_page(browser, window.url)
            browser.find_element(By.NAME, "q").send_keys("heat 1995")
            press(browser, "Find", within="header")
            assert browser.current_url == f"{window.url}/film/heat-1995"
            press(browser, "Write a review")
            browser.find_element(By.NAME, "f.text").send_keys("Precise, lonely men. ||They meet.||")
            browser.find_element(By.CSS_SELECTOR, "option[value='4.5/5']").click()
            press(browser, "Send")
            assert "Saved your review" in browser.page_source
            open_page(browser, f"{window.url}/film/heat-1995")
            fold = browser.find_element(By.CSS_SELECTOR, "details.spoiler")
            assert "They meet." not in fold.text
            fold.find_element(By.TAG_NAME, "summary").click()
            assert "They meet." in fold.text
            press(browser, "Share by a link")
            links = browser.find_elements(By.CSS_SELECTOR, "main a")
            addresses = [each.get_attribute("href") or "" for each in links]
            shared.extend(each for each in addresses if "/s/" in each)
        with chromium(scripts=scripts) as stranger:
            open_page(stranger, shared[0])
            assert "Precise, lonely men." in stranger.page_source
            assert "They meet." not in stranger.page_source
            open_page(stranger, window.url)
            assert "Members only" in stranger.page_source
            assert "Heat" not in stranger.page_source

    await driven(act)
    picture = await window.browser().get(f"{shared[0]}/picture.png")
    assert picture.headers["Content-Type"] == "image/png"
    listed = await window.room.say("ana", "/web sessions")
    await window.room.press("ana", listed, "End them all")
    assert (await window.browser().get(shared[0])).status == 404


@pytest.mark.parametrize("scripts", [True, False])
async def test_every_page_can_be_read_and_used_without_scripts(
    window: Window, scripts: bool
) -> None:
    await filled(window)
    link = window.url + await window.link("ana")
    texts: list[str] = []

    def act() -> None:
        with chromium(scripts=scripts) as browser:
            sign_in(browser, link)
            for path in PATHS:
                open_page(browser, window.url + path)
                texts.append(browser.find_element(By.TAG_NAME, "main").text)
                assert len(texts[-1]) > 20, path
            open_page(browser, window.url + "/film/carol-2015")
            press(browser, "Seen it")
            open_page(browser, window.url + "/own")
            assert "Carol" in browser.find_element(By.TAG_NAME, "main").text
            press(browser, "Sign out", within="footer")
            assert "Members only" in browser.page_source

    await driven(act)


async def test_a_forwarded_link_a_copied_cookie_and_a_forged_form_do_nothing(
    window: Window, unused_tcp_port: int
) -> None:
    await filled(window)
    ana = await window.signed_in("ana")
    link = window.url + await window.link("ana")
    offer = (await ana.get("/film/carol-2015")).form("Watchlist")
    forged = (
        f"<body><form action='{offer.action}' method='post'>"
        f"<input name='a' value='{offer.values['a']}'><button>Win a prize</button></form>"
    )

    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        body = f"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n{forged}"
        writer.write(body.encode())
        await writer.drain()
        writer.close()

    def act() -> None:
        with chromium() as browser, chromium() as thief:
            open_page(browser, link)
            open_page(thief, link)  # forwarded: it opens, and signs in whoever is first
            press(browser, "Sign in")
            press(thief, "Sign in")
            assert "This link is over" in thief.page_source
            open_page(thief, window.url)
            assert "Members only" in thief.page_source
            assert browser.execute_script("return document.cookie") == ""
            browser.get(f"http://localhost:{unused_tcp_port}/")
            browser.find_element(By.TAG_NAME, "button").click()
            open_page(browser, window.url + "/own")
            assert "Carol" not in browser.find_element(By.TAG_NAME, "main").text
            press(browser, "End them all")
            open_page(browser, window.url)
            assert "Members only" in browser.page_source

    server = await asyncio.start_server(serve, "127.0.0.1", unused_tcp_port)
    async with server:
        await driven(act)
    assert (await ana.get("/")).status == 401


async def test_a_printed_page_is_words_and_figures_alone(window: Window) -> None:
    await filled(window)
    link = window.url + await window.link("ana")

    def act() -> None:
        with chromium(dark=True) as browser:
            sign_in(browser, link)
            for path in PATHS:
                open_page(browser, window.url + path)
                on_paper = [
                    {"name": "prefers-color-scheme", "value": "dark"},
                ]
                browser.execute_cdp_cmd(
                    "Emulation.setEmulatedMedia", {"media": "print", "features": on_paper}
                )
                for hidden in ("nav", "footer form", ".actions"):
                    for each in browser.find_elements(By.CSS_SELECTOR, hidden):
                        assert not each.is_displayed(), (path, hidden)
                darkest = "return getComputedStyle(document.querySelector(arguments[0])).color"
                for part in ("h1", "h2", ".small"):
                    if browser.find_elements(By.CSS_SELECTOR, part):
                        shade = browser.execute_script(darkest, part)
                        numbers = [int(each) for each in shade[4:-1].split(",")]
                        assert sum(numbers) < 400, (path, part, shade)  # ink, on white paper
                browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})

    await driven(act)


FORBIDDEN = "script, img, iframe, object, embed, base, video, math, form[action^='//'], a[href^='javascript']"


async def test_five_hundred_naughty_texts_in_every_field_stay_texts(window: Window) -> None:
    await filled(window)
    room, texts = window.room, iter(TEXTS)
    for title in TITLES:
        await room.say(f"m{next(texts)}", f"/review {title} 4/5 | {next(texts)}")
    ana = await window.signed_in("ana")
    await send_everywhere(ana, texts)
    assert next(texts, None) is None
    link = window.url + await window.link("ana")
    paths = sorted(await all_paths(ana))
    assert len(paths) > 40
    sample = [*PATHS, *paths[:: max(len(paths) // 60, 1)]]

    def act() -> None:
        with chromium() as browser:
            sign_in(browser, link)
            for path in sample:
                open_page(browser, window.url + path)
                found = browser.find_elements(By.CSS_SELECTOR, FORBIDDEN)
                assert [each.get_attribute("outerHTML") for each in found] == [], path
                assert messages_of(browser) == [], (
                    path,
                    browser.find_element(By.TAG_NAME, "main").text,
                )
                assert browser.title != "1"
            assert requests_of(browser) == {urlsplit(window.url).netloc}

    await driven(act)


async def send_everywhere(browser: Browser, texts: Iterator[str]) -> None:
    """Send each of the texts in a field of a form, or in an address, until none is left."""
    paths = ("/film/heat-1995", "/film/carol-2015", "/film/anora-2024", "/nights", "/own", "/me", "/calendar", "/films?q=x")  # fmt: skip
    while True:
        for path in paths:
            page = await browser.get(path)
            for form in page.forms:
                opened = await browser.send(form) if form.action.endswith("/form") else page
                sent = opened.forms[-2] if opened is not page else form
                for name in [each for each in sent.values if each not in {"a", "s"}]:
                    text = next(texts, None)
                    if text is None:
                        return
                    answer = await browser.send(sent, **{name: text})
                    assert answer.status in {200, 401, 403}, (path, name, text)
                    assert not set(answer.tags) & {"script", "img", "iframe", "object", "base"}
                    assert not [each for each in answer.attributes if each.startswith("on")]
        text = next(texts, None)
        if text is None:
            return
        for path in (f"/film/{quote(text)}", f"/member/{quote(text)}", f"/films?q={quote(text)}"):
            assert (await browser.get(path)).status in {200, 404}, path


async def all_paths(browser: Browser) -> set[str]:
    """Return the addresses that the pages link to, the films' and the members' among them."""
    found: set[str] = set(PATHS)
    for path in [*PATHS, *(f"/film/{each}" for each in ("carol-2015", "aftersun-2022"))]:
        for link in (await browser.get(path)).links:
            parts = urlsplit(link)
            if f"{parts.scheme}://{parts.netloc}" == browser.base:
                found.add(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    return found


TITLES = (
    "Heat", "Carol", "Aftersun", "Jaws", "Moonlight", "Tokyo Story", "Weekend", "Past Lives", "Paddington 2",
    "45 Years", "After Life", "Petite Maman", "Yi Yi", "Playtime", "Shrek", "Her", "Anora", "Home Alone",
    "A Ghost Story", "Anatomy of a Fall",
)  # fmt: skip
