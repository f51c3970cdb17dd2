"""Films that an import may be about, by title or number: of a million, only those need comparing."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.catalogue.importing.matching.identity import looks_of, parts_of
from bot.catalogue.titles.normalise import keys_of
from bot.domain.films.film import Film


@dataclass(frozen=True, slots=True)
class Wanted:
    """Titles that a source has, as `Identity` compares them, and its numbers of IMDb and TMDB."""

    looks: Collection[str]
    parts: Collection[str]
    ids: Collection[str | int]

    @classmethod
    def of(
        cls, titles: Iterable[Sequence[str]], ids: Collection[str | int] = frozenset()
    ) -> "Wanted":
        """Collect the titles of a source's films."""
        every = {title for each in titles for title in each}
        looks = {look for title in every for look in looks_of(keys_of(title))}
        return cls(looks, {part for title in every for part in parts_of(title)}, ids)

    def concerns(self, film: Film) -> bool:
        """Tell whether a record of the source may be about this film."""
        if film.imdb_id in self.ids or film.tmdb_id in self.ids:
            return True
        titles = [(title, looks_of(keys_of(title))) for title in film.titles]
        if any(look in self.looks or look in self.parts for _, looks in titles for look in looks):
            return True
        return any(part in self.looks for title, _ in titles for part in parts_of(title))
