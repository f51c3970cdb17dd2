"""Grammar of `/import columns title=Filme, rating=Nota`; the file itself comes along."""

import re

from bot.domain.errors import UsageError
from bot.domain.words.patterns import lazy_pattern
from bot.features.transfer.commands import ImportCommand
from bot.language.grammar.reading import Reading
from bot.messages.commands import Command
from bot.messages.spans import Usage
from bot.transfer.columns import FIELDS

_COLUMNS = lazy_pattern(r"(?:--)?columns\b\s*[:=]?\s*(?P<columns>.*)", re.IGNORECASE | re.DOTALL)
_PAIR = lazy_pattern(rf"(?P<field>{'|'.join(FIELDS)})\s*[=:]\s*", re.IGNORECASE)


def parse_import(text: str, _: Reading) -> Command:
    """Read the columns, if any; anything else names a file."""
    found = _COLUMNS.fullmatch(text.strip())
    if found:
        return ImportCommand(columns=found["columns"].strip())
    return ImportCommand(file=text.strip())


def columns_in(typed: str) -> dict[str, str]:
    """Read what columns hold, as in `title=Filme, rating=Nota`. Raises UsageError."""
    found = list(_PAIR.finditer(typed))
    ends = [*(each.start() for each in found[1:]), len(typed)][: len(found)]
    columns = {
        each["field"].lower(): typed[each.end() : end].strip(" ,;\n\"“”'")
        for each, end in zip(found, ends, strict=True)
    }
    before = typed[: found[0].start()].strip(" ,;") if found else typed.strip()
    if before or not all(columns.values()) or not ({"title", "imdb", "tmdb"} & columns.keys()):
        raise UsageError(
            f"I can't read the columns “{typed.strip()[:80]}”. Name each, with commas between them, the "
            f"title at least ({', '.join(FIELDS)} can be named): ",
            Usage(ImportCommand(columns="title=Filme, rating=Nota")),
        )
    return columns
