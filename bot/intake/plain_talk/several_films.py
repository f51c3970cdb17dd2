"""Several films behind a command's name, and the action behind its film."""

import re
from dataclasses import replace

from bot.catalogue.titles.index import TitleIndex
from bot.domain.words.patterns import lazy_pattern
from bot.features.nights.commands import NightCommand
from bot.features.watchlist.commands import WatchlistCommand
from bot.intake.plain_talk.titles import listed
from bot.messages.commands import Command

_ACTION_BEHIND = lazy_pattern(r"(?<=\S)\s+(?P<action>add|remove)\Z", re.IGNORECASE)


def with_others(command: Command, titles: TitleIndex) -> Command:
    """Read `/watchlist add heat, alien` and `/night nominate heat, alien` as several films.

    The action of a watchlist may come last: `/watchlist heat remove`.
    """
    if not isinstance(command, WatchlistCommand | NightCommand) or titles.is_title(command.film):
        return command
    shown = isinstance(command, WatchlistCommand) and command.action == "show"
    if shown and (behind := _ACTION_BEHIND.search(command.film)):
        film = command.film[: behind.start()]
        command = replace(command, action=behind["action"].lower(), film=film)
    if command.action not in {"add", "nominate"}:
        return command
    films = listed(command.film, titles)
    return replace(command, film=films[0], others=films[1:]) if films else command
