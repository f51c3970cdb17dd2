"""Moderation: a moderator hides a review from everyone but its author, or shows it again."""

from dataclasses import replace

from bot.domain.errors import NotFound, UsageError
from bot.features.club.commands import ModerateCommand
from bot.lookup.films import find
from bot.lookup.members import member_named
from bot.messages.phrases import said, titled
from bot.messages.replies import Button, Reply, Usage
from bot.ports.store import UnitOfWork
from bot.request.context import Context


async def moderate(command: ModerateCommand, context: Context, work: UnitOfWork) -> Reply:
    """Hide a member's review from everyone but them, or show it again."""
    if not command.member:
        raise UsageError(
            "Whose review? Name the member too: ", Usage(ModerateCommand("hide", "Her", "ben")), "."
        )
    found = await find(command, context, work, guess=False)
    if isinstance(found, Reply):
        return found
    member = await member_named(command.member, work)
    review = await work.reviews.by(member.member_id, found.film.film_id)
    if review is None or review.deleted:
        raise NotFound(f"{member.name} has not reviewed {found.film.label}.")
    hide = command.action == "hide"
    if review.hidden != hide:
        await work.reviews.save(replace(review, hidden=hide, changed_at=context.now))
    back = Button("Undo", replace(command, action="unhide" if hide else "hide"))
    done = "Hidden from everyone but them: " if hide else "To be read by everyone again: "
    return said(done, f"{member.name}'s review of ", titled(found.film), ".", actions=(back,))
