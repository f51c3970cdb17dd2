"""The walk of a reply that Discord, Slack and the terminal share: its blocks become parts to lay out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from adapters.chat.lines import TextLine, film_lines, lines_of
from bot.messages.plain_text import plain
from bot.messages.replies import (
    Action,
    Actions,
    Block,
    Choice,
    Divider,
    Document,
    FilmCard,
    FilmItem,
    FilmList,
    Histogram,
    Picture,
    Quote,
)


@dataclass(frozen=True, slots=True)
class Words:
    """Lines one below the other: a heading, a paragraph, small print, or fields."""

    lines: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class FilmPart:
    """A film: its name, then the lines below it, its poster, and what can be done with it alone."""

    title: TextLine
    lines: tuple[TextLine, ...]
    poster: Picture | None = None
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """One film at the head of a reply."""

    film: FilmPart


@dataclass(frozen=True, slots=True)
class FilmParts:
    """FilmParts in order; `number`: that of their block. `choice` opens one of them."""

    films: tuple[FilmPart, ...]
    number: int
    choice: Choice | None = None

    @property
    def spaced(self) -> bool:
        """Whether a film has more lines than its name."""
        return any(each.lines for each in self.films)


@dataclass(frozen=True, slots=True)
class Cited:
    """Somebody's words, and whose they are."""

    words: TextLine
    source: TextLine


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, a line each; `bars`: the labels and counts that they draw."""

    lines: tuple[TextLine, ...]
    bars: tuple[tuple[str, int], ...] = ()


Part = Words | Card | FilmParts | Cited | Chart | Divider | Picture | Document | Actions


def parts_of(blocks: Iterable[Block], longest_bar: int = 20) -> Iterator[Part]:
    """Turn blocks into parts. `longest_bar`: in letters."""
    for number, block in enumerate(blocks):
        yield _part(block, number, longest_bar)


def _part(block: Block, number: int, longest_bar: int) -> Part:
    match block:
        case FilmCard():
            return Card(_film(block, film_lines(block)))
        case FilmList(items, numbered, choice):
            places = (f"{n}." if numbered else "" for n in range(1, len(items) + 1))
            return FilmParts(tuple(map(_item, items, places)), number, choice)
        case Quote():
            return Cited(*lines_of(block))
        case Histogram(bars):
            return Chart(tuple(lines_of(block, longest_bar)), bars)
        case Divider() | Picture() | Document() | Actions():
            return block
    return Words(tuple(lines_of(block)))


def _item(item: FilmItem, place: str) -> FilmPart:
    return _film(item, film_lines(item, place), item.actions)


def _film(
    film: FilmCard | FilmItem, lines: list[TextLine], actions: tuple[Action, ...] = ()
) -> FilmPart:
    title, *below = lines
    name = " ".join(plain(title.spans).split()) or "a film"
    poster = Picture(film.poster, f"Poster of {name}") if film.poster else None
    return FilmPart(title, tuple(below), poster, actions)
