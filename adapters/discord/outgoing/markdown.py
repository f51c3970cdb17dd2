"""Spans -> Discord's markdown: what people typed can only ever be text.

Spans are flattened to runs first, so that marks never nest, and marks are set line by line, so that
none reaches into the next quote, list or footnote.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import quote

from bot.messages.plain_text import long_day, moment
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

APART = "\u200b"
"""Keeps marks from running together; it has no width."""

_SPECIAL = re.compile(r"[\\*_~`|<@\[\]]|:(?!\s)")
_AT_LINE_START = re.compile(r"(?m)^([^\S\n]*)(?:([-+#>])|(\d+)([.)]))")
_MEMBER = re.compile(r"discord:(\d+)")
_KEPT_IN_ADDRESS = ":/?#!$&'+,;=%~-._"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text with all its marks. `markup` is shown in its place, where there is some."""

    text: str
    markup: str = ""
    url: str = ""
    code: bool = False
    strong: bool = False
    slanted: bool = False
    hidden: bool = False


def runs_of(spans: Iterable[Span], marks: Run = Run("")) -> Iterator[Run]:
    """Flatten spans to runs, outer marks carried inwards."""
    for span in spans:
        match span:
            case Strong(spans=inner):
                yield from runs_of(inner, replace(marks, strong=True))
            case Emphasis(spans=inner):
                yield from runs_of(inner, replace(marks, slanted=True))
            case Spoiler(spans=inner):
                yield from runs_of(inner, replace(marks, hidden=True))
            case Link(url=url, spans=inner):
                yield from _link(url, tuple(runs_of(inner, marks)), marks)
            case _:
                yield _leaf(span, marks)


def _leaf(span: Plain | Code | Usage | Mention | When | Day, marks: Run) -> Run:
    match span:
        case Plain(text=text):
            return replace(marks, text=_lines(text))
        case Usage():
            return replace(marks, text=_lines(str(span)), code=True)
        case Code(text=text):
            return replace(marks, text=_lines(text), code=True)
        case Mention(member_id=member_id, name=name):
            known = _MEMBER.fullmatch(member_id)
            return replace(marks, text=_lines(name), markup=f"<@{known[1]}>" if known else "")
        case When(instant=instant):
            markup = f"<t:{int(instant.timestamp())}:f>"
            return replace(marks, text=moment(instant, "UTC"), markup=markup)
        case Day(day=day):
            return replace(marks, text=long_day(day))


def _link(url: str, inner: Sequence[Run], marks: Run) -> Iterator[Run]:
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
    """Make every kind of line break one that Discord knows."""
    return re.sub("\r\n?|[\u2028\u2029]", "\n", text)


def escaped(text: str) -> str:
    """Write text so that Discord shows it as it is."""
    safe = _SPECIAL.sub(lambda found: f"\\{found[0]}", text)
    return _AT_LINE_START.sub(_at_line_start, safe)


def _at_line_start(found: re.Match[str]) -> str:
    space, mark, number, dot = found.groups()
    return f"{space}\\{mark}" if mark else f"{space}{number}\\{dot}"


def markdown(runs: Iterable[Run]) -> str:
    """Write runs as markdown; it may hold line breaks, which no mark crosses."""
    text = ""
    for hidden, group in groupby(runs, key=lambda run: run.hidden):
        inner = ""
        for run in group:
            inner = _joined(inner, _marked(run))
        text = _joined(text, _barred(inner) if hidden else inner)
    return text


def _joined(before: str, after: str) -> str:
    """Put two pieces side by side without their marks running together."""
    touching = before[-1:] == after[:1] and after[:1] in {"*", "`"}
    return f"{before}{APART}{after}" if touching else before + after


def _marked(run: Run) -> str:
    if run.code and not run.hidden and not re.search(r"[`\n]", run.text) and run.text.strip():
        return f"`{run.text.strip(' ')}`"
    text = run.markup or (f"[{escaped(run.text)}]({run.url})" if run.url else escaped(run.text))
    star = "*" * (2 * run.strong + run.slanted)
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


def told(runs: Iterable[Run]) -> str:
    """Write runs as plain text for a file, what is hidden between bars."""
    pieces = groupby(runs, key=lambda run: run.hidden)
    texts = ((hidden, "".join(run.text for run in group)) for hidden, group in pieces)
    return "".join(f"||{text}||" if hidden and text.strip() else text for hidden, text in texts)


def shortened(runs: Iterable[Run], most: int) -> tuple[Run, ...]:
    """Keep runs up to `most` characters, cut at a word's end, with an ellipsis."""
    kept: list[Run] = []
    room = most
    for run in runs:
        if len(run.text) > room:
            kept.append(_cut(run, room))
            break
        kept.append(run)
        room -= len(run.text)
    return tuple(kept)


def _cut(run: Run, most: int) -> Run:
    if run.markup or run.url:
        return Run("…", hidden=run.hidden)
    head = run.text[:most]
    words = head.rsplit(" ", 1)[0] if " " in head[most // 2 :] else head
    return replace(run, text=words.rstrip() + "…", code=False)
