"""Lines that mean nothing else, and all of whose words are a wish once people are known: `nothing by tarantino`."""

import re
from dataclasses import replace

from bot.features.picks.commands import RecommendCommand
from bot.features.picks.demands.beside import beside_film
from bot.features.talk.commands import AskAboutFilmCommand, UnclearCommand
from bot.intake.plain_talk.phrases.phrases import LONGEST
from bot.intake.plain_talk.picks import wish
from bot.intake.plain_talk.tidying import tidied, without_address
from bot.language.grammar.reading import Reading
from bot.language.wishes.reading.wishes import read_wish, says_something
from bot.messages.commands import Command
from bot.ports.store import UnitOfWork
from bot.request.context import Context

_COMPARED = re.compile(r"\W*if\s+(?:you|i|we)\s+(?:really\s+)?(?:liked|loved)\s", re.IGNORECASE)
"""What names films that others should be like, as headings do."""


async def clear_wish(command: Command, line: str, context: Context, work: UnitOfWork) -> Command:
    """Take a line that is unclear for a wish where all of it is one: `tilda swinton`, `shorter than Heat`."""
    if not _is_unclear(command) or len(line) > LONGEST or "\n" in line or line.endswith("?"):
        return command
    asked = wish(tidied(without_address(line)), Reading(context.titles, context.habits))
    if asked and asked.members and "@" in line and not (asked.like or says_something(asked.mood)):
        return replace(asked, mood="")  # who is no member is told so
    if asked and asked.members and asked.instead:
        asked = replace(asked, members=(), mood=asked.instead, instead="")
    if asked is None or asked.members or (asked.like and not _COMPARED.match(line)):
        return command
    return asked if await _says_all(asked, context, work) else command


def _is_unclear(command: Command) -> bool:
    if isinstance(command, UnclearCommand):
        return not (command.meant or command.chat)
    return isinstance(command, AskAboutFilmCommand) and not (command.loved or command.others)


async def _says_all(asked: RecommendCommand, context: Context, work: UnitOfWork) -> bool:
    """Tell whether picks are asked for by something, and all of it is understood."""
    mood, beside = await beside_film(asked.mood, context, work)
    unwanted = [each.strip() for each in asked.without.split(",")]
    named = (*asked.like, *asked.unlike)
    films = [each for each in (*named, *unwanted) if context.titles.is_title(each)]
    words = (mood, asked.more, asked.less, *unwanted)
    texts = [each for each in words if each and each not in films]
    reads = [read_wish(each, context.indexes.catalogue, context.now.year) for each in texts]
    whole = all((each.parts or each.unreadable) and not each.words for each in reads)
    asks = bool(reads or beside or films or asked.fame)
    return asks and whole and {*named} <= {*films}
