"""The question who may read a review, asked before it is saved; nothing typed is lost."""

from dataclasses import replace

from bot.domain.films.film import Film
from bot.domain.reviews.review import Review
from bot.features.reviews.commands import ReviewCommand
from bot.features.reviews.own_words.privacy import Readers
from bot.messages.phrases import said, titled
from bot.messages.replies import Button, Reply, Style
from bot.ports.store import UnitOfWork
from bot.request.commands import DropDraftCommand, RecallCommand
from bot.request.context import Context
from bot.request.lookup.films import reference
from bot.request.stored_actions import draft_of

BEYOND = "Not everybody reads this channel, but what is saved for the club, all of its members can read. "


async def leaves_a_closed_place(
    command: ReviewCommand, former: Review | None, context: Context, work: UnitOfWork
) -> bool:
    """Return whether a review would become readable beyond a channel that only some can read.

    Where that channel is the club's own, members are told once, before their first review.
    """
    caller = context.caller
    settled = command.private or command.readers or (former is not None and not former.deleted)
    if settled or not caller.closed:
        return False
    if context.club.channel != caller.place:
        return True
    return not any(each.shared for each in await work.reviews.of_member(caller.member_id))


async def ask_readers(
    why: str, command: ReviewCommand, film: Film, context: Context, work: UnitOfWork
) -> Reply:
    """Ask who may read a review, telling why; nothing is saved before the answer."""
    draft = draft_of(replace(command, film=reference(film)), context)
    await work.drafts.put(draft)
    recall = RecallCommand(draft.draft_id)
    return said(
        f"{why}Who may read your review of ",
        titled(film),
        "? It is not saved yet.",
        actions=(
            Button("Only me", replace(recall, readers=Readers.AUTHOR.value), Style.PRIMARY),
            Button("The club", replace(recall, readers=Readers.CLUB.value)),
            Button("Drop it", DropDraftCommand(draft.draft_id)),
        ),
        asks=True,
    )
