"""A reply as a Discord message: Components V2 within all limits, or plain text for a line of it.

What does not fit goes along as a file; nothing is cut inside a mark, and nothing fails.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from discord import MediaGalleryItem, ui

from adapters.discord import limits
from adapters.discord.outgoing.components import (
    Attached,
    Image,
    Line,
    Part,
    Rule,
    Words,
    parts_of,
    text_line,
)
from adapters.discord.outgoing.controls import Namer, Turns
from adapters.discord.outgoing.markdown import shortened
from bot.domain.visibility import Visibility
from bot.messages.replies import (
    Block,
    Fields,
    FilmCard,
    FilmList,
    Heading,
    Histogram,
    Paragraph,
    Reply,
)

GOLD = 0xC9A227
"""The colour at a card's edge."""

REST = "the-rest.txt"
REST_NOTE = "The rest is in the file below."

_ROOM = limits.TEXT - 100
"""Characters of text; what is left over is for joining parts and for the note on the rest."""

_LEAST = 200
"""Characters of room for which it is worth to begin a text."""

Item = ui.Item[Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A message ready to be sent: either bare text, or items with the files they show."""

    content: str = ""
    items: tuple[Item, ...] = ()
    files: tuple[Attached, ...] = ()
    private: bool = False


def render(
    reply: Reply, *, turns: Turns | None = None, bare: bool = True, mark: int | None = None
) -> Sheet:
    """Lay a reply out; `bare` allows plain text where that is enough.

    `turns` tells which actions change this very message. `mark` numbers its first item, so that the
    message can be found again.
    """
    private = reply.visibility is Visibility.ONLY_YOU
    parts = parts_of(reply.blocks, Namer(turns or (lambda _: False))) or [_summary(reply)]
    if bare and mark is None and (content := _bare(reply.blocks, parts)):
        return Sheet(content=content, private=private)
    framed = any(map(_is_card, reply.blocks))
    parts = _fit_components(_fit_text(_named(parts)), framed=framed)
    items = _items(parts, framed=framed)
    if mark is not None:
        items[0].id = mark
    files = tuple(part for part in parts if isinstance(part, Attached))
    return Sheet(items=tuple(items), files=files, private=private)


def _summary(reply: Reply) -> Words:
    """Say what a reply without blocks is about."""
    told = Words((text_line(reply.summary),))
    return told if told.markdown().strip() else Words((text_line("Done."),))


def _bare(blocks: Sequence[Block], parts: Sequence[Part]) -> str:
    """Write a lone paragraph as bare text; empty where it takes more."""
    lone = len(parts) == 1 and all(isinstance(block, Paragraph) for block in blocks)
    if not lone or not isinstance(parts[0], Words):
        return ""
    text = parts[0].markdown()
    return text if limits.units(text) <= limits.CONTENT else ""


def _is_card(block: Block) -> bool:
    return isinstance(block, FilmCard | FilmList | Heading | Fields | Histogram)


def _named(parts: Iterable[Part]) -> list[Part]:
    """Give files names that Discord leaves as they are, each its own."""
    named: list[Part] = []
    for part in parts:
        if isinstance(part, Attached):
            safe = re.sub(r"[^A-Za-z0-9._-]+", "_", part.name).strip("._")[-60:] or "file.txt"
            taken = {each.name for each in named if isinstance(each, Attached)} | {REST}
            unique = safe if safe not in taken else f"{len(named)}-{safe}"
            named.append(replace(part, name=unique))
        else:
            named.append(part)
    return named


# Text -------------------------------------------------------------------------------------------


def _weight(words: Words) -> int:
    """Measure text in characters, or in bytes where these are dearer."""
    text = words.markdown()
    share = -(-(len(text.encode()) + 12) * limits.TEXT // limits.TEXT_BYTES)
    return max(limits.units(text), share)


def _fit_text(parts: list[Part]) -> list[Part]:
    """Keep the text that fits; from the first that does not, all goes into a file."""
    room, place = _ROOM, len(parts)
    for number, part in enumerate(parts):
        weight = _weight(part) if isinstance(part, Words) else 0
        if weight > room:
            place = number
            break
        room -= weight
    over = [part for part in parts[place:] if isinstance(part, Words)]
    if not over:
        return parts
    others = [part for part in parts[place:] if not isinstance(part, Words)]
    begun = _cut(over[0], room) if room >= _LEAST else []
    note = Words((text_line(REST_NOTE, "-# "),))
    return [*parts[:place], *begun, note, _file_of(over), *others]


def _cut(words: Words, room: int) -> list[Words]:
    """Keep the lines that fit, the last of them shortened between its words."""
    kept: tuple[Line, ...] = ()
    for line in words.lines:
        if _weight(replace(words, lines=(*kept, line))) <= room:
            kept = (*kept, line)
            continue
        for most in _ever_less(room):
            begun = replace(words, lines=(*kept, replace(line, runs=shortened(line.runs, most))))
            if _weight(begun) <= room:
                return [begun]
        break
    return [replace(words, lines=kept)] if kept else []


def _ever_less(room: int) -> Iterator[int]:
    while room > 20:
        yield room
        room = room * 4 // 5


def _file_of(rest: Sequence[Words]) -> Attached:
    text = "\n\n".join(each.told() for each in rest) + "\n"
    return Attached(REST, text.encode("utf-8", "replace"), any(each.conceals for each in rest))


# Components -------------------------------------------------------------------------------------


def _fit_components(parts: list[Part], *, framed: bool) -> list[Part]:
    """Leave out lines, then join texts, then leave out from the end what takes most."""
    files = [part for part in parts if isinstance(part, Attached)]
    parts = [part for part in parts if part not in files[limits.FILES :]]
    if _count(parts, framed=framed) > limits.COMPONENTS:
        parts = _joined(part for part in parts if not isinstance(part, Rule))
    while _count(parts, framed=framed) > limits.COMPONENTS:
        parts = _joined(_without_last(parts))
    return parts


def _count(parts: Sequence[Part], *, framed: bool) -> int:
    boxes = sum(framed or hidden for hidden, _ in groupby(parts, key=_is_hidden))
    return boxes + sum(map(_size, parts))


def _size(part: Part) -> int:
    match part:
        case Words(beside=beside):
            return 3 if beside else 1
        case ui.ActionRow():
            return 1 + len(part.children)
        case _:
            return 1


def _is_hidden(part: Part) -> bool:
    return isinstance(part, Words) and part.hidden


def _joined(parts: Iterable[Part]) -> list[Part]:
    """Put texts that follow each other into one, save where something stands beside them."""
    joined: list[Part] = []
    for part in parts:
        above = joined[-1] if joined else None
        if isinstance(part, Words) and isinstance(above, Words) and _alike(above, part):
            joined[-1] = replace(above, lines=above.lines + part.lines)
        else:
            joined.append(part)
    return joined


def _alike(above: Words, below: Words) -> bool:
    return above.hidden == below.hidden and not above.beside and not below.beside


def _without_last(parts: list[Part]) -> list[Part]:
    """Leave out the last of what can be missed most easily: of text, only its neighbour."""
    for missed in (_is_image, _is_row, _has_neighbour, _is_file):
        for place in range(len(parts) - 1, -1, -1):
            part = parts[place]
            if missed(part):
                bare = [replace(part, beside=None)] if isinstance(part, Words) else []
                return [*parts[:place], *bare, *parts[place + 1 :]]
    return parts[:-1]


def _is_image(part: Part) -> bool:
    return isinstance(part, Image)


def _is_row(part: Part) -> bool:
    return isinstance(part, ui.ActionRow)


def _has_neighbour(part: Part) -> bool:
    return isinstance(part, Words) and part.beside is not None


def _is_file(part: Part) -> bool:
    return isinstance(part, Attached)


def _items(parts: Iterable[Part], *, framed: bool) -> list[Item]:
    """Make Discord's items; what is hidden as a whole stands in a box of its own."""
    items: list[Item] = []
    for hidden, group in groupby(parts, key=_is_hidden):
        inner = [_item(part) for part in group]
        if framed or hidden:
            inner = [ui.Container[Any](*inner, accent_colour=GOLD, spoiler=hidden)]
        items += inner
    return items


def _item(part: Part) -> Item:
    match part:
        case Words(beside=beside):
            text = part.markdown()
            return ui.Section[Any](text, accessory=beside) if beside else ui.TextDisplay[Any](text)
        case Rule():
            return ui.Separator[Any]()
        case Image(url=url, alt=alt):
            return ui.MediaGallery[Any](MediaGalleryItem(url, description=alt or None))
        case Attached(name=name, spoiler=spoiler):
            return ui.File[Any](f"attachment://{name}", spoiler=spoiler)
        case _:
            return part
