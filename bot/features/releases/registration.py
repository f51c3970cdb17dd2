"""The commands of the releases feature, and the messages about releases and reminders."""

from bot.domain.deliveries import Purpose
from bot.features.releases import listing, moving, own_reminders, release_dates, remind
from bot.features.releases.commands import (
    AddReleaseCommand,
    CalendarFileCommand,
    CancelReminderCommand,
    MoveReminderCommand,
    PutBackReminderCommand,
    ReleasesCommand,
    RemindCommand,
    RemindersCommand,
    SnoozeReminderCommand,
)
from bot.features.releases.due import reminders_due
from bot.features.releases.grammar import parse_releases, parse_remind
from bot.features.releases.news import moved, weekly
from bot.features.releases.undelivered import undelivered
from bot.request.registration import Feature, Registration

RELEASES = Feature(
    commands=(
        Registration(RemindCommand, remind.remind, parse_remind),
        Registration(RemindersCommand, own_reminders.reminders),
        Registration(ReleasesCommand, listing.releases, parse_releases),
        Registration(AddReleaseCommand, release_dates.add_release),
        Registration(CancelReminderCommand, own_reminders.cancelled),
        Registration(SnoozeReminderCommand, own_reminders.snooze),
        Registration(MoveReminderCommand, moving.move_reminder),
        Registration(PutBackReminderCommand, moving.put_back),
        Registration(CalendarFileCommand, listing.calendar_file),
    ),
    composers={
        Purpose.REMINDER: reminders_due,
        Purpose.MOVED: moved,
        Purpose.WEEKLY: weekly,
        Purpose.UNDELIVERED: undelivered,
    },
)
