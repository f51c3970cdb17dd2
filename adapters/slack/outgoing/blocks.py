"""The few kinds of Block Kit blocks that Matinee uses."""

from collections.abc import Iterable, Sequence

from adapters.slack import limits
from adapters.slack.outgoing.rich_text import Json
from bot.domain.text import one_line, printable

NO_WORDS = "…"
"""Stands where Slack wants words and there are none."""


def plain_text(text: str, most: int) -> Json:
    """Write text that Slack shows as it is, in one line of at most so many characters."""
    shown = one_line(printable(text), most) or NO_WORDS
    return {"type": "plain_text", "text": shown, "emoji": False}


def header(text: str) -> Json:
    """Make the line that stands out above the rest."""
    return {"type": "header", "text": plain_text(text, limits.HEADER)}


def small(text: str) -> Json:
    """Make a line of small print."""
    return {"type": "context", "elements": [plain_text(text, limits.CONTEXT)]}


def section(elements: Iterable[Json]) -> Json:
    """Make a part of a rich text: a paragraph."""
    return {"type": "rich_text_section", "elements": list(elements)}


def rich(*parts: Json) -> list[Json]:
    """Make a block of rich text of those of its parts that hold any."""
    filled = [part for part in parts if part["elements"]]
    return [{"type": "rich_text", "elements": filled}] if filled else []


def image(url: str, alt: str) -> list[Json]:
    """Make a picture, where Slack can be asked to fetch one."""
    if not (can_show(url) and alt.strip()):
        return [small(alt)] if alt.strip() else []
    return [{"type": "image", **picture(url, alt)}]


def picture(url: str, alt: str) -> Json:
    """Write down where a picture is, and what it shows."""
    return {"image_url": url, "alt_text": one_line(printable(alt), limits.ALT) or NO_WORDS}


def can_show(url: str) -> bool:
    """Whether Slack would take the address of a picture."""
    plain = url.isascii() and url.isprintable() and " " not in url
    return plain and url.startswith("https://") and len(url) <= limits.URL


def rows(elements: Sequence[Json]) -> list[Json]:
    """Put what can be pressed into as few rows as hold it."""
    return [
        {"type": "actions", "elements": list(elements[start : start + limits.ELEMENTS])}
        for start in range(0, len(elements), limits.ELEMENTS)
    ]


def written(blocks: Iterable[Json]) -> int:
    """Count the characters of all texts of blocks, seen and unseen."""
    return sum(map(_written, blocks))


def _written(node: object) -> int:
    match node:
        case dict():
            return sum(_written(value) for key, value in node.items() if key != "type")
        case list():
            return sum(map(_written, node))
        case str():
            return len(node)
    return 0
