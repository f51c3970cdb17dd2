"""Requests for privacy, and spoiler flags, in the words of a text: those that are plain, and those that may be one.

A flag or a delimited request (`--private`, `(just for me)`, `private: ...`) is plain; words that only
sound like one (`private, too close`, `please keep this to yourself`) may be. In English, German, French,
Spanish, Italian and Portuguese.
"""

import re
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import OSA

from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates

_WORDS = Templates("bot.domain.words", "private_words.toml")
_LIKE_A_FLAG = lazy_pattern(
    r"(?<![\w-])(?:[-−‐‑–]{2,3}|[—―])(?P<word>[^\W\d_]{4,12})(?![\w-])[.,;:!]*"
)
_LIKE = 0.7
"""Similarity from which a flag is one misspelt: `--prviate`, `--spolier`, `--privacy`."""

_FLAGS = ("private", "spoiler", "spoilers")
_TAGGED_SPOILER = lazy_pattern(
    r"[({*_~]\s{0,3}spoilers?[\s!]{0,3}[)}*_~]|(?<!\w)#spoilers?(?![\w-])|\[spoilers?!?\]\s*\Z",
    re.IGNORECASE,
)
_LINE = lazy_pattern(r"^[^\w\n]*", re.MULTILINE)
_NO_WORDS = lazy_pattern(r"\W*")
_BLANKS = lazy_pattern(r"\s*")
_SIGNS = lazy_pattern(r"[\s.,;:!–—-]*")
_LAST_SIGNS = lazy_pattern(r"[\s.!]*$")
_BEHIND_BRACKETS = lazy_pattern(r"[\s:,–—-]*(?=\S)")
_QUOTED_END = r"(?=\s*(?:[.!,;:)\]]|please|pls|$|\n|on\s))"
_SHOWN_END = r"(?=\s*(?:[.!,;:)]|$))"


@dataclass(frozen=True, slots=True)
class PlainRequests:
    """What a text asks for beyond doubt, and the text without the flags and marks that do."""

    text: str
    private: bool = False
    spoiler: bool = False


def plain_requests(text: str) -> PlainRequests:
    """Read the flags and the delimited requests of a text."""
    typed, private, spoiler = text, False, False
    for form in (_flag(), _LIKE_A_FLAG):
        asked = {_asked_by(each) for each in form.finditer(text)}
        private |= "private" in asked
        spoiler |= "spoiler" in asked
        text = form.sub(lambda each: " " if _asked_by(each) else each[0], text)
    if _setting().search(text):
        text, private = _setting().sub(" ", text), True
    private |= any(form.search(text) for form in (_bracketed(), _asked())) or _has_label(text)
    spoiler |= bool(_TAGGED_SPOILER.search(text))
    text = _asked().sub(" ", _without_first_label(_without_brackets(text)))
    if text != typed:
        text = re.sub(r"[ \t]{2,}", " ", text).strip()
    return PlainRequests(text, private, spoiler)


def _asked_by(flag: re.Match[str]) -> str:
    """Return what a flag asks for, `private` or `spoiler`; nothing for one that is like neither."""
    word = flag[1].lower()
    if flag.re is _flag():
        return "spoiler" if word.startswith("spoiler") else "private"
    likeness, best = max((OSA.normalized_similarity(word, each), each) for each in _FLAGS)
    return best.removesuffix("s") if likeness >= _LIKE else ""


def label_end(text: str) -> int:
    """Return where a label that asks for privacy, as in `just for me: ...`, ends; 0 without one."""
    if found := _labelled().match(text, _end(_LINE, text)):
        return found.end()
    found = _bracketed().match(text, _end(_BLANKS, text))
    behind = _BEHIND_BRACKETS.match(text, found.end()) if found else None
    return behind.end() if behind else 0


def request_start(text: str) -> int:
    """Return where a request for privacy begins that ends the text: `heat 4, private`; -1 without one."""
    found = _last_words().search(text)
    return found.start() if found else -1


def may_ask_for_privacy(text: str) -> bool:
    """Tell whether the words may ask for privacy, so that their author has to be asked."""
    return any(form.search(text) for form in (_sounds_private(), _other_flag()))


def asks_for_privacy(text: str) -> bool:
    """Tell whether a text asks for privacy, or may: for one whose author is not there to be asked."""
    return plain_requests(text).private or may_ask_for_privacy(text)


