"""Free words of a query, matched with the terms of every field."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender.index.club.overlay import Overlay
from recommender.index.vectors import REVIEWS, term_id, term_idf
from recommender.text import analyzer
from recommender.text.fields import THEME_WORDS

LONGEST_PHRASE = 4


class MatchedTerm(NamedTuple):
    """Term of free words that some film or review has."""

    field: str
    term: str
    term_id: int
    idf: float


@dataclass(frozen=True, slots=True)
class FreeText:
    """Free words as typed, and their terms in all fields as far as some film or review has them."""

    words: str
    terms: tuple[MatchedTerm, ...]

    @classmethod
    def read(cls, overlay: Overlay, words: str) -> "FreeText":
        """Match free words with the terms of every field."""
        index = overlay.index
        terms = (
            MatchedTerm(field, term, number, term_idf(index, number))
            for field, each in readings(words).items()
            for term in dict.fromkeys(each)
            if overlay.has(number := term_id(index, field, term))
        )
        return cls(words, tuple(terms) if words.strip() else ())

    def matches(
        self, overlay: Overlay
    ) -> Iterator[tuple[float, NDArray[np.bool_], NDArray[np.bool_]]]:
        """Yield each word's idf, the films that match it, and those that have it in their title.

        A film with a word in its title only, or in the text that repeats its title, does not match
        it.
        """
        postings = overlay.postings({each.term_id for each in self.terms})

        def marked(term_ids: Iterable[int]) -> NDArray[np.bool_]:
            marks = np.zeros(len(overlay), dtype=bool)
            for number in term_ids:
                marks[postings[number]] = True
            return marks

        for idf, by_field in self._by_word().values():
            title, text = (marked(by_field.pop(field, ())) for field in ("title", "text"))
            other = marked(number for each in by_field.values() for number in each)
            yield idf, other | (text & ~title), title

    def _by_word(self) -> dict[str, tuple[float, dict[str, set[int]]]]:
        """Return each word's lowest idf, of single terms if possible, and its term ids by field."""
        found: dict[str, tuple[tuple[bool, float], dict[str, set[int]]]] = {}
        for each in self.terms:
            words = each.term.split()
            rarity = (len(words) > 1, each.idf)
            for word in words:
                least, by_field = found.setdefault(word, (rarity, {}))
                by_field.setdefault(each.field, set()).add(each.term_id)
                found[word] = min(least, rarity), by_field
        return {word: (idf, by_field) for word, ((_, idf), by_field) in found.items()}


def readings(words: str) -> dict[str, list[str]]:
    """Return the candidate terms of free words by field."""
    single = analyzer.terms(words)
    names = list(_phrases(analyzer.words(words)))
    return {
        "title": single,
        "director": names,
        "writer": names,
        "cast": names,
        "genre": names,
        THEME_WORDS: list(_phrases(single)),
        "text": analyzer.with_bigrams(single),
        REVIEWS: single,
    }


def unknown_words(texts: Sequence[FreeText]) -> tuple[str, ...]:
    """Return the words, as typed, that no film and no review has."""
    known = {word for text in texts for each in text.terms for word in each.term.split()}
    return tuple(
        surface
        for text in texts
        for term, surface in analyzer.surfaces(text.words)
        if not known & {term, analyzer.fold(surface)}
    )


def _phrases(words: Sequence[str]) -> Iterator[str]:
    """Yield every run of one to four neighbouring words."""
    for length in range(1, LONGEST_PHRASE + 1):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])
