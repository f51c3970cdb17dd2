"""Meanings of what a member asks for on their own terms: settings in talk, and what cannot be done, said with what can."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.domain.errors import UsageError
from bot.domain.ratings import HalfStars, Scale
from bot.features.club.commands import SettingsCommand, SetupCommand
from bot.features.figures.commands import MatchCommand
from bot.features.privacy.commands import PrivacyCommand
from bot.features.releases.commands import EVERY_REMINDER, CancelReminderCommand
from bot.features.reviews.commands import ReviewCommand, ReviewsCommand
from bot.features.talk.commands import UnclearCommand
from bot.features.watchlist.commands import WatchlistCommand
from bot.messages.codec import action_id
from bot.messages.commands import Command
from bot.messages.spans import Usage
from bot.plain_talk.asked_phrase import AskedPhrase

_PRIVATE = ReviewCommand("Her", HalfStars(6), private=True)
_SCALES: Mapping[str, Scale] = MappingProxyType(
    {
        "10": Scale.TEN,
        "ten": Scale.TEN,
        "5": Scale.FIVE,
        "five": Scale.FIVE,
        "100": Scale.PERCENT,
        "percent": Scale.PERCENT,
        "percentages": Scale.PERCENT,
        "%": Scale.PERCENT,
        "stars": Scale.STARS,
    }
)
"""The scale that each word of the phrases asks for."""


def unable(*parts: object) -> Command:
    """Say what cannot be done, and what can."""
    raise UsageError(*parts)


def asked_first(line: str, command: Command) -> Command:
    """Ask before something is done that was said in passing, or cannot be taken back."""
    return UnclearCommand(line, meant=action_id(command))


OWN_TERMS: Mapping[str, Callable[[AskedPhrase], Command]] = MappingProxyType(
    {
        "scale": lambda asked: SettingsCommand(scale=_SCALES[asked.slots["said"].lower()]),
        "no quotes": lambda _: asked_first("don't quote me", SettingsCommand(quotable=False)),
        "no vote reminders": lambda _: SettingsCommand(votes=False),
        "cancel all reminders": lambda _: asked_first(
            "cancel all reminders", CancelReminderCommand(EVERY_REMINDER)
        ),
        "privacy": lambda _: PrivacyCommand(),
        "no announcements": lambda _: unable(
            "Whether new reviews are announced is the club's setting, for those who run it: ",
            Usage(SetupCommand(announce=False)),
            ". A review that is private is announced nowhere: ",
            Usage(_PRIVATE),
            ".",
        ),
        "all private": lambda _: unable(
            "I make reviews private one at a time: say “make my review of Heat private”. Yours are in ",
            Usage(ReviewsCommand()),
            ". A new one is private from the start so: ",
            Usage(_PRIVATE),
            ".",
        ),
        "hide from one": lambda asked: unable(
            f"I can't hide a review from {asked.member} alone: it is for the whole club, or for you alone. "
            "For you alone: say “make my review of Heat private”.",
        ),
        "list clear": lambda _: unable(
            "I take films off your watchlist one at a time: ",
            Usage(WatchlistCommand("remove", "Yi Yi")),
            ". See it with ",
            Usage(WatchlistCommand()),
            ".",
        ),
        "match others": lambda _: unable(
            "I compare your own taste with a member's, not two others' with each other: ",
            Usage(MatchCommand("ben")),
            ".",
        ),
        "match anyone": lambda _: unable(
            "I compare your taste with one member's at a time: ", Usage(MatchCommand("ben")), "."
        ),
    }
)
"""What makes the command of each of these meanings, or refuses."""
