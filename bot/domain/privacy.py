"""Requests for privacy, and spoiler flags, in the words of a text: those that are plain, and those that may be one.

A flag or a delimited request (`--private`, `(just for me)`, `private: ...`) is plain; words that only
sound like one (`private, too close`, `please keep this to yourself`) may be. In English, German, French,
Spanish, Italian and Portuguese.
"""

import re
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.domain.private_words import CONFIDENTIAL, PRIVATE, REQUEST

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

_PLEASE = r"(?:please|pls+|plz|bitte|svp|por\s+favor|per\s+favore)"
_ASKED = re.compile(
    rf"(?:^|[\s,.;:(\[–—-]{{1,9}})(?:{PRIVATE}\s+{_PLEASE}|{_PLEASE},?\s+{PRIVATE})[\s.!)\]]*$"
    rf"|^\W*(?:{PRIVATE}\s+{_PLEASE}|{_PLEASE},?\s+{PRIVATE})[\s.,;:!–—-]+",
    re.IGNORECASE,
)
"""Request that ends or begins a text: `i cried, private pls`."""

_FIRST_LABEL = re.compile(
    rf"^\W*(?:{PRIVATE}|{CONFIDENTIAL}|{REQUEST})(?:\s+(?:note|review|please|notiz))?\s*:\s*",
    re.IGNORECASE,
)
_AT_AN_END = re.compile(
    rf"^\s*{_BRACKETED.pattern}[\s.,;:!–—-]*|\s*{_BRACKETED.pattern}[\s.!]*$", re.IGNORECASE
)
"""Request in brackets before or after the words, to which it does not belong."""

_FIRST_BRACKETED = re.compile(rf"\s*{_BRACKETED.pattern}[\s:,–—-]*(?=\S)", re.IGNORECASE)

_SOUNDS_PRIVATE = re.compile(
    rf"^[^\w\n]*{PRIVATE}\b|\b{PRIVATE}[^\w\n]*$|(?<!\w)#{PRIVATE}\b|(?<!\w)(?:{REQUEST})(?!\w)"
    rf"|\b(?:{PRIVATE}|{CONFIDENTIAL})\s?:|[.!?;,:(/|–—-]\s?{PRIVATE}\s?[.!?;,)/|–—-]",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class PlainRequests:
    """What a text asks for beyond doubt, and the text without the flags and marks that do."""

    text: str
    private: bool = False
    spoiler: bool = False


def plain_requests(text: str) -> PlainRequests:
    """Read the flags and the delimited requests of a text."""
    typed, private, spoiler = text, False, False
    for form in (_FLAG, _LIKE_A_FLAG):
        asked = {_asked_by(each) for each in form.finditer(text)}
        private |= "private" in asked
        spoiler |= "spoiler" in asked
        text = form.sub(lambda each: " " if _asked_by(each) else each[0], text)
    if _SETTING.search(text):
        text, private = _SETTING.sub(" ", text), True
    private |= any(form.search(text) for form in (_BRACKETED, _LABEL, _ASKED))
    spoiler |= bool(_TAGGED_SPOILER.search(text))
    for form in (_AT_AN_END, _FIRST_LABEL, _ASKED):
        text = form.sub(" ", text)
    if text != typed:
        text = re.sub(r"[ \t]{2,}", " ", text).strip()
    return PlainRequests(text, private, spoiler)


def _asked_by(flag: re.Match[str]) -> str:
    """Return what a flag asks for, `private` or `spoiler`; nothing for one that is like neither."""
    word = flag[1].lower()
    if flag.re is _FLAG:
        return "spoiler" if word.startswith("spoiler") else "private"
    likeness, best = max((OSA.normalized_similarity(word, each), each) for each in _FLAGS)
    return best.removesuffix("s") if likeness >= _LIKE else ""


def label_end(text: str) -> int:
    """Return where a label that asks for privacy, as in `just for me: ...`, ends; 0 without one."""
    found = _LABEL.match(text) or _FIRST_BRACKETED.match(text)
    return found.end() if found else 0


def may_ask_for_privacy(text: str) -> bool:
    """Tell whether the words may ask for privacy, so that their author has to be asked."""
    return any(form.search(text) for form in (_SOUNDS_PRIVATE, _OTHER_FLAG))


def asks_for_privacy(text: str) -> bool:
    """Tell whether a text asks for privacy, or may: for one whose author is not there to be asked."""
    return plain_requests(text).private or may_ask_for_privacy(text)
