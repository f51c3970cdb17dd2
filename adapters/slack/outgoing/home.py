"""App Home: a member's reviews, reminders, picks and settings; for admins, those of the club too."""

from collections.abc import Iterable

from adapters.slack import limits
from adapters.slack.commands import usage
from adapters.slack.outgoing.blocks import small
from adapters.slack.outgoing.render import render
from adapters.slack.outgoing.rich_text import Json
from bot.features.club.commands import SettingsCommand, SetupCommand
from bot.features.picks.commands import RecommendCommand
from bot.features.releases.commands import RemindersCommand
from bot.features.reviews.commands import ReviewCommand, ReviewsCommand
from bot.messages.commands import Command, Permission
from bot.messages.replies import Reply
from bot.messages.requests import Caller, Role

HOME: tuple[Command, ...] = (
    ReviewsCommand(),
    RemindersCommand(),
    RecommendCommand(count=3),
    SettingsCommand(),
    SetupCommand(),
)
"""Commands whose replies are shown in App Home, in order; the last is for admins."""

_HINT = "Write a review with the shortcut Write a review, or {} and a title. More: send me help"


def belongs(command: Command, caller: Caller) -> bool:
    """Return whether a command's reply is for this member."""
    return command.permission is Permission.EVERYONE or Role.ADMIN in caller.roles


def home_view(replies: Iterable[Reply], prefix: str = "") -> Json:
    """Return the view with replies one below the other, as many as App Home holds."""
    blocks: list[Json] = [small(_HINT.format(usage(ReviewCommand(), prefix)))]
    for reply in replies:
        part = [{"type": "divider"}, *render(reply, prefix).blocks]
        if len(blocks) + len(part) <= limits.VIEW_BLOCKS:
            blocks += part
    return {"type": "home", "blocks": blocks}
