"""A reply as text for the terminal: laid out to its width, plain or with colours."""

import io
from collections.abc import Iterator, Sequence

from rich.box import ROUNDED
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from adapters.console.input.keys import ActionKeys, keys_of
from adapters.console.output.buttons import actions_below, flow, labels_of, line_of
from adapters.console.output.spans import DIM, STARS, plain_text, spans_text
from adapters.console.output.terminal import Look
from bot.domain.films import film_label
from bot.domain.visibility import Visibility
from bot.messages.replies import (
    Actions,
    Block,
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
    Quote,
    Reply,
)

LONGEST_BAR = 30
MOST_DOCUMENT_LINES = 24
ONLY_YOU = "(only you see this)"


class _Page(io.StringIO):
    """A page that tells rich which letters the terminal has."""

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]  # typed as a variable, but is a property there too
        return self._encoding


def render(reply: Reply, look: Look, keys: ActionKeys | None = None) -> str:
    """Lay the reply out. Returns lines that each end in a newline, at most `look.width` wide.

    `keys` are those to press its actions by, where they are not the usual ones.
    """
    page = _Page("utf-8" if look.unicode else "ascii")
    console = Console(
        file=page,
        width=look.width,
        color_system="standard" if look.colour else None,
        force_terminal=look.colour,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )
    console.print(_page(reply, keys or keys_of(reply), look))
    lines = (line.rstrip() for line in page.getvalue().split("\n"))
    return "\n".join(lines).rstrip("\n") + "\n"


def _page(reply: Reply, keys: ActionKeys, look: Look) -> RenderableType:
    parts = _body(reply.blocks, keys, look)
    if not parts:
        parts = [plain_text(reply.summary, look)]
    if reply.visibility is Visibility.ONLY_YOU:
        parts.append(Text(ONLY_YOU, style=DIM))
    parts.extend(actions_below(keys.below, look))
    return Group(*parts)


def _body(blocks: Sequence[Block], keys: ActionKeys, look: Look) -> list[RenderableType]:
    """Frame what has a film's card; leave the rest open."""
    card = next((each for each in blocks if isinstance(each, FilmCard)), None)
    if card is None:
        return _spaced(blocks, keys, look)
    title = plain_text(_label(card), look, "bold")
    title.truncate(max(1, look.width - 6), overflow="ellipsis" if look.unicode else "crop")
    inside = Group(*_spaced(blocks, keys, look))
    return [Panel(inside, title=title, title_align="left", box=ROUNDED, border_style=DIM)]


def _label(film: FilmCard | FilmItem) -> str:
    return film_label(film.title, film.year)


def _spaced(blocks: Sequence[Block], keys: ActionKeys, look: Look) -> list[RenderableType]:
    """Put a blank line between blocks, save where they belong together."""
    parts: list[RenderableType] = []
    before: Block | None = None
    for number, block in enumerate(blocks):
        if isinstance(block, Actions):
            continue  # they are shown at the very end
        if before is not None and not _together(before, block):
            parts.append("")
        if isinstance(block, FilmList):
            parts.extend(_films(number, block, keys, look))
        else:
            parts.extend(_block(block, look))
        before = block
    return parts


def _together(above: Block, below: Block) -> bool:
    return isinstance(above, Heading) or (
        type(above) is type(below) and isinstance(above, Footnote | Quote)
    )


def _block(block: Block, look: Look) -> Iterator[RenderableType]:
    match block:
        case FilmCard():
            yield from _card(block, look)
        case Document():
            yield from _document(block, look)
        case FilmList() | Actions():
            pass  # these have keys
        case _:
            yield _simple(block, look)


def _simple(
    block: Heading | Paragraph | Fields | Quote | Histogram | Divider | Footnote | Picture,
    look: Look,
) -> RenderableType:
    match block:
        case Heading(spans=spans):
            return spans_text(spans, look, "bold")
        case Paragraph(spans=spans):
            return spans_text(spans, look)
        case Fields(fields=fields):
            return _fields(fields, look)
        case Quote():
            return _quote(block, look)
        case Histogram():
            return _histogram(block, look)
        case Divider():
            return Rule(style=DIM, characters="─" if look.unicode else "-")
        case Footnote(spans=spans):
            return spans_text(spans, look, DIM)
        case Picture(url=url, alt=alt):
            return plain_text(f"[picture: {alt or 'no description'}] {url}", look, DIM)


