"""The question whether words that seem to give an ending away are folded, asked before they are saved."""

import re
from dataclasses import replace

from bot.domain.clubs.club import SpoilerPolicy
from bot.domain.films.film import Film
from bot.domain.reviews.review import Review
from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.spoilers import without_spoilers
from bot.features.reviews.commands import ReviewCommand
from bot.messages.phrases import said, titled
from bot.messages.replies import Button, Reply, Style
from bot.ports.store import UnitOfWork
from bot.request.commands import DropDraftCommand, RecallCommand
from bot.request.context import Context
from bot.request.lookup.films import reference
from bot.request.stored_actions import draft_of
from recommender.text.endings import surely_reveals_ending

_OF_ONESELF = lazy_pattern(
    r"\b(?:i|we|me)\b(?:['’]m)?(?:\s+\w+){0,2}\s+(?:died|dead|dying|killed)\b", re.IGNORECASE
)
"""What members say of themselves: `i nearly died laughing`."""


def gives_ending_away(command: ReviewCommand, former: Review | None, context: Context) -> bool:
    """Tell whether unfolded words that all will read seem to tell how the film ends."""
    private = command.private or (former is not None and former.private and not former.deleted)
    known = former is not None and not former.deleted and former.text == command.text
    settled = command.spoiler or command.shows_ending or private or known
    if settled or context.club.spoilers is SpoilerPolicy.OFF:
        return False
    return surely_reveals_ending(_OF_ONESELF.sub("", without_spoilers(command.text)))


async def ask_to_fold(
    command: ReviewCommand, film: Film, context: Context, work: UnitOfWork
) -> Reply:
    """Ask whether a review is folded as a spoiler; nothing is saved before the answer."""
    settled = replace(command, film=reference(film), spoiler=True, shows_ending=True)
    draft = draft_of(settled, context)
    await work.drafts.put(draft)
    recall = RecallCommand(draft.draft_id)
    show = replace(recall, field="spoiler", chosen="no")
    return said(
        "That may give the ending away. Fold your review of ",
        titled(film),
        " as a spoiler? It is not saved yet.",
        actions=(
            Button("Fold it", recall, Style.PRIMARY),
            Button("Show it as it is", show),
            Button("Drop it", DropDraftCommand(draft.draft_id)),
        ),
        asks=True,
    )
