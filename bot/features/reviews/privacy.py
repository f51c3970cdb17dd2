"""Requests for privacy, and spoiler flags, in a review's own words: obeyed, or asked about.

Whatever way a review comes in (typed, by form, as a file, as a saved message), it passes here before
it is saved. A flag or a delimited request (`--private`, `(just for me)`, `private: ...`) is obeyed; words
that only sound like one (`private, too close`, `please keep this to yourself`) are asked about. In English,
German, French, Spanish, Italian and Portuguese.
"""

import re
from dataclasses import replace
from enum import StrEnum

from bot.features.reviews.commands import ReviewCommand

_PRIVATE = r"(?:private(?:ly)?|priv[ée]e?|privado|privato|privada|privata|privat)"
_FOR_ME = (
    r"(?:(?:just|only|strictly)\s+for\s+(?:me|myself|my\s+eyes)|for\s+(?:me|myself|my\s+eyes)\s+(?:only|alone)"
    r"|(?:my\s+eyes|me)\s+only|(?:nur|allein)\s+f(?:ü|ue|u)r\s+mich|f(?:ü|ue|u)r\s+mich\s+(?:allein|behalten)"
    r"|(?:juste|seulement|uniquement|rien\s+que)\s+pour\s+moi|pour\s+moi\s+(?:seule?|seulement|uniquement)"
    r"|s[óo]l[oa](?:mente)?\s+(?:para\s+m[íi]m?|per\s+me)|s[óo]\s+(?:para|pra)\s+mim|apenas\s+(?:para|pra)\s+mim"
    r"|soltanto\s+per\s+me)"
)
_ASKED = (
    rf"(?:{_FOR_ME}|keep\s+(?:this|it|that)\s+(?:\w+\s+)?(?:private|secret|quiet|to\s+yourself|between\s+us)"
    rf"|(?:this|it|that)(?:\s+is|['’]s)\s+(?:\w+\s+)?(?:private|confidential|between\s+us)|confidential(?:ly)?"
    r"|off\s+the\s+record|not\s+for\s+(?:the\s+)?(?:others?|anyone|anybody|everyone|everybody|public|club|channel)"
    r"|(?:don['’]?t|do\s+not|never)\s+(?:\w+\s+)?(?:show|tell|share|publish|post|announce)"
    r"|(?:no\s+one|nobody)\s+else|between\s+(?:you\s+and\s+me|us)|in\s+(?:private|confidence)"
    r"|nicht\s+(?:\w+\s+)?(?:zeigen|teilen|weitersagen|ver(?:ö|oe|o)ffentlichen|f(?:ü|ue|u)r\s+(?:alle|andere|die\s+anderen))"
    r"|behalt\w*\s+(?:\w+\s+)?f(?:ü|ue|u)r\s+dich|vertraulich|unter\s+uns"
    r"|ne\s+(?:le\s+|la\s+)?(?:pas\s+)?(?:montre[rz]?|partage[rz]?|publie[rz]?|diffuse[rz]?)|entre\s+nous|confidentiel(?:le)?"
    r"|no\s+(?:lo\s+)?(?:compart\w+|publi\w+|muestr\w+|mostrar\w*)|entre\s+nosotros|confidencial"
    r"|non\s+(?:condivid\w+|pubblic\w+|mostrar\w*)|(?:tra|fra)\s+(?:di\s+)?noi|riservat[oa]|confidenziale"
    r"|n[ãa]o\s+(?:compartilh\w+|partilh\w+|publi\w+|mostr\w+)|entre\s+n[óo]s"
    rf"|(?:en|em|in)\s+{_PRIVATE})"
)

_FLAG = re.compile(
    rf"[(\[{{*_]*(?<![\w])[-–—―]{{1,3}}\s?(?P<what>{_PRIVATE}|spoilers?)(?![\w-])[)\]}}*_.,;:!]*",
    re.IGNORECASE,
)
_BRACKETED = re.compile(
    rf"[(\[{{*_]+\s*(?:{_PRIVATE}|{_ASKED})(?:\s+(?:please|bitte|por\s+favor))?\s*[.!]?[)\]}}*_]+",
    re.IGNORECASE,
)
_LABEL = re.compile(
    rf"^\W*(?:{_PRIVATE}|{_ASKED})(?:\s+(?:note|review|please|notiz))?\s*(?:[:!]|\s[-–—]\s|\.\s|\n)",
    re.IGNORECASE,
)
_SOUNDS_PRIVATE = re.compile(
    rf"^\W*{_PRIVATE}\b|\b{_PRIVATE}\W*$|(?<!\w)#{_PRIVATE}\b|(?<!\w){_ASKED}(?!\w)", re.IGNORECASE
)


class Readers(StrEnum):
    """The members who may read a review, once its author has been asked."""

    AUTHOR = "author"
    CLUB = "club"


def heed(command: ReviewCommand) -> ReviewCommand:
    """Return the command with the flags and delimited requests in its text obeyed."""
    text, private, spoiler = command.text, command.private, command.spoiler
    for found in _FLAG.finditer(text):
        private |= not found["what"].lower().startswith("spoiler")
        spoiler |= found["what"].lower().startswith("spoiler")
    text = _FLAG.sub(" ", text) if _FLAG.search(text) else text
    if command.readers == Readers.AUTHOR or _BRACKETED.search(text) or _LABEL.match(text):
        private = True
    if text != command.text:
        text = re.sub(r"[ \t]{2,}", " ", text).strip()
    return replace(command, text=text, private=private, spoiler=spoiler)


def label_end(text: str) -> int:
    """Return where a label that asks for privacy, as in `just for me: ...`, ends; 0 without one."""
    found = _LABEL.match(text)
    return found.end() if found else 0


def sounds_private(command: ReviewCommand) -> bool:
    """Tell whether the words may ask for privacy, so that the author has to be asked."""
    return (
        not command.private and not command.readers and bool(_SOUNDS_PRIVATE.search(command.text))
    )
