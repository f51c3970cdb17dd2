"""Renders a reply as a Discord message: Components V2 within all limits, or bare text for a line.

Text that does not fit is sent as a file; nothing is cut inside a mark, and nothing fails.
"""

import asyncio
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import Any

from discord import MediaGalleryItem, ui

from adapters.chat.pictures import is_drawing
from adapters.discord import limits
from adapters.discord.ids import club_word
from adapters.discord.outgoing.components import (
    AttachedFile,
    Image,
    MarkdownLine,
    Piece,
    Separator,
    TextBlock,
    pieces_of,
    text_block,
)
from adapters.discord.outgoing.controls import Namer, Turns
from adapters.discord.outgoing.markdown import shortened
from bot.messages.replies import (
    Block,
    Document,
    Fields,
    FilmCard,
    FilmList,
    Heading,
    Histogram,
    Paragraph,
    Reply,
)
from bot.messages.visibility import Visibility

GOLD = 0xC9A227
"""Colour at a card's edge."""

REST = "the-rest.txt"
REST_NOTE = "The rest is in the file below."

_ROOM = limits.TEXT - 100
"""Characters of text; the 100 left are for joining parts and for the note on the rest."""

_LEAST = 200
"""Characters of room below which a text is not begun on the message."""

Item = ui.Item[Any]


@dataclass(frozen=True, slots=True)
class RenderedMessage:
    """A message ready to be sent: either bare text, or components with the files they show."""

    content: str = ""
    items: tuple[Item, ...] = ()
    files: tuple[AttachedFile, ...] = ()
    private: bool = False


def render(
    reply: Reply, *, turns: Turns | None = None, bare: bool = True, mark: int | None = None
) -> RenderedMessage:
    """Render a reply; `bare` allows plain text where that is enough.

    `turns` decides which actions change this very message. `mark` becomes the id of its first
    component, by which the message can be found again.
    """
    private = reply.visibility is Visibility.ONLY_YOU
    namer = Namer(turns or (lambda _: False), club_word(reply.club) if reply.club else "")
    parts = pieces_of(reply.blocks, namer) or [_summary(reply)]
    if bare and mark is None and (content := _bare(reply.blocks, parts)):
        return RenderedMessage(content=content, private=private)
    framed = any(map(_is_card, reply.blocks))
    parts = _fit_components(_fit_text(_named(parts)), framed=framed)
    items = _items(parts, framed=framed)
    if mark is not None:
        items[0].id = mark
    files = tuple(part for part in parts if isinstance(part, AttachedFile))
    return RenderedMessage(items=tuple(items), files=files, private=private)


async def rendered(
    reply: Reply, *, turns: Turns | None = None, bare: bool = True, mark: int | None = None
) -> RenderedMessage:
    """Render a reply as `render` does; in a thread where pictures are drawn, for that takes long."""
    draw = partial(render, reply, turns=turns, bare=bare, mark=mark)
    if any(isinstance(each, Document) and is_drawing(each) for each in reply.blocks):
        return await asyncio.to_thread(draw)
    return draw()


def _summary(reply: Reply) -> TextBlock:
    """Return the summary, for a reply without blocks."""
    summary = text_block(reply.summary)
    return summary if summary.markdown().strip() else text_block("Done.")


def _bare(blocks: Sequence[Block], parts: Sequence[Piece]) -> str:
    """Return a lone paragraph as bare text; empty for any other reply."""
    lone = len(parts) == 1 and all(isinstance(block, Paragraph) for block in blocks)
    if not lone or not isinstance(parts[0], TextBlock):
        return ""
    text = parts[0].markdown()
    return text if limits.units(text) <= limits.CONTENT else ""


def _is_card(block: Block) -> bool:
    return isinstance(block, FilmCard | FilmList | Heading | Fields | Histogram)


def _named(parts: Iterable[Piece]) -> list[Piece]:
    """Give files distinct names that Discord does not change."""
    named: list[Piece] = []
    for part in parts:
        if isinstance(part, AttachedFile):
            safe = re.sub(r"[^A-Za-z0-9._-]+", "_", part.name).strip("._")[-60:] or "file.txt"
            taken = {each.name for each in named if isinstance(each, AttachedFile)} | {REST}
            unique = safe if safe not in taken else f"{len(named)}-{safe}"
            named.append(replace(part, name=unique))
        else:
            named.append(part)
    return named


# Text -------------------------------------------------------------------------------------------


