"""Holds what the bot sends against Discord's own description, and against what it leaves unsaid."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from adapters.discord import limits
from adapters.discord.limits import units

SPEC = Path(__file__).parents[4] / "shared" / "specs" / "discord-openapi.json"
IS_V2 = 1 << 15
EPHEMERAL = 1 << 6

Json = dict[str, Any]


@cache
def description() -> Json | None:
    """Read Discord's description of its API, made to take what Discord itself takes.

    It says that snowflakes are strings where numbers are taken too, and leaves several kinds of
    component open for one `type`.
    """
    if not SPEC.exists():
        return None
    found: Json = json.loads(SPEC.read_text("utf-8"))
    schemas = found["components"]["schemas"]
    schemas["SnowflakeType"] = {"type": ["string", "integer"], "pattern": "^(0|[1-9][0-9]*)$"}
    return found


@cache
def validator(method: str, path: str) -> jsonschema_rs.Validator | None:
    """Make a validator for the body of one operation; None without the description."""
    found = description()
    if found is None:
        return None
    content = found["paths"][path][method]["requestBody"]["content"]
    schema = content["application/json"]["schema"]
    return jsonschema_rs.validator_for({**schema, "components": found["components"]})


def walk(items: Iterable[Json]) -> Iterator[Json]:
    """Walk over components and all that stands inside them."""
    for item in items:
        yield item
        yield from walk(item.get("components") or ())
        yield from walk([item[each] for each in ("accessory", "component") if each in item])


@dataclass
class Inspector:
    """Collects what is wrong with the bodies that come in."""

    complaints: list[str] = field(default_factory=list)
    checked: int = 0

    def look(self, method: str, path: str, body: object, files: Iterable[str] = ()) -> None:
        """Look at one body."""
        self.checked += 1
        known = validator(method, path)
        if known is not None:
            where = f"{method} {path}"
            self.complaints += [f"{where}: {e.message[:300]}" for e in known.iter_errors(body)]
        if isinstance(body, dict):
            message = body.get("data") if "callback" in path else body
            if isinstance(message, dict) and body.get("type") not in {8, 9}:
                self.complaints += complaints(message, set(files))


def complaints(message: Json, files: set[str]) -> Iterator[str]:
    """Name what Discord would refuse in a message, or what we never do."""
    components = message.get("components") or []
    every = list(walk(components))
    content = message.get("content") or ""
    if (message.get("content") or message.get("embeds")) and message.get("flags", 0) & IS_V2:
        yield "text beside components of the second version"
    allowed = message.get("allowed_mentions", {"parse": []})
    named = [f"<@{each}>" in str(components) for each in allowed.get("users", ())]
    if allowed["parse"] or allowed.keys() - {"parse", "users"} or not all(named):
        yield f"mentions allowed: {allowed}"
    if (content or every) and "allowed_mentions" not in message:
        yield "nothing said about mentions"
    if units(content) > limits.CONTENT:
        yield "content too long"
    if len(every) > limits.COMPONENTS:
        yield f"{len(every)} components"
    if sum(units(each["content"]) for each in every if each["type"] == 10) > limits.TEXT:
        yield "too much text"
    ids = [each["custom_id"] for each in every if "custom_id" in each]
    if len(set(ids)) < len(ids):
        yield "one id twice"
    shown = {
        each["file"]["url"].removeprefix("attachment://") for each in every if each["type"] == 13
    }
    if message.get("flags", 0) & IS_V2 and shown != files:
        yield f"files {files}, shown {shown}"
