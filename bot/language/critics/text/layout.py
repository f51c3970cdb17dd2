"""Layout of a review's text: lines, sentences and words, by their offsets."""

import re
from dataclasses import dataclass
from itertools import pairwise

from bot.domain.words.patterns import lazy_pattern
from bot.language.critics.text.wordlists import SHORT_FORMS

LONGEST = 20_000
"""Number of characters that are read: as many as a review may hold."""

# One character for one character, so that an offset means the same before and after.
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ´`", "'"),
        **dict.fromkeys("“”„‟«»‹›″", '"'),
        **dict.fromkeys("–—―−‒", "—"),
        **dict.fromkeys("\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", "\n"),
        "\0": " ",
    }
)
_BLANKS = lazy_pattern(r"[^\S\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_WORD = lazy_pattern(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['.\-·/&][^\W_]+)*")
_STOP = lazy_pattern(r"[.!?…]+[\"')\]*_]*(?=\s|$)|\n")
_LAST_WORD = lazy_pattern(r"[^\W_]+$")


@dataclass(frozen=True, slots=True)
class Span:
    """Stretch of the text, from offset `start` up to, not including, `end`."""

    start: int
    end: int
    text: str

    def __contains__(self, place: int) -> bool:
        """Tell whether the offset lies in the stretch."""
        return self.start <= place < self.end


@dataclass(frozen=True, slots=True)
class Word:
    """Word of the text; `end` leaves out a possessive 's, `whole` includes it."""

    start: int
    end: int
    whole: int
    text: str
    capital: bool

    @property
    def possessive(self) -> bool:
        """Whether the word ends in 's."""
        return self.whole > self.end


@dataclass(frozen=True, slots=True)
class Page:
    """Review laid out. `text` has one kind of quotes and of dashes, `raw` those that were typed.

    `complete`: whether all of the review was laid out; the end of a very long one is not read.
    """

    complete: bool
    raw: str
    text: str
    lines: tuple[Span, ...]
    sentences: tuple[Span, ...]
    words: tuple[Word, ...]

    def sentence_at(self, place: int) -> Span:
        """Return the sentence that holds the offset."""
        low, high = 0, len(self.sentences) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.sentences[middle].start <= place:
                low = middle
            else:
                high = middle - 1
        return self.sentences[low] if self.sentences else Span(0, len(self.text), self.text)


def lay_out(text: str) -> Page:
    """Lay out the part of a review's text that is read."""
    raw = _BLANKS.sub(" ", text[:LONGEST].replace("\r\n", "\n"))
    plain = _unwrap(raw.translate(_ALIKE))
    parts = tuple(_lines(plain)), tuple(_sentences(plain)), tuple(_words(plain))
    return Page(len(text) <= LONGEST, raw, plain, *parts)


def _unwrap(text: str) -> str:
    """Replace line breaks that only keep lines short with blanks."""
    lines = text.split("\n")
    broken = [
        50 <= len(line.rstrip()) <= 100
        and line.rstrip()[-1] not in ".!?:;\"')*_"
        and bool(following.strip())
        for line, following in pairwise(lines)
    ]
    if sum(broken) < 4:
        return text
    joints = [" " if each else "\n" for each in broken]
    return "".join(part for pair in zip(lines, [*joints, ""], strict=True) for part in pair)


def _lines(text: str) -> list[Span]:
    """Return the lines that are not empty, without the blanks around them."""
    found, start = [], 0
    for line in text.split("\n"):
        if tidy := line.strip():
            first = start + line.index(tidy[0])
            found.append(Span(first, first + len(tidy), tidy))
        start += len(line) + 1
    return found


def _sentences(text: str) -> list[Span]:
    found, start = [], 0
    for match in _STOP.finditer(text):
        if match.group() != "\n" and _goes_on(text, match):
            continue
        if text[start : match.end()].strip():
            found.append(Span(start, match.end(), text[start : match.end()]))
            start = match.end()
    if text[start:].strip():
        found.append(Span(start, len(text), text[start:]))
    return found


def _goes_on(text: str, stop: re.Match[str]) -> bool:
    """Tell whether a full stop ends a short form, an initial or an ordinal, not a sentence."""
    if not stop.group().startswith(".") or len(stop.group()) > 1:
        return False
    last = _LAST_WORD.search(text[max(0, stop.start() - 24) : stop.start()])
    if last is None:
        return False
    word = last.group()
    if word.isdigit():
        return len(word) <= 2
    return (len(word) == 1 and word.isupper()) or word.lower() in SHORT_FORMS


def _words(text: str) -> list[Word]:
    found = []
    for match in _WORD.finditer(text):
        word, end = match.group(), match.end()
        if word[-2:] in {"'s", "'S"}:
            end -= 2
        found.append(Word(match.start(), end, match.end(), word, word[0].isupper()))
    return found


def in_a_line(words: str) -> str:
    """Return the pattern of words so that it reaches over no end of a line; blanks are single in a page."""
    return words.replace(r"\s+", " ")
