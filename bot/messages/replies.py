"""Replies: trees of blocks and spans that every platform renders in its own way."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import ClubId, FilmId, PlaceId
from bot.messages.commands import Command
from bot.messages.spans import Span, Usage
from bot.messages.visibility import Visibility


class Style(StrEnum):
    """The emphasis of a button."""

    PRIMARY = "primary"
    NORMAL = "normal"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Button:
    """A button: pressing it sends `command` as if it had been typed.

    `settles`: the answer takes the place of the button's message where one member alone reads that.
    `unfolds`: it only shows the folded words of its message: of no use where each can be opened by itself.
    """

    label: str
    command: Command
    style: Style = Style.NORMAL
    settles: bool = False
    unfolds: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice: the label shown, and the value for the command."""

    label: str
    value: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A menu: choosing puts the option's value into `field` of `command` and sends it. `settles`: as of a button."""

    label: str
    options: tuple[Option, ...]
    command: Command
    field: str
    settles: bool = False


@dataclass(frozen=True, slots=True)
class FieldNote:
    """What a form says at one of its fields, beside its help.

    `typed`: a value that did not fit, shown to be corrected; `error`: what would fit; `otherwise`: what
    holds as long as the field is empty.
    """

    field: str
    typed: str = ""
    error: str = ""
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form over the named fields of `command`, filled with what it holds; sending it sends it."""

    label: str
    command: Command
    fields: tuple[str, ...]
    notes: tuple[FieldNote, ...] = ()


Action = Button | Choice | Form


@dataclass(frozen=True, slots=True)
class Heading:
    """The title line of a reply."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One or more sentences."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A name and its value. A name that is a command is shown as it is given on each platform."""

    name: str | Usage
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """A few names and values."""

    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class FilmCard:
    """A film: its name, in one line who made it and how long it is, its facts, what it is about."""

    film_id: FilmId
    title: str
    year: int | None
    facts: tuple[Field, ...]
    logline: tuple[Span, ...]
    poster: str | None = None
    byline: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class FilmItem:
    """A film in a list: its name and byline, then one line each for why and a warning, and `quote`: somebody's words."""

    film_id: FilmId
    title: str
    year: int | None
    lines: tuple[tuple[Span, ...], ...] = ()
    actions: tuple[Action, ...] = ()
    poster: str | None = None
    byline: tuple[Span, ...] = ()
    quote: tuple[Span, ...] = ()

    @property
    def told(self) -> tuple[tuple[Span, ...], ...]:
        """All that is said of it: its lines and the quote."""
        return (*self.lines, self.quote) if self.quote else self.lines


@dataclass(frozen=True, slots=True)
class FilmList:
    """Films in order. `choice` opens one of them: it has an option for each, in the same order."""

    items: tuple[FilmItem, ...]
    numbered: bool = True
    choice: Choice | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words, whole, and whose they are."""

    spans: tuple[Span, ...]
    source: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many of each: labels with counts, in order."""

    bars: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Divider:
    """A line between parts."""


@dataclass(frozen=True, slots=True)
class Footnote:
    """Small print: sources, modes, hints."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """An image with its description for those who cannot see it."""

    url: str
    alt: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file to take away. A drawing (SVG) has an `alt` that describes it; chats show it as a picture."""

    name: str
    media_type: str
    content: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Actions:
    """What can be done next."""

    actions: tuple[Action, ...]


Block = (
    Heading
    | Paragraph
    | Fields
    | FilmCard
    | FilmList
    | Quote
    | Histogram
    | Divider
    | Footnote
    | Picture
    | Document
    | Actions
)


@dataclass(frozen=True, slots=True)
class ScheduledEvent:
    """An entry among the events that a platform shows a club. Instants are UTC."""

    name: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. `summary` is plain text, always there, and never holds a spoiler.

    `aside`: an error, a greeting or a question back, after which the actions of the answer before
    it are still at hand. `asks`: a question, whose place the answer takes where a platform can.
    `place`: the channel in which it is shown, where that is another than it was asked in.
    `event`: what a messenger is to enter instead of posting a message; the summary describes it.
    `club`: the one that a message speaks of, where its place does not say that: what is pressed on it
    concerns that club.
    """

    blocks: tuple[Block, ...]
    summary: str
    visibility: Visibility = Visibility.CLUB
    aside: bool = False
    asks: bool = False
    place: PlaceId | None = None
    event: ScheduledEvent | None = None
    club: ClubId | None = None
