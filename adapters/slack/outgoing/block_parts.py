"""The blocks of a reply, each as the Block Kit blocks that stand or fall together."""

from collections.abc import Iterable, Iterator, Sequence

from adapters.slack import limits
from adapters.slack.outgoing.actions import Ids, pressable, show_buttons
from adapters.slack.outgoing.blocks import (
    can_show,
    header,
    image,
    picture,
    plain_text,
    rich,
    rows,
    section,
    small,
)
from adapters.slack.outgoing.rich_text import Json, elements, flat, shorten, spoilers, text_element
from bot.domain.films import film_label
from bot.domain.text import printable
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
    Plain,
    Quote,
    Span,
)

LONGEST_BAR = 20

Part = list[Json]


class Writer:
    """Writes blocks down with no text longer than `longest`; `cut` tells whether one was.

    With `pings`, members are mentioned: only where nobody but the reader is told of it.
    """

    def __init__(self, longest: int, *, pings: bool) -> None:
        """Begin a message."""
        self._longest = longest
        self._pings = pings
        self._ids = Ids()
        self.cut = False

    def parts(self, block: Block) -> list[Part]:
        """Write one block down: a list of films as a part for each, all else as one part or none."""
        match block:
            case FilmList(items, numbered):
                return [
                    self._item(f"{place}. " if numbered else "• ", item)
                    for place, item in enumerate(items, start=1)
                ]
            case Actions(actions):
                part = rows(pressable(actions, self._ids))
            case _:
                part = self._part(block)
        return [part] if part else []

    def _part(self, block: Block) -> Part:
        match block:
            case Heading(spans):
                return self._heading(spans)
            case Paragraph(spans):
                return self._folding(spans, rich(section(self._rich(spans))))
            case Fields(fields):
                return self._fields(fields)
            case FilmCard():
                return self._card(block)
            case Quote():
                return self._quote(block)
            case Footnote(spans):
                return self._footnote(spans)
            case _:
                return _still(block)

    def _rich(self, spans: Iterable[Span], *styles: str) -> list[Json]:
        whole = elements(spans, pings=self._pings, style=frozenset(styles))
        found, cut = shorten(whole, self._longest)
        self.cut = self.cut or cut
        return found

    def _folding(self, spans: Iterable[Span], part: Part) -> Part:
        """Add a way to see what is folded away."""
        folded = spoilers(spans)
        if sum(map(len, folded)) > min(self._longest, limits.VALUE):
            self.cut = True
            folded = ["\n\n".join(folded)[: min(self._longest, limits.VALUE) - 1] + "…"]
        return part + rows(show_buttons(folded, self._ids))

    def _heading(self, spans: Sequence[Span]) -> Part:
        words = flat(spans)
        if all(isinstance(each, Plain) for each in spans) and len(words) <= limits.HEADER:
            return [header(words)] if words.strip() else []
        return self._folding(spans, rich(section(self._rich(spans, "bold"))))

    def _fields(self, fields: Sequence[Field]) -> Part:
        lines = [
            [text_element(f"{printable(each.name) or '-'}  ", "bold"), *self._rich(each.spans)]
            for each in fields
        ]
        folded = [span for each in fields for span in each.spans]
        return self._folding(folded, rich(section(_lines(lines))))

    def _card(self, card: FilmCard) -> Part:
        logline = rich(section(self._rich(card.logline)))
        words = flat(card.logline)
        if card.poster and can_show(card.poster) and 0 < len(words.strip()) <= limits.SECTION:
            poster = {"type": "image", **picture(card.poster, f"Poster of {_label(card)}")}
            text = plain_text(words, limits.SECTION)
            logline = [{"type": "section", "text": text, "accessory": poster}]
        folded = self._folding(card.logline, logline)
        return [header(_label(card)), *self._fields(card.facts), *folded]

    def _item(self, mark: str, item: FilmItem) -> Part:
        name = [text_element(f"{mark}{_label(item)}", "bold")]
        lines = [name, *(self._rich(line) for line in item.lines)]
        folded = [span for line in item.lines for span in line]
        shown = self._folding(folded, rich(section(_lines(lines))))
        return shown + rows(pressable(item.actions, self._ids))

    def _quote(self, quote: Quote) -> Part:
        source = self._rich(quote.source)
        said = {"type": "rich_text_quote", "elements": self._rich(quote.spans)}
        whose = section([text_element("— "), *source] if source else [])
        return self._folding((*quote.spans, *quote.source), rich(said, whose))

    def _footnote(self, spans: Sequence[Span]) -> Part:
        """Write small print; what holds more than words is too much for it."""
        words = flat(spans)
        if all(isinstance(each, Plain) for each in spans) and len(words) <= limits.CONTEXT:
            return [small(words)] if words.strip() else []
        return self._folding(spans, rich(section(self._rich(spans, "italic"))))


def _label(film: FilmCard | FilmItem) -> str:
    title = printable(film.title)
    return film_label(title, film.year)


def _lines(lines: Iterable[Sequence[Json]]) -> Iterator[Json]:
    """Put each line under the one before."""
    for number, line in enumerate(lines):
        if number and line:
            yield text_element("\n")
        yield from line


def _still(block: Block) -> Part:
    """Write down what holds no spans."""
    match block:
        case Histogram(bars):
            return _histogram(bars)
        case Picture(url, alt):
            return image(url, alt)
        case Document(name):
            return [small(f"{printable(name) or 'A file'} comes as a file.")]
        case Divider():
            return [{"type": "divider"}]
    return []


def _histogram(bars: Sequence[tuple[str, int]]) -> Part:
    filled = [place for place, (_, count) in enumerate(bars) if count > 0]
    shown = bars[filled[0] : filled[-1] + 1] if filled else []
    most = max((count for _, count in shown), default=0)
    width = max((len(printable(label)) for label, _ in shown), default=0)
    lines = (f"{printable(label):{width}}  {_bar(count, most)}" for label, count in shown)
    text = "\n".join(lines)
    return rich(
        {"type": "rich_text_preformatted", "elements": [text_element(text)] if text else []}
    )


def _bar(count: int, most: int) -> str:
    length = count if most <= LONGEST_BAR else round(count / most * LONGEST_BAR)
    return f"{'█' * max(length, 1)} {count}" if count > 0 else "0"
