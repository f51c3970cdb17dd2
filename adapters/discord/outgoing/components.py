"""Turns the parts of a reply into the pieces of a Discord message, before these are made to fit."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from discord import ui

from adapters.chat.commands import without_untyped
from adapters.chat.layout import Card, Chart, Cited, FilmPart, FilmParts, Part, Words, parts_of
from adapters.chat.lines import LineKind, TextLine, is_picture_address
from adapters.chat.pictures import file_of
from adapters.discord import limits
from adapters.discord.commands import usage
from adapters.discord.limits import fitted
from adapters.discord.outgoing.controls import Namer, Row, button, menus, rows
from adapters.discord.outgoing.markdown import StyledText, markdown, styled_texts, unstyled
from bot.messages.plain_text import plain
from bot.messages.replies import Actions, Block, Choice, Divider, Document, Picture
from bot.messages.spans import Plain

LONG_SPOILER = 200
"""Characters from which a text that is hidden as a whole gets a box of its own."""

MOST_SECTIONS = 9
"""Films that may have their one button beside them; with more of them there is a menu."""

MOST_QUOTED = 6
"""Films of which somebody's words stand below the poster, as wide as the message; of more, beside it."""

LONGEST_BAR = 14

_MARKS = {
    LineKind.TITLE: "## ",
    LineKind.HEADING: "### ",
    LineKind.BYLINE: "-# ",
    LineKind.SMALL: "-# ",
    LineKind.REMARK: "-# ",
}


Beside = ui.Thumbnail[Any] | ui.Button[Any] | None
"""What may stand beside a text: a poster, or a button."""


@dataclass(frozen=True, slots=True)
class MarkdownLine:
    """Text that has one mark at the start of each of its lines: `> `, `-# ` or none."""

    texts: tuple[StyledText, ...]
    mark: str = ""

    def markdown(self, *, bare: bool = False) -> str:
        """Return the markdown; `bare` leaves out the bars of spoilers, for text in a folded box."""
        texts = (replace(each, hidden=False) for each in self.texts) if bare else self.texts
        return "\n".join(f"{self.mark}{line}" for line in markdown(texts).split("\n"))


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Lines with at most one component beside them; `hidden` asks for a folded box around them."""

    lines: tuple[MarkdownLine, ...]
    beside: Beside = None
    hidden: bool = False

    def markdown(self) -> str:
        """Return the markdown of all lines."""
        return "\n".join(line.markdown(bare=self.hidden) for line in self.lines)

    def unstyled(self) -> str:
        """Return the bare text for a file."""
        return "\n".join(unstyled(line.texts) for line in self.lines)

    @property
    def conceals(self) -> bool:
        """Whether any of it is a spoiler."""
        return any(each.hidden for line in self.lines for each in line.texts)


@dataclass(frozen=True, slots=True)
class Separator:
    """A line between parts."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture on the web, with its description."""

    url: str
    alt: str


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file sent with the message; with an `alt`, it is a picture that the message shows."""

    name: str
    data: bytes
    spoiler: bool = False
    alt: str = ""


Piece = TextBlock | Separator | Image | AttachedFile | Row


def pieces_of(blocks: Iterable[Block], namer: Namer) -> list[Piece]:
    """Turn blocks into pieces, without those that would show nothing."""
    pieces = [
        piece
        for part in parts_of(without_untyped(blocks), LONGEST_BAR)
        for piece in _pieces(part, namer)
    ]
    return [each for each in pieces if not isinstance(each, TextBlock) or each.markdown().strip()]


def text_block(text: str, mark: str = "") -> TextBlock:
    """Return a bare text as a block."""
    return TextBlock((MarkdownLine(tuple(styled_texts((Plain(text),))), mark),))


def _pieces(part: Part, namer: Namer) -> Iterator[Piece]:
    match part:
        case Card(film):
            yield _film(film, beside=_poster(film.poster))
        case FilmParts():
            yield from _films(part, namer)
        case Cited():
            yield from _quote(part)
        case Actions(actions):
            yield from rows(actions, namer)
        case Divider():
            yield Separator()
        case Picture(url, alt):
            yield Image(url, fitted(alt, limits.ALT_TEXT)) if _is_shown(url) else text_block(alt)
        case Document():
            yield _document(part)
        case Words(lines) | Chart(lines):
            yield TextBlock(_lines(lines))


def _lines(lines: Sequence[TextLine]) -> tuple[MarkdownLine, ...]:
    widest = max((len(_label(line)) for line in lines), default=0)
    return tuple(_line(line, widest) for line in lines)


def _line(line: TextLine, widest: int) -> MarkdownLine:
    """Style a line by its kind; the labels of bars are padded to the `widest`, in letters."""
    texts, label = tuple(styled_texts(line.spans)), _label(line)
    match line.kind:
        case LineKind.HEADING:  # it ends with its line
            texts = tuple(replace(each, text=each.text.replace("\n", " ")) for each in texts)
        case LineKind.FIELD:
            texts = (StyledText(label, strong=True), StyledText(" "), *texts)
        case LineKind.BAR:
            padded = label.ljust(widest, "\N{NO-BREAK SPACE}")
            texts = (StyledText(padded, code=bool(label)), StyledText(" "), *texts)
        case LineKind.TITLE | LineKind.ITEM:
            texts = (StyledText(_name(line), strong=line.kind is LineKind.ITEM),)
    return MarkdownLine(texts, _MARKS.get(line.kind, ""))


def _label(line: TextLine) -> str:
    return _folded(line.label_by(usage))


def _folded(text: str) -> str:
    return " ".join(text.split())


def _name(line: TextLine) -> str:
    """Return a film's number and title."""
    return _folded(f"{_label(line)} {plain(line.spans) or '…'}")


