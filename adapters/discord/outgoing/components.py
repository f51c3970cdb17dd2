"""The blocks of a reply as parts of a Discord message, before anybody asks whether they fit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from discord import ui

from adapters.discord import limits
from adapters.discord.limits import fitted
from adapters.discord.outgoing.controls import Namer, Row, button, menus, rows
from adapters.discord.outgoing.markdown import Run, markdown, runs_of, told
from bot.domain.films import film_label
from bot.messages.replies import (
    Actions,
    Block,
    Choice,
    Divider,
    Document,
    Field,
    Fields,
    FilmCard,
    FilmItem,
    FilmList,
    Footnote,
    Heading,
    Histogram,
    Paragraph,
    Picture,
    Plain,
    Quote,
    Span,
)

LONG_SPOILER = 200
"""Characters from which what is hidden as a whole gets a box of its own."""

MOST_SECTIONS = 9
"""Films that may have their one button beside them; with more of them there is a menu."""

LONGEST_BAR = 14


@dataclass(frozen=True, slots=True)
class Line:
    """Text under one mark at each of its lines: `> `, `-# ` or none."""

    runs: tuple[Run, ...]
    mark: str = ""

    def markdown(self, *, bare: bool = False) -> str:
        """Write it for Discord; `bare` leaves out the bars, for what is hidden in another way."""
        runs = (replace(run, hidden=False) for run in self.runs) if bare else self.runs
        return "\n".join(f"{self.mark}{line}" for line in markdown(runs).split("\n"))


@dataclass(frozen=True, slots=True)
class Words:
    """Lines of text, with at most one thing beside them; `hidden` asks for a box to be opened."""

    lines: tuple[Line, ...]
    beside: ui.Thumbnail[Any] | ui.Button[Any] | None = None
    hidden: bool = False

    def markdown(self) -> str:
        """Write them for Discord."""
        return "\n".join(line.markdown(bare=self.hidden) for line in self.lines)

    def told(self) -> str:
        """Write them for a file."""
        return "\n".join(told(line.runs) for line in self.lines)

    @property
    def conceals(self) -> bool:
        """Whether any of it is a spoiler."""
        return any(run.hidden for line in self.lines for run in line.runs)


@dataclass(frozen=True, slots=True)
class Drawing:
    """Letters that stand under each other."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line between parts."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture on the web, with its description."""

    url: str
    alt: str


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes along."""

    name: str
    data: bytes
    spoiler: bool = False


Part = Words | Rule | Image | Attached | Row


def parts_of(blocks: Iterable[Block], namer: Namer) -> list[Part]:
    """Turn blocks into parts, those that would show nothing left out."""
    parts = [part for block in blocks for part in _block(block, namer)]
    return [part for part in parts if not isinstance(part, Words) or part.markdown().strip()]


def text_line(text: str, mark: str = "") -> Line:
    """Make a line of bare text."""
    return Line(tuple(runs_of((Plain(text),))), mark)


def words(spans: Iterable[Span], mark: str = "") -> Words:
    """Make words of spans."""
    return Words((Line(tuple(runs_of(spans)), mark),))


def _block(block: Block, namer: Namer) -> Iterator[Part]:
    match block:
        case Heading(spans=spans):
            yield Words((Line(_one_line(spans), "### "),))
        case Paragraph(spans=spans):
            yield words(spans)
        case Footnote(spans=spans):
            yield words(spans, "-# ")
        case Fields(fields=fields):
            yield Words(tuple(map(_field, fields)))
        case Quote():
            yield from _quote(block)
        case FilmCard():
            yield from _card(block)
        case FilmList():
            yield from _films(block, namer)
        case Actions(actions=actions):
            yield from rows(actions, namer)
        case _:
            yield from _other(block)


def _other(block: Histogram | Divider | Picture | Document) -> Iterator[Part]:
    match block:
        case Histogram():
            yield _histogram(block)
        case Divider():
            yield Rule()
        case Picture(url=url, alt=alt):
            shown = _is_address(url)
            yield Image(url, fitted(alt, limits.ALT_TEXT)) if shown else Words((text_line(alt),))
        case Document():
            yield _document(block)


