"""The walk of a reply that all renderers share: a block becomes lines, spans become marked spans."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from bot.domain.films.film import film_label
from bot.domain.ids import MemberId
from bot.messages.commands import Command
from bot.messages.replies import (
    Block,
    Field,
    Fields,
    FilmCard,
    FilmItem,
    FilmList,
    Footnote,
    Heading,
    Histogram,
    Paragraph,
    Quote,
    Reply,
)
from bot.messages.spans import (
    Channel,
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


class LineKind(Enum):
    """The role of a line in its block; each renderer has a style for it."""

    HEADING = auto()
    TEXT = auto()
    SMALL = auto()
    TITLE = auto()
    BYLINE = auto()
    FIELD = auto()
    ITEM = auto()
    DETAIL = auto()
    REMARK = auto()
    QUOTE = auto()
    SOURCE = auto()
    BAR = auto()


@dataclass(frozen=True, slots=True)
class TextLine:
    """Line of a reply; `label`, before the spans: a field's or a bar's name, a film's number in its list."""

    kind: LineKind
    spans: tuple[Span, ...]
    label: str | Usage = ""

    def label_by(self, usage: Callable[[Command], str]) -> str:
        """Return the label; a command as `usage` writes it."""
        return usage(self.label.command) if isinstance(self.label, Usage) else self.label


def lines_of(block: Block, longest_bar: int = 20) -> list[TextLine]:
    """Return the lines of a block; none for blocks that are not text. `longest_bar`: in letters."""
    match block:
        case Heading(spans):
            return [TextLine(LineKind.HEADING, spans)]
        case Paragraph(spans):
            return [TextLine(LineKind.TEXT, spans)]
        case Footnote(spans):
            return [TextLine(LineKind.SMALL, spans)]
        case Fields(fields):
            return _fields(fields)
        case FilmCard():
            return film_lines(block)
        case FilmList(items):
            return [line for item in items for line in film_lines(item)]
        case Quote(spans, source):
            return [TextLine(LineKind.QUOTE, spans), TextLine(LineKind.SOURCE, source)]
        case Histogram(bars):
            return list(_bars(bars, longest_bar))
    return []


def film_lines(film: FilmCard | FilmItem, place: str = "") -> list[TextLine]:
    """Return the lines of a film that hold anything, its name first; `place`: its number in a list."""
    name = (Plain(film_label(film.title, film.year)),)
    below = [TextLine(LineKind.BYLINE, film.byline)]
    if isinstance(film, FilmCard):
        kind = LineKind.TITLE
        below += [TextLine(LineKind.TEXT, film.logline), *_fields(film.facts)]
    else:
        kind = LineKind.ITEM
        below += (TextLine(LineKind.DETAIL, line) for line in film.lines)
        below.append(TextLine(LineKind.REMARK, film.quote))
    return [TextLine(kind, name, place), *(line for line in below if line.spans)]


def _fields(fields: Iterable[Field]) -> list[TextLine]:
    return [TextLine(LineKind.FIELD, each.spans, each.name) for each in fields]


def _bars(bars: Iterable[tuple[str, int]], longest: int) -> Iterator[TextLine]:
    """Draw bars without the empty ones at both ends; those between show the spread."""
    counts = [(label, max(0, count)) for label, count in bars]
    filled = [place for place, (_, count) in enumerate(counts) if count]
    most = max((count for _, count in counts), default=0)
    for label, count in counts[filled[0] : filled[-1] + 1] if filled else []:
        length = count if most <= longest else max(round(count / most * longest), bool(count))
        yield TextLine(LineKind.BAR, (Plain(f"{'█' * length} {count}".lstrip()),), label)


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """A span of text with the marks of all the spans around it. A link is one, whatever it holds."""

    span: Plain | Code | Usage | Link | Mention | Channel | When | Day | Spoiler
    strong: bool = False
    slanted: bool = False
    hidden: bool = False


_UNMARKED = MarkedSpan(Plain(""))


def marked_spans(
    spans: Iterable[Span], outer: MarkedSpan = _UNMARKED, *, unfold: bool
) -> Iterator[MarkedSpan]:
    """Flatten spans. With `unfold`, the text of spoilers is yielded as `hidden`; else the spoiler."""
    for span in spans:
        match span:
            case Strong(inner):
                yield from marked_spans(inner, replace(outer, strong=True), unfold=unfold)
            case Emphasis(inner):
                yield from marked_spans(inner, replace(outer, slanted=True), unfold=unfold)
            case Spoiler(inner) if unfold:
                yield from marked_spans(inner, replace(outer, hidden=True), unfold=unfold)
            case leaf:
                yield replace(outer, span=leaf)


def notified(reply: Reply) -> list[MemberId]:
    """Return the members whom a message in a channel notifies; all others are named only."""
    spans = (line.spans for block in reply.blocks for line in lines_of(block))
    leaves = (each.span for line in spans for each in marked_spans(line, unfold=True))
    found = (each.member_id for each in leaves if isinstance(each, Mention) and each.notify)
    return list(dict.fromkeys(found))


def is_picture_address(url: str, longest: int, *, schemes: tuple[str, ...]) -> bool:
    """Return whether a platform fetches pictures from this address, of at most `longest` letters."""
    plain = url.isascii() and url.isprintable() and " " not in url
    return plain and url.startswith(schemes) and len(url) <= longest
