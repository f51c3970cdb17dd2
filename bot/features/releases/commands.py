"""Commands about releases and reminders."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from bot.domain.films import ReleaseKind
from bot.domain.ids import FilmId
from bot.domain.visibility import Visibility
from bot.messages.commands import Command, Kind, option


@dataclass(frozen=True, slots=True)
class RemindCommand(Command):
    """Hear of a film on the day it comes out where you live."""

    name: ClassVar[str] = "remind"
    examples: ClassVar[tuple[str, ...]] = (
        "/remind All of Us Strangers",
        "/remind Flow digital in US",
        "/remind Anora 2d before here",
        "/remind Anora on friday 18:00",
        "/remind list",
        "/remind snooze Anora 2d",
        "/remind cancel Anora",
    )

    film: str = option(Kind.FILM, "title, link or id of the film", "")
    kind: ReleaseKind | None = option(
        Kind.CHOICE,
        "which release: cinema unless you say otherwise",
        None,
        choices=tuple(ReleaseKind),
    )
    region: str = option(
        Kind.REGION, "a country: GB, US, DE ...; yours unless you say otherwise", ""
    )
    lead: timedelta = option(Kind.DURATION, "how long before: 2d, 1w", timedelta())
    here: bool | None = option(Kind.YES_NO, "remind in this channel instead of privately", None)
    on: str = option(Kind.TEXT, "a time of your own: friday 18:00, 3 May, in two weeks", "")


@dataclass(frozen=True, slots=True)
class RemindersCommand(Command):
    """Show your reminders; each can be cancelled."""

    name: ClassVar[str] = "reminders"
    examples: ClassVar[tuple[str, ...]] = ("/reminders",)

    @property
    def writes(self) -> bool:
        """Always false: it only reads."""
        return False


@dataclass(frozen=True, slots=True)
class ReleasesCommand(Command):
    """Show what comes out in the coming weeks."""

    name: ClassVar[str] = "releases"
    visibility: ClassVar[Visibility] = Visibility.CLUB
    examples: ClassVar[tuple[str, ...]] = ("/releases", "/releases US")

    region: str = option(
        Kind.REGION, "a country: GB, US, DE ...; the club's unless you say otherwise", ""
    )

    @property
    def writes(self) -> bool:
        """Always false: it only reads."""
        return False


@dataclass(frozen=True, slots=True)
class AddReleaseCommand(Command):
    """Note for this club a day of release that the catalogue lacks."""

    name: ClassVar[str] = "add-release"
    typed: ClassVar[bool] = False

    film_id: FilmId
    region: str
    kind: ReleaseKind
    day: date = option(Kind.DATE, "the day it comes out there: 26 January 2024")


@dataclass(frozen=True, slots=True)
class CancelReminderCommand(Command):
    """Take back a reminder of one's own, named by its id or by the film's title or reference."""

    name: ClassVar[str] = "cancel-reminder"
    typed: ClassVar[bool] = False

    reminder: str


@dataclass(frozen=True, slots=True)
class SnoozeReminderCommand(Command):
    """Put off a reminder of one's own, named likewise, for a time or until one: `2d`, `friday`."""

    name: ClassVar[str] = "snooze-reminder"
    typed: ClassVar[bool] = False

    reminder: str
    until: str = option(Kind.TEXT, "for how long or until when: 2d, 1w, friday 18:00", "1d")


@dataclass(frozen=True, slots=True)
class CalendarFileCommand(Command):
    """Get the coming releases of a region as a file for one's own calendar."""

    name: ClassVar[str] = "calendar-file"
    typed: ClassVar[bool] = False

    region: str
