"""Writes spans as Discord's markdown, in which nothing that people typed is a mark.

Spans become a flat sequence of styled texts, so that marks never nest; marks are set line by line,
so that none reaches into the next quote, list or footnote.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import quote

from adapters.chat.lines import MarkedSpan, marked_spans
from adapters.discord.commands import usage
from adapters.discord.ids import place_of
from bot.domain.words.text import cut_at_word, printable
from bot.messages.plain_text import plain
from bot.messages.spans import Channel, Code, Link, Mention, Span, Usage, When

APART = "\u200b"
"""Keeps marks from running together; it has no width."""

_SPECIAL = re.compile(r"[\\*_~`|<@\[\]]|:(?!\s)")
_AT_LINE_START = re.compile(r"(?m)^([^\S\n]*)(?:([-+#>])|(\d+)([.)]))")
_MEMBER = re.compile(r"discord:(\d+)")
_KEPT_IN_ADDRESS = ":/?#!$&'+,;=%~-._"


@dataclass(frozen=True, slots=True)
class StyledText:
    """A piece of text with all its marks. `markup` is written in its place, where there is some."""

    text: str
    markup: str = ""
    url: str = ""
    code: bool = False
    strong: bool = False
    slanted: bool = False
    hidden: bool = False


def styled_texts(spans: Iterable[Span]) -> Iterator[StyledText]:
    """Flatten spans to styled texts."""
    for each in marked_spans(spans, unfold=True):
        if isinstance(each.span, Link):
            yield from _link(each.span.url, tuple(styled_texts(each.span.spans)), _marks(each))
        else:
            yield _styled(each)


def _marks(marked: MarkedSpan) -> StyledText:
    return StyledText("", strong=marked.strong, slanted=marked.slanted, hidden=marked.hidden)


def _styled(marked: MarkedSpan) -> StyledText:
    markup, code, text = "", False, plain((marked.span,))
    match marked.span:
        case Code():
            code = True
        case Usage(command):
            text, code = printable(usage(command)), True
        case Mention(member_id=member_id) if known := _MEMBER.fullmatch(member_id):
            markup = f"<@{known[1]}>"
        case Channel(place=place) if (known_place := place_of(place)) and not known_place.direct:
            markup = f"<#{known_place.number}>"
        case When(instant=instant):
            text = plain((When(instant, "UTC"),))
            markup = f"<t:{int(instant.timestamp())}:f>"
    return replace(_marks(marked), text=_lines(text), markup=markup, code=code)


def _link(url: str, inner: Sequence[StyledText], marks: StyledText) -> Iterator[StyledText]:
    """Name the page by its text; where that could be taken for another address, show both."""
    address = quote(url, safe=_KEPT_IN_ADDRESS)
    shown = " ".join("".join(each.text for each in inner).split())
    hidden = marks.hidden or any(each.hidden for each in inner)
    if shown and not re.search(r"[\[\]`]|://|\.\w", shown):
        yield replace(marks, text=shown, url=address, hidden=hidden)
        return
    if shown:
        yield replace(marks, text=f"{shown} ", hidden=hidden)
    yield replace(marks, text=url, markup=f"<{address}>", hidden=hidden)


def _lines(text: str) -> str:
    """Replace every kind of line break by the one that Discord knows."""
    return re.sub("\r\n?|[\u2028\u2029]", "\n", text)


def escaped(text: str) -> str:
    """Escape text, so that Discord shows it as it is."""
    safe = _SPECIAL.sub(lambda found: f"\\{found[0]}", text)
    return _AT_LINE_START.sub(_at_line_start, safe)


def _at_line_start(found: re.Match[str]) -> str:
    space, mark, number, dot = found.groups()
    return f"{space}\\{mark}" if mark else f"{space}{number}\\{dot}"


def markdown(texts: Iterable[StyledText]) -> str:
    """Return styled texts as markdown; it may hold line breaks, which no mark crosses."""
    text = ""
    for hidden, group in groupby(texts, key=lambda each: each.hidden):
        inner = ""
        for each in group:
            inner = _joined(inner, _marked(each))
        text = _joined(text, _barred(inner) if hidden else inner)
    return text


def _joined(before: str, after: str) -> str:
    """Put two pieces side by side without their marks running together."""
    touching = before[-1:] == after[:1] and after[:1] in {"*", "`"}
    return f"{before}{APART}{after}" if touching else before + after


def _marked(piece: StyledText) -> str:
    bare = piece.text
    if piece.code and not piece.hidden and not re.search(r"[`\n]", bare) and bare.strip():
        return f"`{bare.strip(' ')}`"
    text = piece.markup or (f"[{escaped(bare)}]({piece.url})" if piece.url else escaped(bare))
    star = "*" * (2 * piece.strong + piece.slanted)
    return "\n".join(_between(star, line) for line in text.split("\n")) if star else text


def _barred(text: str) -> str:
    """Hide text behind bars, line by line."""
    return "\n".join(_between("||", line) for line in text.split("\n"))


def _between(mark: str, line: str) -> str:
    """Set a mark around what a line holds; the white space at its ends stays outside."""
    held = line.strip()
    if not held:
        return line
    before, after = line.split(held, 1)
    end = APART if held.endswith(mark[-1:]) else ""
    return f"{before}{mark}{held}{end}{mark}{after}"


def unstyled(texts: Iterable[StyledText]) -> str:
    """Return the bare text for a file, what is hidden between bars."""
    pieces = groupby(texts, key=lambda each: each.hidden)
    joined = ((hidden, "".join(each.text for each in group)) for hidden, group in pieces)
    return "".join(f"||{text}||" if hidden and text.strip() else text for hidden, text in joined)


def shortened(texts: Iterable[StyledText], most: int) -> tuple[StyledText, ...]:
    """Keep up to `most` characters, cut at a word's end, with an ellipsis."""
    kept: list[StyledText] = []
    room = most
    for each in texts:
        if len(each.text) > room:
            kept.append(_cut(each, room))
            break
        kept.append(each)
        room -= len(each.text)
    return tuple(kept)


def _cut(text: StyledText, most: int) -> StyledText:
    if text.markup or text.url:
        return StyledText("…", hidden=text.hidden)
    return replace(text, text=cut_at_word(text.text, most) + "…", code=False)