def _weight(block: TextBlock) -> int:
    """Measure text in characters, or in bytes where these reach their limit first."""
    text = block.markdown()
    share = -(-(len(text.encode()) + 12) * limits.TEXT // limits.TEXT_BYTES)
    return max(limits.units(text), share)


def _fit_text(parts: list[Piece]) -> list[Piece]:
    """Keep the text that fits; from the first that does not, all goes into a file."""
    room, place = _ROOM, len(parts)
    for number, part in enumerate(parts):
        weight = _weight(part) if isinstance(part, TextBlock) else 0
        if weight > room:
            place = number
            break
        room -= weight
    over = [part for part in parts[place:] if isinstance(part, TextBlock)]
    if not over:
        return parts
    others = [part for part in parts[place:] if not isinstance(part, TextBlock)]
    begun = _cut(over[0], room) if room >= _LEAST else []
    return [*parts[:place], *begun, text_block(REST_NOTE, "-# "), _file_of(over), *others]


def _cut(block: TextBlock, room: int) -> list[TextBlock]:
    """Keep the lines that fit, and of the next one the beginning, cut at a word's end."""
    kept: tuple[MarkdownLine, ...] = ()
    for line in block.lines:
        if _weight(replace(block, lines=(*kept, line))) <= room:
            kept = (*kept, line)
            continue
        for most in _ever_less(room):
            shorter = replace(line, texts=shortened(line.texts, most))
            begun = replace(block, lines=(*kept, shorter))
            if _weight(begun) <= room:
                return [begun]
        break
    return [replace(block, lines=kept)] if kept else []


def _ever_less(room: int) -> Iterator[int]:
    while room > 20:
        yield room
        room = room * 4 // 5


def _file_of(rest: Sequence[TextBlock]) -> AttachedFile:
    text = "\n\n".join(each.unstyled() for each in rest) + "\n"
    return AttachedFile(REST, text.encode("utf-8", "replace"), any(each.conceals for each in rest))


# Components -------------------------------------------------------------------------------------


def _fit_components(parts: list[Piece], *, framed: bool) -> list[Piece]:
    """Drop separators, then pictures beside texts, then parts from the end, the least missed first."""
    files = [part for part in parts if isinstance(part, AttachedFile)]
    parts = [part for part in parts if part not in files[limits.FILES :]]
    if _count(parts, framed=framed) > limits.COMPONENTS:
        parts = _joined(part for part in parts if not isinstance(part, Separator))
    while _count(parts, framed=framed) > limits.COMPONENTS and any(map(_has_picture, parts)):
        last = max(place for place, part in enumerate(parts) if _has_picture(part))
        parts[last] = _without_picture(parts[last])
    while _count(parts, framed=framed) > limits.COMPONENTS:
        parts = _joined(_without_last(parts))
    return parts


def _has_picture(part: Piece) -> bool:
    return isinstance(part, TextBlock) and isinstance(part.beside, ui.Thumbnail)


def _without_picture(part: Piece) -> Piece:
    return replace(part, beside=None) if isinstance(part, TextBlock) else part


def _count(parts: Sequence[Piece], *, framed: bool) -> int:
    boxes = sum(framed or hidden for hidden, _ in groupby(parts, key=_is_hidden))
    return boxes + sum(map(_size, parts))


def _size(part: Piece) -> int:
    match part:
        case TextBlock(beside=beside):
            return 3 if beside else 1
        case ui.ActionRow():
            return 1 + len(part.children)
        case _:
            return 1


def _is_hidden(part: Piece) -> bool:
    return isinstance(part, TextBlock) and part.hidden


def _joined(parts: Iterable[Piece]) -> list[Piece]:
    """Join texts that follow each other, except those with a component beside them."""
    joined: list[Piece] = []
    for part in parts:
        above = joined[-1] if joined else None
        if isinstance(part, TextBlock) and isinstance(above, TextBlock) and _alike(above, part):
            joined[-1] = replace(above, lines=above.lines + part.lines)
        else:
            joined.append(part)
    return joined


def _alike(above: TextBlock, below: TextBlock) -> bool:
    return above.hidden == below.hidden and not above.beside and not below.beside


def _without_last(parts: list[Piece]) -> list[Piece]:
    """Drop the last part of the kind least missed; of a text, only the component beside it."""
    for kind in (Image, ui.ActionRow, TextBlock, AttachedFile):
        for place in reversed(range(len(parts))):
            part = parts[place]
            bare = (
                [replace(part, beside=None)] if isinstance(part, TextBlock) and part.beside else []
            )
            if isinstance(part, kind) and (bare or kind is not TextBlock):
                return [*parts[:place], *bare, *parts[place + 1 :]]
    return parts[:-1]


def _items(parts: Iterable[Piece], *, framed: bool) -> list[Item]:
    """Make Discord's components; a text hidden as a whole gets a folded box of its own."""
    items: list[Item] = []
    for hidden, group in groupby(parts, key=_is_hidden):
        inner = [_item(part) for part in group]
        if framed or hidden:
            inner = [ui.Container[Any](*inner, accent_colour=GOLD, spoiler=hidden)]
        items += inner
    return items


def _item(part: Piece) -> Item:
    match part:
        case TextBlock(beside=beside):
            text = part.markdown()
            return ui.Section[Any](text, accessory=beside) if beside else ui.TextDisplay[Any](text)
        case Separator():
            return ui.Separator[Any]()
        case Image(url=url, alt=alt):
            return ui.MediaGallery[Any](MediaGalleryItem(url, description=alt or None))
        case AttachedFile(name=name, spoiler=spoiler, alt=alt) if alt:
            shown = MediaGalleryItem(f"attachment://{name}", description=alt, spoiler=spoiler)
            return ui.MediaGallery[Any](shown)
        case AttachedFile(name=name, spoiler=spoiler):
            return ui.File[Any](f"attachment://{name}", spoiler=spoiler)
        case _:
            return part
