"""Forms that platforms show to members, and what they take from them before a command is sent."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.ids import DraftId
from bot.domain.words.text import storable
from bot.features.reviews.commands import ReviewCommand
from bot.intake.messages import read_message
from bot.language.grammar.forms import fill, hang_on_habits
from bot.language.grammar.reading import Habits
from bot.messages.codec import command_to_json
from bot.messages.commands import Command
from bot.messages.replies import Form, Reply
from bot.messages.requests import Caller, Request
from bot.ports.tables.requests import Draft
from bot.request.club.reader import ClubReader
from bot.request.commands import RecallCommand
from bot.request.execution import Execution
from bot.request.lookup.form_opening import FormOpening
from bot.request.middleware.stages import RequestInFlight
from bot.request.stored_actions import draft_of, shortened
from bot.views.film_card import WRITE_FIELDS

KEEPING = timedelta(milliseconds=600)
"""Patience of words that are kept before a platform is answered: it waits for less than a second."""


@dataclass(frozen=True, slots=True)
class MemberForms:
    """Forms that platforms show a member: loaded, read, and kept where no button's id can hold them."""

    reader: ClubReader
    execution: Execution
    opening: FormOpening

    async def load(self, caller: Caller, form: Form) -> Form | Reply:
        """Return a form filled from its stored command; a Reply if that cannot be loaded."""

        async def load(in_flight: RequestInFlight) -> Form:
            return await self.opening.open(in_flight, form)

        return await self.reader.answered(Request("form", caller, form.command), load)

    async def of_message(self, caller: Caller, text: str) -> Form | Reply:
        """Read a member's own message as a review, and return the form that holds what was read.

        A Reply says why that cannot be done now.
        """

        async def read(in_flight: RequestInFlight) -> Form:
            async with self.reader.opened(in_flight) as (context, work):
                command = await read_message(storable(text), context, work)
            draft = draft_of(command, context)
            own = replace(command, draft=draft.draft_id)
            draft = replace(draft_of(own, context), draft_id=draft.draft_id)
            await self.execution.save_after_reading(context, [draft])
            recall = RecallCommand(draft.draft_id)
            return Form("Save as review", recall, ("film", *WRITE_FIELDS, "watched_on"))

        return await self.reader.answered(Request("message", caller, text), read)

    async def keep_words(self, caller: Caller, command: Command) -> Command:
        """Store the words of a review as a draft, before it is saved; the draft is dropped then.

        For a platform that has to be answered at once: were the process to end after that, the words
        could not be sent again. StoreError if the database does not take them within moments.
        """
        if not isinstance(command, ReviewCommand) or command.draft or not command.text:
            return command
        reader = self.reader
        caller = await reader.private_clubs.placed(caller)
        stored = json.dumps(command_to_json(command), ensure_ascii=False)
        now, me = reader.clock.now(), caller.member_id
        draft = Draft(DraftId(reader.ids.new()), me, stored, now, made_by=me)
        async with reader.store.writing(caller.club_id, KEEPING) as work:
            await work.drafts.put(draft)
        return replace(command, draft=draft.draft_id)

    async def fill(
        self, caller: Caller, command: Command, values: Mapping[str, str]
    ) -> Command | Reply:
        """Set fields of a command to what a member typed, read as that member writes.

        FormErrors names each value that does not fit; a Reply says why the member is not known now.
        """

        async def load(in_flight: RequestInFlight) -> Habits:
            async with self.reader.opened(in_flight) as (context, _):
                return context.habits

        if not hang_on_habits(command, values):
            return fill(command, values)
        habits = await self.reader.answered(Request("form", caller, command), load)
        return habits if isinstance(habits, Reply) else fill(command, values, habits)

    async def store_long_actions(self, caller: Caller, reply: Reply) -> Reply:
        """Store the actions too long for an id in a reply that a platform composed itself."""

        async def store(in_flight: RequestInFlight) -> Reply:
            async with self.reader.opened(in_flight) as (context, _):
                shorter, drafts = shortened(reply, context)
            if drafts:
                await self.execution.save_after_reading(context, drafts)
            return replace(shorter, club=context.club.club_id) if caller.meant else shorter

        return await self.reader.answered(Request("reply", caller, ""), store)
