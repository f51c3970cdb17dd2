"""The kinds of Block Kit blocks that Matinee uses."""

from collections.abc import Iterable, Sequence

from adapters.chat.lines import is_picture_address
from adapters.slack import limits
from adapters.slack.outgoing.rich_text import Json
from bot.domain.words.text import one_line, printable

NO_WORDS = "…"
"""Shown where Slack requires a text and there is none."""


def plain_text(text: str, most: int) -> Json:
    """Return text that Slack shows as it is, in one line of at most `most` characters."""
    shown = one_line(printable(text), most) or NO_WORDS
    return {"type": "plain_text", "text": shown, "emoji": False}


def plain_lines(lines: Iterable[str], most: int) -> Json:
    """Return lines that Slack shows as they are, of at most `most` characters together."""
    shown = "\n".join(filter(None, (one_line(printable(line), most) for line in lines)))
    return {"type": "plain_text", "text": shown[:most] or NO_WORDS, "emoji": False}


def header(text: str) -> Json:
    """Return a heading."""
    return {"type": "header", "text": plain_text(text, limits.HEADER)}


def small(text: str) -> Json:
    """Return a line of small print."""
    return {"type": "context", "elements": [plain_text(text, limits.CONTEXT)]}


def section(elements: Iterable[Json]) -> Json:
    """Return a paragraph of rich text."""
    return {"type": "rich_text_section", "elements": list(elements)}


def rich(*parts: Json) -> list[Json]:
    """Return a block of rich text, of the parts that are not empty; none if all are."""
    filled = [part for part in parts if part["elements"]]
    return [{"type": "rich_text", "elements": filled}] if filled else []


def image(url: str, alt: str) -> list[Json]:
    """Return a picture, or its description where Slack would not fetch it."""
    if not (can_show(url) and alt.strip()):
        return [small(alt)] if alt.strip() else []
    return [{"type": "image", **picture(url, alt)}]


def picture(url: str, alt: str) -> Json:
    """Return the address and the description of a picture."""
    return {"image_url": url, "alt_text": one_line(printable(alt), limits.ALT) or NO_WORDS}


def can_show(url: str) -> bool:
    """Return whether Slack takes this address of a picture."""
    return is_picture_address(url, limits.URL, schemes=("https://",))


def rows(elements: Sequence[Json]) -> list[Json]:
    """Distribute buttons and menus over as few rows as possible."""
    return [
        {"type": "actions", "elements": list(elements[start : start + limits.ELEMENTS])}
        for start in range(0, len(elements), limits.ELEMENTS)
    ]


def written(blocks: Iterable[Json]) -> int:
    """Count the characters of all texts in blocks, visible or not."""
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
