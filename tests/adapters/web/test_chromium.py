"""The pages in a real Chromium: signing in, every page, writing, no foreign request, no error, axe."""

import asyncio
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module, resources
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.adapters.web.conftest import Window
from tests.adapters.web.test_pages import PATHS, filled
from tests.adapters.web.test_writing import NAUGHTY

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(
        shutil.which("chromedriver") is None, reason="there is no chromedriver here"
    ),
]

SERIOUS = {"serious", "critical"}


@contextmanager
def chromium(*, width: int = 1280, dark: bool = False, scripts: bool = True) -> Iterator[Any]:
    """Start Chromium; its log and its requests can be read."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="needs the extra `browser`")
    options = webdriver.ChromeOptions()
    for each in ("--headless=new", "--no-sandbox", "--disable-gpu", f"--window-size={width},900"):
        options.add_argument(each)
    if not scripts:
        off = {"profile.managed_default_content_settings.javascript": 2}
        options.add_experimental_option("prefs", off)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    options.binary_location = shutil.which("chromium") or ""
    service = import_module("selenium.webdriver.chrome.service").Service(
        shutil.which("chromedriver")
    )
    browser = webdriver.Chrome(options=options, service=service)
    shade = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": shade})
    try:
        yield browser
    finally:
        browser.quit()


def requests_of(browser: Any) -> set[str]:  # noqa: ANN401 - selenium ships no types that fit
    """Return the hosts that were asked for anything."""
    sent = (json.loads(each["message"])["message"] for each in browser.get_log("performance"))
    urls = [
        e["params"]["request"]["url"] for e in sent if e["method"] == "Network.requestWillBeSent"
    ]
    return {urlsplit(each).netloc for each in urls if not each.startswith(("data:", "chrome"))}


def press(browser: Any, label: str) -> None:  # noqa: ANN401 - likewise
    for each in browser.find_elements("css selector", "main button"):
        if each.text.strip().startswith(label):
            each.click()
            wait = import_module("selenium.webdriver.support.ui").WebDriverWait
            gone = import_module("selenium.webdriver.support.expected_conditions").staleness_of
            wait(browser, 10).until(gone(each))  # the next page has come
            return
    raise AssertionError(f"no button {label!r}")


def sign_in(browser: Any, address: str) -> None:  # noqa: ANN401 - likewise
    browser.get(address)
    press(browser, "Sign in")


async def driven(act: Callable[[], None]) -> None:
    """Drive a browser in a thread, while the pages are served here."""
    await asyncio.to_thread(act)


@pytest.mark.parametrize(
    ("width", "dark"), [(360, False), (360, True), (1280, False), (1280, True)]
)
async def test_every_page_is_sound_and_asks_nobody_else(
    window: Window, width: int, dark: bool
) -> None:
    await filled(window)
    link = window.url + await window.link("ana")
    axe = resources.files("axe_core_python") / "axe.min.js"
    problems: list[str] = []

    def act() -> None:
        with chromium(width=width, dark=dark) as browser:
            sign_in(browser, link)
            for path in PATHS:
                browser.get(window.url + path)
                problems.extend(f"{path}: {each['message']}" for each in browser.get_log("browser"))
                wide = browser.execute_script("return document.documentElement.scrollWidth")
                if wide > browser.execute_script("return window.innerWidth"):
                    problems.append(f"{path}: {wide} pixels wide")
                browser.execute_script(axe.read_text("utf-8"))
                found = browser.execute_async_script(
                    "axe.run(document).then(arguments[arguments.length - 1])"
                )
                problems.extend(
                    f"{path}: {each['id']}: {each['nodes'][0]['html'][:120]}"
                    for each in found["violations"]
                    if each["impact"] in SERIOUS
                )
            assert requests_of(browser) == {urlsplit(window.url).netloc}

    await driven(act)
    assert problems == []


@pytest.mark.parametrize("scripts", [True, False])
async def test_a_member_signs_in_writes_and_shares(window: Window, scripts: bool) -> None:
    link = window.url + await window.link("ana")
    shared: list[str] = []

    def act() -> None:
        with chromium(scripts=scripts) as browser:
            sign_in(browser, link)
            browser.get(link)
            assert "This link is over" in browser.page_source
            browser.get(f"{window.url}/films?q=heat 1995")
            browser.get(f"{window.url}/film/heat-1995")
            press(browser, "Write a review")
            browser.find_element("name", "f.text").send_keys("Precise, lonely men. ||They meet.||")
            browser.find_element("css selector", "option[value='4.5/5']").click()
            press(browser, "Send")
            assert "Saved your review" in browser.page_source
            browser.get(f"{window.url}/film/heat-1995")
            fold = browser.find_element("css selector", "details.spoiler")
            assert "They meet." not in fold.text
            fold.find_element("tag name", "summary").click()
            assert "They meet." in fold.text
            press(browser, "Share by a link")
            links = browser.find_elements("css selector", "main a")
            shared.extend(
                e.get_attribute("href") for e in links if "/s/" in e.get_attribute("href")
            )
        with chromium(scripts=scripts) as stranger:
            stranger.get(shared[0])
            assert "Precise, lonely men." in stranger.page_source
            assert "They meet." not in stranger.page_source
            stranger.get(window.url)
            assert "Members only" in stranger.page_source
            assert "Heat" not in stranger.page_source

    await driven(act)
    picture = await window.browser().get(f"{shared[0]}/picture.png")
    assert picture.headers["Content-Type"] == "image/png"
    listed = await window.room.say("ana", "/web sessions")
    await window.room.press("ana", listed, "End them all")
    assert (await window.browser().get(shared[0])).status == 404


async def test_five_hundred_naughty_texts_stay_texts(window: Window) -> None:
    texts = [f"{text} {number}" for number in range(40) for text in NAUGHTY][:500]
    for number, text in enumerate(texts):
        await window.room.say(f"m{number % 25}", f"/review {TITLES[number // 25]} 4/5 | {text}")
    link = window.url + await window.link("m0")

    def act() -> None:
        with chromium() as browser:
            sign_in(browser, link)
            for path in ["/", "/me", "/figures", *(f"/member/test:m{n}" for n in range(25))]:
                browser.get(window.url + path)
                assert browser.find_elements("css selector", "script, img, iframe, object") == []
                assert browser.get_log("browser") == []
            assert requests_of(browser) == {urlsplit(window.url).netloc}

    await driven(act)


TITLES = (
    "Heat", "Carol", "Aftersun", "Jaws", "Moonlight", "Tokyo Story", "Weekend", "Past Lives", "Paddington 2",
    "45 Years", "After Life", "Petite Maman", "Yi Yi", "Playtime", "Shrek", "Her", "Anora", "Home Alone",
    "A Ghost Story", "Anatomy of a Fall",
)  # fmt: skip
