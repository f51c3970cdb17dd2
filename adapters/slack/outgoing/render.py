"""A reply as a Slack message: Block Kit within its limits, and words for notifications.

What people typed stands in plain text or rich text alone, which Slack reads no markup in. What does
not fit is shortened, the longest texts first; of what only one member reads, all of it goes along
as a file.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from adapters.slack import limits
from adapters.slack.outgoing.block_parts import Part, Writer
from adapters.slack.outgoing.blocks import small, written
from adapters.slack.outgoing.rich_text import Json, mrkdwn, words_of
from bot.domain.text import one_line, printable
from bot.domain.visibility import Visibility
from bot.messages.replies import Block, Document, Reply

LENGTHS = (8_000, 4_000, 2_000, 1_000, 500, 250, 100)
"""Characters that one text may have, tried in turn until all of a reply fits."""

SHORTENED = "Shortened to fit into one message."
WHOLE = "whole.txt"

MOST_WRITTEN = limits.WRITTEN - len(SHORTENED)


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted: words for notifications and screen readers, blocks, and files beside them."""

    text: str
    blocks: tuple[Json, ...]
    documents: tuple[Document, ...] = ()


def render(reply: Reply) -> Message:
    """Write a reply down as a message. Never fails, whatever the reply holds."""
    private = reply.visibility is Visibility.ONLY_YOU
    documents = tuple(each for each in reply.blocks if isinstance(each, Document))
    blocks, cut = _fitting(reply.blocks, pings=private)
    if cut and private:
        documents += (Document(WHOLE, "text/plain", whole(reply)),)
    summary = mrkdwn(one_line(printable(reply.summary), limits.TEXT)) or "Matinee"
    return Message(summary, tuple(blocks) or (small(summary),), documents)


def whole(reply: Reply) -> str:
    """Write all words of a reply down as plain text, spoilers hidden."""
    writer = Writer(longest=10**9, pings=False)
    parts = (part for block in reply.blocks for part in writer.parts(block))
    return "\n\n".join(words for part in parts if (words := "\n".join(_words(part)))) + "\n"


def _words(node: object) -> Iterable[str]:
    """Find the words of blocks, a line for each part of a text."""
    match node:
        case list():
            for each in node:
                yield from _words(each)
        case {"type": "actions"}:
            pass
        case {"type": "header" | "section", "text": {"text": str(text)}}:
            yield text
        case {"type": "plain_text", "text": str(text)}:
            yield text
        case {"type": "context" | "rich_text", "elements": list(inner)}:
            yield from _words(inner)
        case {"elements": list(inner)}:
            yield "".join(map(words_of, inner))


def _fitting(blocks: Sequence[Block], *, pings: bool) -> tuple[list[Json], bool]:
    """Shorten texts until all fit; leave out the last ones if even that is not enough."""
    parts: list[Part] = []
    cut = False
    for longest in LENGTHS:
        writer = Writer(longest, pings=pings)
        parts = [part for block in blocks for part in writer.parts(block)]
        cut = writer.cut
        if _length(parts) <= MOST_WRITTEN:
            break
    while _length(parts) > MOST_WRITTEN or sum(map(len, parts)) >= limits.BLOCKS:
        cut = True
        del parts[_least_missed(parts)]
    note = [small(SHORTENED)] if cut else []
    return [*(block for part in parts for block in part), *note], cut


def _length(parts: Sequence[Part]) -> int:
    return sum(map(written, parts))


def _least_missed(parts: Sequence[Part]) -> int:
    """Choose what goes first: the last part that is more than a row of buttons."""
    words = [place for place, part in enumerate(parts) if part[0]["type"] != "actions"]
    return words[-1] if words else len(parts) - 1
