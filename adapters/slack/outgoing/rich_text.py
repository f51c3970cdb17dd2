"""Spans to the elements of rich text, where what people typed is never read as markup."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from adapters.slack import limits
from bot.domain.spoilers import SPOILER_HIDDEN
from bot.domain.text import printable
from bot.messages.plain_text import long_day, moment, plain
from bot.messages.replies import (
    Code,
    Day,
    Emphasis,
    Link,
    Mention,
    Plain,
    Span,
    Spoiler,
    Strong,
    Usage,
    When,
)

Json = dict[str, Any]

MEMBER = "slack:"
"""What Slack's own ids are prefixed with, in ids of ours."""

_IN_URLS = "%/:=&?~#+!$,;'@()*[]"


def elements(
    spans: Iterable[Span], *, pings: bool, style: frozenset[str] = frozenset()
) -> list[Json]:
    """Write spans as rich text. With `pings`, a member is a mention, which notifies; else a name."""
    return [each for span in spans for each in _span(span, style, pings=pings)]


def text_element(text: str, *styles: str) -> Json:
    """Write one piece of text, as it is."""
    styled = {"style": dict.fromkeys(sorted(styles), True)} if styles else {}
    return {"type": "text", "text": text, **styled}


def flat(spans: Iterable[Span]) -> str:
    """Write spans as bare text, members by name, spoilers hidden."""
    return "".join(map(words_of, elements(spans, pings=False)))


def words_of(element: Json) -> str:
    """Return what is read of an element."""
    if element["type"] == "date":
        return str(element["fallback"])
    return str(element.get("text") or element.get("url") or element.get("user_id"))


def spoilers(spans: Iterable[Span]) -> list[str]:
    """Collect what is folded away, as bare text."""
    found: list[str] = []
    for span in spans:
        match span:
            case Spoiler(inner):
                found.append(flat(_unfolded(inner)))
            case Strong(inner) | Emphasis(inner) | Link(spans=inner):
                found += spoilers(inner)
    return [each for each in found if each.strip()]


def mrkdwn(text: str) -> str:
    """Escape what Slack would read as a mention or a link where it reads markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def shorten(found: Sequence[Json], longest: int) -> tuple[list[Json], bool]:
    """Cut rich text after so many characters, at a word's end; tell whether anything was cut."""
    kept: list[Json] = []
    room = longest
    for element in found:
        length = len(words_of(element))
        if length <= room:
            kept.append(element)
            room -= length
            continue
        if element["type"] == "text":
            kept.append({**element, "text": _cut(element["text"], room) + "…"})
        else:
            kept.append(text_element("…"))
        return kept, True
    return kept, False


def _cut(text: str, longest: int) -> str:
    cut = text[:longest]
    at_a_word = max(cut.rfind(" "), cut.rfind("\n"))
    return (cut[:at_a_word] if at_a_word > longest // 2 else cut).rstrip()


def _span(span: Span, style: frozenset[str], *, pings: bool) -> list[Json]:
    match span:
        case Plain(text):
            return _text(text, style)
        case Code() | Usage():
            return _text(plain((span,)), style | {"code"})
        case Strong(spans):
            return elements(spans, pings=pings, style=style | {"bold"})
        case Emphasis(spans):
            return elements(spans, pings=pings, style=style | {"italic"})
        case Link(url, spans):
            return _link(url, flat(spans), style)
        case Mention(member_id, name):
            return _mention(member_id, name, style, pings=pings)
        case When(instant, zone):
            return _when(instant, zone, style)
        case Day(day):
            return _text(long_day(day), style)
        case Spoiler():
            return _text(SPOILER_HIDDEN, style | {"italic"})


def _text(text: str, style: frozenset[str]) -> list[Json]:
    return [text_element(text, *style)] if text else []


def _link(url: str, text: str, style: frozenset[str]) -> list[Json]:
    address = quote(url, safe=_IN_URLS)
    if len(address) > limits.URL:
        return _text(text or url, style)
    shown = text_element(text or url, *style)
    return [{**shown, "type": "link", "url": address}]


def _mention(member_id: str, name: str, style: frozenset[str], *, pings: bool) -> list[Json]:
    user = member_id.removeprefix(MEMBER)
    if not pings or user == member_id:
        return _text(name, style | {"bold"})
    return [{"type": "user", "user_id": user}]


def _when(instant: datetime, zone: str, style: frozenset[str]) -> list[Json]:
    """Write an instant so that each reader sees it in their own zone."""
    fallback = printable(moment(instant, zone))
    if instant.timestamp() < 1:  # Slack knows no time before its own
        return _text(fallback, style)
    return [
        {
            "type": "date",
            "timestamp": int(instant.timestamp()),
            "format": "{date_short} at {time}",
            "fallback": fallback,
        }
    ]


def _unfolded(spans: Iterable[Span]) -> list[Span]:
    """Take the folds out of what stands in a fold."""
    found: list[Span] = []
    for span in spans:
        match span:
            case Spoiler(inner) | Strong(inner) | Emphasis(inner) | Link(spans=inner):
                found += _unfolded(inner)
            case _:
                found.append(span)
    return found
