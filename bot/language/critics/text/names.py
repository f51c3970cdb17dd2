"""Names in a text: runs of capitalised words that may be people's."""

import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.words.patterns import lazy_pattern
from bot.language.critics.text.layout import Page, Word
from bot.language.critics.text.wordlists import HONOURED, LEADING, NO_PEOPLE, PARTICLES, WORKS

_JOINTS = lazy_pattern(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Name:
    """Run of words that may be a person's name; `words` is their number."""

    start: int
    end: int
    text: str
    words: int
    possessive: bool = False

    @property
    def full(self) -> bool:
        """Whether the run looks like a person's whole name, not a place, a firm or a first name."""
        return 2 <= self.words <= 5 and not any(
            part.casefold() in NO_PEOPLE for part in self.text.split()
        )


class Names:
    """All names of a page, in order, found by their offsets."""

    __slots__ = ("_by_end", "_starts", "all")

    def __init__(self, names: Sequence[Name]) -> None:
        """Index the names by their offsets."""
        self.all = tuple(names)
        self._starts = [each.start for each in names]
        self._by_end = {each.end: each for each in names}

    def at(self, place: int) -> Name | None:
        """Return the name that starts at this offset."""
        position = bisect_left(self._starts, place)
        if position < len(self.all) and self.all[position].start == place:
            return self.all[position]
        return None

    def ending(self, place: int) -> Name | None:
        """Return the name that ends at this offset."""
        return self._by_end.get(place)

    def within(self, start: int, end: int) -> Sequence[Name]:
        """Return the names that lie wholly in a stretch."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [each for each in self.all[first:last] if each.end <= end]


def fold(name: str) -> str:
    """Normalise names, or a whole text, to bare words: no case, accents or punctuation."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _JOINTS.sub(" ", bare.replace("ł", "l").replace("ø", "o")).strip()


def find_names(page: Page, hidden: Collection[int] = ()) -> Names:
    """Find all runs of capitalised words; a word that starts at a hidden offset ends a run."""
    return Names([name for run in _runs(page, hidden) if (name := _name(page, run))])


def bare_character(name: Name) -> str:
    """Return a character's name without rank or profession before it."""
    parts = name.text.split()
    while len(parts) > 1 and parts[0].casefold().rstrip(".") in HONOURED:
        parts = parts[1:]
    return " ".join(parts)


def _runs(page: Page, hidden: Collection[int]) -> Iterator[list[Word]]:
    run: list[Word] = []
    for word in page.words:
        if run and (word.start in hidden or not _joined(page, run[-1], word)):
            yield run
            run = []
        if word.start not in hidden and (word.capital or (run and _is_particle(word))):
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _joined(page: Page, former: Word, word: Word) -> bool:
    gap = page.text[former.whole : word.start]
    initial = len(former.text) == 1 or former.text.lower() in {"dr", "mr", "mrs", "ms", "st", "jr"}
    return not former.possessive and (gap == " " or (gap == ". " and initial))


def _is_particle(word: Word) -> bool:
    return word.text in PARTICLES or (word.text[:2] in {"d'", "o'"} and word.text[2:3].isupper())


def _is_no_name(word: Word) -> bool:
    """Tell whether a word has no capital, or only because it begins a sentence."""
    compound = word.text.count("-") > 1 and word.text[1:].islower()
    return word.text.casefold() in LEADING or not word.capital or compound


def _name(page: Page, run: list[Word]) -> Name | None:
    while run and _is_no_name(run[0]):
        run = run[1:]
    if len(run) > 2 and run[0].text.casefold() in WORKS and run[1].text in PARTICLES:
        run = run[2:]
    while run and not (run[-1].capital or run[-1].text[1:2] == "'"):
        run = run[:-1]
    if not run or len(run) > 7:
        return None
    start, end = run[0].start, run[-1].end
    return Name(start, end, page.text[start:end], len(run), run[-1].possessive)