def _grid(look: Look, names: int) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0), expand=False)
    grid.add_column(max_width=max(8, min(names, look.width // 3)), overflow="fold")
    grid.add_column(ratio=1, overflow="fold")
    return grid


def _fields(fields: tuple[Field, ...], look: Look) -> RenderableType:
    grid = _grid(look, max((cell_len(each.name) for each in fields), default=0))
    for each in fields:
        grid.add_row(plain_text(each.name, look, DIM), spans_text(each.spans, look))
    return grid


def _card(card: FilmCard, look: Look) -> Iterator[RenderableType]:
    if card.facts:
        yield _fields(card.facts, look)
    if card.facts and card.logline:
        yield ""
    if card.logline:
        yield spans_text(card.logline, look)


def _films(number: int, films: FilmList, keys: ActionKeys, look: Look) -> Iterator[RenderableType]:
    rows = keys.films[number]
    alike = number == keys.lettered and _same_labels(films.items)
    for place, (item, row) in enumerate(zip(films.items, rows, strict=True), start=1):
        if place > 1 and (item.lines or films.items[place - 2].lines):
            yield ""
        mark = f"{place}." if films.numbered else "•" if look.unicode else "-"
        yield _item(mark, item, look)
        if row and not alike:
            yield Padding(line_of(row, look), (0, 0, 0, 3))
    if alike:
        yield ""
        yield flow([Text("Of film 1, and so on:", style=DIM), *labels_of(rows[0], look)], look)


def _item(mark: str, item: FilmItem, look: Look) -> RenderableType:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(min_width=2, justify="right", overflow="fold")
    grid.add_column(ratio=1, overflow="fold")
    grid.add_row(mark, plain_text(_label(item), look, "bold"))
    for line in item.lines:
        grid.add_row("", spans_text(line, look))
    return grid


def _same_labels(items: tuple[FilmItem, ...]) -> bool:
    labels = {tuple(each.label for each in item.actions) for item in items}
    return len(items) > 1 and len(labels) == 1


def _quote(quote: Quote, look: Look) -> RenderableType:
    said = Text.assemble(look.text("“"), spans_text(quote.spans, look), look.text("”"))
    if quote.source:
        said.append_text(Text.assemble(look.text(" — "), spans_text(quote.source, look), style=DIM))
    return Padding(said, (0, 2, 0, 2))


def _histogram(histogram: Histogram, look: Look) -> RenderableType:
    bars = _trimmed(list(histogram.bars))
    most = max((count for _, count in bars), default=0)
    room = max(4, min(LONGEST_BAR, look.width // 3))
    grid = _grid(look, max((cell_len(label) for label, _ in bars), default=0))
    for label, count in bars:
        length = count if most <= room else round(count / most * room)
        bar = ("█" if look.unicode else "#") * max(length, 1 if count > 0 else 0)
        row = Text.assemble((bar, STARS), " " if bar else "", str(count))
        grid.add_row(plain_text(label, look), row)
    return grid


def _trimmed(bars: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Leave out the empty ends; keep the gaps between, for they show the spread."""
    filled = [place for place, (_, count) in enumerate(bars) if count > 0]
    return bars[filled[0] : filled[-1] + 1] if filled else []


def _document(document: Document, look: Look) -> Iterator[RenderableType]:
    lines = document.content.splitlines()
    head = f"{document.name} ({document.media_type}, {len(lines)} lines)"
    yield plain_text(head, look, "bold")
    for line in lines[:MOST_DOCUMENT_LINES]:
        yield Padding(plain_text(line, look), (0, 0, 0, 2))
    if len(lines) > MOST_DOCUMENT_LINES:
        rest = len(lines) - MOST_DOCUMENT_LINES
        yield plain_text(f"and {rest} more lines; --json gives all of it", look, DIM)
