"""The blocks of a reply as groups of Block Kit blocks, each shown or left out as a whole."""

from collections.abc import Iterable, Sequence

from adapters.chat.lines import LineKind, TextLine, item_lines, lines_of
from adapters.slack import limits
from adapters.slack.outgoing.actions import ActionIds, elements_of, show_buttons
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
from adapters.slack.outgoing.rich_text import Json, RichText, shorten, spoilers, text_element
from bot.domain.text import printable
from bot.messages.plain_text import plain
from bot.messages.replies import (
    Action,
    Actions,
    Block,
    Divider,
    Document,
    FilmCard,
    FilmItem,
    FilmList,
    Footnote,
    Heading,
    Histogram,
    Picture,
    Plain,
    Quote,
    Span,
)

Part = list[Json]


class BlockWriter:
    """Writes blocks with no text longer than `longest`; `cut` is whether one was shortened."""

    def __init__(self, text: RichText, longest: int) -> None:
        """Begin a message, with its spans written by `text`."""
        self._text = text
        self._longest = longest
        self._ids = ActionIds()
        self.cut = False

    def parts(self, block: Block) -> list[Part]:
        """Return the parts of a block: one for each film of a list, else one or none."""
        if isinstance(block, FilmList):
            lines = item_lines(block)
            shown = zip(block.items, lines, strict=True)
            return [self._item(item, some) + self._actions(item.actions) for item, some in shown]
        part = self._part(block)
        return [part] if part else []

    def _part(self, block: Block) -> Part:
        match block:
            case Actions(actions):
                return self._actions(actions)
            case Heading() | Footnote():
                return self._short(*lines_of(block))
            case FilmCard():
                return self._card(block)
            case Quote():
                return self._quote(block)
            case Histogram():
                return _histogram(block)
            case Picture(url, alt):
                return image(url, alt)
            case Document(name):
                return [small(f"{printable(name) or 'A file'} comes as a file.")]
            case Divider():
                return [{"type": "divider"}]
        return self._lines(lines_of(block))

    def _actions(self, actions: Iterable[Action]) -> Part:
        return rows(elements_of(actions, self._ids))

    def _rich(self, spans: Iterable[Span], *styles: str) -> list[Json]:
        found, cut = shorten(self._text.elements(spans, *styles), self._longest)
        self.cut = self.cut or cut
        return found

    def _folding(self, lines: Iterable[TextLine], part: Part) -> Part:
        """Add a button that shows the spoilers of lines."""
        folded = [each for line in lines for each in spoilers(line.spans)]
        if sum(map(len, folded)) > min(self._longest, limits.VALUE):
            self.cut = True
            folded = ["\n\n".join(folded)[: min(self._longest, limits.VALUE) - 1] + "…"]
        return part + rows(show_buttons(folded, self._ids))

    def _short(self, line: TextLine) -> Part:
        """Write a heading or a footnote in a block made for it, unless it holds more than words."""
        is_heading = line.kind is LineKind.HEADING
        words, most = plain(line.spans), limits.HEADER if is_heading else limits.CONTEXT
        if all(isinstance(each, Plain) for each in line.spans) and len(words) <= most:
            return [header(words) if is_heading else small(words)] if words.strip() else []
        styled = self._rich(line.spans, "bold" if is_heading else "italic")
        return self._folding([line], rich(section(styled)))

    def _lines(self, lines: Sequence[TextLine]) -> Part:
        """Write lines one below the other."""
        elements: list[Json] = []
        for line in lines:
            written = self._line(line)
            elements += [text_element("\n"), *written] if elements and written else written
        return self._folding(lines, rich(section(elements)))

    def _item(self, item: FilmItem, lines: Sequence[TextLine]) -> Part:
        """Write a film of a list; where there is a poster, its title stands beside it."""
        if not (item.poster and can_show(item.poster)):
            return self._lines(lines)
        title, *details = lines
        label = f"{title.label or '•'} {plain(title.spans)}"
        poster = {"type": "image", **picture(item.poster, f"Poster of {plain(title.spans)}")}
        text = plain_text(label, limits.SECTION)
        return [{"type": "section", "text": text, "accessory": poster}, *self._lines(details)]

    def _line(self, line: TextLine) -> list[Json]:
        match line.kind:
            case LineKind.FIELD:
                name = text_element(f"{printable(line.label) or '-'}  ", "bold")
                return [name, *self._rich(line.spans)]
            case LineKind.ITEM:
                return [text_element(f"{line.label or '•'} {plain(line.spans)}", "bold")]
        return self._rich(line.spans)

    def _card(self, card: FilmCard) -> Part:
        title, *facts, logline = lines_of(card)
        label, words = plain(title.spans), self._text.flat(logline.spans)
        part = rich(section(self._rich(logline.spans)))
        if card.poster and can_show(card.poster) and 0 < len(words.strip()) <= limits.SECTION:
            poster = {"type": "image", **picture(card.poster, f"Poster of {label}")}
            text = plain_text(words, limits.SECTION)
            part = [{"type": "section", "text": text, "accessory": poster}]
        return [header(label), *self._lines(facts), *self._folding([logline], part)]

    def _quote(self, quote: Quote) -> Part:
        words, source = lines_of(quote)
        whose = self._rich(source.spans)
        quoted = {"type": "rich_text_quote", "elements": self._rich(words.spans)}
        below = section([text_element("— "), *whose] if whose else [])
        return self._folding([words, source], rich(quoted, below))


def _histogram(histogram: Histogram) -> Part:
    lines = lines_of(histogram)
    width = max((len(printable(line.label)) for line in lines), default=0)
    text = "\n".join(f"{printable(line.label):{width}}  {plain(line.spans)}" for line in lines)
    elements = [text_element(text)] if text else []
    return rich({"type": "rich_text_preformatted", "elements": elements})
