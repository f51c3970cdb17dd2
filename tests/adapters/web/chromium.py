"""A real Chromium without a screen, driven by selenium."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.ui import WebDriverWait

PATIENCE = 20
"""Seconds for a page, on a busy machine."""


@contextmanager
def chromium(
    *, width: int = 1280, dark: bool = False, scripts: bool = True
) -> Iterator[webdriver.Chrome]:
    """Start Chromium; its log and its requests can be read."""
    options = webdriver.ChromeOptions()
    for each in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(each)
    options.add_argument(f"--window-size={width},900")
    if not scripts:
        off = {"profile.managed_default_content_settings.javascript": 2}
        options.add_experimental_option("prefs", off)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    options.binary_location = shutil.which("chromium") or ""
    browser = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    shade = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": shade})
    try:
        yield browser
    finally:
        browser.quit()


def open_page(browser: webdriver.Chrome, address: str) -> None:
    """Open an address, and wait for the page: a busy Chromium says too early that it is there."""
    former = browser.find_element(By.TAG_NAME, "html")
    browser.get(address)
    WebDriverWait(browser, PATIENCE).until(staleness_of(former))
    _wait_for_page(browser)


def _wait_for_page(browser: webdriver.Chrome) -> None:
    """Wait until the end of one of our pages is there."""
    end = "footer.foot"
    WebDriverWait(browser, PATIENCE).until(lambda each: each.find_elements(By.CSS_SELECTOR, end))


def messages_of(browser: webdriver.Chrome) -> list[str]:
    """Return what the browser complained about since this was last called."""
    return [each["message"] for each in browser.get_log("browser")]


def press(browser: webdriver.Chrome, label: str, *, within: str = "main") -> None:
    """Press the button whose text begins so, and wait for the next page."""
    for each in browser.find_elements(By.CSS_SELECTOR, f"{within} button"):
        if each.text.strip().startswith(label):
            each.click()
            WebDriverWait(browser, PATIENCE).until(staleness_of(each))
            _wait_for_page(browser)
            return
    raise AssertionError(f"no button {label!r}")


def sign_in(browser: webdriver.Chrome, address: str) -> None:
    """Open a link of the chat, and press its button."""
    open_page(browser, address)
    press(browser, "Sign in")


def requests_of(browser: webdriver.Chrome) -> set[str]:
    """Return the hosts that were asked for anything since this was last called."""
    log = browser.get_log("performance")
    sent = (json.loads(each["message"])["message"] for each in log)
    urls: list[Any] = [
        e["params"]["request"]["url"] for e in sent if e["method"] == "Network.requestWillBeSent"
    ]
    return {urlsplit(each).netloc for each in urls if not each.startswith(("data:", "chrome"))}
