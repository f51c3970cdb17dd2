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

from adapters.chat.layout import Card, Chart, Cited, FilmPart, FilmParts, Part, Words, parts_of
from adapters.chat.lines import LineKind, TextLine, lines_of
from adapters.console.input.keys import ActionKeys, keys_of
from adapters.console.output.buttons import actions_below, flow, labels_of, line_of
from adapters.console.output.spans import DIM, STARS, plain_text, spans_text
from adapters.console.output.terminal import Look
from bot.messages.replies import (
    Actions,
    Block,
    Divider,
    Document,
    FilmCard,
    Footnote,
    Heading,
    Picture,
    Quote,
    Reply,
)
from bot.messages.spans import Usage
from bot.messages.visibility import Visibility

LONGEST_BAR = 30
MOST_DOCUMENT_LINES = 24
ONLY_YOU = "(only you see this)"

_STYLES = {
    LineKind.HEADING: "bold",
    LineKind.TITLE: "bold",
    LineKind.ITEM: "bold",
    LineKind.BYLINE: DIM,
    LineKind.SMALL: DIM,
}


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
    title = _line(lines_of(card)[0], look)
    title.truncate(max(1, look.width - 6), overflow="ellipsis" if look.unicode else "crop")
    inside = Group(*_spaced(blocks, keys, look))
    return [Panel(inside, title=title, title_align="left", box=ROUNDED, border_style=DIM)]


def _spaced(blocks: Sequence[Block], keys: ActionKeys, look: Look) -> list[RenderableType]:
    """Put a blank line between blocks, save where they belong together."""
    parts: list[RenderableType] = []
    before: Block | None = None
    longest = max(4, min(LONGEST_BAR, look.width // 3))
    for block, part in zip(blocks, parts_of(blocks, longest), strict=True):
        if isinstance(block, Actions):
            continue  # they are shown at the very end
        if before is not None and not _together(before, block):
            parts.append("")
        parts.extend(_part(part, keys, look))
        before = block
    return parts


def _together(above: Block, below: Block) -> bool:
    return isinstance(above, Heading) or (
        type(above) is type(below) and isinstance(above, Footnote | Quote)
    )


def _part(part: Part, keys: ActionKeys, look: Look) -> Iterator[RenderableType]:
    match part:
        case Card(film):
            yield from _card(film, look)
        case FilmParts():
            yield from _films(part, keys, look)
        case Words(lines) if any(each.kind is LineKind.FIELD for each in lines):
            yield _table(lines, look)
        case Chart(lines):
            yield _table(lines, look)
        case Cited(words, source):
            yield _quote(words, source, look=look)
        case Document():
            yield from _document(part, look)
        case Divider():
            yield Rule(style=DIM, characters="─" if look.unicode else "-")
        case Picture(url=url, alt=alt):
            yield plain_text(f"[picture: {alt or 'no description'}] {url}", look, DIM)
        case Words(lines):
            yield from (_line(line, look) for line in lines)


def _line(line: TextLine, look: Look) -> Text:
    text = spans_text(line.spans, look, _STYLES.get(line.kind, ""))
    if line.kind is LineKind.BAR:
        text.highlight_regex("^[█#]+", STARS)
    return text


def _label(line: TextLine) -> str:
    """Return a line's label; a command as it is typed here."""
    return line.label_by(lambda command: str(Usage(command)))


def _table(lines: Sequence[TextLine], look: Look) -> Table:
    """Arrange lines in two columns: labels and texts."""
    widest = max((cell_len(_label(line)) for line in lines), default=0)
    grid = Table.grid(padding=(0, 2, 0, 0), expand=False)
    grid.add_column(max_width=max(8, min(widest, look.width // 3)), overflow="fold")
    grid.add_column(ratio=1, overflow="fold")
    for line in lines:
        label = plain_text(_label(line), look, DIM if line.kind is LineKind.FIELD else "")
        grid.add_row(label, _line(line, look))
    return grid


def _card(film: FilmPart, look: Look) -> Iterator[RenderableType]:
    """Show what a film is about, then its facts; its name is on the frame."""
    facts = [line for line in film.lines if line.kind is LineKind.FIELD]
    about = [line for line in film.lines if line.kind is not LineKind.FIELD]
    yield from (_line(line, look) for line in about)
    if facts and about:
        yield ""
    if facts:
        yield _table(facts, look)


def _films(part: FilmParts, keys: ActionKeys, look: Look) -> Iterator[RenderableType]:
    rows = keys.films[part.number]
    lettered = part.number == keys.lettered
    alike = lettered and _same_actions(part)
    above: Sequence[TextLine] = ()
    for film, row in zip(part.films, rows, strict=True):
        lines = (film.title, *film.lines)
        if above and max(len(above), len(lines)) > 1:
            yield ""
        yield _item(lines, look)
        if row and not alike:
            yield Padding(line_of(row, look), (0, 0, 0, 3))
        above = lines
    if alike:
        yield ""
        yield flow([Text("Of film 1, and so on:", style=DIM), *labels_of(rows[0], look)], look)
    if lettered and part.choice:
        yield ""
        last = f"-{len(part.films)}" if len(part.films) > 1 else ""
        yield Text.assemble((f"[1{last}]", "cyan"), " ", plain_text(part.choice.label, look))


def _item(lines: Sequence[TextLine], look: Look) -> RenderableType:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(min_width=2, justify="right", overflow="fold")
    grid.add_column(ratio=1, overflow="fold")
    bullet = "•" if look.unicode else "-"
    for line in lines:
        label = _label(line) or bullet if line.kind is LineKind.ITEM else ""
        grid.add_row(label, _line(line, look))
    return grid


def _same_actions(part: FilmParts) -> bool:
    labels = {tuple(each.label for each in film.actions) for film in part.films}
    return len(part.films) > 1 and len(labels) == 1 and labels != {()}


def _quote(words: TextLine, source: TextLine, *, look: Look) -> RenderableType:
    text = Text.assemble(look.text("“"), _line(words, look), look.text("”"))
    if source.spans:
        text.append_text(Text.assemble(look.text(" — "), _line(source, look), style=DIM))
    return Padding(text, (0, 2, 0, 2))


def _document(document: Document, look: Look) -> Iterator[RenderableType]:
    if document.alt:
        yield plain_text(f"[picture: {document.alt}]", look)
        return
    lines = document.content.splitlines()
    head = f"{document.name} ({document.media_type}, {len(lines)} lines)"
    yield plain_text(head, look, "bold")
    for line in lines[:MOST_DOCUMENT_LINES]:
        yield Padding(plain_text(line, look), (0, 0, 0, 2))
    if len(lines) > MOST_DOCUMENT_LINES:
        rest = len(lines) - MOST_DOCUMENT_LINES
        yield plain_text(f"and {rest} more lines; --json gives all of it", look, DIM)
