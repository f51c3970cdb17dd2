"""What the small Slack answers, and what its members can read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.adapters.slack.block_kit import visible

Json = dict[str, Any]
Trouble = Callable[[], "web.StreamResponse | None"]


@dataclass
class Post:
    """Something that members can read: `user` alone where it is named, else everybody there."""

    channel: str
    text: str
    blocks: list[Json]
    user: str = ""
    thread: str = ""
    ts: str = ""
    metadata: Json | None = None
    by_url: bool = False
    replaces: bool = False

    @property
    def elements(self) -> list[Json]:
        """All that can be pressed or chosen, in order."""
        rows = (each["elements"] for each in self.blocks if each["type"] == "actions")
        return [element for row in rows for element in row]

    def element(self, label: str) -> Json:
        """Find what can be pressed by its label."""
        shown = {(e.get("text") or e.get("placeholder") or {})["text"]: e for e in self.elements}
        return shown[label]

    @property
    def words(self) -> str:
        """All words that are seen in it."""
        return "\n".join(visible(self.blocks))


def yes(**more: object) -> web.Response:
    return web.json_response({"ok": True, **more})


def no(error: str, **more: object) -> web.Response:
    return web.json_response({"ok": False, "error": error, **more})


def too_many(seconds: int = 1) -> Trouble:
    """Refuse for a while."""
    headers = {"Retry-After": str(seconds)}
    return lambda: web.json_response(
        {"ok": False, "error": "ratelimited"}, status=429, headers=headers
    )


def broken(status: int = 503) -> Trouble:
    """Answer as a server in trouble does."""
    return lambda: web.Response(status=status, text="upstream connect error")


def refusing(error: str) -> Trouble:
    """Refuse for a reason."""
    return lambda: no(error)
