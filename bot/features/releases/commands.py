"""Commands about releases and reminders."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.films.film import ReleaseKind
from bot.domain.ids import FilmId
from bot.messages.commands import Command, Kind, option
from bot.messages.visibility import Visibility

EVERY_REMINDER = "all"
"""What stands for every reminder of a member where one is named."""


@dataclass(frozen=True, slots=True)
class RemindCommand(Command, name="remind"):
    """Hear of a film on the day it comes out where you live."""

    film: str = option(Kind.FILM, "title, link or id of the film", "")
    kind: ReleaseKind | None = option(
        Kind.CHOICE,
        "which release: cinema unless you say otherwise",
        None,
        choices=tuple(ReleaseKind),
        label="Which release",
    )
    region: str = option(
        Kind.REGION,
        "a country: GB, US, DE ...; yours unless you say otherwise",
        "",
        label="Country",
    )
    lead: timedelta = option(
        Kind.DURATION, "how long before: 2d, 1w", timedelta(), label="How long before"
    )
    here: bool | None = option(
        Kind.YES_NO,
        "remind in this channel instead of privately",
        None,
        label="Remind in this channel",
    )
    on: str = option(
        Kind.TIME,
        "a time of your own: friday 18:00, 3 May, in two weeks",
        "",
        label="At a time of your own",
    )

    @classmethod
    def examples(cls) -> tuple[Command, ...]:
        """Return examples, simplest first."""
        return (
            cls("All of Us Strangers"),
            cls("Flow", ReleaseKind.DIGITAL, "US"),
            cls("Anora", lead=timedelta(days=2), here=True),
            cls("Anora", on="friday 18:00"),
            RemindersCommand(),
            SnoozeReminderCommand("Anora", "2d"),
            CancelReminderCommand("Anora"),
        )

    def usage(self) -> tuple[str, str]:
        """Return the film, then one clause for every other option."""
        days = self.lead // timedelta(days=1)
        parts = [
            self.film,
            self.kind or "",
            f"in {self.region}" if self.region else "",
            f"{days}d before" if days else "",
            f"on {self.on}" if self.on else "",
            "" if self.here is None else "here" if self.here else "dm",
        ]
        return self.name, " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class RemindersCommand(Command, name="reminders", reads_only=True):
    """Show your reminders; each can be cancelled."""

    @classmethod
    def examples(cls) -> tuple[Command, ...]:
        """Return examples, simplest first."""
        return (cls(),)


@dataclass(frozen=True, slots=True)
class ReleasesCommand(Command, name="releases", visibility=Visibility.CLUB):
    """Show what comes out in the coming weeks, or note a day that you know for your club.

    `span`: the days that are asked for, as they were typed: `this week`, `january`.
    """

    region: str = option(
        Kind.REGION,
        "a country: GB, US, DE ...; the club's unless you say otherwise",
        "",
        label="Country",
    )
    film: str = option(Kind.FILM, "a film of which you know the day", "")
    on: str = option(
        Kind.TIME, "the day it comes out: 12 June, 2026-06-12", "", label="Day it comes out"
    )
    kind: ReleaseKind | None = option(
        Kind.CHOICE,
        "which release that is: cinema unless you say otherwise",
        None,
        choices=tuple(ReleaseKind),
        label="Which release",
    )
    span: str = ""

    @property
    def writes(self) -> bool:
        """Whether it notes a day."""
        return bool(self.film or self.on)

    @classmethod
    def examples(cls) -> tuple[Command, ...]:
        """Return examples, simplest first."""
        return (
            cls(),
            cls("US"),
            cls(film="Flow", on="12 June"),
            cls("US", "Flow", "12 June", ReleaseKind.DIGITAL),
        )

    def usage(self) -> tuple[str, str]:
        """Return the span and the region, or `add` with the film, the kind, the region and the day."""
        if not self.writes:
            return self.name, " ".join(filter(None, (self.span, self.region)))
        where = f"in {self.region}" if self.region else ""
        parts = ("add", self.film, self.kind or "", where, self.on)
        return self.name, " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class AddReleaseCommand(Command, name="add-release", opened_by="releases"):
    """Note for this club a day of release that the catalogue lacks; with `drop`, take it back."""

    film_id: FilmId
    region: str
    kind: ReleaseKind
    day: date = option(
        Kind.DATE, "the day it comes out there: 26 January 2024", label="Day it comes out"
    )
    drop: bool = False


@dataclass(frozen=True, slots=True)
class CancelReminderCommand(Command, name="cancel-reminder", opened_by="reminders"):
    """Take back a reminder of one's own, named by its id or by the film's title or reference."""

    reminder: str

    def usage(self) -> tuple[str, str]:
        """Return the clause of `remind` that cancels."""
        return RemindCommand.name, f"cancel {self.reminder}"


@dataclass(frozen=True, slots=True)
class SnoozeReminderCommand(Command, name="snooze-reminder", opened_by="reminders"):
    """Put off a reminder of one's own, named likewise, for a time or until one: `2d`, `friday`.

    `due`: for what instant (UTC) it was planned as its button was shown; one that has been put off since
    stays as it is.
    """

    reminder: str
    until: str = option(
        Kind.TIME, "for how long or until when: 2d, 1w, friday 18:00", "1d", label="Until when"
    )
    due: datetime | None = None

    def usage(self) -> tuple[str, str]:
        """Return the clause of `remind` that snoozes."""
        return RemindCommand.name, f"snooze {self.reminder} {self.until}"


@dataclass(frozen=True, slots=True)
class MoveReminderCommand(Command, name="move-reminder", opened_by="reminders"):
    """Change when or where a reminder of one's own, named by its id, is said.

    `on`: another day, another hour, or both; `shift`: so much later, or earlier where negative; `here`: in
    this channel, or else privately.
    """

    reminder: str
    on: str = ""
    shift: timedelta = timedelta()
    here: bool | None = None


@dataclass(frozen=True, slots=True)
class PutBackReminderCommand(Command, name="put-back-reminder", opened_by="reminders"):
    """Take back the change of a reminder of one's own, named by its id.

    `due`: its former instant (UTC), None where it had none; `fixed`: whether that was chosen by the
    member; `here`: in this channel, or else privately, where it was changed in that, too.
    """

    reminder: str
    due: datetime | None = None
    fixed: bool = False
    here: bool | None = None


@dataclass(frozen=True, slots=True)
class CalendarFileCommand(Command, name="calendar-file", opened_by="releases"):
    """Get the coming releases of a region as a file for one's own calendar."""

    region: str
