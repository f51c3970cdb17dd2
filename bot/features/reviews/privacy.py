"""Requests for privacy, and spoiler flags, in a review's own words: obeyed, or asked about.

Whatever way a review comes in (typed, by form, as a file, as a saved message), it passes here before
it is saved. A flag or a delimited request (`--private`, `(just for me)`, `private: ...`) is obeyed; words
that only sound like one (`private, too close`, `please keep this to yourself`) are asked about. In English,
German, French, Spanish, Italian and Portuguese.
"""

import re
from dataclasses import replace
from enum import StrEnum

from rapidfuzz.distance import OSA

from bot.features.reviews.commands import ReviewCommand
from bot.features.reviews.private_words import CONFIDENTIAL, PRIVATE, REQUEST

_FLAG = re.compile(
    rf"[(\[{{*_]{{0,3}}(?<![\w])[-–—―]{{1,3}}\s?(?P<what>{PRIVATE}|spoilers?)(?![\w-])[)\]}}*_.,;:!]*",
    re.IGNORECASE,
)
_LIKE_A_FLAG = re.compile(
    r"(?<![\w-])(?:[-−‐‑–]{2,3}|[—―])(?P<word>[^\W\d_]{4,12})(?![\w-])[.,;:!]*"
)
_LIKE = 0.7
"""Similarity from which a flag is one misspelt: `--prviate`, `--spolier`, `--privacy`."""

_FLAGS = ("private", "spoiler", "spoilers")
_OTHER_FLAG = re.compile(
    rf"(?<![\w-])(?:[-−‐‑–]{{2,3}}|[—―])(?:priv|hidden|hide|personal|dm|only[-\s]?me|me[-\s]?only|for[-\s]?me|{CONFIDENTIAL})(?!\w)",
    re.IGNORECASE,
)
"""Flags that there are not, but that can only ask for privacy."""

_SETTING = re.compile(
    rf"(?<![\w-])-{{0,3}}{PRIVATE}\s*[:=]\s*(?:yes|y|true|on|1|ja|oui|s[íi]|sim)(?!\w)[.,;!]*",
    re.IGNORECASE,
)
_TAGGED_SPOILER = re.compile(
    r"[({*_~]\s{0,3}spoilers?[\s!]{0,3}[)}*_~]|(?<!\w)#spoilers?(?![\w-])|\[spoilers?!?\]\s*\Z",
    re.IGNORECASE,
)
_BRACKETED = re.compile(
    rf"[(\[{{*_]\s{{0,3}}(?:{PRIVATE}|{CONFIDENTIAL}|{REQUEST})(?:\s+(?:please|bitte|por\s+favor))?\s*[.!]?[)\]}}*_]+",
    re.IGNORECASE,
)
_LABEL = re.compile(
    rf"^[^\w\n]*(?:{PRIVATE}|{CONFIDENTIAL}|{REQUEST})(?:\s+(?:note|review|please|notiz))?\s*(?:[:!]|\s[-–—]\s|\.\s|\n)",
    re.IGNORECASE | re.MULTILINE,
)
"""Label at the beginning of a line: `just for me: ...`; a saved message has its title on the line before."""

_SOUNDS_PRIVATE = re.compile(
    rf"^[^\w\n]*{PRIVATE}\b|\b{PRIVATE}[^\w\n]*$|(?<!\w)#{PRIVATE}\b|(?<!\w)(?:{REQUEST})(?!\w)"
    rf"|\b(?:{PRIVATE}|{CONFIDENTIAL})\s?:|[.!?;,:(/|–—-]\s?{PRIVATE}\s?[.!?;,)/|–—-]",
    re.IGNORECASE | re.MULTILINE,
)


class Readers(StrEnum):
    """The members who may read a review, once its author has been asked."""

    AUTHOR = "author"
    CLUB = "club"


def heed(command: ReviewCommand) -> ReviewCommand:
    """Return the command with the flags and delimited requests in its text obeyed."""
    text, private, spoiler = command.text, command.private, command.spoiler
    for form in (_FLAG, _LIKE_A_FLAG):
        asked = [(each, _asked_by(each)) for each in form.finditer(text)]
        private |= any(flag == "private" for _, flag in asked)
        spoiler |= any(flag == "spoiler" for _, flag in asked)
        text = form.sub(lambda each: " " if _asked_by(each) else each[0], text)
    if _SETTING.search(text):
        text, private = _SETTING.sub(" ", text), True
    if command.readers == Readers.AUTHOR or _BRACKETED.search(text) or _LABEL.search(text):
        private = True
    spoiler = spoiler or bool(_TAGGED_SPOILER.search(text))
    if text != command.text:
        text = re.sub(r"[ \t]{2,}", " ", text).strip()
    return replace(command, text=text, private=private, spoiler=spoiler)


def _asked_by(flag: re.Match[str]) -> str:
    """Return what a flag asks for, `private` or `spoiler`; nothing for one that is like neither."""
    word = flag[1].lower()
    if flag.re is _FLAG:
        return "spoiler" if word.startswith("spoiler") else "private"
    likeness, best = max((OSA.normalized_similarity(word, each), each) for each in _FLAGS)
    return best.removesuffix("s") if likeness >= _LIKE else ""


def label_end(text: str) -> int:
    """Return where a label that asks for privacy, as in `just for me: ...`, ends; 0 without one."""
    found = _LABEL.match(text)
    return found.end() if found else 0


def sounds_private(command: ReviewCommand) -> bool:
    """Tell whether the words may ask for privacy, so that the author has to be asked."""
    if command.private or command.readers:
        return False
    return any(form.search(command.text) for form in (_SOUNDS_PRIVATE, _OTHER_FLAG))
