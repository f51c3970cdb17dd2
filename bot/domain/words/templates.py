"""Templates of what members type: files of words and forms that a translator can read, compiled to patterns.

A file of templates has lists of words, and tables of forms by where in a line they stand:

    [words]
    film = ["film[s]", "movie[s]"]

    [anywhere]
    asks = ["(show|give) me", "[a] good <film>"]

How a form is written: `bot/domain/words/template_forms.py`.

Tables are [anywhere] for whole words, [apart] for such that no hyphen joins to a word before, [next] for
what follows where it is looked for, [leads] for what leads there to something else, [before] for what does
so anywhere, [whole] for whole lines, [last] for their ends, and [first] for their beginnings, where any of
the words `opening` may come before a form.

Before all tables, `blank = ",.!"` says which signs may stand in a blank, and `pause = ",:"` which ones
where a form has a comma before a blank.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from importlib import resources
from typing import Any

from bot.domain.words.template_forms import pattern_of

_EDGES: Mapping[str, tuple[str, str]] = {
    "anywhere": (r"(?<!\w)", r"(?!\w)"),
    "apart": (r"(?<![\w-])", r"(?!\w)"),
    "next": ("", r"(?!\w)"),
    "leads": ("", r"\s+(?=\S)"),
    "before": (r"(?<![\w'’-])", r"\s+"),
    "first": (r"\A\W*", r"(?!\w)"),
    "last": (r"(?<!\w)", r"\W*\Z"),
    "whole": (r"\A", r"\Z"),
}
"""Tables of forms, and the patterns before and after each of their forms."""

_OPENING = "opening"


class Templates:
    """Templates of one file, by name; read and compiled when they are first asked for.

    `slots`: their patterns; `shared`: templates whose lists of words may stand in these forms, too.
    """

    def __init__(
        self,
        package: str,
        file: str,
        slots: Mapping[str, str] | None = None,
        shared: "Templates | None" = None,
    ) -> None:
        self._package, self.file = package, file
        self._slots, self._shared = slots or {}, shared
        self._lists: dict[str, str] = {}
        self._patterns: dict[str, re.Pattern[str]] = {}

    def __getitem__(self, name: str) -> re.Pattern[str]:
        """Return the pattern of the forms of this name. KeyError if the file has none."""
        if name not in self._patterns:
            place, forms = self._forms[name]
            before, after = _EDGES[place]
            if place == "first" and _OPENING in self.data["words"]:
                before = rf"{before}(?:{self.words(_OPENING)}\W+)*"
            pattern = f"{before}{self._either(forms)}{after}"
            self._patterns[name] = re.compile(pattern, re.IGNORECASE)
        return self._patterns[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the names of all forms."""
        return iter(self._forms)

    def words(self, name: str) -> str:
        """Return a list of words as the text of a pattern; else that of a slot, which is then not kept.

        KeyError for a name that is neither.
        """
        if name not in self._lists:
            own, slot = self.data.get("words", {}).get(name), self._slots.get(name)
            if own is None and self._shared and slot is None:
                return self._shared.words(name)
            self._lists[name] = f"(?:{slot})" if own is None and slot else self._either(own)
        return self._lists[name]

    def slot(self, name: str) -> str:
        """Return the pattern of a slot, as a group of its name."""
        return f"(?P<{name}>{self._slots[name]})"

    def read(self, form: str) -> str:
        """Return a form, which need not stand in the file, as the text of a pattern."""
        return pattern_of(form, self)

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """All that the file says."""
        text = resources.files(self._package).joinpath(self.file).read_text("utf-8")
        return tomllib.loads(text)

    @cached_property
    def blank(self) -> str:
        """The pattern of a blank."""
        signs = self.data.get("blank", "")
        return rf"[\s{re.escape(signs)}]+" if signs else r"\s+"

    @cached_property
    def pause(self) -> str:
        """The pattern of a comma before a blank."""
        return rf"[\s{re.escape(self.data.get('pause', ','))}]+"

    @cached_property
    def _forms(self) -> Mapping[str, tuple[str, Sequence[str]]]:
        """The forms by name, each with the table it stands in."""
        tables = ((place, self.data.get(place, {})) for place in _EDGES)
        return {name: (place, forms) for place, table in tables for name, forms in table.items()}

    def _either(self, forms: Sequence[str]) -> str:
        return f"(?:{'|'.join(map(self.read, forms))})"
