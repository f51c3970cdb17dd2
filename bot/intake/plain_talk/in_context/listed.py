"""What `remove heat` means of a film that the member never reviewed, but has on the watchlist."""

import re

from bot.domain.clubs.club import MarkKind
from bot.domain.words.patterns import lazy_pattern
from bot.features.talk.commands import TakeBackCommand
from bot.features.watchlist.commands import WatchlistCommand
from bot.messages.commands import Command
from bot.ports.store import UnitOfWork
from bot.request.context import Context

_OF_A_REVIEW = lazy_pattern(
    r"(?<!\w)(?:reviews?|ratings?|stars|scores?|words|undo|unreview|said|wrote)(?!\w)",
    re.IGNORECASE,
)


async def off_the_list(command: Command, line: str, context: Context, work: UnitOfWork) -> Command:
    """Return what takes a film off the watchlist, where it is there and there is no review to delete."""
    if not isinstance(command, TakeBackCommand) or not command.film or _OF_A_REVIEW.search(line):
        return command
    found = context.titles.resolve(command.film)
    film, me = found.only or found.likely, context.member.member_id
    if film is None:
        return command
    review = await work.reviews.by(me, film.film_id)
    wanted = [each for each in await work.marks.of([me]) if each.film_id == film.film_id]
    listed = any(each.kind is MarkKind.WATCHLIST for each in wanted)
    if listed and (review is None or review.deleted):
        return WatchlistCommand("remove", f"id:{film.film_id}")
    return command
