"""Opening of forms: with the stored command that they recall, present values, and films by their titles."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.errors import StoreError, UserError
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.messages.codec import Commands
from bot.messages.commands import Command, Kind
from bot.messages.replies import FieldNote, Form
from bot.messages.requests import Caller
from bot.ports.store import UnitOfWork
from bot.request.club.reader import ClubReader
from bot.request.commands import CorrectCommand, RecallCommand
from bot.request.context import Context
from bot.request.lookup.drafts import command_to_correct, completed, own_draft, stored_command
from bot.request.lookup.films import BY_ID
from bot.request.middleware.stages import RequestInFlight
from bot.request.registration import Filler


@dataclass(frozen=True, slots=True)
class FormOpening:
    """Opens forms, each time anew: nothing is kept of those that are open."""

    reader: ClubReader
    fillers: Mapping[str, Filler]

    async def open(self, in_flight: RequestInFlight, form: Form) -> Form:
        """Load the stored command of a form, fill in present values, and name its films by their titles.

        Where the store or the platform does not answer, a form that recalls nothing opens as it is:
        values and titles only help, and what it holds must not be lost.
        """
        caller = in_flight.request.caller
        form = to_correct(await self._recalled(caller, form), self.reader.commands)
        form = replace(form, label=form.command.form_title or form.label)
        filler = self.fillers.get(form.command.name)
        if filler is None and not _films_of(form.command):
            return form
        try:
            async with self.reader.opened(in_flight) as (context, work):
                if filler is not None:
                    form = await filler(form, context, work)
                return await _named(form, context, work)
        except (StoreError, UserError):
            return form

    async def _recalled(self, caller: Caller, form: Form) -> Form:
        """Replace a command that recalls a stored one by the stored one."""
        recalling = form.command
        if not isinstance(recalling, RecallCommand) or all(
            hasattr(recalling, each) for each in form.fields
        ):
            return form
        refused = self.reader.refusals.held(recalling, caller.member_id)
        if refused is not None:
            return replace(form, command=refused)
        caller = await self.reader.private_clubs.placed(caller)
        async with self.reader.store.reading(caller.club_id) as work:
            draft = await own_draft(recalling.draft, caller.member_id, work)
        return replace(
            form, command=completed(stored_command(draft, self.reader.commands), recalling)
        )


def to_correct(form: Form, commands: Commands) -> Form:
    """Return a form that is opened once more over its own command, with what did not fit and why."""
    again = form.command
    if not isinstance(again, CorrectCommand):
        return form
    told = zip(again.named, again.typed_values, again.errors, strict=True)
    notes = tuple(FieldNote(field, typed, error) for field, typed, error in told)
    return replace(form, command=command_to_correct(again, commands), notes=notes)


def _films_of(command: Command) -> dict[str, str]:
    """Return the fields that name one film, with what they hold."""
    fields = [each.name for each in command.options() if each.kind is Kind.FILM]
    held = {each: getattr(command, each, "") for each in fields}
    return {name: value for name, value in held.items() if isinstance(value, str) and value}


async def _named(form: Form, context: Context, work: UnitOfWork) -> Form:
    """Show films by their titles: in the fields, where the title means no other, and in the heading."""
    labels: dict[str, Any] = {}
    for field, named in _films_of(form.command).items():
        film = await _film(named, context, work)
        if film is None:
            continue
        if field == "film":
            form = replace(form, label=f"{form.command.name.capitalize()}: {film.title}")
        only = context.titles.resolve(film.label).only
        if field in form.fields and only is not None and only.film_id == film.film_id:
            labels[field] = film.label
    return replace(form, command=replace(form.command, **labels)) if labels else form


async def _film(named: str, context: Context, work: UnitOfWork) -> Film | None:
    """Return the one film that is meant by an id or by a title."""
    if named.startswith(BY_ID):
        return await work.films.get(FilmId(named.removeprefix(BY_ID)))
    only = context.titles.resolve(named).only
    return await work.films.get(only.film_id) if only is not None else None
