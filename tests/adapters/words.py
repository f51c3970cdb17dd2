"""What a reply says on each platform, and what of it does not belong there: ids, unknown commands."""

import re
from collections.abc import Iterator

from discord import ui

from adapters.console.output.render import render as in_terminal
from adapters.console.output.terminal import Look
from adapters.discord.outgoing.render import RenderedMessage
from adapters.discord.outgoing.render import render as in_discord
from adapters.slack.commands import APP, OWN_COMMANDS
from adapters.slack.outgoing.render import render as in_slack
from bot.messages.replies import Reply
from bot.registry import COMMANDS, TYPED

PREFIX = "club-"
"""The prefix of the slash commands of the workspace that reads these texts."""

_NAMES = {each.name for each in TYPED}
_PLATFORMS_OWN = {"/invite @Matinee"}
_COMMAND = re.compile(r"(?<![\w/.:’'])/(?P<name>[a-z][a-z-]*)(?: (?P<next>[a-z-]+))?(?![\w/.])")
_IDS = re.compile(
    r"(?<![\w])(?<!\w@)(?:(?:slack|discord|console|test):[\w:#@/-]+|id:[\w-]+|i0\d{5}|<[@#][\w!&]+>)"
)
_OPTION = re.compile(r"(?<!\S)(?P<name>[a-z_]+):(?=\S)")


def strange_words(reply: Reply, *, but: str = "") -> list[str]:
    """List what a reply says that does not exist on a platform. `but`: what was typed, and is repeated."""
    return [
        *_strange("terminal", in_terminal(reply, Look(10_000)), _in_terminal, but),
        *_strange("slack", told_in_slack(reply), _in_slack, but),
        *_strange("discord", told_in_discord(in_discord(reply)), _in_discord, but),
    ]


def strange_on(platform: str, told: str, *, but: str = "") -> list[str]:
    """List what a text that stands on one platform says that does not exist there."""
    known = {"terminal": _in_terminal, "slack": _in_slack, "discord": _in_discord}[platform]
    return list(_strange(platform, told, known, but))


def told_in_slack(reply: Reply) -> str:
    """Return all that a reply shows in Slack, its notification included; members are named by Slack."""
    message = in_slack(reply, PREFIX)
    return "\n".join([message.text, *texts_of(list(message.blocks))])


def told_in_discord(message: RenderedMessage) -> str:
    """Return all that a message shows in Discord; members and channels are named by Discord."""
    told = [message.content, *_shown(message.items)]
    named = re.sub(r"<(?:[@#]\d+|t:-?\d+(?::\w)?)>", "somebody", "\n".join(told))
    return re.sub(r"\\(.)", r"\1", named)


def _strange(platform: str, told: str, known: "re.Pattern[str]", but: str) -> Iterator[str]:
    for found in _COMMAND.finditer(told):
        line = told[found.start() :].partition("\n")[0]
        repeated = but and found[0].strip() in but
        if not (known.match(line) or repeated or any(line.startswith(e) for e in _PLATFORMS_OWN)):
            yield f"{platform}: no command {line[:60]!r}"
    for found in _IDS.finditer(told):
        if found[0] not in but:
            yield f"{platform}: an id {found[0]!r} in {told[max(0, found.start() - 60) : found.end()]!r}"
    if platform == "discord":
        yield from _strange_options(told)


def _strange_options(told: str) -> Iterator[str]:
    """List the options behind a command, in one span of code, that it does not have in Discord."""
    for code in re.findall(r"`(/[^`]+)`", told):
        name, _, rest = code[1:].partition(" ")
        known = {each.name for each in COMMANDS[name].options()} if name in COMMANDS else set()
        first = _OPTION.match(rest)
        if rest and (first is None or first["name"] not in known):
            yield f"discord: no such options: {code}"


_ALL = "|".join(map(re.escape, sorted(_NAMES, key=len, reverse=True)))
_OTHERS = "|".join(map(re.escape, sorted(_NAMES - {*OWN_COMMANDS}, key=len, reverse=True)))
_in_terminal = re.compile(rf"/(?:{_ALL})(?![\w-])")
_in_discord = _in_terminal
_in_slack = re.compile(
    rf"/{PREFIX}(?:(?:{'|'.join(OWN_COMMANDS)})(?![\w-])|{APP} (?:{_OTHERS})(?![\w-]))"
)


def texts_of(node: object) -> Iterator[str]:
    """Yield every text that a part of a message shows; members and channels are named by Slack."""
    match node:
        case {"type": "user" | "channel"}:
            yield "somebody"
        case {"type": "rich_text_section" | "rich_text_quote", "elements": list(inner)}:
            yield "".join(text for each in inner for text in texts_of(each))
        case dict():
            for name, value in node.items():
                if name not in {"action_id", "value", "type", "image_url", "url", "block_id"}:
                    yield from texts_of(value)
        case list():
            for each in node:
                yield from texts_of(each)
        case str():
            yield node


def _shown(items: object) -> Iterator[str]:
    for item in items if isinstance(items, list | tuple) else ():
        match item:
            case ui.TextDisplay():
                yield item.content
            case ui.Button():
                yield item.label or ""
            case ui.Select():
                yield item.placeholder or ""
                yield from (option.label for option in item.options)
        yield from _shown(tuple(getattr(item, "children", ())))
