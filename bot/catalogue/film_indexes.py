"""Film indexes: titles and recommender indexes of all clubs, extended and replaced together."""

from collections.abc import Collection, Sequence

from bot.catalogue.club_index import ClubIndexes
from bot.catalogue.suggesting import suggested
from bot.catalogue.titles.club_titles import ClubTitles
from bot.catalogue.titles.index import TitleIndex, TitleMatch
from bot.domain.films.film import Film
from bot.domain.ids import ClubId, FilmId
from bot.messages.replies import Option
from recommender import BaseIndex

_FEW = 5
"""Suggestions below which titles are offered that only nearly continue as typed."""

_LONG_ENOUGH = 4
"""Characters from which slips are looked through."""

_ALIKE = 0.7
"""Similarity (0..1) of a title that is suggested in spite of a slip."""


class FilmIndexes:
    """Titles and recommender indexes, as the core reads them and adapters keep them current."""

    def __init__(self, titles: ClubTitles, recommender: ClubIndexes) -> None:
        """Join the titles of all clubs with their recommender indexes."""
        self.titles = titles
        self.recommender = recommender

    def suggest(
        self, typed: str, most: int = 25, club_id: ClubId | None = None
    ) -> Sequence[Option]:
        """Suggest films for the beginning of a title, best match first; values are `id:` and a film id.

        With a club, its own films count too, once a request of that club has loaded them.
        """
        found = self.complete(typed, most, club_id)
        return suggested([(each.film_id, each.title, each.year, each.by) for each in found])

    def complete(
        self, typed: str, most: int, club_id: ClubId | None = None
    ) -> Sequence[TitleMatch]:
        """Find films from memory: titles that continue as typed, then those that nearly do."""
        titles = self.titles.known(club_id)
        found = {each.film_id: each for each in titles.complete(typed, most)}
        if len(found) < min(most, _FEW) and len(typed.strip()) >= _LONG_ENOUGH:
            likely = (each for each in titles.near(typed, _FEW) if each.score >= _ALIKE)
            for each in likely:
                found.setdefault(each.film_id, each)
        joined = self.titles.joined(club_id)
        return [each for each in found.values() if each.film_id not in joined][:most]

    def add_films(self, films: Sequence[Film]) -> None:
        """Add films to the titles and to the recommender's index, for every club at once."""
        self.titles.add_films(films)
        self.recommender.add_films(films)

    def forget_films(self, film_ids: Collection[FilmId]) -> None:
        """Take films that were added out again, at the next replacement of the indexes."""
        self.titles.forget_films(film_ids)
        self.recommender.forget_films(film_ids)

    async def replace_indexes(
        self, titles: TitleIndex, index: BaseIndex, overlaid: Sequence[Film]
    ) -> None:
        """Swap both indexes while requests go on; the clubs' own films and reviews are kept.

        `overlaid` are films that the new index lacks.
        """
        await self.recommender.replace_index(index, overlaid)
        self.titles.replace_index(titles)
