"""Meanings of what a member asks for on their own terms: settings in talk, and what cannot be done, said with what can."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.domain.clubs.club import SpoilerPolicy
from bot.domain.errors import UsageError
from bot.domain.reviews.ratings import HalfStars
from bot.features.club.commands import SettingsCommand, SetupCommand
from bot.features.figures.commands import MatchCommand
from bot.features.privacy.commands import PrivacyCommand
from bot.features.releases.commands import (
    EVERY_REMINDER,
    CancelReminderCommand,
    RemindersCommand,
)
from bot.features.reviews.commands import ReviewCommand, ReviewsCommand, WhoReadsCommand
from bot.features.watchlist.commands import WatchlistCommand
from bot.intake.plain_talk.asked_first import asked_first
from bot.intake.plain_talk.meanings.asked_phrase import AskedPhrase
from bot.language.grammar.values import read_value
from bot.messages.commands import Command
from bot.messages.spans import Usage

_PRIVATE = ReviewCommand("Her", HalfStars(6), private=True)
_SCALE = next(each for each in SettingsCommand.options() if each.name == "scale")


def unable(*parts: object) -> Command:
    """Say what cannot be done, and what can."""
    raise UsageError(*parts)


def two_others(member: str = "ben") -> Command:
    """Say that two others are not compared."""
    return unable(
        "I compare your own taste with a member's, not two others' with each other: ",
        Usage(MatchCommand(member)),
        ".",
    )


OWN_TERMS: Mapping[str, Callable[[AskedPhrase], Command | None]] = MappingProxyType(
    {
        "scale": lambda asked: SettingsCommand(scale=read_value(_SCALE, asked.slots["said"])),
        "no quotes": lambda _: asked_first("don't quote me", SettingsCommand(quotable=False)),
        "quotes": lambda _: SettingsCommand(quotable=True),
        "no vote reminders": lambda _: SettingsCommand(votes=False),
        "vote reminders": lambda _: SettingsCommand(votes=True),
        "reminders here": lambda _: SettingsCommand(direct=False),
        "reminders direct": lambda _: SettingsCommand(direct=True),
        "club spoilers": lambda _: asked_first(
            "unlock scores once seen", SetupCommand(spoilers=SpoilerPolicy.SEEN)
        ),
        "club weekly": lambda _: asked_first("post releases weekly", SetupCommand(weekly=True)),
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
        "quiet hours": lambda _: unable(
            "I keep no quiet hours. I write to you only what you asked for: a film's release comes at the club's hour, "
            "in your time zone, any other reminder at the time you named. What is planned: ",
            Usage(RemindersCommand()),
            ". Whether I remind you to vote on a film night: ",
            Usage(SettingsCommand(votes=False)),
            ".",
        ),
        "club channel": lambda _: unable(
            "Those who run the club choose its channel: give ",
            Usage(SetupCommand(here=True)),
            " there, or see all of it: ",
            Usage(SetupCommand()),
            ".",
        ),
        "all private": lambda _: unable(
            "I make reviews private one at a time: say “make my review of Heat private”. Yours are in ",
            Usage(ReviewsCommand()),
            ". A new one is private from the start so: ",
            Usage(_PRIVATE),
            ".",
        ),
        "hide from one": lambda asked: WhoReadsCommand(asked.title, but=asked.member),
        "show to one": lambda asked: WhoReadsCommand(asked.title, only=asked.member),
        "list clear": lambda _: unable(
            "I take films off your watchlist one at a time: ",
            Usage(WatchlistCommand("remove", "Yi Yi")),
            ". See it with ",
            Usage(WatchlistCommand()),
            ".",
        ),
        "match others": lambda _: two_others(),
        "match anyone": lambda _: unable(
            "I compare your taste with one member's at a time: ", Usage(MatchCommand("ben")), "."
        ),
    }
)
"""What makes the command of each of these meanings, or refuses."""
