"""Films that a critic's text may name: titles found by an index, and the films once they are loaded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.language.critics.mentions import possible_titles
from bot.language.critics.text.heading import read_shown, read_subject
from bot.language.critics.text.layout import Page, lay_out

_LEAST_SIMILARITY = 0.82
"""Similarity (0..1) from which a title may be a misspelling of another."""


class ScoredFilm(Protocol):
    """Film that a title index found, and the similarity of its title, 0..1."""

    @property
    def film_id(self) -> FilmId: ...

    @property
    def score(self) -> float: ...


class TitleLookup(Protocol):
    """Part of a title index that the reader needs, as `catalogue.titles.index.TitleIndex` has it."""

    def exact(self, text: str) -> Iterable[ScoredFilm]: ...

    def near(self, query: str) -> Iterable[ScoredFilm]: ...


@dataclass(frozen=True, slots=True)
class NamedTitles:
    """Text laid out, and ids of the films that it may name, by the words in the text.

    `exact`: films of exactly this title; `similar`: films whose titles are much like a heading
    that is itself no title.
    """

    page: Page
    exact: Mapping[str, Sequence[FilmId]]
    similar: Mapping[str, Sequence[FilmId]]

    @property
    def film_ids(self) -> set[FilmId]:
        """Ids of all films to load before the text is read."""
        found = (*self.exact.values(), *self.similar.values())
        return {film_id for film_ids in found for film_id in film_ids}


@dataclass(frozen=True, slots=True)
class KnownFilms:
    """Films that a text may be about; an id without a loaded film is passed over."""

    titles: NamedTitles
    films: Mapping[FilmId, Film]

    def titled(self, title: str) -> Sequence[Film]:
        """Return the films of exactly this title, however it is written."""
        return self._loaded(self.titles.exact.get(title, ()))

    def like(self, title: str) -> Sequence[Film]:
        """Return the few films whose titles look much like this one, best first."""
        return self._loaded(self.titles.similar.get(title, ()))

    def _loaded(self, film_ids: Iterable[FilmId]) -> Sequence[Film]:
        return [self.films[each] for each in film_ids if each in self.films]


def find_titles(text: str, index: TitleLookup) -> NamedTitles:
    """Look up every stretch of a text that may be a title: the first pass of the reader."""
    page = lay_out(text)
    subjects = [each.title for each in (read_subject(page), read_shown(page, ())) if each]
    exact = {
        title: [each.film_id for each in found]
        for title in dict.fromkeys((*possible_titles(page), *subjects))
        if (found := tuple(index.exact(title)))
    }
    similar = {
        title: [each.film_id for each in index.near(title) if each.score >= _LEAST_SIMILARITY]
        for title in subjects
        if title not in exact
    }
    return NamedTitles(page, exact, similar)