def _one_line(spans: Iterable[Span]) -> tuple[Run, ...]:
    """Fold line breaks: a heading ends with its line."""
    return tuple(replace(run, text=run.text.replace("\n", " ")) for run in runs_of(spans))


def _field(field: Field) -> Line:
    name = Run(" ".join(field.name.split()), strong=True)
    return Line((name, Run(" "), *runs_of(field.spans)))


def _label(film: FilmCard | FilmItem) -> str:
    title = " ".join(film.title.split()) or "…"
    return film_label(title, film.year)


def _card(card: FilmCard) -> Iterator[Part]:
    """Show a film's facts beside its poster, and what it is about below them."""
    facts = (text_line(_label(card), "## "), *map(_field, card.facts))
    poster = None
    if card.poster and _is_address(card.poster):
        alt = fitted(f"Poster of {_label(card)}", limits.ALT_TEXT)
        poster = ui.Thumbnail[Any](card.poster, description=alt)
    yield Words(facts, poster)
    yield words(card.logline)


def _is_address(url: str) -> bool:
    """Whether Discord would fetch a picture from there."""
    return (
        url.startswith(("https://", "http://"))
        and url.isascii()
        and " " not in url
        and url.isprintable()
        and len(url) <= limits.ADDRESS
    )


def _films(films: FilmList, namer: Namer) -> Iterator[Part]:
    """Show films; a lone action stands beside its film, several of many films become menus."""
    names = [
        f"{place}. {_label(item)}" if films.numbered else _label(item)
        for place, item in enumerate(films.items, start=1)
    ]
    most = max((len(item.actions) for item in films.items), default=0)
    choices = any(isinstance(a, Choice) for item in films.items for a in item.actions)
    beside = most == 1 and len(films.items) <= MOST_SECTIONS and not choices
    for name, item in zip(names, films.items, strict=True):
        yield _film(name, item, button(item.actions[0], namer) if beside and item.actions else None)
    if len(films.items) == 1 and not beside:
        yield from rows(films.items[0].actions, namer)
    elif not beside:
        yield from menus(films.items, names, namer)


def _film(name: str, item: FilmItem, beside: ui.Button[Any] | None) -> Words:
    title = Line((Run(name, strong=True),))
    return Words((title, *(Line(tuple(runs_of(line))) for line in item.lines)), beside)


def _quote(quote: Quote) -> Iterator[Part]:
    said, source = tuple(runs_of(quote.spans)), tuple(runs_of(quote.source))
    whole = all(run.hidden or not run.text.strip() for run in said)
    if whole and sum(len(run.text) for run in said) > LONG_SPOILER:
        yield Words((Line(said),), hidden=True)
        yield Words((Line((Run("— "), *source)),))
        return
    by = (Run(" — "), *source) if source else ()
    yield Words((Line((Run("“"), *said, Run("”"), *by), "> "),))


def _histogram(histogram: Histogram) -> Words:
    """Draw bars of letters, empty ends left out."""
    bars = [(" ".join(label.split()), max(0, count)) for label, count in histogram.bars]
    filled = [place for place, (_, count) in enumerate(bars) if count]
    shown = bars[filled[0] : filled[-1] + 1] if filled else []
    most = max((count for _, count in shown), default=0)
    wide = max((len(label) for label, _ in shown), default=0)
    return Words(tuple(_bar(label, wide, count, most) for label, count in shown))


def _bar(label: str, wide: int, count: int, most: int) -> Line:
    length = count if most <= LONGEST_BAR else -(-count * LONGEST_BAR // most)
    name = Run(label.ljust(wide, "\N{NO-BREAK SPACE}"), code=bool(label))
    return Line((name, Run(f" {'█' * length}{' ' if length else ''}{count}")))


def _document(document: Document) -> Part:
    data = document.content.encode("utf-8", "replace")
    if len(data) > limits.FILE_BYTES:
        return Words((text_line(f"{document.name} is too large to be sent here."),))
    return Attached(document.name, data)
