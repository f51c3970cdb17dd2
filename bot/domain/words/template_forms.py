"""Forms of templates: how they are written, and the pattern that each of them means.

    (a|b)                   either
    [a]                     may be missing
    <film>                  one of a list of words; of a slot, what may stand in it
    {title}                 a slot to be read
    {child: son|daughter}   words that are kept by a name
    (a|b)*  (a|b)+          any number of them, with blanks between; at least one
    !(a|b)  =(a|b)          where none of these follows; where one of them does
    <word>                  any word
    <2-4 words>  <0-2 film> so many of them, as few as will do
    <2-60 signs>            so many signs of any kind, as few as will do
    <1-3 digits>  <1 letter> so many digits or letters, as many as there are
    #                       a number in digits
    '                       either apostrophe
    recommend…  yes^        a word with any ending; one that may be drawn out
    a b    a, b    a~b      blanks between; blanks and commas; blanks and signs
    $  <end>                the end of the line; of what is said, there or before a sign
    \\+                      the sign itself

Written by hand, as the kept libraries for such sentences match whole lines only, one form after the other.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.words.patterns import lazy_pattern

_SIGN = lazy_pattern(
    r"(?P<pause>,\s+)|(?P<blank>\s+)"
    r"|<(?P<fewest>\d+)(?:-(?P<longest>\d+))? (?P<unit>letter|digit|sign)s?>"
    r"|<(?:(?P<least>\d+)-(?P<most>\d+) )?(?P<list>(?!end>)[\w ]+)>|\{(?P<slot>\w+)\}"
    r"|\{(?P<kept>\w+): |(?P<look>[!=])\(|(?P<sign>[\[\]()|*+}])|(?P<text>\w+)|\\?(?P<mark><end>|.)",
    re.DOTALL,
)
_WORD = r"[\w'’-]+"
_UNITS: Mapping[str, tuple[str, str]] = {
    "letter": (r"\w", ""),
    "digit": (r"\d", ""),
    "sign": (".", "?"),
}
_LETTERS: Mapping[str, str] = {
    "'": "['’]",
    "#": r"\d+",
    "…": r"\w*",
    "^": "+",
    "~": r"\W+",
    "$": r"\Z",
    "<end>": r"(?=\s*(?:\Z|[^\w\s'’:/&\"“”-]|-(?!\w)))",
}
_REPEATS: Mapping[str, str] = {"maybe": "?", "any": "*", "few": "??", "many": "+"}


class Vocabulary(Protocol):
    """What forms are read with: the patterns of lists of words, of slots, and of what stands between words."""

    def words(self, name: str) -> str:
        """Return a list of words."""
        ...

    def slot(self, name: str) -> str:
        """Return a slot, as a group of its name."""
        ...

    @property
    def blank(self) -> str:
        """A blank."""
        ...

    @property
    def pause(self) -> str:
        """A comma before a blank."""
        ...


def pattern_of(form: str, vocabulary: Vocabulary) -> str:
    """Return the text of the pattern that a form means. ValueError for one that cannot be read."""
    return _Reader(form, vocabulary).read()


@dataclass(frozen=True, slots=True)
class _Part:
    """Part of a form: its pattern, and its kind.

    `blank`; `maybe`, which may be missing; `few`, which had better be; `any`, which may be missing or repeat;
    `many`, which may repeat; `!` and `=`, which look ahead; empty for what must be there once.
    """

    pattern: str
    kind: str = ""


class _Reader:
    """Reader of one form, sign by sign."""

    def __init__(self, form: str, vocabulary: Vocabulary) -> None:
        self._form, self._vocabulary = form, vocabulary
        self._signs = [*_SIGN.finditer(form)]
        self._at = 0

    def read(self) -> str:
        """Return the pattern of the whole form."""
        pattern = self._alternatives()
        if self._at < len(self._signs):
            raise ValueError(f"A bracket is closed that was not opened: {self._form}")
        return pattern

    def _alternatives(self) -> str:
        sequences = [self._sequence()]
        while self._next() == "|":
            self._at += 1
            sequences.append(self._sequence())
        return "|".join(sequences)

    def _next(self) -> str:
        return self._signs[self._at]["sign"] or "" if self._at < len(self._signs) else ""

    def _sequence(self) -> str:
        parts: list[_Part] = []
        while self._at < len(self._signs) and self._next() not in {"|", ")", "]", "}"}:
            parts.append(self._part())
        if len(parts) > 1 and all(part.kind in {"maybe", "any", "blank"} for part in parts):
            raise ValueError(f"All of it may be missing, write what must be there: {self._form}")
        return _joined(parts, self._vocabulary.blank)

    def _part(self) -> _Part:
        sign = self._signs[self._at]
        self._at += 1
        if sign["blank"] or sign["pause"]:
            between = self._vocabulary.blank if sign["blank"] else self._vocabulary.pause
            return _Part(between, "blank")
        if sign["unit"]:
            each, few = _UNITS[sign["unit"]]
            return _Part(f"{each}{{{sign['fewest']},{sign['longest'] or sign['fewest']}}}{few}")
        if sign["list"]:
            any_word = sign["list"] in {"word", "words"}
            word = f"(?:{_WORD})" if any_word else self._vocabulary.words(sign["list"])
            if sign["least"]:
                return _some(word, int(sign["least"]), int(sign["most"]))
            return self._repeated(word)
        if sign["slot"]:
            return _Part(self._vocabulary.slot(sign["slot"]))
        if sign["kept"]:
            return _Part(f"(?P<{sign['kept']}>{self._bracket('}')})")
        if sign["look"]:
            return _Part(self._bracket(")"), sign["look"])
        if sign["sign"] == "[":
            return _Part(f"(?:{self._bracket(']')})", "maybe")
        if sign["sign"] == "(":
            return self._repeated(f"(?:{self._bracket(')')})")
        return _Part(sign["text"] or _LETTERS.get(sign[0]) or re.escape(sign["mark"]))

    def _bracket(self, end: str) -> str:
        inside = self._alternatives()
        if self._next() != end:
            raise ValueError(f"A bracket is not closed: {self._form}")
        self._at += 1
        return inside

    def _repeated(self, pattern: str) -> _Part:
        repeat = self._next()
        if repeat not in {"*", "+"}:
            return _Part(pattern)
        self._at += 1
        return _Part(pattern, "any" if repeat == "*" else "many")


def _some(word: str, least: int, most: int) -> _Part:
    """Return a part of so many of a word, as few as will do."""
    further = rf"(?:\s+{word}){{{max(least, 1) - 1},{most - 1}}}?"
    return _Part(f"(?:{word}{further})", "" if least else "few")


def _joined(parts: Sequence[_Part], blank: str) -> str:
    """Join the parts of a form: one that may be missing takes a blank along, at the form's end the one before."""
    must = [at for at, part in enumerate(parts) if part.kind in {"", "many"}]
    last = must[-1] if must else len(parts)
    patterns: list[str] = []
    at, begins = 0, True  # begins: no blank is left before this part
    while at < len(parts):
        part, blank_after = parts[at], at + 1 < len(parts) and parts[at + 1].kind == "blank"
        blank_before = at > 0 and parts[at - 1].kind == "blank"
        repeat = _REPEATS.get(part.kind, "")
        at += 1
        if part.kind in {"!", "="}:
            before = patterns.pop() if blank_before and not begins else ""
            edge = r"(?!\w)" if blank_before or begins else ""
            patterns.append(f"(?{part.kind}{before}(?:{part.pattern}){edge})")
            at += begins and blank_after
        elif repeat and at <= last and blank_after and (blank_before or begins):
            patterns.append(f"(?:{part.pattern}{parts[at].pattern}){repeat}")
            at, begins = at + 1, True
            continue
        elif repeat and blank_before and (blank_after or at == len(parts)):
            patterns.append(f"(?:{patterns.pop()}{part.pattern}){repeat}")
        elif part.kind == "many" and len(parts) == 1:
            patterns.append(f"{part.pattern}(?:{blank}{part.pattern})*")
        else:
            patterns.append(f"{part.pattern}{repeat}")
        begins = part.kind in {"!", "="} and begins
    return "".join(patterns)