def _has_label(text: str) -> bool:
    """Tell whether any line begins with a label; a saved message has its title on the line before."""
    return any(_labelled().match(text, line.end()) for line in _LINE.finditer(text))


def _without_first_label(text: str) -> str:
    found = _labelled().match(text, _end(_NO_WORDS, text))
    colon = found is not None and found["sign"] == ":"
    return f" {text[found.end() :].lstrip()}" if found and colon else text


def _without_brackets(text: str) -> str:
    """Leave out a request in brackets before or after the words, to which it does not belong."""
    if first := _bracketed().match(text, _end(_BLANKS, text)):
        text = f" {text[_end(_SIGNS, text, first.end()) :]}"
    for each in _bracketed().finditer(text):
        if _LAST_SIGNS.match(text, each.end()):
            return f"{text[: each.start()].rstrip()} "
    return text


def _end(form: re.Pattern[str], text: str, start: int = 0) -> int:
    """Return where a form ends that fits anything, even nothing."""
    found = form.match(text, start)
    return found.end() if found else start


def _private() -> str:
    return _WORDS.words("private")


def _request() -> str:
    """Return what asks for privacy in the middle of a sentence."""
    quoted, shown = _WORDS.words("quoted"), _WORDS.words("shown")
    return rf"(?:{_WORDS.words('request')}|{quoted}{_QUOTED_END}|{shown}{_SHOWN_END})"


def _plain() -> str:
    """Return what asks for privacy where it stands apart: in brackets, or before a colon."""
    return rf"(?:{_private()}|{_WORDS.words('confidential')}|{_request()})"


@cache
def _flag() -> re.Pattern[str]:
    what = rf"(?P<what>{_private()}|spoilers?)"
    return re.compile(
        rf"[(\[{{*_]{{0,3}}(?<![\w])[-–—―]{{1,3}}\s?{what}(?![\w-])[)\]}}*_.,;:!]*", re.IGNORECASE
    )


@cache
def _other_flag() -> re.Pattern[str]:
    """Return the pattern of flags that there are not, but that can only ask for privacy."""
    names = _WORDS.words("flags there are not")
    return re.compile(rf"(?<![\w-])(?:[-−‐‑–]{{2,3}}|[—―]){names}(?!\w)", re.IGNORECASE)


@cache
def _setting() -> re.Pattern[str]:
    yes = _WORDS.words("yes")
    return re.compile(rf"(?<![\w-])-{{0,3}}{_private()}\s*[:=]\s*{yes}(?!\w)[.,;!]*", re.IGNORECASE)


@cache
def _bracketed() -> re.Pattern[str]:
    please = r"(?:\s+(?:please|bitte|por\s+favor))?"
    return re.compile(rf"[(\[{{*_]\s{{0,3}}{_plain()}{please}\s*[.!]?[)\]}}*_]+", re.IGNORECASE)


@cache
def _labelled() -> re.Pattern[str]:
    """Return the pattern of a label: `just for me: ...`."""
    sign = r"(?P<sign>[:!]|\s[-–—]\s|\.\s|\n)"
    note = rf"(?:\s+{_WORDS.words('note')})?"
    return re.compile(rf"{_plain()}{note}\s*{sign}", re.IGNORECASE)


@cache
def _asked() -> re.Pattern[str]:
    """Return the pattern of a request that ends or begins a text: `i cried, private pls`."""
    please = _WORDS.words("please")
    asked = rf"(?:{_private()}\s+{please}|{please},?\s+{_private()})"
    return re.compile(
        rf"(?:^|[\s,.;:(\[–—-]{{1,9}}){asked}[\s.!)\]]*$|^\W*{asked}[\s.,;:!–—-]+", re.IGNORECASE
    )


@cache
def _last_words() -> re.Pattern[str]:
    return re.compile(rf"[\s,;(–—-]+(?:{_private()}|{_request()})[\s.!)]*$", re.IGNORECASE)


@cache
def _sounds_private() -> re.Pattern[str]:
    private, labels = _private(), _WORDS.words("confidential")
    return re.compile(
        rf"^[^\w\n]*{private}\b|\b{private}[^\w\n]*$|(?<!\w)#{private}\b|(?<!\w){_request()}(?!\w)"
        rf"|\b(?:{private}|{labels})\s?:|[.!?;,:(/|–—-]\s?{private}\s?[.!?;,)/|–—-]",
        re.IGNORECASE | re.MULTILINE,
    )
