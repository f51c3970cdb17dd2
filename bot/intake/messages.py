"""Readers of what is more than a line: a message that becomes a review, a file of films."""

import re
from dataclasses import replace

from bot.catalogue.titles.links import film_link
from bot.domain.errors import UsageError
from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.text import storable
from bot.features.reviews.commands import ReviewCommand
from bot.features.reviews.own_words.viewing import noted
from bot.features.reviews.untitled import looked_through
from bot.features.transfer.commands import ImportCommand
from bot.intake.lines import parse, read_line
from bot.messages.commands import Command
from bot.ports.store import UnitOfWork
from bot.request.context import Context

_IMPORT = lazy_pattern(r"\s*[/!]?import\b", re.IGNORECASE)
_MESSAGE_HEAD = 400
"""Characters of a message's first line in which its film is said."""


async def read_message(text: str, context: Context, work: UnitOfWork) -> ReviewCommand:
    """Read a member's own message as a review: film, rating and day as it says them, and all its words."""
    blank = ReviewCommand(text=text, mine=True)
    try:
        said = parse(
            text.strip().partition("\n")[0][:_MESSAGE_HEAD], context.titles, context.habits
        )
    except UsageError:
        said = blank
    if film_link(text):
        return replace(blank, film=said.film, text="") if isinstance(said, ReviewCommand) else blank
    if isinstance(said, ReviewCommand) and said.film and _is_known(said.film, context):
        found = replace(blank, film=said.film, rating=said.rating, watched_on=said.watched_on)
    else:
        found = replace(await looked_through(blank, context, work), text=text)
    return replace(noted(found, context.habits), text=text)


def _is_known(film: str, context: Context) -> bool:
    """Tell whether a film is meant by its title, or by a link to a page about it."""
    linked = film_link(film) is not None and context.titles.resolve(film).only is not None
    return linked or context.titles.is_title(film)


def read_upload(content: Command | str, context: Context) -> ImportCommand:
    """Return the command for a file of films, with the columns that were typed with it."""
    if isinstance(content, str) and _IMPORT.match(content):
        content = read_line(storable(content), context.titles, context.habits)
    command = content if isinstance(content, ImportCommand) else ImportCommand()
    return replace(command, file=context.attachment_name or "file")
