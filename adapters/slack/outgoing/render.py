"""Renders a reply as a Slack message: Block Kit within its limits, and text for notifications.

People's text is in plain text or rich text alone, in which Slack reads no markup. A reply that does
not fit is shortened, its longest texts first; one that only one member reads comes whole as a file.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from adapters.chat.commands import without_untyped
from adapters.chat.layout import parts_of
from adapters.chat.lines import lines_of, marked_spans
from adapters.slack import limits
from adapters.slack.commands import usage
from adapters.slack.ids import club_word
from adapters.slack.outgoing.block_parts import BlockWriter, Group
from adapters.slack.outgoing.blocks import small, written
from adapters.slack.outgoing.charts import without_charts
from adapters.slack.outgoing.rich_text import Json, RichText, mrkdwn, text_of
from bot.domain.words.text import one_line, printable
from bot.messages.replies import Block, Document, Reply
from bot.messages.spans import Usage
from bot.messages.visibility import Visibility

LENGTHS = (8_000, 4_000, 2_000, 1_000, 500, 250, 100)
"""Characters that one text may have, tried in turn until all of a reply fits."""

SHORTENED = "Shortened to fit into one message."
WHOLE = "whole.txt"

MOST_WRITTEN = limits.WRITTEN - len(SHORTENED)


@dataclass(frozen=True, slots=True)
class SlackMessage:
    """A message to post: text for notifications and screen readers, blocks, files beside them."""

    text: str
    blocks: tuple[Json, ...]
    documents: tuple[Document, ...] = ()


def render(reply: Reply, prefix: str = "") -> SlackMessage:
    """Render a reply for a workspace with this prefix of slash commands. Never fails."""
    private = reply.visibility is Visibility.ONLY_YOU
    documents = tuple(each for each in reply.blocks if isinstance(each, Document))
    asks = reply.asks or reply.aside
    club = club_word(reply.club) if reply.club else ""
    text = RichText(prefix, pings=private)
    blocks, cut = _fitting(reply.blocks, text, asks=asks, club=club)
    if cut and private:
        documents += (Document(WHOLE, "text/plain", whole(reply, prefix)),)
    summary = mrkdwn(one_line(printable(_summary(reply, prefix)), limits.TEXT)) or "Matinee"
    return SlackMessage(summary, tuple(blocks) or (small(summary),), documents)


def whole(reply: Reply, prefix: str = "") -> str:
    """Return all text of a reply as plain text, spoilers hidden."""
    writer = BlockWriter(RichText(prefix), longest=10**9)
    groups = (
        group for part in parts_of(without_untyped(reply.blocks)) for group in writer.groups(part)
    )
    told = ("\n".join(_texts(without_charts(group))) for group in groups)
    return "\n\n".join(text for text in told if text) + "\n"


def _summary(reply: Reply, prefix: str) -> str:
    """Return the summary, which is plain text, with the commands in it as they are typed here."""
    lines = (line for block in reply.blocks for line in lines_of(block))
    leaves = (each.span for line in lines for each in marked_spans(line.spans, unfold=True))
    shown = {str(each): usage(each.command, prefix) for each in leaves if isinstance(each, Usage)}
    if not shown:
        return reply.summary
    typed = "|".join(map(re.escape, sorted(shown, key=len, reverse=True)))
    return re.sub(rf"(?:{typed})(?!\w)", lambda found: shown[found[0]], reply.summary)


def _texts(node: object) -> Iterable[str]:
    """Yield the text of blocks, a line at a time."""
    match node:
        case list():
            for each in node:
                yield from _texts(each)
        case {"type": "actions"}:
            pass
        case {"type": "header" | "section", "text": {"text": str(text)}}:
            yield text
        case {"type": "plain_text", "text": str(text)}:
            yield text
        case {"type": "context" | "rich_text", "elements": list(inner)}:
            yield from _texts(inner)
        case {"elements": list(inner)}:
            yield "".join(map(text_of, inner))


def _fitting(
    blocks: Sequence[Block], text: RichText, *, asks: bool, club: str
) -> tuple[list[Json], bool]:
    """Shorten texts until all fit; leave out the last parts if even that is not enough."""
    groups: list[Group] = []
    cut = False
    for longest in LENGTHS:
        writer = BlockWriter(text, longest, asks=asks, club=club)
        groups = [
            group for part in parts_of(without_untyped(blocks)) for group in writer.groups(part)
        ]
        cut = writer.cut
        if _length(groups) <= MOST_WRITTEN:
            break
    while _length(groups) > MOST_WRITTEN or sum(map(len, groups)) >= limits.BLOCKS:
        cut = True
        del groups[_least_missed(groups)]
    note = [small(SHORTENED)] if cut else []
    return [*(block for group in groups for block in group), *note], cut


def _length(groups: Sequence[Group]) -> int:
    return sum(map(written, groups))


def _least_missed(groups: Sequence[Group]) -> int:
    """Return the place of the last part that is more than a row of buttons."""
    texts = [place for place, part in enumerate(groups) if part[0]["type"] != "actions"]
    return texts[-1] if texts else len(groups) - 1
