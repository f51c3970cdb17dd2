"""Execution of commands, each in one transaction with everything that its reply needs stored."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.errors import StoreError
from bot.messages.codec import reply_from_json, reply_to_json
from bot.messages.commands import Command, Continuation
from bot.messages.replies import Reply
from bot.messages.requests import Progress
from bot.ports.store import Store, UnitOfWork
from bot.ports.tables.requests import Draft
from bot.request.context import Context
from bot.request.stored_actions import shortened

log = logging.getLogger(__name__)

AFTER_READING = timedelta(seconds=1)
"""Patience of what is stored beside a reply that only reads: the reply must not wait for writers."""

_STALE = timedelta(days=1)
"""Age at which a member's time of last activity is updated."""


@dataclass(frozen=True, slots=True)
class Execution:
    """Executes commands by `handle`, the registry's function for it."""

    store: Store
    handle: Callable[[Command, Context, UnitOfWork], Awaitable[Reply | Continuation]]

    async def read(
        self, command: Command, context: Context, work: UnitOfWork
    ) -> tuple[Reply, Sequence[Draft]]:
        """Execute a command that only reads; return the reply, and the drafts to store for it."""
        answer = await self.handle(command, context, work)
        if isinstance(answer, Continuation):
            raise TypeError(f"{command.name} only reads, and cannot be continued")
        return shortened(answer, context)

    async def write(
        self,
        request_id: str,
        command: Command,
        context: Context,
        progress: Progress | None = None,
    ) -> Reply:
        """Execute a command that writes, atomically; a repeated request gets its stored reply.

        A long command is executed in parts, each of them atomic.
        """
        answer = await self._write_part(request_id, command, context)
        while isinstance(answer, Continuation):
            if progress is not None and answer.total:
                await progress(answer.done, answer.total)
            await asyncio.sleep(0)
            answer = await self._write_part(request_id, answer.command, context)
        return answer

    async def _write_part(
        self, request_id: str, command: Command, context: Context
    ) -> Reply | Continuation:
        async with self.store.writing(context.club.club_id) as work:
            former = await work.receipts.get(request_id)
            if former is not None:
                return reply_from_json(json.loads(former), context.commands)
            answer = await self.handle(command, context, work)
            if isinstance(answer, Continuation):
                return answer
            reply, drafts = shortened(answer, context)
            if command.remembered:
                await _save(context, drafts, work)
            if not command.secret:
                receipt = json.dumps(reply_to_json(reply), ensure_ascii=False)
                await work.receipts.put(request_id, receipt, context.now)
        return reply

    async def save_after_reading(self, context: Context, drafts: Sequence[Draft]) -> None:
        """Store drafts and the member's last activity, if due; a failure only gets logged."""
        if not drafts and not _is_stale(context):
            return
        try:
            async with self.store.writing(context.club.club_id, AFTER_READING) as work:
                await _save(context, drafts, work)
        except StoreError as error:
            log.warning("drafts and last activity were not stored: %s", error)


async def _save(context: Context, drafts: Sequence[Draft], work: UnitOfWork) -> None:
    for draft in drafts:
        await work.drafts.put(draft)
    if _is_stale(context):
        member = await work.members.get(context.member.member_id) or context.member
        name, zone = context.caller.name or member.name, member.zone or context.member.zone
        await work.members.save(replace(member, name=name, zone=zone, last_active=context.now))


def _is_stale(context: Context) -> bool:
    last = context.member.last_active
    return (
        last is None
        or context.caller.name not in {"", context.member.name}
        or abs(context.now - last) > _STALE
    )
