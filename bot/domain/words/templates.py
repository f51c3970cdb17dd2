"""Templates of what members type: files of words and forms that a translator can read, compiled to patterns.

A file of templates has lists of words, and tables of forms by where in a line they stand:

    [words]
    film = ["film[s]", "movie[s]"]

    [anywhere]
    asks = ["(show|give) me", "[a] good <film>"]

In a form `(a|b)` is either, `[a]` may be missing, `<film>` is one of a list, `{title}` a slot to be read,
`{child: son|daughter}` words that are kept by a name. `(a|b)*` is any number of them with blanks between,
`(a|b)+` at least one. `<word>` is any word, `<2-4 words>` so many, `<0-2 film>` so many of a list, as few
as will do. `!(a|b)` stands where none of these follows, `=(a|b)` where one of them does. A blank is any
blanks, `~` blanks and signs, `$` the end of the line, `'` either apostrophe, `#` a number in digits,
`recommend…` a word with any ending.

Tables are [anywhere] for whole words, [apart] for such that no hyphen joins to a word before, [next] for
what follows where it is looked for, [whole] for whole lines, [last] for their ends, and [first] for their
beginnings, where any of the words `opening` may come before a form.

Written by hand, as the kept libraries for such sentences match whole lines only, one form after the other.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from typing import Any

_SIGN = re.compile(
    r"(?P<blank>\s+)|<(?:(?P<least>\d+)-(?P<most>\d+) )?(?P<list>[\w ]+)>|\{(?P<slot>\w+)\}"
    r"|\{(?P<kept>\w+): |(?P<look>[!=])\(|(?P<sign>[\[\]()|*+}])|(?P<text>.)",
    re.DOTALL,
)
_WORD = r"[\w'’-]+"
_LETTERS: Mapping[str, str] = {"'": "['’]", "#": r"\d+", "…": r"\w*", "~": r"\W+", "$": r"\Z"}
_EDGES: Mapping[str, tuple[str, str]] = {
    "anywhere": (r"(?<!\w)", r"(?!\w)"),
    "apart": (r"(?<![\w-])", r"(?!\w)"),
    "next": ("", r"(?!\w)"),
    "first": (r"\A\W*", r"(?!\w)"),
    "last": (r"(?<!\w)", r"\W*\Z"),
    "whole": (r"\A", r"\Z"),
}
"""Tables of forms, and the patterns before and after each of their forms."""

_OPENING = "opening"


@dataclass(frozen=True, slots=True)
class _Part:
    """Part of a form: its pattern, and its kind.

    `blank`; `maybe`, which may be missing; `few`, which had better be; `any`, which may be missing or repeat;
    `!` and `=`, which look ahead; empty for what must be there.
    """

    pattern: str
    kind: str = ""


class Templates:
    """Templates of one file, by name; read and compiled when they are first asked for."""

    def __init__(self, package: str, file: str, slots: Mapping[str, str] | None = None) -> None:
        self._package, self.file = package, file
        self._slots = slots or {}
        self._lists: dict[str, str] = {}
        self._patterns: dict[str, re.Pattern[str]] = {}

    def __getitem__(self, name: str) -> re.Pattern[str]:
        """Return the pattern of the forms of this name. KeyError if the file has none."""
        if name not in self._patterns:
            place, forms = self._forms[name]
            before, after = _EDGES[place]
            if place == "first" and _OPENING in self._data["words"]:
                before = rf"{before}(?:{self.words(_OPENING)}\W+)*"
            pattern = f"{before}{self._either(forms)}{after}"
            self._patterns[name] = re.compile(pattern, re.IGNORECASE)
        return self._patterns[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the names of all forms."""
        return iter(self._forms)

    def words(self, name: str) -> str:
        """Return a list of words as the text of a pattern, for patterns that are more than a form."""
        if name not in self._lists:
            self._lists[name] = self._either(self._data["words"][name])
        return self._lists[name]

    def slot(self, name: str) -> str:
        """Return the pattern of a slot, as a group of its name."""
        return f"(?P<{name}>{self._slots[name]})"

    @cached_property
    def _data(self) -> Mapping[str, Any]:
        text = resources.files(self._package).joinpath(self.file).read_text("utf-8")
        return tomllib.loads(text)

    @cached_property
    def _forms(self) -> Mapping[str, tuple[str, Sequence[str]]]:
        """The forms by name, each with the table it stands in."""
        tables = ((place, self._data.get(place, {})) for place in _EDGES)
        return {name: (place, forms) for place, table in tables for name, forms in table.items()}

    def _either(self, forms: Sequence[str]) -> str:
        return f"(?:{'|'.join(_Reader(form, self).read() for form in forms)})"


class _Reader:
    """Reader of one form, sign by sign. ValueError for a form that cannot be read."""

    def __init__(self, form: str, templates: Templates) -> None:
        self._form, self._templates = form, templates
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
        return _joined(parts)

    def _part(self) -> _Part:
        sign = self._signs[self._at]
        self._at += 1
        if sign["blank"]:
            return _Part(r"\s+", "blank")
        if sign["list"]:
            any_word = sign["list"] in {"word", "words"}
            word = f"(?:{_WORD})" if any_word else self._templates.words(sign["list"])
            if sign["least"]:
                return _some(word, int(sign["least"]), int(sign["most"]))
            return self._repeated(word)
        if sign["slot"]:
            return _Part(self._templates.slot(sign["slot"]))
        if sign["kept"]:
            return _Part(f"(?P<{sign['kept']}>{self._bracket('}')})")
        if sign["look"]:
            return _Part(self._bracket(")"), sign["look"])
        if sign["sign"] == "[":
            return _Part(f"(?:{self._bracket(']')})", "maybe")
        if sign["sign"] == "(":
            return self._repeated(f"(?:{self._bracket(')')})")
        return _Part(_LETTERS.get(sign[0]) or re.escape(sign[0]))

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
        return _Part(pattern, "any") if repeat == "*" else _Part(rf"{pattern}(?:\s+{pattern})*")


def _some(word: str, least: int, most: int) -> _Part:
    """Return a part of so many of a word, as few as will do."""
    further = rf"(?:\s+{word}){{{max(least, 1) - 1},{most - 1}}}?"
    return _Part(f"(?:{word}{further})", "" if least else "few")


def _joined(parts: Sequence[_Part]) -> str:
    """Join the parts of a form: one that may be missing takes a blank along, at the form's end the one before."""
    must = [at for at, part in enumerate(parts) if not part.kind]
    last = must[-1] if must else len(parts)
    patterns: list[str] = []
    at = 0
    while at < len(parts):
        part, blank_after = parts[at], at + 1 < len(parts) and parts[at + 1].kind == "blank"
        blank_before = at > 0 and parts[at - 1].kind == "blank"
        repeat = {"maybe": "?", "any": "*", "few": "??"}.get(part.kind, "")
        at += 1
        if part.kind in {"!", "="}:
            blank = patterns.pop() if blank_before else ""
            edge = r"(?!\w)" if blank_before or at == 1 else ""
            patterns.append(f"(?{part.kind}{blank}(?:{part.pattern}){edge})")
            at += at == 1 and blank_after
        elif repeat and at <= last and blank_after and (blank_before or at == 1):
            patterns.append(rf"(?:{part.pattern}\s+){repeat}")
            at += 1
        elif repeat and blank_before and (blank_after or at == len(parts)):
            patterns.pop()
            patterns.append(rf"(?:\s+{part.pattern}){repeat}")
        else:
            patterns.append(f"{part.pattern}{repeat}")
    return "".join(patterns)
