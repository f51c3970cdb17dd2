"""Matinee's core: `Bot.handle` answers every request of every platform."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from bot.catalogue.club_index import ClubIndexes
from bot.catalogue.film_indexes import FilmIndexes
from bot.catalogue.live.lookup import NO_SOURCE, NOT_ASKED, LiveFilms
from bot.catalogue.live.pages import FilmPages
from bot.catalogue.titles.club_titles import ClubTitles
from bot.catalogue.titles.index import TitleIndex
from bot.domain.clubs import Member
from bot.domain.errors import UserError
from bot.domain.ids import DraftId
from bot.domain.text import storable
from bot.features.reviews.commands import ReviewCommand
from bot.fetching import Fetcher
from bot.grammar.forms import fill, hang_on_habits
from bot.grammar.reading import Habits
from bot.lookup.film_suggestions import FilmSuggestions
from bot.lookup.form_opening import FormOpening
from bot.messages.codec import action_text, command_to_json
from bot.messages.commands import Command, with_storable_texts
from bot.messages.replies import Form, Reply
from bot.messages.requests import Caller, Request
from bot.ports.clock import Clock, Ids
from bot.ports.connections import PlatformConnections
from bot.ports.feeds import FeedReader
from bot.ports.film_files import FilmFileReader
from bot.ports.film_source import FilmSource
from bot.ports.installations import SealedInstallations
from bot.ports.store import Store, UnitOfWork
from bot.ports.tables.requests import Draft
from bot.registry import COMMANDS, REGISTRATIONS, execute
from bot.request.callers import with_named_roles, with_zone
from bot.request.club_membership import ClubMembership
from bot.request.command_tally import CommandTally
from bot.request.commands import ChooseClubCommand, RecallCommand
from bot.request.commands_first import CommandsFirst
from bot.request.context import Context
from bot.request.directories import Directories
from bot.request.execution import Execution
from bot.request.feed_peeks import FeedPeeks
from bot.request.middleware import (
    RequestInFlight,
    answering_errors,
    check_permission,
    limiting,
    measuring,
)
from bot.request.private_club import Placed, PrivateClubs
from bot.request.rate_limits import Limits
from bot.request.recent import Conversations
from bot.request.refusals import Refusals
from bot.request.stored_actions import draft_of, shortened
from bot.transfer.reading import ThreadReader
from bot.typed_lines import read_message, read_typed, read_upload
from bot.views.film_card import WRITE_FIELDS

NAMELESS = "a member"
"""Name of a member whose platform does not say one, until it does."""

CONCURRENT = 4
"""Requests that are read at a time, first come first served. With more, one that writes waits longer
for the others each time it comes back from the disk. Writers queue for the database apart from
them, so that no reader waits behind a locked database."""

KEEPING = timedelta(milliseconds=600)
"""Patience of words that are kept before a platform is answered: it waits for less than a second."""


Answer = TypeVar("Answer")


class Bot:
    """Core of Matinee. Adapters send requests; `films` and `membership` take their other news, `fetcher` asks sources."""

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
        self.web_url = web_url
        self.membership = ClubMembership(store, clock, ids)
        self.directories = Directories()
        self._private_clubs = PrivateClubs(store, self.directories)
        self.suggestions = FilmSuggestions(store, self._private_clubs, self.films)
        self._store = store
        self._clock = clock
        self._ids = ids
        self._recent = Conversations()
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
        fillers = {name: each.filler for name, each in REGISTRATIONS.items() if each.filler}
        self._forms = FormOpening(
            store, self._private_clubs, self._refusals, COMMANDS, fillers, self._context
        )
        self.tally = CommandTally(clock)
        served = measuring(self.tally, limiting(limits or Limits(), self._serve))
        self._answer = answering_errors(ids, self._refusals, served)

    async def handle(self, request: Request) -> Reply:
        """Answer a request. Never raises; a repeated request id gets its former reply."""
        now, elapsed = self._clock.now(), self._clock.elapsed()
        with self.commands_first.answering():
            return await self._answer(RequestInFlight(request, now, elapsed))

    async def load_form(self, caller: Caller, form: Form) -> Form | Reply:
        """Return a form filled from its stored command; a Reply if that cannot be loaded."""

        async def load(in_flight: RequestInFlight) -> Form:
            return await self._forms.open(in_flight, form)

        return await self._answered(Request("form", caller, form.command), load)

    async def form_of_message(self, caller: Caller, text: str) -> Form | Reply:
        """Read a member's own message as a review, and return the form that holds what was read.

        A Reply says why that cannot be done now.
        """

        async def read(in_flight: RequestInFlight) -> Form:
            async with self._reading(in_flight) as (context, work):
                command = await read_message(storable(text), context, work)
            draft = draft_of(command, context)
            own = replace(command, draft=draft.draft_id)
            draft = replace(draft_of(own, context), draft_id=draft.draft_id)
            await self._execution.save_after_reading(context, [draft])
            recall = RecallCommand(draft.draft_id)
            return Form("Save as review", recall, ("film", *WRITE_FIELDS, "watched_on"))

        return await self._answered(Request("message", caller, text), read)

    async def keep_words(self, caller: Caller, command: Command) -> Command:
        """Store the words of a review as a draft, before it is saved; the draft is dropped then.

        For a platform that has to be answered at once: were the process to end after that, the words
        could not be sent again. StoreError if the database does not take them within moments.
        """
        if not isinstance(command, ReviewCommand) or command.draft or not command.text:
            return command
        caller = await self._private_clubs.placed(caller)
        stored = json.dumps(command_to_json(command), ensure_ascii=False)
        now, me = self._clock.now(), caller.member_id
        draft = Draft(DraftId(self._ids.new()), me, stored, now, made_by=me)
        async with self._store.writing(caller.club_id, KEEPING) as work:
            await work.drafts.put(draft)
        return replace(command, draft=draft.draft_id)

    async def fill(
        self, caller: Caller, command: Command, values: Mapping[str, str]
    ) -> Command | Reply:
        """Set fields of a command to what a member typed, read as that member writes.

        FormErrors names each value that does not fit; a Reply says why the member is not known now.
        """

        async def load(in_flight: RequestInFlight) -> Habits:
            async with self._reading(in_flight) as (context, _):
                return context.habits

        if not hang_on_habits(command, values):
            return fill(command, values)
        habits = await self._answered(Request("form", caller, command), load)
        return habits if isinstance(habits, Reply) else fill(command, values, habits)

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
                return await view(await self._context(in_flight, work), work)
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
                return (await self._context(in_flight, work)).caller

        return await self._answered(Request("caller", caller, ""), look)

    async def store_long_actions(self, caller: Caller, reply: Reply) -> Reply:
        """Store the actions too long for an id in a reply that a platform composed itself."""

        async def store(in_flight: RequestInFlight) -> Reply:
            async with self._reading(in_flight) as (context, _):
                shorter, drafts = shortened(reply, context)
            if drafts:
                await self._execution.save_after_reading(context, drafts)
            return replace(shorter, club=context.club.club_id) if caller.meant else shorter

        return await self._answered(Request("reply", caller, ""), store)

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

    async def _answered(
        self, request: Request, inner: Callable[[RequestInFlight], Awaitable[Answer]]
    ) -> Answer | Reply:
        """Do something for a member that is no command; a Reply says why it cannot be done now."""
        in_flight = RequestInFlight(request, self._clock.now())
        return await answering_errors(self._ids, self._refusals, inner)(in_flight)

    @asynccontextmanager
    async def _reading(
        self, in_flight: RequestInFlight
    ) -> AsyncIterator[tuple[Context, UnitOfWork]]:
        """Open the club that a private request means, for reading."""
        placed = await self._private_clubs.placed(in_flight.request.caller)
        in_flight = replace(in_flight, request=replace(in_flight.request, caller=placed))
        async with self._store.reading(placed.club_id) as work:
            yield await self._context(in_flight, work), work

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
            context = await self._context(replace(in_flight, request=request), work)
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

    async def _context(self, in_flight: RequestInFlight, work: UnitOfWork) -> Context:
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
            ids=self._ids,
            commands=COMMANDS,
            attachment=request.attachment,
            attachment_name=request.attachment_name,
            offers=NO_SOURCE if self.fetcher.live is None else NOT_ASKED,
            web_url=self.web_url,
            recent=self._recent,
        )

    async def _read_command(self, request: Request, context: Context, work: UnitOfWork) -> Command:
        """Return the command of a request; a review also takes the text of an attached file.

        A file of films is brought in, whatever was typed with it.
        """
        command = request.content
        if request.upload is not None:
            return read_upload(command, context)
        if isinstance(command, Command):
            context.take_question()
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
