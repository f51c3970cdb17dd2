"""Spellings of people's names in a text, compared with those of the catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from bot.language.critics.text.layout import Page
from bot.language.critics.text.names import Names, fold

_ALIKE = 87.0
"""Similarity in percent from which a name counts as a misspelling of another."""


@dataclass(frozen=True, slots=True)
class Named:
    """Name of a person as the catalogue and as the text spell it."""

    known: str
    written: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Spellings:
    """Text of a page, normalised, and its full names by their normalised form."""

    text: str
    runs: dict[str, str] = field(hash=False)

    def find(self, people: Iterable[str]) -> tuple[Named, ...]:
        """Return those of the people whom the text names in full."""
        known = {fold(person): person for person in people}
        found = []
        for folded, person in known.items():
            if not folded:
                continue
            if f" {folded} " in self.text:
                found.append(Named(person, self.runs.get(folded, person), exact=True))
            elif written := self._near(folded, known):
                found.append(Named(person, written, exact=False))
        return tuple(found)

    def _near(self, folded: str, known: dict[str, str]) -> str | None:
        """Find a name of as many words, spelt almost the same, that is not a known person's."""
        length = len(folded.split())
        if length < 2:
            return None
        others = [run for run in self.runs if run not in known and len(run.split()) == length]
        best = process.extractOne(folded, others, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        return self.runs[best[0]] if best else None


def read_spellings(page: Page, names: Names) -> Spellings:
    """Collect the full names of a page."""
    runs = {fold(each.text): each.text for each in reversed(names.all) if each.full}
    return Spellings(f" {fold(page.text)} ", runs)


def same_person(one: str, other: str) -> bool:
    """Tell whether two spellings are of one name, allowing for a slip."""
    return fuzz.ratio(fold(one), fold(other)) >= _ALIKE
