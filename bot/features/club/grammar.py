"""Grammar of `/moderate hide FILM @member`, or `... by CRITIC`, where titles may hold the word "by"."""

import re
from dataclasses import replace
from itertools import islice

from bot.domain.words.patterns import lazy_pattern
from bot.features.club.commands import ModerateCommand
from bot.language.grammar.options import parse_options
from bot.language.grammar.reading import Reading
from bot.language.grammar.titles import unquoted
from bot.messages.commands import Command

_MOST_CUTS = 20
_BY = lazy_pattern(r"\s+by\s+", re.IGNORECASE)


def parse_moderation(text: str, reading: Reading) -> Command:
    """Read the action and the film, then the member or the critic."""
    command = parse_options(ModerateCommand, text, reading.titles)
    if not isinstance(command, ModerateCommand) or command.member:
        return command
    film, known = command.film, reading.titles.is_title
    cuts = [] if known(film) else list(islice(_BY.finditer(film), _MOST_CUTS))
    if not cuts:
        return command
    cut = next((each for each in cuts if known(unquoted(film[: each.start()]))), cuts[-1])
    return replace(command, film=unquoted(film[: cut.start()]), critic=film[cut.end() :].strip())
