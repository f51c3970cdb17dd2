"""Commands for settings: a member's, the club's, and moderation."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.clubs.club import SpoilerPolicy
from bot.domain.reviews.ratings import Scale
from bot.messages.commands import Command, Kind, Permission, option


@dataclass(frozen=True, slots=True)
class SettingsCommand(Command, name="settings", form_title="Your settings"):
    """See and change how Matinee treats you: region, zone, scale, quotes, where reminders go."""

    region: str = option(Kind.REGION, "where you live: GB, US, DE ...", "", label="Your country")
    zone: str = option(Kind.ZONE, "your time zone: Europe/London", "", label="Your time zone")
    scale: Scale | None = option(
        Kind.CHOICE,
        "how you like ratings",
        None,
        choices=tuple(Scale),
        label="How ratings are shown",
    )
    quotable: bool | None = option(
        Kind.YES_NO, "may your sentences be quoted", None, label="May your sentences be quoted?"
    )
    direct: bool | None = option(
        Kind.YES_NO,
        "reminders by direct message: no means in the channel",
        None,
        label="Reminders by direct message",
    )
    fallback: bool | None = option(
        Kind.YES_NO,
        "reminders in the channel where direct messages are closed to me",
        None,
        label="In the channel if direct messages are closed",
    )
    votes: bool | None = option(
        Kind.YES_NO, "am I reminded where I have not voted for a film night yet", None
    )

    @property
    def writes(self) -> bool:
        """Whether anything is to be changed; without options it only shows."""
        return self != SettingsCommand()

    @classmethod
    def examples(cls) -> tuple[Command, ...]:
        """Return examples, simplest first."""
        return (
            cls(),
            cls(region="US", zone="America/New_York"),
            cls(quotable=False),
        )


@dataclass(frozen=True, slots=True)
class SetupCommand(
    Command, name="setup", form_title="The club's settings", permission=Permission.ADMINS
):
    """Set up the club: channel, region, zone, hour of reminders, spoilers, announcements."""

    region: str = option(
        Kind.REGION, "the club's country: GB, US, DE ...", "", label="The club's country"
    )
    zone: str = option(
        Kind.ZONE, "the club's time zone: Europe/London", "", label="The club's time zone"
    )
    hour: str = option(Kind.CLOCK, "time of reminders: 09:00, 8pm", "", label="Time of reminders")
    spoilers: SpoilerPolicy | None = option(
        Kind.CHOICE,
        "fold: marked text is folded; seen: all unlocks once seen; off",
        None,
        choices=tuple(SpoilerPolicy),
    )
    announce: bool | None = option(
        Kind.YES_NO,
        "post a line in the channel for each new review",
        None,
        label="Announce new reviews",
    )
    here: bool | None = option(
        Kind.YES_NO, "make this channel the club's", None, label="Make this channel the club's"
    )
    weekly: bool | None = option(
        Kind.YES_NO,
        "post the week's releases on Mondays",
        None,
        label="Post the week's releases on Mondays",
    )
    channel: str = option(
        Kind.CHANNEL, "where I announce and remind", "", label="The club's channel"
    )

    @property
    def writes(self) -> bool:
        """Whether anything is to be changed; without options it only shows."""
        return self != SetupCommand()

    @classmethod
    def examples(cls) -> tuple[Command, ...]:
        """Return examples, simplest first."""
        return (
            cls(),
            cls(region="GB", zone="Europe/London", hour="09:00", here=True),
        )


@dataclass(frozen=True, slots=True)
class ModerateCommand(Command, name="moderate", permission=Permission.MODERATORS):
    """Hide a review or mute a member, take it back, see what is hidden and what was done."""

    action: str = option(
        Kind.CHOICE,
        "what to do",
        "hide",
        choices=("hide", "unhide", "mute", "unmute", "hidden", "log"),
        label="What to do",
    )
    film: str = option(Kind.FILM, "the film that was reviewed", "")
    member: str = option(Kind.MEMBER, "whose review, or who", "")
    critic: str = option(Kind.TEXT, "or the critic whose review it is", "")

    @property
    def writes(self) -> bool:
        """Whether it changes anything; the hidden reviews and the log are only listed."""
        return self.action not in {"hidden", "log"}

    @classmethod
    def examples(cls) -> tuple[Command, ...]:
        """Return examples, simplest first."""
        return (
            cls("hide", "Her", "ben"),
            cls("unhide", "Her", "ben"),
            cls("hide", "Her", critic="Orla Tremain"),
            cls("mute", member="ben"),
            cls("hidden"),
            cls("log"),
        )

    def usage(self) -> tuple[str, str]:
        """Return the action, the film, and the member or the critic."""
        if not self.film:
            whom = f" @{self.member}" if self.member else ""
            return self.name, f"{self.action}{whom}" if self != type(self)() else ""
        whose = f" by {self.critic}" if self.critic else f" @{self.member}" if self.member else ""
        return self.name, f"{self.action} {self.film}{whose}"


class ChannelClubStep(StrEnum):
    """Step on the way to a channel that is a club of its own, and back; each is asked about first."""

    ASK = "ask"
    BEGIN = "begin"
    ASK_END = "ask end"
    END = "end"


@dataclass(frozen=True, slots=True)
class ChannelClubCommand(
    Command, name="channel-club", opened_by="setup", permission=Permission.OWNERS
):
    """Make a channel of the workspace a club of its own, or end that."""

    step: ChannelClubStep = ChannelClubStep.ASK

    @property
    def writes(self) -> bool:
        """Whether it does what was asked about."""
        return self.step in {ChannelClubStep.BEGIN, ChannelClubStep.END}


@dataclass(frozen=True, slots=True)
class ClubAdminsCommand(
    Command,
    name="club-admins",
    opened_by="setup",
    permission=Permission.OWNERS,
    form_title="Who runs the club",
):
    """Name the members who run the club, beside those who run the workspace."""

    members: tuple[str, ...] = option(
        Kind.MEMBERS,
        "they set the club up and moderate it, as those who run the workspace do",
        (),
        label="Club admins",
    )

    def answers(self, fields_: Collection[str]) -> bool:
        """Tell that any answer is one: nobody may be meant, too."""
        del fields_
        return True
