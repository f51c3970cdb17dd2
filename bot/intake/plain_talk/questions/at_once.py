"""Lines that are clear as a whole, before their words are looked at one by one."""

from collections.abc import Sequence

from bot.catalogue.titles.index import TitleIndex
from bot.intake.plain_talk.questions.releases import day_asked, releases_asked
from bot.intake.plain_talk.questions.versus import versus
from bot.messages.commands import Command


def at_once(forms: Sequence[str], titles: TitleIndex) -> Command | None:
    """Read a choice between films, or a question what comes out when or where; None for another line."""
    for form in dict.fromkeys((forms[0], forms[-1])):
        for read in (versus, releases_asked, day_asked):
            if command := read(form, titles):
                return command
    return None
