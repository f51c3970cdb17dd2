"""Title index: finds the film that a typed title means. Pure, immutable, in memory."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.catalogue.titles.certainty import is_sure
from bot.catalogue.titles.layer import Layer, LayerMatch
from bot.catalogue.titles.links import FilmLink, Source, film_link, slug_words
from bot.catalogue.titles.normalise import TitleKeys, keys_of, normalise, without_numbers
from bot.catalogue.titles.ordering import by_fit, closest, numbered, one_each_first, weighed
from bot.catalogue.titles.titled_film import TitledFilm
from bot.domain.ids import FilmId
from bot.domain.words.patterns import lazy_pattern

__all__ = ["LONGEST_TITLE", "Resolution", "TitleIndex", "TitleMatch", "TitledFilm", "normalise"]

LONGEST_TITLE = 300
"""Number of characters of a title that are compared."""

_FAR_BEHIND = 0.3
"""Difference to the best score from which a title is not offered."""

_FAR_BEHIND_SURE = 0.15
"""The same where the best is surely meant: what is offered beside it may be meant as well."""

_YEAR_IN_BRACKETS = lazy_pattern(r"(?P<title>.*\S)\s*[(\[](?P<year>\d{4})[)\]]\s*", re.DOTALL)
_YEAR_IN_FRONT = lazy_pattern(
    r"\s*[(\[]?(?P<year>1[89]\d\d|20\d\d)[)\],]?\s+(?P<title>\S.*)", re.DOTALL
)
_YEAR_AT_END = lazy_pattern(r"(?P<title>.*[^\s,])[\s,]+(?P<year>1[89]\d\d|20\d\d)\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """Film that may be meant, its title that was found, and the score of that, 0..1.

    `sure`: whether a near title is surely meant, only spelled otherwise. `by`: who directed it.
    """

    film_id: FilmId
    title: str
    year: int | None
    score: float = 1.0
    sure: bool = False
    by: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """Films that a query may mean.

    `exact`: all films of exactly this title (and year), best known first. `near`: where there are
    none, the films with the most similar titles, best first. `year`: the one that was typed.
    """

    exact: tuple[TitleMatch, ...] = ()
    near: tuple[TitleMatch, ...] = ()
    year: int | None = None

    @property
    def only(self) -> TitleMatch | None:
        """Film, when it is the only one of this title."""
        return self.exact[0] if len(self.exact) == 1 else None

    @property
    def likely(self) -> TitleMatch | None:
        """Film of a near title that is surely meant, only spelled otherwise."""
        return self.near[0] if self.near and self.near[0].sure else None


class TitleIndex:
    """All films that one club can name, in layers: the shared ones, then the club's own."""

    __slots__ = ("layers",)

    def __init__(self, films: Iterable[TitledFilm] = (), *, over: tuple[Layer, ...] = ()) -> None:
        """Index the films on top of existing layers; 1.5 s for 40,000 films."""
        self.layers = (*over, Layer.of(films))

    @classmethod
    def over(cls, *layers: Layer) -> "TitleIndex":
        """Return an index of some layers, none of which is built."""
        index = cls.__new__(cls)
        index.layers = layers
        return index

    def with_films(self, films: Iterable[TitledFilm]) -> "TitleIndex":
        """Return an index with these films added; existing layers are shared."""
        return TitleIndex(films, over=self.layers)

    def make_ready(self) -> None:
        """Build the lazy indexes now; call it from a worker thread."""
        for layer in self.layers:
            layer.make_ready()

    def __len__(self) -> int:
        """Count the films."""
        return sum(len(layer) for layer in self.layers)

    def has(self, film_id: FilmId) -> bool:
        """Tell whether the index holds this film."""
        link = FilmLink(Source.OWN, film_id)
        return any(layer.linked(link) for layer in self.layers)

    def is_title(self, text: str) -> bool:
        """Tell whether the whole text is a film's title, alone or with its year."""
        return bool(self.exact(text))

    def exact(self, text: str, year: int | None = None) -> tuple[TitleMatch, ...]:
        """Return the films of this title, best known first.

        A year in brackets, at the end or in front counts, unless the whole is itself a title.
        """
        if len(text) > LONGEST_TITLE:
            return ()
        if year is not None:
            return self._bearing(text, year)
        bracketed = _YEAR_IN_BRACKETS.fullmatch(text)
        if bracketed and (found := self._bearing(bracketed["title"], int(bracketed["year"]))):
            return found
        if found := self._bearing(text):
            return found
        apart = _YEAR_AT_END.fullmatch(text) or _YEAR_IN_FRONT.fullmatch(text)
        return self._bearing(apart["title"], int(apart["year"])) if apart else ()

    def by_id(self, text: str) -> TitleMatch | None:
        """Return the film of an id, or of the address of its page on TMDB, IMDb or Letterboxd.

        A Letterboxd address holds only the words of the title, which has to be unambiguous.
        """
        link = film_link(text)
        if link is None:
            return None
        if link.source is Source.LETTERBOXD:
            return Resolution(self.exact(slug_words(link.name))).only
        films = (layer.linked(link) for layer in reversed(self.layers))
        film = next((each for each in films if each), None)
        return TitleMatch(film.film_id, film.titles[0], film.year) if film else None

    def resolve(self, query: str, limit: int = 5) -> Resolution:
        """Find the films that a person may mean by a title, an id or an address."""
        if link := film_link(query):
            if film := self.by_id(query):
                return Resolution(exact=(film,))
            if link.source is not Source.LETTERBOXD:
                return Resolution()
            query = slug_words(link.name)
        exact = self.exact(query)
        _, year = self.split_year(query[:LONGEST_TITLE])
        return Resolution(exact, () if exact else self.near(query, limit), year)

    def near(self, query: str, limit: int = 5) -> tuple[TitleMatch, ...]:
        """Return the films of the most similar titles, best first; few where one is close.

        A year at the end is read both ways: as part of the title, and as the film's year.
        """
        query = query[:LONGEST_TITLE]
        title, year = self.split_year(query)
        whole, bare = keys_of(query), keys_of(title)
        found = list(self._near(whole)) if year is None or query[-1].isdigit() else []
        likely = [
            *self._begun(whole),
            *(numbered(each, whole) for each in closest(found, None, limit)),
        ]
        if year is not None:
            dated = (weighed(each, year) for each in self._near(bare))
            likely += (weighed(each, year) for each in self._begun(bare))
            likely += (numbered(each, bare) for each in closest(dated, year, limit))
        likely = closest(likely, year, limit)
        sure = (
            bool(likely) and is_sure(likely[0], likely[1:], bare) and self._follows(likely[0], bare)
        )
        behind = _FAR_BEHIND_SURE if sure else _FAR_BEHIND
        return tuple(
            _title_match(each, sure=sure and not place)
            for place, each in enumerate(likely[:limit])
            if each.score >= likely[0].score - behind
        )

    def _follows(self, found: LayerMatch, typed: TitleKeys) -> bool:
        """Tell whether a film may be the sequel that was typed: `rocks 3` is not `Rocky III`."""
        stem = without_numbers(typed.key)
        if not stem or stem == typed.loose[0] or not self._bearing(stem):
            return True
        return f"{without_numbers(found.key)} ".startswith(f"{stem} ")

    def _begun(self, keys: TitleKeys) -> Iterator[LayerMatch]:
        for layer in self.layers:
            yield from layer.begun(keys)

    def _near(self, keys: TitleKeys) -> Iterator[LayerMatch]:
        for layer in self.layers:
            yield from layer.gapless(keys)
            yield from layer.mixed_up(keys)
            yield from layer.near(keys)

    def complete(self, prefix: str, limit: int = 8) -> tuple[TitleMatch, ...]:
        """Return films whose titles continue as typed, better known first; none for empty text."""
        keys = keys_of(prefix[:LONGEST_TITLE])
        if not keys.key:
            return ()
        found: dict[FilmId, LayerMatch] = {}
        for layer in self.layers:
            for each in layer.complete(keys, limit, whole_word=prefix[-1].isspace()):
                best = found.get(each.film.film_id, each)
                found[each.film.film_id] = min(best, each, key=lambda match: by_fit(match, keys))
        offers = one_each_first(tuple(found.values()), keys)
        return tuple(_title_match(each) for each in offers[:limit])

    def split_year(self, text: str) -> tuple[str, int | None]:
        """Split off a year in brackets or at the end, unless the whole is a title."""
        if bracketed := _YEAR_IN_BRACKETS.fullmatch(text):
            title, year = bracketed["title"], int(bracketed["year"])
            return (
                (title, year)
                if self._bearing(title, year) or not self._bearing(text)
                else (text, None)
            )
        appended = _YEAR_AT_END.fullmatch(text)
        if appended and not self._bearing(text):
            return appended["title"], int(appended["year"])
        return text, None

    def _bearing(self, title: str, year: int | None = None) -> tuple[TitleMatch, ...]:
        """Return the films of this title (and year), by the strictest key that finds any."""
        keys = keys_of(title)
        for found in zip(*(layer.bearing(keys, year) for layer in self.layers), strict=True):
            films = [each for layer in found for each in layer]
            if films:
                once = {each.film.film_id: each for each in films}
                return tuple(
                    _title_match(each)
                    for each in sorted(once.values(), key=lambda each: -each.film.weight)
                )
        return ()


def _title_match(found: LayerMatch, *, sure: bool = False) -> TitleMatch:
    film = found.film
    return TitleMatch(film.film_id, found.title, film.year, found.score, sure, film.by)
