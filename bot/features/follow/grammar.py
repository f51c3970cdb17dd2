"""Grammar of `/follow letterboxd NAME`, where the name may be a page's address."""

import re

from bot.domain.errors import UsageError
from bot.domain.words.patterns import lazy_pattern
from bot.features.follow.commands import FollowCommand
from bot.language.grammar.reading import Reading
from bot.messages.commands import Command
from bot.messages.spans import Usage

_SERVICE = lazy_pattern(r"letterboxd(?=\s|$|:)\s*:?\s*", re.IGNORECASE)
_PAGE = lazy_pattern(
    r"(?:https?://)?(?:www\.)?letterboxd\.com/(?P<name>[^/\s?#]+)\S*", re.IGNORECASE
)
_NAME = lazy_pattern(r"[a-z0-9_]{2,15}")


def parse_follow(text: str, _: Reading) -> Command:
    """Read the service and the account, in either order of mention."""
    return FollowCommand(account=_SERVICE.sub("", text.strip(), count=1).strip())


def account_of(typed: str) -> str:
    """Return an account's name as Letterboxd writes it. Raises UsageError."""
    typed = typed.strip().strip("\"'“”<>").removeprefix("@")
    page = _PAGE.fullmatch(typed)
    name = (page["name"] if page else typed).lower()
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"“{typed[:60]}” is no name on Letterboxd: those have 2 to 15 letters, digits or _, as in "
            "the address of your page there. Say it so: ",
            Usage(FollowCommand(account="anawatches")),
        )
    return name
