"""Film suggestions: what a platform offers while a member types a title, or before they do."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.catalogue.film_indexes import FilmIndexes
from bot.domain.errors import StoreError, UserError
from bot.messages.replies import Option
from bot.messages.requests import Caller
from bot.ports.store import Store
from bot.request.club.private_club import PrivateClubs
from bot.request.lookup.at_hand import at_hand


@dataclass(frozen=True, slots=True)
class FilmSuggestions:
    """Suggests films, in the club that the caller means. Never raises: without the database it knows less."""

    store: Store
    private_clubs: PrivateClubs
    films: FilmIndexes

    async def typed(self, caller: Caller, beginning: str, most: int) -> Sequence[Option]:
        """Suggest films for the beginning of a title, those that the caller's club added among them."""
        try:
            club_id = (await self.private_clubs.placed(caller)).club_id
        except (StoreError, UserError):
            return self.films.suggest(beginning, most)
        return self.films.suggest(beginning, most, club_id)

    async def at_hand(self, caller: Caller) -> Sequence[Option]:
        """Suggest films before a title is typed; none while the database does not answer."""
        try:
            caller = await self.private_clubs.placed(caller)
            async with self.store.reading(caller.club_id) as work:
                return await at_hand(caller.member_id, work)
        except (StoreError, UserError):
            return ()
