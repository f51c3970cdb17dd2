"""Reading of the club that a request means, with the request's context."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import TypeVar

from bot.catalogue.film_indexes import FilmIndexes
from bot.catalogue.live.lookup import Offers
from bot.domain.clubs.club import Member
from bot.messages.codec import Commands
from bot.messages.replies import Reply
from bot.messages.requests import Request
from bot.ports.clock import Clock, Ids
from bot.ports.store import Store, UnitOfWork
from bot.request.club.callers import with_named_roles, with_zone
from bot.request.club.private_club import PrivateClubs
from bot.request.context import Context
from bot.request.middleware.refusals import Refusals
from bot.request.middleware.stages import RequestInFlight, answering_errors
from bot.request.recent import Conversations

NAMELESS = "a member"
"""Name of a member whose platform does not say one, until it does."""

Answer = TypeVar("Answer")


@dataclass(slots=True)
class ClubReader:
    """Reader of clubs, for their members. `offers`: what is known of a live source before it is asked.

    `web_url`: where the clubs' pages are served; empty where they are not.
    """

    store: Store
    clock: Clock
    ids: Ids
    films: FilmIndexes
    private_clubs: PrivateClubs
    refusals: Refusals
    commands: Commands
    offers: Offers
    web_url: str
    _recent: Conversations = field(default_factory=Conversations)

    async def context(self, in_flight: RequestInFlight, work: UnitOfWork) -> Context:
        """Return the context of a request in the club that `work` reads."""
        request, caller = in_flight.request, in_flight.request.caller
        known = await work.members.get(caller.member_id)
        return Context(
            caller=with_named_roles(caller, known),
            now=in_flight.now,
            club=await work.clubs.get(),
            member=with_zone(
                known or Member(caller.club_id, caller.member_id, caller.name or NAMELESS), caller
            ),
            titles=await self.films.titles.of(work),
            indexes=self.films.recommender,
            ids=self.ids,
            commands=self.commands,
            attachment=request.attachment,
            attachment_name=request.attachment_name,
            offers=self.offers,
            web_url=self.web_url,
            recent=self._recent,
        )

    @asynccontextmanager
    async def opened(self, in_flight: RequestInFlight) -> AsyncIterator[tuple[Context, UnitOfWork]]:
        """Open the club that a private request means, for reading."""
        placed = await self.private_clubs.placed(in_flight.request.caller)
        in_flight = replace(in_flight, request=replace(in_flight.request, caller=placed))
        async with self.store.reading(placed.club_id) as work:
            yield await self.context(in_flight, work), work

    async def answered(
        self, request: Request, inner: Callable[[RequestInFlight], Awaitable[Answer]]
    ) -> Answer | Reply:
        """Do something for a member that is no command; a Reply says why it cannot be done now."""
        in_flight = RequestInFlight(request, self.clock.now())
        return await answering_errors(self.ids, self.refusals, inner)(in_flight)
