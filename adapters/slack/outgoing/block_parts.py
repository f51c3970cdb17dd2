"""The blocks of a reply as groups of Block Kit blocks, each shown or left out as a whole."""

from collections.abc import Iterable, Sequence

from adapters.chat.layout import Card, Chart, Cited, FilmPart, FilmParts, Part, Words
from adapters.chat.lines import LineKind, TextLine, marked_spans
from adapters.slack import limits
from adapters.slack.commands import usage
from adapters.slack.outgoing.actions import ActionIds, elements_of, show_buttons
from adapters.slack.outgoing.blocks import (
    can_show,
    header,
    image,
    picture,
    plain_lines,
    plain_text,
    rich,
    rows,
    section,
    small,
)
from adapters.slack.outgoing.charts import as_text, bar_chart
from adapters.slack.outgoing.rich_text import Json, RichText, shorten, spoilers, text_element
from bot.domain.words.text import printable
from bot.messages.plain_text import plain
from bot.messages.replies import Action, Actions, Button, Divider, Document, Picture
from bot.messages.spans import Link, Plain, Span, Spoiler, When

Group = list[Json]

MOST_DIVIDED = 8
"""Films with lines between them: of more, the lines would take the room of films."""


class BlockWriter:
    """Writes blocks with no text longer than `longest`; `cut` is whether one was shortened."""

    def __init__(self, text: RichText, longest: int, *, asks: bool = False, club: str = "") -> None:
        """Begin a message, with its spans written by `text`; `asks` and `club`: as of its action ids."""
        self._text = text
        self._longest = longest
        self._ids = ActionIds(asks=asks, club=club)
        self._charts = 0
        self.cut = False

    def groups(self, part: Part) -> list[Group]:
        """Return the groups of blocks of a part: one for each film of a list, else one or none."""
        if isinstance(part, FilmParts):
            menu = self._actions((part.choice,) if part.choice else ())
            films = [self._film(film) + self._actions(film.actions) for film in part.films]
            if part.spaced and len(films) <= MOST_DIVIDED:
                films[1:] = [[{"type": "divider"}, *each] for each in films[1:]]
            return [*films, *([menu] if menu else [])]
        group = self._group(part)
        return [group] if group else []

    def _group(self, part: Part) -> Group:
        match part:
            case Actions(actions):
                return self._actions(actions)
            case Words((line,)) if line.kind in {LineKind.HEADING, LineKind.SMALL}:
                return self._short(line)
            case Card(film):
                return self._card(film)
            case Cited():
                return self._quote(part)
            case Chart():
                return self._chart(part)
            case Picture(url, alt):
                return image(url, alt)
            case Document(name, alt=alt):
                return [small(printable(alt) or f"{printable(name) or 'A file'} comes as a file.")]
            case Divider():
                return [{"type": "divider"}]
            case Words(lines):
                return self._lines(lines)
        return []

    def _actions(self, actions: Iterable[Action]) -> Group:
        # Each spoiler has a button of its own here; only of words that were cut, that shows too few.
        needed = (a for a in actions if self.cut or not (isinstance(a, Button) and a.unfolds))
        return rows(elements_of(needed, self._ids))

    def _rich(self, spans: Iterable[Span], *styles: str) -> list[Json]:
        found, cut = shorten(self._text.elements(spans, *styles), self._longest)
        self.cut = self.cut or cut
        return found

    def _folding(self, lines: Iterable[TextLine], part: Group) -> Group:
        """Add a button that shows the spoilers of lines."""
        folded = [each for line in lines for each in spoilers(line.spans)]
        if sum(map(len, folded)) > min(self._longest, limits.VALUE):
            self.cut = True
            folded = ["\n\n".join(folded)[: min(self._longest, limits.VALUE) - 1] + "…"]
        return part + rows(show_buttons(folded, self._ids))

    def _short(self, line: TextLine) -> Group:
        """Write a heading or a footnote in a block made for it, unless it holds more than words."""
        is_heading = line.kind is LineKind.HEADING
        words, most = plain(line.spans), limits.HEADER if is_heading else limits.CONTEXT
        if all(isinstance(each, Plain) for each in line.spans) and len(words) <= most:
            return [header(words) if is_heading else small(words)] if words.strip() else []
        styled = self._rich(line.spans, "bold" if is_heading else "italic")
        return self._folding([line], rich(section(styled)))

    def _lines(self, lines: Sequence[TextLine]) -> Group:
        """Write lines one below the other."""
        elements: list[Json] = []
        for line in lines:
            written = self._line(line)
            elements += [text_element("\n"), *written] if elements and written else written
        return self._folding(lines, rich(section(elements)))

    def _film(self, film: FilmPart) -> Group:
        """Write a film of a list; where there is a poster, its plain lines stand beside it."""
        poster = _poster(film)
        beside = [
            line for line in film.lines if _is_bare(line) and line.kind is not LineKind.REMARK
        ]
        if poster is None or not beside:
            return self._lines((film.title, *film.lines))
        text = plain_lines((self._text.flat(line.spans) for line in beside), limits.SECTION)
        remarks = [line for line in film.lines if line.kind is LineKind.REMARK and _is_bare(line)]
        folded = [line for line in film.lines if line not in (*beside, *remarks)]
        section_ = {"type": "section", "text": text, "accessory": poster}
        below = [small(self._text.flat(line.spans)) for line in remarks]
        return [*self._lines((film.title,)), section_, *below, *self._lines(folded)]

    def _line(self, line: TextLine) -> list[Json]:
        match line.kind:
            case LineKind.FIELD:
                name = text_element(f"{printable(self._label(line)) or '-'}  ", "bold")
                return [name, *self._rich(line.spans)]
            case LineKind.ITEM:
                return [text_element(f"{self._label(line) or '•'} {plain(line.spans)}", "bold")]
        return self._rich(line.spans)

    def _label(self, line: TextLine) -> str:
        """Return a line's label; a command as it is typed in this workspace."""
        return line.label_by(lambda command: usage(command, self._text.prefix))

    def _card(self, film: FilmPart) -> Group:
        """Write a card: what the film is about stands beside its poster."""
        blocks = [header(plain(film.title.spans))]
        poster, rest = _poster(film), list(film.lines)
        if rest and rest[0].kind is LineKind.BYLINE:
            blocks += self._short(rest.pop(0))
        if rest and rest[0].kind is LineKind.TEXT:
            about = rest.pop(0)
            words = self._text.flat(about.spans)
            if poster and 0 < len(words.strip()) <= limits.SECTION:
                text = plain_text(words, limits.SECTION)
                beside = [{"type": "section", "text": text, "accessory": poster}]
                blocks += self._folding([about], beside)
            else:
                blocks += self._lines([about])
        return [*blocks, *self._lines(rest)]

    def _quote(self, quote: Cited) -> Group:
        whose = self._rich(quote.source.spans)
        quoted = {"type": "rich_text_quote", "elements": self._rich(quote.words.spans)}
        below = section([text_element("— "), *whose] if whose else [])
        return self._folding([quote.words, quote.source], rich(quoted, below))

    def _chart(self, chart: Chart) -> Group:
        """Draw a chart of Slack's own, or bars of letters where it takes none."""
        counts = [(printable(label), count) for label, count in chart.bars]
        filled = [place for place, (_, count) in enumerate(counts) if count]
        bars = counts[filled[0] : filled[-1] + 1] if filled else []
        drawn = bar_chart("Ratings", bars) if self._charts < limits.CHARTS else None
        if len(bars) < 2 or drawn is None:
            return as_text(bars)
        self._charts += 1
        return [drawn]


def _is_bare(line: TextLine) -> bool:
    """Tell whether a line loses nothing as bare text: no spoiler, no link, no instant."""
    marked = marked_spans(line.spans, unfold=False)
    return not any(isinstance(each.span, Spoiler | Link | When) for each in marked)


def _poster(film: FilmPart) -> Json | None:
    if film.poster is None or not can_show(film.poster.url):
        return None
    return {"type": "image", **picture(film.poster.url, film.poster.alt)}
