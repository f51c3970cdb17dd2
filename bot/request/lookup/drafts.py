"""Drafts: commands stored until the member has answered a question."""

import json
from dataclasses import replace

from bot.domain.errors import NotFound
from bot.domain.ids import DraftId, FilmId, MemberId
from bot.domain.reviews.ratings import Scale, show_rating
from bot.domain.words.text import one_line
from bot.features.reviews.commands import (
    RateSeveralCommand,
    ReviewCommand,
    ReviewsCommand,
    SaveCritiqueCommand,
)
from bot.language.grammar.forms import with_value
from bot.messages.codec import Commands, action_of, command_from_json
from bot.messages.commands import Command
from bot.messages.phrases import said
from bot.messages.replies import Actions, Block, Button, Form, Paragraph, Quote, Reply
from bot.messages.spans import Plain, Usage
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.ports.tables.requests import Draft
from bot.request.commands import CorrectCommand, DropDraftCommand, RecallCommand
from bot.request.context import Context
from bot.request.lookup.commands import NamesFilm
from bot.request.lookup.films import BY_ID
from bot.request.stored_actions import ANYBODY


def stored_command(draft: Draft, commands: Commands) -> Command:
    """Return the command that a draft stores."""
    return command_from_json(json.loads(draft.command), commands)


def completed(kept: Command, answer: RecallCommand) -> Command:
    """Merge the answer to a question into the stored command; UsageError for one that does not fit."""
    if answer.chosen and answer.field:
        return with_value(kept, answer.field, answer.chosen)
    if answer.film and isinstance(kept, NamesFilm):
        kept = replace(kept, film=answer.film)
    if isinstance(kept, ReviewCommand | RateSeveralCommand) and answer.readers:
        kept = replace(kept, readers=answer.readers)
    if isinstance(kept, ReviewCommand) and answer.stars:
        kept = replace(kept, rating=answer.stars, text=kept.text[answer.text_from :])
    if isinstance(kept, SaveCritiqueCommand) and answer.mine:
        return ReviewCommand(kept.film, kept.rating, kept.text, mine=True)
    if isinstance(kept, SaveCritiqueCommand) and answer.critic:
        return replace(kept, critic=answer.critic)
    return kept


async def own_draft(draft_id: DraftId, member_id: MemberId, work: UnitOfWork) -> Draft:
    """Return the member's draft; NotFound when it is finished, or another member's."""
    draft = await work.drafts.get(draft_id)
    if draft is not None and draft.member_id in {member_id, ANYBODY}:
        return draft
    raise NotFound(
        "That question is answered already, too old, or another member's. What is saved of yours: ",
        Usage(ReviewsCommand()),
        ".",
    )


async def finish(draft_id: DraftId, member_id: MemberId, work: UnitOfWork) -> None:
    """Delete the member's own unfinished command; NotFound for any other, such as a button's."""
    draft = await own_draft(draft_id, member_id, work)
    if draft.button:
        raise NotFound("That belongs to a button, and stays with it.")
    await work.drafts.remove(draft_id)


async def recall(command: RecallCommand, context: Context, work: UnitOfWork) -> Command:
    """Return the stored command to go on with; a draft that writes is finished with that."""
    draft = await own_draft(command.draft, context.member.member_id, work)
    stored = completed(stored_command(draft, context.commands), command)
    if stored.writes and not draft.button:
        await work.drafts.remove(draft.draft_id)
    return stored


def command_to_correct(again: CorrectCommand, commands: Commands) -> Command:
    """Return the command of a form that is corrected, with all that did fit; NotFound for another version's."""
    try:
        then = action_of(again.then, commands)
    except ValueError:
        then = None
    if isinstance(then, Command):
        return then
    raise NotFound("That form is from another version of me. Open it once more.")


async def correct(command: CorrectCommand, context: Context, _: UnitOfWork) -> Command:
    """Go on with the command of a form as far as it fits."""
    return command_to_correct(command, context.commands)


async def drop(command: DropDraftCommand, context: Context, work: UnitOfWork) -> Reply:
    """Delete the draft, and the one that was stored when its words came in."""
    me = context.member.member_id
    stored = stored_command(await own_draft(command.draft, me, work), context.commands)
    await finish(command.draft, me, work)
    earlier = DraftId(getattr(stored, "draft", ""))
    if earlier and await work.drafts.get(earlier):
        await finish(earlier, me, work)
    return said("Dropped.")


_WRITTEN = ("film", "rating", "text", "spoiler", "private")
"""Fields of the form for a review whose film is not named yet."""


UNFINISHED = "You have a review that is not finished."


async def unfinished(context: Context, work: UnitOfWork) -> Reply:
    """Answer `/review` without a film: the latest draft, else a usage hint."""
    left = await left_unfinished(context, work)
    if left:
        return Reply(left, UNFINISHED, Visibility.ONLY_YOU, asks=True)
    write = Form("Write a review", ReviewCommand(), _WRITTEN)
    read = Form("Look a film up", ReviewCommand(), ("film",))
    return said("Which film?", actions=(write, read), asks=True)


async def left_unfinished(context: Context, work: UnitOfWork) -> tuple[Block, ...]:
    """Show the review that a member left unfinished last, and what can be done with it; none without one."""
    for draft in await work.drafts.of(context.member.member_id):
        command = stored_command(draft, context.commands)
        if isinstance(command, ReviewCommand) and command.is_review:
            return _left(draft.draft_id, command, await _title(command.film, work), context)
    return ()


async def _title(named: str, work: UnitOfWork) -> str:
    """Return the title of a film as it was typed, or of the one that was chosen."""
    if not named.startswith(BY_ID):
        return named
    film = await work.films.get(FilmId(named.removeprefix(BY_ID)))
    return film.label if film else ""


def _left(
    draft: DraftId, command: ReviewCommand, title: str, context: Context
) -> tuple[Block, ...]:
    return (
        Paragraph((Plain("You have not finished this one:"),)),
        Quote((Plain(_in_short(command, context.member.scale)),), (Plain(title or "no film yet"),)),
        Actions(
            (
                Button("Go on", RecallCommand(draft)),
                Form("Another film", RecallCommand(draft, command.film), ("film",)),
                Button("Drop it", DropDraftCommand(draft)),
            )
        ),
    )


def _in_short(command: ReviewCommand, scale: Scale) -> str:
    rating = show_rating(command.rating, scale) if command.rating else ""
    return " ".join(part for part in (rating, one_line(command.text, 500)) if part) or "(no words)"
