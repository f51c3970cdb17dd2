"""The club's pages as a service of a process; the web server is loaded once it is needed."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from adapters.runtime.composition import Application
from adapters.runtime.process.supervisor import Service
from adapters.runtime.settings.environment import SettingsError
from adapters.runtime.settings.settings import Settings
from bot.ports.clock import Clock


@dataclass(frozen=True, slots=True)
class PagesAddress:
    """Where browsers reach the pages, the socket that they are served on, and the data folder."""

    url: str
    listener: socket.socket
    folder: Path


def pages_address(settings: Settings, *, local: bool = False) -> PagesAddress | None:
    """Take the port of the pages, if they are set up; `local`: on this machine alone where they are not.

    A process that serves only one platform has no pages: it cannot ask the others who is in their clubs.
    One of pages alone can, and its address is then told by all.
    Raises SettingsError where the port is taken.
    """
    if settings.only not in {"", "web"} or not (settings.web_url or local):
        return None
    host = settings.web_host if settings.web_url else "127.0.0.1"
    taken = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        _bind(taken, host, settings)
    except OSError as error:
        taken.close()
        raise SettingsError(
            f"the club's pages cannot be served at {host}:{settings.web_port} ({error.strerror}); "
            "set MATINEE_WEB_HOST and MATINEE_WEB_PORT"
        ) from error
    taken.listen(128)
    taken.settimeout(0)
    url = settings.web_url or f"http://{host}:{taken.getsockname()[1]}"
    return PagesAddress(url, taken, settings.folder)


def _bind(taken: socket.socket, host: str, settings: Settings) -> None:
    """Bind the port that is set; in a terminal any other, where another process has it."""
    try:
        taken.bind((host, settings.web_port))
    except OSError:
        if settings.web_url:
            raise
        taken.bind((host, 0))


def pages_service(address: PagesAddress, app: Application, clock: Clock) -> Service:
    """Return the service that answers browsers."""

    async def serve(stopping: asyncio.Event) -> None:
        serve_pages = await asyncio.to_thread(_loaded)
        await serve_pages(address, app, clock, stopping)

    return serve


def _loaded() -> Callable[..., Awaitable[None]]:
    from adapters.web.host import serve_pages  # noqa: PLC0415 - a web server is slow to load

    return serve_pages
