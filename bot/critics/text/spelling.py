"""Which of a film's people a text names, letter for letter or nearly."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from bot.critics.text.layout import Page
from bot.critics.text.names import Names, fold

_ALIKE = 87.0
"""Percent of letters alike from which a name is taken as a misspelling of another."""


@dataclass(frozen=True, slots=True)
class Named:
    """A person of the catalogue, as the catalogue and as the text spells them."""

    known: str
    written: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Spellings:
    """The names of a text, ready to be compared with those of films."""

    text: str
    runs: dict[str, str] = field(hash=False)

    def find(self, people: Iterable[str]) -> tuple[Named, ...]:
        """Return those of the people whom the text names by their whole name."""
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
        """Find a run of as many words that is spelt almost so, and is nobody else's name."""
        length = len(folded.split())
        if length < 2:
            return None
        others = [run for run in self.runs if run not in known and len(run.split()) == length]
        best = process.extractOne(folded, others, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        return self.runs[best[0]] if best else None


def read_spellings(page: Page, names: Names) -> Spellings:
    """Collect the names of a page."""
    runs = {fold(each.text): each.text for each in reversed(names.all) if each.full}
    return Spellings(f" {fold(page.text)} ", runs)


def same_person(one: str, other: str) -> bool:
    """Tell whether two spellings are one person's, a slip of the pen allowed."""
    return fuzz.ratio(fold(one), fold(other)) >= _ALIKE
