"""The one door: every request of every platform comes in at `Bot.handle`."""

import asyncio
import json
import logging
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.catalogue.club_index import ClubIndexes
from bot.catalogue.live.lookup import NO_SOURCE, NOT_ASKED, LiveFilms
from bot.catalogue.titles.club_titles import ClubTitles
from bot.catalogue.titles.index import TitleIndex
from bot.domain.clubs import Member
from bot.domain.errors import StoreError
from bot.domain.films import Film
from bot.domain.ids import ClubId, PlaceId
from bot.domain.text import storable
from bot.features.reviews.commands import ReviewCommand
from bot.lookup.drafts import completed, own_draft, stored_command
from bot.lookup.outside import wanted
from bot.messages.codec import reply_from_json, reply_to_json
from bot.messages.commands import Command
from bot.messages.replies import Form, Option, Reply
from bot.messages.requests import NO_CLUB, Caller, Request
from bot.ports.clock import Clock, Ids
from bot.ports.film_source import FilmSource
from bot.ports.store import Store, UnitOfWork
from bot.ports.tables import Draft
from bot.registry import COMMANDS, execute
from bot.request.club_membership import ClubMembership, resolve_caller, resolve_club
from bot.request.commands import RecallCommand
from bot.request.context import Context
from bot.request.middleware import RequestInFlight, answering_errors, check_permission, limiting
from bot.request.rate_limits import Limits
from bot.request.stored_actions import shortened
from bot.typed_lines import read_line
from recommender import BaseIndex

log = logging.getLogger(__name__)

AT_ONCE = 4
"""Requests worked on at a time, in the order they came. One that writes comes back from the disk
several times, and each time has to wait for all the others that are being worked on."""

_STALE = timedelta(days=1)
"""How old the note of a member's last word may be before it is written anew."""


