"""What is said to Matinee in plain messages: in a direct message, or after a mention of it.

Discord sends the words of no other message, as the privileged intent for them is not asked for.
"""

import logging
import re

import discord

from adapters.chat.interactions import private_reply
from adapters.discord.ids import member_of, speaker_of
from adapters.discord.outgoing.responses import post_once
from adapters.discord.outgoing.turning import turns_for_one
from bot.messages.replies import Reply
from bot.messages.requests import Request
from bot.messages.visibility import Visibility
from bot.service import Bot

log = logging.getLogger(__name__)

_MENTION = re.compile(r"<@!?(?P<number>\d{1,20})>")
_CLOSED = (
    "My answer is for you alone, and your direct messages are closed to me. Give me the command "
    "with / instead: then only you see what I say."
)


def line_of(message: discord.Message, me: discord.ClientUser | None) -> str | None:
    """Return what a message says to Matinee; None where it is not meant for it.

    In a server it has to begin or end by mentioning Matinee, a greeting left aside; what speaks of it in passing is
    not meant for it. Other members mentioned become names.
    """
    if me is None or message.author.bot or message.type not in _SPOKEN:
        return None
    text = message.content.strip()
    if message.guild is not None:
        addressed = _without_address(text, me.id)
        if addressed is None:
            return None
        text = addressed
    names = {each.id: each.display_name for each in message.mentions}
    return _MENTION.sub(lambda found: _named(int(found["number"]), names), text)


_GREETING = re.compile(
    r"(?:(?:hey|hi|hello|hallo|yo|ok|okay|so|oi|dear|please|thanks|thank\s+you)[\s,!.]*)+",
    re.IGNORECASE,
)
_MARKS = " ,:;.!?…"


def _without_address(text: str, me: int) -> str | None:
    """Return a text without the mention that addresses it to Matinee; None where none does."""
    for found in _MENTION.finditer(text):
        before, after = text[: found.start()], text[found.end() :]
        greeted = not before.strip() or _GREETING.fullmatch(before)
        if int(found["number"]) == me and (greeted or not after.strip(_MARKS)):
            return f"{before.rstrip(' ,:')} {after.lstrip(' ,:')}".strip()
    return None


_SPOKEN = frozenset({discord.MessageType.default, discord.MessageType.reply})


def _named(number: int, names: dict[int, str]) -> str:
    name = names.get(number, "")
    return f"@{name}" if name and not re.search(r"\s", name) else f"@{member_of(number)}"


async def answer(message: discord.Message, line: str, bot: Bot) -> None:
    """Answer what was said: where it was said, or privately what only its author may see."""
    caller = speaker_of(message)
    reply = await bot.handle(Request(f"discord:m{message.id}", caller, line))
    if message.guild is not None and reply.visibility is Visibility.ONLY_YOU:
        try:
            await _send(message.author, reply, message)
        except discord.Forbidden:
            await _send(message.channel, private_reply(_CLOSED), message)
        return
    try:
        await _send(message.channel, reply, message)
    except discord.Forbidden:
        await _send(message.author, reply, message)


async def _send(place: discord.abc.Messageable, reply: Reply, message: discord.Message) -> None:
    """Send a reply once: the message's own number is its nonce."""
    alone = message.guild is None or reply.visibility is Visibility.ONLY_YOU
    turns = turns_for_one(reply) if alone else None
    await post_once(place, reply, f"{message.id}", turns)
