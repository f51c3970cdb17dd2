"""Grammar of `forget`: alone, or with who or what is to be forgotten."""

import re

from bot.domain.words.patterns import lazy_pattern
from bot.features.privacy.commands import ForgetCommand
from bot.language.grammar.options import parse_options
from bot.language.grammar.reading import Reading
from bot.messages.commands import Command

_ME = lazy_pattern(
    r"(?:(?:all|everything)\s+)?(?:(?:about|of)\s+)?(?:me|myself)|(?:all\s+(?:of\s+)?)?(?:my\s+)?(?:data|everything|account|all)",
    re.IGNORECASE,
)


def parse_forget(line: str, reading: Reading) -> Command:
    """Read what was typed after `forget`; UsageError for what names something else."""
    if _ME.fullmatch(line.strip(" .!?")):
        return ForgetCommand()
    return parse_options(ForgetCommand, line, reading.titles)