class Bot:
    """Matinee's core: takes requests, answers with replies, keeps what it is told."""

    def __init__(
        self,
        store: Store,
        titles: TitleIndex,
        indexes: ClubIndexes,
        clock: Clock,
        ids: Ids,
        limits: Limits | None = None,
        *,
        source: FilmSource | None = None,
    ) -> None:
        """Join the core with a database, the catalogue's titles and the live index.

        `source` is asked for films that the catalogue lacks.
        """
        self._store = store
        self._club_titles = ClubTitles(titles)
        self._indexes = indexes
        self._live = LiveFilms(source, store, self._club_titles, indexes) if source else None
        self._clock = clock
        self._ids = ids
        self._guests = ClubMembership(store, clock, ids)
        self._room = asyncio.Semaphore(AT_ONCE)
        self._door = answering_errors(ids, limiting(limits or Limits(), self._serve))

    async def handle(self, request: Request) -> Reply:
        """Answer a request. Never raises; a request id seen before gets its former answer."""
        async with self._room:
            return await self._door(RequestInFlight(request, self._clock.now()))

    async def opened(self, caller: Caller, form: Form) -> Form | Reply:
        """Return a form as it is to be shown, with what was stored for it; a Reply says why not."""

        async def inner(turn: RequestInFlight) -> Form:
            return await self._opened(turn.request.caller, form)

        request = Request("form", caller, form.command)
        return await answering_errors(self._ids, inner)(RequestInFlight(request, self._clock.now()))

    async def kept(self, caller: Caller, reply: Reply) -> Reply:
        """Store what is too long for an id in a reply that a platform has put together itself."""

        async def inner(turn: RequestInFlight) -> Reply:
            request = replace(turn.request, caller=await resolve_caller(caller, self._store))
            async with self._store.reading(request.caller.club_id) as work:
                context = await self._context(replace(turn, request=request), work)
            shorter, drafts = shortened(reply, context)
            if drafts:
                await self._note(context, drafts)
            return shorter

        request = Request("reply", caller, "")
        return await answering_errors(self._ids, inner)(RequestInFlight(request, self._clock.now()))

    def suggest(
        self, typed: str, most: int = 25, club_id: ClubId | None = None
    ) -> Sequence[Option]:
        """Complete a film's title from memory, best first; each value names the film for good.

        With a club, the films that it has added itself count too, once it has been spoken to.
        """
        return [
            Option(
                f"{found.title} ({found.year})" if found.year else found.title,
                f"id:{found.film_id}",
            )
            for found in self._club_titles.known(club_id).complete(typed, most)
        ]

    async def joined(self, club_id: ClubId, name: str, place: PlaceId | None) -> None:
        """Take note of a club that has let Matinee in; greet it once at `place`. StoreError."""
        await self._guests.joined(club_id, name, place)

    async def left(self, club_id: ClubId) -> None:
        """Take note of a club that has shown Matinee the door; it is forgotten later. StoreError."""
        await self._guests.left(club_id)

    async def present(self, platform: str, here: Collection[ClubId]) -> None:
        """Take note of which clubs of a platform (`discord:`) still let Matinee in. StoreError."""
        await self._guests.present(platform, here)

    def know(self, films: Sequence[Film]) -> None:
        """Let every club name more films and find them among its picks, at once."""
        self._club_titles.take(films)
        self._indexes.take(films)

    async def renew(self, titles: TitleIndex, index: BaseIndex, beside: Sequence[Film]) -> None:
        """Go on with other indexes, swapped in without a pause; no club's own words are lost."""
        await self._indexes.renew(index, beside)
        self._club_titles.renew(titles)

    async def close(self) -> None:
        """Give up what is still being asked of the world outside."""
        if self._live is not None:
            await self._live.close()

    async def _serve(self, turn: RequestInFlight) -> Reply:
        """Look up who asks, read what they typed, and carry it out if they may."""
        if turn.request.caller.club_id == NO_CLUB:
            request = await resolve_club(turn.request, self._store)
            if isinstance(request, Reply):
                return request
            turn = replace(turn, request=request)
        async with self._store.reading(turn.request.caller.club_id) as work:
            context = await self._context(turn, work)
            command = self._command(turn, context)
            check_permission(command, turn.request.caller)
            writes, typed = command.writes, self._unknown(command, context)
            if not writes and typed is None:
                reply, drafts = shortened(await execute(command, context, work), context)
        if typed is not None:
            context = await self._asked_outside(typed, turn, context)
        if writes:
            return await self._write(turn.request.request_id, command, context)
        if typed is not None:
            async with self._store.reading(context.club.club_id) as work:
                reply, drafts = shortened(await execute(command, context, work), context)
        if drafts or _member_is_stale(context):
            await self._note(context, drafts)
        return reply

    async def _opened(self, caller: Caller, form: Form) -> Form:
        """Put the stored command in the place of the one that recalls it."""
        stored = form.command
        if not isinstance(stored, RecallCommand) or all(
            hasattr(stored, each) for each in form.fields
        ):
            return form
        caller = await resolve_caller(caller, self._store)
        async with self._store.reading(caller.club_id) as work:
            draft = await own_draft(stored.draft, caller.member_id, work)
        return replace(form, command=completed(stored_command(draft, COMMANDS), stored))

    def _unknown(self, command: Command, context: Context) -> str | None:
        """Return what a live source has to be asked for before the command is carried out."""
        return wanted(command, context.titles) if self._live is not None else None

    async def _asked_outside(self, typed: str, turn: RequestInFlight, context: Context) -> Context:
        """Ask the live source, outside of any transaction, and take note of what it says."""
        if self._live is None:
            return context
        self._room.release()  # others are answered while the world outside thinks
        try:
            offers = await self._live.look(typed)
        finally:
            await self._room.acquire()
        async with self._store.reading(turn.request.caller.club_id) as work:
            return replace(context, offers=offers, titles=await self._club_titles.of(work))

    async def _context(self, turn: RequestInFlight, work: UnitOfWork) -> Context:
        request, caller = turn.request, turn.request.caller
        known = await work.members.get(caller.member_id)
        return Context(
            caller=caller,
            now=turn.now,
            club=await work.clubs.get(),
            member=known or Member(caller.club_id, caller.member_id, caller.name),
            titles=await self._club_titles.of(work),
            indexes=self._indexes,
            ids=self._ids,
            commands=COMMANDS,
            attachment=request.attachment,
            attachment_name=request.attachment_name,
            offers=NO_SOURCE if self._live is None else NOT_ASKED,
        )

    def _command(self, turn: RequestInFlight, context: Context) -> Command:
        """Read what was typed; a review takes the text that came along as a file."""
        command = turn.request.content
        if isinstance(command, str):
            today = turn.now.astimezone(ZoneInfo(context.zone)).date()
            typed, scale = storable(command), context.member.scale
            command = read_line(typed, context.titles, scale=scale, today=today)
        if isinstance(command, ReviewCommand) and context.attachment is not None:
            return replace(command, file=context.attachment_name or "attachment")
        return command

    async def _note(self, context: Context, drafts: Sequence[Draft]) -> None:
        """Keep long buttons' commands and the member's last word; a full disk spoils no answer."""
        try:
            async with self._store.writing(context.club.club_id) as work:
                await _save_beside(context, drafts, work)
        except StoreError as error:
            log.warning("could not note a member's visit: %s", error)

    async def _write(self, request_id: str, command: Command, context: Context) -> Reply:
        """Carry out a command, all or nothing; a repeat of the request returns the stored reply."""
        async with self._store.writing(context.club.club_id) as work:
            before = await work.receipts.get(request_id)
            if before is not None:
                return reply_from_json(json.loads(before), COMMANDS)
            reply, drafts = shortened(await execute(command, context, work), context)
            await _save_beside(context, drafts, work)
            receipt = json.dumps(reply_to_json(reply), ensure_ascii=False)
            await work.receipts.put(request_id, receipt, context.now)
        return reply


async def _save_beside(context: Context, drafts: Sequence[Draft], work: UnitOfWork) -> None:
    for draft in drafts:
        await work.drafts.put(draft)
    if _member_is_stale(context):
        member = await work.members.get(context.member.member_id) or context.member
        name = context.caller.name or member.name
        await work.members.save(replace(member, name=name, last_active=context.now))


def _member_is_stale(context: Context) -> bool:
    last = context.member.last_active
    return (
        last is None
        or context.member.name != context.caller.name
        or abs(context.now - last) > _STALE
    )
