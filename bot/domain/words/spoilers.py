"""Spoiler marks in a text, in every form that people use, and the text that they hide."""

import re

SPOILER_HIDDEN = "[spoiler hidden]"

_MARKS = re.compile(
    r"\|\|(.+?)(?:\|\||\Z)"
    r"|>!(.+?)(?:!<|\Z)"
    r"|\[spoilers?(?:=[^\]\n]*)?\](.+?)(?:\[/spoilers?\]|\Z)"
    r"|<spoilers?>(.+?)(?:</spoilers?>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
"""Pairs of marks; without a closing mark the spoiler reaches to the end of the text."""

_WARNING = re.compile(
    r"(?:\A\W*|(?<![\w-])(?:warning|careful|beware|caution|achtung|vorsicht|attention|cuidado|attenzione|atenção"
    r"|contains?|major|big|huge|mild|minor|enthält|contient|contiene|contém)[\s:!,]{1,3})"
    r"spoilers?(?![\w-])(?!\s*free)(?:[.,…/\s]|\Z)[\s.…–—-]*"
    r"|(?<![\w-])(?P<denied>(?:no|not|without|zero|keine?|ohne|sans|sin|senza|sem)\s+(?:any\s+)?)?"
    r"spoiler(?:warnung|alarm|s)?"
    r"(?:\s*[:!]|\s+[-–—]|\s*\n|\s*[)}*_~]+(?=\s*\S)"
    r"|\s*(?:alert|alerte|alarm|warning|warnung|ahead|below|incoming|follow|inside)\b)[\s:!.…–—-]*",
    re.IGNORECASE,
)
"""Warning in words: `SPOILER: ...`, `spoilers ahead`, the bare word first; all text after it is hidden."""


_DENIED = re.compile(
    r"(?<![\w-])(?:no|not|without|zero|keine?|ohne|sans|sin|senza|sem)\s+(?:any\s+)?\Z",
    re.IGNORECASE,
)
_NEAR = 30
"""Letters before a warning that may deny it."""

_SAID_TOO_LATE = re.compile(
    r"(?:[\W_]|(?:so|very|really|my|bad|sorry|soz|sry|oops|ups|lol|haha|btw|though|tho|there|i|know|guys|all|everyone|apologies"
    r"|entschuldigung|sorry|désolée?|perdón|scusate?|desculpa)(?!\w))*",
    re.IGNORECASE,
)
"""What comes after a warning that stands at the end: the words before it gave something away."""


def split_spoilers(text: str) -> list[tuple[str, bool]]:
    """Cut a text at its spoiler marks into (piece, whether it is a spoiler)."""
    warning = next((each for each in _WARNING.finditer(text) if not _is_denied(each)), None)
    if warning and _SAID_TOO_LATE.fullmatch(text, warning.end()):
        before = text[: warning.start()]
        if any(map(str.isalpha, before)):
            return [(text, True)]
    open_end = warning.end() if warning else len(text)
    pieces = _cut(text[:open_end])
    if text[open_end:].strip():
        pieces.append((text[open_end:], True))
    return pieces


def _is_denied(warning: re.Match[str]) -> bool:
    """Tell whether a warning says that there are none: `no big spoilers`."""
    start = warning.start()
    near = warning.string[max(0, start - _NEAR) : start]
    return bool(warning["denied"] or _DENIED.search(near))


def without_spoilers(text: str, instead: str = SPOILER_HIDDEN) -> str:
    """Return the text with `instead` in place of each marked spoiler."""
    return "".join(instead if hidden else piece for piece, hidden in split_spoilers(text))


def has_spoilers(text: str) -> bool:
    """Tell whether any part of the text is marked as a spoiler."""
    return any(hidden for _, hidden in split_spoilers(text))


def unmarked(text: str) -> str:
    """Return the text without its spoiler marks, all of it readable."""
    return "".join(piece for piece, _ in split_spoilers(text))


def _cut(text: str) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    at = 0
    for found in _MARKS.finditer(text):
        pieces.append((text[at : found.start()], False))
        pieces.append((next(each for each in found.groups() if each), True))
        at = found.end()
    pieces.append((text[at:], False))
    return [(piece, hidden) for piece, hidden in pieces if piece]
