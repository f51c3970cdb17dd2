"""Matinee's core: `Bot.handle` answers every request of every platform."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeVar

from bot.catalogue.club_index import ClubIndexes
from bot.catalogue.film_indexes import FilmIndexes
from bot.catalogue.live.lookup import NO_SOURCE, NOT_ASKED, LiveFilms
from bot.catalogue.live.pages import FilmPages
from bot.catalogue.titles.club_titles import ClubTitles
from bot.catalogue.titles.index import TitleIndex
from bot.domain.errors import UserError
from bot.domain.words.text import storable
from bot.features.reviews.commands import ReviewCommand
from bot.intake.fetching.fetching import Fetcher
from bot.intake.forms import MemberForms
from bot.intake.lines import read_typed
from bot.intake.messages import read_upload
from bot.intake.plain_talk.in_context.going_on import after_press
from bot.messages.codec import action_text
from bot.messages.commands import Command, with_storable_texts
from bot.messages.replies import Reply
from bot.messages.requests import Caller, Request
from bot.ports.clock import Clock, Ids
from bot.ports.connections import PlatformConnections
from bot.ports.feeds import FeedReader
from bot.ports.film_files import FilmFileReader
from bot.ports.film_source import FilmSource
from bot.ports.installations import SealedInstallations
from bot.ports.store import Store, UnitOfWork
from bot.registry import COMMANDS, REGISTRATIONS, execute
from bot.request.club.directories import Directories
from bot.request.club.membership import ClubMembership
from bot.request.club.private_club import Placed, PrivateClubs
from bot.request.club.reader import ClubReader
from bot.request.commands import ChooseClubCommand
from bot.request.commands_first import CommandsFirst
from bot.request.context import Context
from bot.request.execution import Execution
from bot.request.feed_peeks import FeedPeeks
from bot.request.lookup.film_suggestions import FilmSuggestions
from bot.request.lookup.form_opening import FormOpening
from bot.request.middleware.command_tally import CommandTally
from bot.request.middleware.rate_limits import Limits
from bot.request.middleware.refusals import Refusals
from bot.request.middleware.stages import (
    RequestInFlight,
    answering_errors,
    check_permission,
    limiting,
    measuring,
)
from bot.transfer.reading import ThreadReader

CONCURRENT = 4
"""Requests that are read at a time, first come first served. With more, one that writes waits longer
for the others each time it comes back from the disk. Writers queue for the database apart from
them, so that no reader waits behind a locked database."""

Answer = TypeVar("Answer")


class Bot:
    """Core of Matinee. Adapters send requests, and take forms for members from `forms`.

    `films` and `membership` take their other news, `fetcher` asks sources, `reader` opens clubs.
    """

    def __init__(  # noqa: PLR0913 - the parts that a composition joins
        self,
        store: Store,
        titles: TitleIndex,
        indexes: ClubIndexes,
        clock: Clock,
        ids: Ids,
        limits: Limits | None = None,
        *,
        source: FilmSource | None = None,
        files: FilmFileReader | None = None,
        feeds: FeedReader | None = None,
        web_url: str = "",
    ) -> None:
        """Join storage and indexes; `source` is asked for films that the catalogue lacks.

        `files` reads files that members bring in; without one, a thread of this process does. `feeds` reads
        the feeds that members follow. `web_url`: where the club's pages are served, if they are.
        """
        self.films = FilmIndexes(ClubTitles(titles), indexes)
        self.membership = ClubMembership(store, clock, ids)
        self.directories = Directories()
        self._private_clubs = PrivateClubs(store, self.directories)
        self.suggestions = FilmSuggestions(store, self._private_clubs, self.films)
        self._store = store
        self._clock = clock
        self._slots = asyncio.Semaphore(CONCURRENT)
        self.commands_first = CommandsFirst(clock)
        self.fetcher = Fetcher(
            store,
            self.films.titles,
            self.directories,
            LiveFilms(source, store, self.films.titles, indexes) if source else None,
            FilmPages(source) if source else None,
            files or ThreadReader(),
            FeedPeeks(store.feeds, clock, feeds),
            self._slots,
        )
        self._execution = Execution(store, execute)
        self._refusals = Refusals(ids, COMMANDS)
        self.reader = ClubReader(
            store,
            clock,
            ids,
            self.films,
            self._private_clubs,
            self._refusals,
            COMMANDS,
            NOT_ASKED if source else NO_SOURCE,
            web_url,
        )
        fillers = {name: each.filler for name, each in REGISTRATIONS.items() if each.filler}
        opening = FormOpening(self.reader, fillers)
        self.forms = MemberForms(self.reader, self._execution, opening)
        self.tally = CommandTally(clock)
        served = measuring(self.tally, limiting(limits or Limits(), self._serve))
        self._answer = answering_errors(ids, self._refusals, served)

    async def handle(self, request: Request) -> Reply:
        """Answer a request. Never raises; a repeated request id gets its former reply."""
        now, elapsed = self._clock.now(), self._clock.elapsed()
        with self.commands_first.answering():
            return await self._answer(RequestInFlight(request, now, elapsed))

    async def look(
        self, caller: Caller, view: Callable[[Context, UnitOfWork], Awaitable[Answer]]
    ) -> Answer | Reply:
        """Return what a page shows a member of their club; a Reply says why they may not see it.

        Raises StoreError, and whatever else fails.
        """
        in_flight = RequestInFlight(Request("page", caller, ""), self._clock.now())
        try:
            await self.directories.check_private(caller.club_id, caller.member_id)
            async with self._slots, self._store.reading(caller.club_id) as work:
                return await view(await self.reader.context(in_flight, work), work)
        except UserError as error:
            return self._refusals.reply(error.parts, in_flight.request)

    async def known(self, caller: Caller) -> Caller | Reply:
        """Return a caller in the club that is meant, with all their roles there; a Reply asks for the club."""

        async def look(in_flight: RequestInFlight) -> Caller | Reply:
            placed = await self._private_clubs.place(in_flight.request)
            if isinstance(placed, Reply):
                return placed
            in_flight = replace(in_flight, request=placed.request)
            async with self._store.reading(placed.request.caller.club_id) as work:
                return (await self.reader.context(in_flight, work)).caller

        return await self.reader.answered(Request("caller", caller, ""), look)

    async def check_store(self) -> None:
        """Read from the database; StoreError where that cannot be done."""
        await self._store.catalogue.loaded("")

    @property
    def connections(self) -> PlatformConnections:
        """Connections that processes note for each other."""
        return self._store.connections

    @property
    def installations(self) -> SealedInstallations:
        """Where an application is installed that many workspaces install."""
        return self._store.installations

    async def close(self) -> None:
        """Cancel pending lookups of the live source."""
        await self.fetcher.close()

    async def _serve(self, in_flight: RequestInFlight) -> Reply:
        """Resolve the club, and answer in it; in private, to who is in several, the reply carries its club for its buttons."""
        placed = await self._private_clubs.place(in_flight.request)
        if isinstance(placed, Reply):
            return placed
        reply = await self._serve_in(placed, in_flight)
        several = len(placed.clubs) > 1
        return replace(reply, club=placed.request.caller.club_id) if several else reply

    async def _serve_in(self, placed: Placed, in_flight: RequestInFlight) -> Reply:
        """Read the command, authorise, fetch what it needs, execute."""
        request = placed.request
        async with self._slots, self._store.reading(request.caller.club_id) as work:
            context = await self.reader.context(replace(in_flight, request=request), work)
            context = replace(context, clubs=placed.clubs)
            command = await self._read_command(request, context, work)
            in_flight.measured.command = command.name
            check_permission(command, context.caller)
            needs = await self.fetcher.needs(command, context, work)
            if not needs and not command.writes:
                reply, drafts = await self._execution.read(command, context, work)
        context = await self.fetcher.fetch(command, needs, request.upload, context)
        if command.writes:
            return await self._execution.write(
                request.request_id, command, context, request.progress
            )
        if needs:
            async with self._slots, self._store.reading(context.club.club_id) as work:
                reply, drafts = await self._execution.read(command, context, work)
        if command.remembered:
            await self._execution.save_after_reading(context, drafts)
        return await self.fetcher.with_pages(reply, context)

    async def _read_command(self, request: Request, context: Context, work: UnitOfWork) -> Command:
        """Return the command of a request; a review also takes the text of an attached file.

        A file of films is brought in, whatever was typed with it.
        """
        command = request.content
        if request.upload is not None:
            return read_upload(command, context)
        if isinstance(command, Command):
            context.take_question()
            after_press(command, context)
            command = with_storable_texts(command)
            command = self._refusals.held(command, request.caller.member_id) or command
            if isinstance(command, ChooseClubCommand) and command.line:
                meant = await read_typed(storable(command.line), context, work)
                command = replace(command, then=action_text(meant), line="")
        else:
            command = await read_typed(storable(command), context, work)
        if isinstance(command, ReviewCommand) and context.attachment is not None:
            return replace(command, file=context.attachment_name or "attachment")
        return command
