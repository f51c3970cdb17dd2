"""Decoding of Slack's escapes, before a text is read."""

import re

from bot.domain.words.patterns import lazy_pattern

_ESCAPE = lazy_pattern(
    r"&(?P<entity>amp|lt|gt);"
    r"|<(?P<sign>[@#!])(?P<name>[^<>|\s]{1,200})(?:\|(?P<label>[^<>]{0,200}))?>"
    r"|<(?P<url>(?:https?|mailto|tel):[^<>|\s]{1,3000})(?:\|(?P<words>[^<>]{0,3000}))?>"
)
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">"}


def decode_slack(text: str) -> str:
    """Decode Slack's wire text to what was typed: `<@U1>` to `@U1`, `<https://a|b>` to words."""
    return _ESCAPE.sub(_decoded, text)


def _decoded(found: re.Match[str]) -> str:
    if entity := found["entity"]:
        return _ENTITIES[entity]
    if found["sign"]:
        return _mention(found["sign"], found["name"], _entities(found["label"] or ""))
    return _link(_entities(found["url"]), _entities(found["words"] or ""))


def _mention(sign: str, name: str, label: str) -> str:
    if sign == "@":
        return f"@{name}"
    if sign == "#":
        return f"#{label or name}"
    return label or f"@{name.partition('^')[0]}"


def _link(url: str, words: str) -> str:
    """Return the typed words of a link that Slack made; of a hand-made link, words and address."""
    bare = url.removeprefix("mailto:").removeprefix("tel:")
    if not words or words == bare:
        return bare
    if bare.rstrip("/").endswith(words.rstrip("/")):
        return words
    return f"{words} ({bare})"


def _entities(text: str) -> str:
    return re.sub(r"&(amp|lt|gt);", lambda found: _ENTITIES[found[1]], text)
