"""The one door: every request of every platform comes in at `Bot.handle`."""

import json
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.catalogue.titles import TitleIndex
from bot.codec import reply_from_json, reply_to_json
from bot.commands import Command, Review, spec_of
from bot.context import Context
from bot.domain.clubs import Club, Member
from bot.domain.errors import StoreError
from bot.grammar import parse
from bot.grammar.pasted import pasted_review
from bot.handlers import answer
from bot.limits import Limits
from bot.middleware import Stage, Turn, answering_errors, limiting, permitting
from bot.ports import Clock, Draft, Ids, Store, UnitOfWork
from bot.replies import Reply
from bot.requests import Request
from bot.shorten import shortened
from bot.taste import Taste
from bot.text import storable

log = logging.getLogger(__name__)

_STALE = timedelta(days=1)
"""How old the note of a member's last word may be before it is written anew."""


class Bot:
    """Matinee's core: takes requests, answers with replies, keeps what it is told."""

    def __init__(
        self,
        store: Store,
        titles: TitleIndex,
        taste: Taste,
        clock: Clock,
        ids: Ids,
        limits: Limits | None = None,
    ) -> None:
        """Join the core with a database, the catalogue's titles and the live index."""
        self._store = store
        self._titles = titles
        self._taste = taste
        self._clock = clock
        self._ids = ids
        understood = self._understanding(permitting(self._transact))
        self._door = answering_errors(ids, limiting(limits or Limits(), understood))

    async def handle(self, request: Request) -> Reply:
        """Answer a request. Never raises; a request id seen before gets its former answer."""
        return await self._door(Turn(request, self._clock.now()))

    def suggest(self, typed: str, most: int = 25) -> Sequence[str]:
        """Complete a film's title from memory; returns labels such as `Her (2013)`, best first."""
        return [
            f"{found.title} ({found.year})" if found.year else found.title
            for found in self._titles.complete(typed, most)
        ]

    def _understanding(self, inner: Stage) -> Stage:
        """Look up who asks, and read what they typed."""

        async def stage(turn: Turn) -> Reply:
            caller = turn.request.caller
            async with self._store.reading(caller.club_id) as work:
                club = await work.clubs.get()
                known = await work.members.get(caller.member_id)
            member = known or Member(caller.club_id, caller.member_id, caller.name)
            command = self._command(turn, club, member)
            return await inner(replace(turn, club=club, member=member, command=command))

        return stage

    def _command(self, turn: Turn, club: Club, member: Member) -> Command:
        """Read what was typed; a review takes the text that came along as a file."""
        request = turn.request
        command = request.content
        if isinstance(command, str):
            today = turn.now.astimezone(ZoneInfo(member.zone or club.zone)).date()
            typed = storable(command)
            command = pasted_review(typed, self._titles) or parse(
                typed, self._titles, scale=member.scale, today=today
            )
        if isinstance(command, Review) and request.attachment is not None:
            return replace(command, file=request.attachment_name or "attachment")
        return command

    async def _transact(self, turn: Turn) -> Reply:
        context = self._context(turn)
        if spec_of(turn.understood).writes(turn.understood):
            return await self._write(turn.request.request_id, turn.understood, context)
        return await self._read(turn.understood, context)

    async def _read(self, command: Command, context: Context) -> Reply:
        async with self._store.reading(context.club.club_id) as work:
            reply = await answer(command, context, work)
        reply, drafts = shortened(reply, context)
        if drafts or _member_is_stale(context):
            await self._note(context, drafts)
        return reply

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
                return reply_from_json(json.loads(before))
            reply, drafts = shortened(await answer(command, context, work), context)
            await _save_beside(context, drafts, work)
            receipt = json.dumps(reply_to_json(reply), ensure_ascii=False)
            await work.receipts.put(request_id, receipt, context.now)
        return reply

    def _context(self, turn: Turn) -> Context:
        request = turn.request
        return Context(
            caller=request.caller,
            now=turn.now,
            club=turn.club or Club(request.caller.club_id),
            member=turn.member
            or Member(request.caller.club_id, request.caller.member_id, request.caller.name),
            titles=self._titles,
            taste=self._taste,
            ids=self._ids,
            attachment=request.attachment,
            attachment_name=request.attachment_name,
        )


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
