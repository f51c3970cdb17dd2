"""Lines that are clear as a whole, before their words are looked at one by one."""

from collections.abc import Sequence

from bot.catalogue.titles.index import TitleIndex
from bot.messages.commands import Command
from bot.plain_talk.releases_asked import day_asked, releases_asked
from bot.plain_talk.versus import versus


def at_once(forms: Sequence[str], titles: TitleIndex) -> Command | None:
    """Read a choice between films, or a question what comes out when or where; None for another line."""
    for form in dict.fromkeys((forms[0], forms[-1])):
        for read in (versus, releases_asked, day_asked):
            if command := read(form, titles):
                return command
    return None
