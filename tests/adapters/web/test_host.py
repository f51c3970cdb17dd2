"""Hosts: https has a cookie of its own, a chat-only host loads nothing of the pages, ports are said."""

import socket
import subprocess
import sys
from dataclasses import replace

import pytest

from adapters.runtime.pages import pages_address
from adapters.runtime.settings.environment import SettingsError
from adapters.runtime.settings.settings import Settings
from adapters.web.app import web_application
from adapters.web.sessions import cookie_name
from adapters.web.site import SITE
from tests.adapters.conftest import ROOT
from tests.adapters.web.conftest import Window, site_for
from tests.support import Room


async def test_pages_by_https_have_a_cookie_that_only_this_host_can_set(room: Room) -> None:
    site = site_for(room, "https://club.example.org")
    assert cookie_name(site) == "__Host-matinee"
    assert web_application(site)[SITE].secure


async def test_the_secure_cookie_is_marked_so(room: Room, window: Window) -> None:
    del room
    browser = window.browser()
    link = await window.link("ana")
    object.__setattr__(window.site, "url", "https://club.example.org")  # as behind a certificate
    headers = {"Origin": "https://club.example.org"}
    async with browser.session.post(
        f"{window.url}{link}", allow_redirects=False, headers=headers
    ) as response:
        cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-matinee=")
    assert "Secure" in cookie
    assert "Path=/" in cookie


def test_a_chat_only_host_loads_nothing_of_the_pages_and_pictures() -> None:
    script = (
        "import sys; import adapters.console.main, adapters.runtime.serve, adapters.chat.pictures\n"
        "print(sorted({each.partition('.')[0] for each in sys.modules} & {'jinja2', 'resvg_py', 'aiohttp'}),"
        " 'adapters.web.app' in sys.modules)"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - a fixed command
    assert done.stdout.strip() == "[] False"


def test_pages_are_served_where_they_are_set_up_or_on_this_machine_alone() -> None:
    nothing = Settings()
    assert pages_address(nothing) is None
    for only in ("discord", "slack", "worker"):
        assert pages_address(replace(nothing, web_url="https://x.example", only=only)) is None
    alone = pages_address(replace(nothing, web_url="https://x.example", web_port=0, only="web"))
    assert alone is not None
    alone.listener.close()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        local = pages_address(replace(nothing, web_port=port), local=True)
        assert local is not None
        assert local.url.startswith("http://127.0.0.1:")
        assert not local.url.endswith(f":{port}")
        local.listener.close()
        set_up = replace(nothing, web_port=port, web_url="https://club.example.org")
        with pytest.raises(SettingsError, match="MATINEE_WEB_PORT"):
            pages_address(set_up)
