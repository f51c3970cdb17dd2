"""Commands of the club's pages: sign in, see and end sessions, share a review by link, feeds."""

from dataclasses import dataclass

from bot.domain.clubs.web_keys import KeyKind
from bot.domain.ids import ReviewId
from bot.messages.commands import Command, Kind, option


@dataclass(frozen=True, slots=True)
class WebCommand(Command, name="web", secret=True):
    """Open the club's pages by a private link, see where you are signed in, and end it."""

    action: str = option(
        Kind.CHOICE,
        "open the pages, list what opens them, or end it all",
        "open",
        choices=("open", "sessions", "end"),
        label="What to do",
    )
    here: str = ""
    """The key of the session that asks; empty in the chat."""

    @property
    def writes(self) -> bool:
        """Whether a key is made or ended."""
        return self.action != "sessions"

    @classmethod
    def examples(cls) -> tuple[Command, ...]:
        """Return examples, simplest first."""
        return (cls(), cls("sessions"))

    def usage(self) -> tuple[str, str]:
        """Return the action as it is typed."""
        return self.name, "" if self.action == "open" else self.action


@dataclass(frozen=True, slots=True)
class EndKeyCommand(Command, name="end-key", opened_by="web"):
    """End a session, a shared link or a feed of one's own."""

    key_id: str


@dataclass(frozen=True, slots=True)
class MakeFeedCommand(Command, name="make-feed", opened_by="web", secret=True):
    """Make the address of a calendar or of a feed of reviews; the former one ends."""

    kind: KeyKind = KeyKind.CALENDAR


@dataclass(frozen=True, slots=True)
class ShareLinkCommand(Command, name="share-link", opened_by="web", secret=True):
    """Make a link by which anybody can read one review of one's own, without its spoilers."""

    review_id: ReviewId
