"""What `and Aftersun` means right after a film was put on the watchlist, nominated, marked or to be reminded of."""

import re
from dataclasses import replace

from bot.domain.words.patterns import lazy_pattern
from bot.features.nights.commands import NightCommand
from bot.features.picks.commands import MarkTitleCommand
from bot.features.releases.commands import MoveReminderCommand, RemindCommand
from bot.features.reviews.commands import ReviewCommand
from bot.features.talk.commands import AskAboutFilmCommand
from bot.features.watchlist.commands import WatchlistCommand
from bot.intake.plain_talk.phrases.phrases import LONGEST
from bot.intake.plain_talk.tidying import tidied, without_address
from bot.intake.plain_talk.titles import listed, named
from bot.messages.commands import Command
from bot.request.context import Context

_AND = lazy_pattern(
    r"(?:oh[\s,]+|ok[\s,]+|yes[\s,]+)*(?:and|also|plus|\+|add|as\s+well\s+as)[\s,]+(?:(?:also|maybe|then|add|the\s+same\s+(?:for|with)|for)\s+)*"
    r"(?P<films>\S.*?)(?:[\s,]+(?:too|as\s+well|also|please|pls))*",
    re.IGNORECASE,
)


def going_on(command: Command, line: str, before: Command | None, context: Context) -> Command:
    """Return the command of the line before with the films of this one, where it only adds them."""
    found = _AND.fullmatch(tidied(without_address(line))) if len(line) <= LONGEST else None
    only_named = isinstance(command, AskAboutFilmCommand) or (
        isinstance(command, ReviewCommand) and not command.writes
    )
    if before is not None and found and only_named:
        films = _films(found["films"], context)
        if films and isinstance(before, WatchlistCommand | NightCommand | MarkTitleCommand):
            command = replace(before, film=films[0], others=films[1:])
        elif len(films) == 1 and isinstance(before, RemindCommand):
            command = replace(before, film=films[0])
    if _can_go_on(command):
        context.note_done(command)
    return command


def after_press(command: Command, context: Context) -> None:
    """Forget what was done before a button or a menu's command; a reminder that it sets can be corrected."""
    context.take_done()
    if isinstance(command, RemindCommand) and command.film:
        context.note_done(command)


def _films(said: str, context: Context) -> tuple[str, ...]:
    whole = named(said, context.titles)
    return (whole,) if whole else listed(said, context.titles)


def _can_go_on(command: Command) -> bool:
    match command:
        case WatchlistCommand(action="add") | NightCommand(action="nominate"):
            return bool(command.film)
        case MarkTitleCommand() | RemindCommand():
            return bool(command.film)
        case MoveReminderCommand():
            return True
    return False