def _film(film: FilmPart, beside: Beside = None) -> TextBlock:
    return TextBlock(_lines((film.title, *film.lines)), beside)


def _poster(poster: Picture | None) -> ui.Thumbnail[Any] | None:
    if poster is None or not _is_shown(poster.url):
        return None
    return ui.Thumbnail[Any](poster.url, description=fitted(poster.alt, limits.ALT_TEXT))


def _is_shown(url: str) -> bool:
    return is_picture_address(url, limits.ADDRESS, schemes=("https://", "http://"))


def _films(part: FilmParts, namer: Namer) -> Iterator[Piece]:
    """Show films; a lone action stands beside its film, several of many films become menus."""
    films = part.films
    most = max((len(film.actions) for film in films), default=0)
    choices = any(isinstance(each, Choice) for film in films for each in film.actions)
    beside = most == 1 and len(films) <= MOST_SECTIONS and not choices
    for place, film in enumerate(films):
        if place and part.spaced:
            yield Separator()
        pressed = button(film.actions[0], namer) if beside and film.actions else None
        stands = pressed or _poster(film.poster)
        below = [line for line in film.lines if line.kind is LineKind.REMARK]
        if stands is None or not below or len(films) > MOST_QUOTED:
            yield _film(film, stands)
            continue
        above = tuple(line for line in film.lines if line not in below)
        yield _film(replace(film, lines=above), stands)
        yield TextBlock(_lines(below))
    if part.choice:
        yield from rows((part.choice,), namer)
    if len(films) == 1 and not beside:
        yield from rows(films[0].actions, namer)
    elif not beside:
        yield from menus([(_name(film.title), film.actions) for film in films], namer)


def _quote(quote: Cited) -> Iterator[Piece]:
    text, source = tuple(styled_texts(quote.words.spans)), tuple(styled_texts(quote.source.spans))
    whole = all(each.hidden or not each.text.strip() for each in text)
    if whole and sum(len(each.text) for each in text) > LONG_SPOILER:
        yield TextBlock((MarkdownLine(text),), hidden=True)
        yield TextBlock((MarkdownLine((StyledText("— "), *source)),))
        return
    by = (StyledText(" — "), *source) if source else ()
    yield TextBlock((MarkdownLine((StyledText("“"), *text, StyledText("”"), *by), "> "),))


def _document(document: Document) -> Piece:
    name, data = file_of(document)
    if len(data) > limits.FILE_BYTES:
        return text_block(f"{name} is too large to be sent here.")
    return AttachedFile(name, data, alt=fitted(document.alt, limits.ALT_TEXT))
