"""Spans as rich text, never rich markup, so that typed text cannot style anything."""

from collections.abc import Iterable

from rich.text import Text

from adapters.console.output.terminal import Look
from bot.domain.spoilers import SPOILER_HIDDEN
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

DIM = "dim"
STARS = "yellow"


def spans_text(spans: Iterable[Span], look: Look, style: str = "") -> Text:
    """Join spans into one text, its stars coloured."""
    text = Text(style=style)
    for span in spans:
        text.append_text(_span(span, look))
    text.highlight_regex(r"[★½]+", STARS)
    return text


def plain_text(text: str, look: Look, style: str = "") -> Text:
    """Make a text of a string."""
    return Text(look.text(text), style=style)


def _span(span: Span, look: Look) -> Text:
    match span:
        case Plain(text=text):
            return Text(look.text(text))
        case Strong(spans=spans):
            return spans_text(spans, look, "bold")
        case Emphasis(spans=spans):
            return spans_text(spans, look, "italic")
        case Code() | Usage():
            return Text(look.text(plain((span,))), style="cyan")
        case Link(url=url, spans=spans):
            return _link(url, spans_text(spans, look, "underline"), look)
        case Mention(name=name):
            return Text(look.text(name), style="bold")
        case When(instant=instant, zone=zone):
            return Text(look.text(moment(instant, zone)))
        case Day(day=day):
            return Text(long_day(day))
        case Spoiler():
            return Text(SPOILER_HIDDEN, style=DIM)


def _link(url: str, shown: Text, look: Look) -> Text:
    address = look.text(url)
    if shown.plain in {"", address}:
        return Text(address, style="underline")
    return Text.assemble(shown, f" ({address})")
