"""Spans as elements of Slack's rich text, in which nothing that people typed is markup."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

from adapters.chat.lines import MarkedSpan, marked_spans
from adapters.slack import limits
from adapters.slack.commands import usage
from adapters.slack.ids import place_of
from bot.domain.ids import PlaceId
from bot.domain.words.spoilers import SPOILER_HIDDEN
from bot.domain.words.text import cut_at_word, printable
from bot.messages.plain_text import moment, plain
from bot.messages.spans import Channel, Code, Link, Mention, Span, Spoiler, Usage, When

Json = dict[str, Any]

MEMBER = "slack:"
"""The prefix of member ids before Slack's own."""

_IN_URLS = "%/:=&?~#+!$,;'@()*[]"


@dataclass(frozen=True, slots=True)
class RichText:
    """Writes spans as rich text. `prefix` is that of the workspace's slash commands.

    With `pings`, every member is a mention, which notifies; else only those that ask for it. `bare`
    text has members by name alone.
    """

    prefix: str = ""
    pings: bool = False
    bare: bool = False

    def elements(self, spans: Iterable[Span], *styles: str) -> list[Json]:
        """Return the elements of spans, all in these styles."""
        marked = marked_spans(spans, unfold=False)
        return [element for each in marked for element in self._element(each, {*styles})]

    def flat(self, spans: Iterable[Span]) -> str:
        """Return bare text: members by name, spoilers hidden."""
        return "".join(map(text_of, replace(self, bare=True).elements(spans)))

    def _element(self, marked: MarkedSpan, styles: set[str]) -> list[Json]:
        styles |= {"bold"} if marked.strong else set()
        styles |= {"italic"} if marked.slanted else set()
        match marked.span:
            case Usage(command):
                return _text(printable(usage(command, self.prefix)), styles | {"code"})
            case Code(text):
                return _text(text, styles | {"code"})
            case Link(url, spans):
                return _link(url, self.flat(spans), styles)
            case Mention(member_id, name, notify):
                return self._mention(member_id, name, styles, notify=notify)
            case Channel(place, name):
                return _channel(place, name, styles)
            case When(instant, zone):
                return _when(instant, zone, styles)
            case Spoiler():
                return _text(SPOILER_HIDDEN, styles | {"italic"})
            case span:
                return _text(plain((span,)), styles)

    def _mention(self, member_id: str, name: str, styles: set[str], *, notify: bool) -> list[Json]:
        user = member_id.removeprefix(MEMBER)
        if not (self.pings or notify) or self.bare or user == member_id:
            return _text(name, styles | {"bold"})
        return [{"type": "user", "user_id": user}]


def spoilers(spans: Iterable[Span]) -> list[str]:
    """Return the text of each spoiler."""
    found = []
    for each in marked_spans(spans, unfold=False):
        match each.span:
            case Spoiler(inner):
                found.append(plain(leaf.span for leaf in marked_spans(inner, unfold=True)))
            case Link(spans=inner):
                found += spoilers(inner)
    return [each for each in found if each.strip()]


def text_element(text: str, *styles: str) -> Json:
    """Return a piece of text, as it is."""
    styled = {"style": dict.fromkeys(sorted(styles), True)} if styles else {}
    return {"type": "text", "text": text, **styled}


def text_of(element: Json) -> str:
    """Return the visible text of an element."""
    if element["type"] == "date":
        return str(element["fallback"])
    known = ("text", "url", "user_id", "channel_id")
    return str(next((element[each] for each in known if element.get(each)), ""))


def mrkdwn(text: str) -> str:
    """Escape what Slack would read as a mention or a link where it reads markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def shorten(found: Sequence[Json], longest: int) -> tuple[list[Json], bool]:
    """Cut rich text after `longest` characters, at a word's end; return whether that was needed."""
    kept: list[Json] = []
    room = longest
    for element in found:
        length = len(text_of(element))
        if length <= room:
            kept.append(element)
            room -= length
            continue
        if element["type"] == "text":
            kept.append({**element, "text": cut_at_word(element["text"], room) + "…"})
        else:
            kept.append(text_element("…"))
        return kept, True
    return kept, False


def _text(text: str, styles: set[str]) -> list[Json]:
    return [text_element(text, *styles)] if text else []


def _link(url: str, text: str, styles: set[str]) -> list[Json]:
    address = quote(url, safe=_IN_URLS)
    if len(address) > limits.URL:
        return _text(text or url, styles)
    return [{**text_element(text or url, *styles), "type": "link", "url": address}]


def _channel(place: PlaceId, name: str, styles: set[str]) -> list[Json]:
    known = place_of(place)
    if known is None or not known.channel:
        return _text(name, styles)
    return [{"type": "channel", "channel_id": known.channel}]


def _when(instant: datetime, zone: str, styles: set[str]) -> list[Json]:
    """Return an instant that each reader sees in their own zone."""
    fallback = printable(moment(instant, zone))
    if instant.timestamp() < 1:  # Slack knows no time before 1970
        return _text(fallback, styles)
    return [
        {
            "type": "date",
            "timestamp": int(instant.timestamp()),
            "format": "{date_short} at {time}",
            "fallback": fallback,
        }
    ]
