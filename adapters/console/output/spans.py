"""Spans as rich text, never rich markup, so that typed text cannot style anything."""

from collections.abc import Iterable

from rich.text import Text

from adapters.chat.lines import MarkedSpan, marked_spans
from adapters.console.output.terminal import Look
from bot.messages.plain_text import plain
from bot.messages.spans import Code, Link, Mention, Span, Spoiler, Usage

DIM = "dim"
STARS = "yellow"


def spans_text(spans: Iterable[Span], look: Look, style: str = "") -> Text:
    """Join spans into one text, its stars coloured."""
    text = Text(style=style)
    for each in marked_spans(spans, unfold=False):
        text.append_text(_marked(each, look))
    text.highlight_regex(r"[★½]+", STARS)
    return text


def plain_text(text: str, look: Look, style: str = "") -> Text:
    """Make a text of a string."""
    return Text(look.text(text), style=style)


def _marked(marked: MarkedSpan, look: Look) -> Text:
    text = _leaf(marked.span, look)
    if marked.strong:
        text.stylize_before("bold")
    if marked.slanted:
        text.stylize_before("italic")
    return text


def _leaf(span: Span, look: Look) -> Text:
    match span:
        case Link(url=url, spans=spans):
            return _link(url, spans_text(spans, look, "underline"), look)
        case Code() | Usage():
            return plain_text(plain((span,)), look, "cyan")
        case Mention():
            return plain_text(plain((span,)), look, "bold")
        case Spoiler():
            return plain_text(plain((span,)), look, DIM)
        case _:
            return plain_text(plain((span,)), look)


def _link(url: str, shown: Text, look: Look) -> Text:
    address = look.text(url)
    if shown.plain in {"", address}:
        return Text(address, style="underline")
    return Text.assemble(shown, f" ({address})")
