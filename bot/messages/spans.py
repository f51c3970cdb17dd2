"""Spans: the pieces of a reply's text.

Text from people or from a film source enters as `Plain` alone, only `Mention` can mention, and
`Link` takes only http(s). So escaping, mention safety and spoiler safety hold by construction.
"""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.ids import MemberId, PlaceId
from bot.domain.words.text import printable
from bot.messages.commands import Command


@dataclass(frozen=True, slots=True)
class Plain:
    """Text as it is, never markup. Control and direction-changing characters are taken out."""

    text: str

    def __post_init__(self) -> None:
        """Strip characters that cannot be shown."""
        object.__setattr__(self, "text", printable(self.text))


@dataclass(frozen=True, slots=True)
class Strong:
    """Text that stands out."""

    spans: "tuple[Span, ...]"


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Text with a slant: a title, an aside."""

    spans: "tuple[Span, ...]"


@dataclass(frozen=True, slots=True)
class Code:
    """Text to type literally."""

    text: str

    def __post_init__(self) -> None:
        """Strip characters that cannot be shown."""
        object.__setattr__(self, "text", printable(self.text))


@dataclass(frozen=True, slots=True)
class Usage:
    """A command that a text mentions, shown as it is really given on each platform.

    The terminal shows `/remind Anora 2d before`, Slack `/matinee remind Anora 2d before`, Discord
    `/remind film:Anora lead:2d`. No text of the core names a command in any other way.
    """

    command: Command

    def __str__(self) -> str:
        """Return the command as it is typed in a terminal."""
        name, arguments = self.command.usage()
        return f"/{name} {arguments}".rstrip()


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a web page."""

    url: str
    spans: "tuple[Span, ...]"

    def __post_init__(self) -> None:
        """Refuse every scheme but http and https."""
        if not self.url.startswith(("https://", "http://")):
            raise ValueError(f"not a web address: {self.url!r}")


@dataclass(frozen=True, slots=True)
class Mention:
    """A member by name, which is for plain text. In a channel it notifies them only with `notify`."""

    member_id: MemberId
    name: str
    notify: bool = False

    def __post_init__(self) -> None:
        """Strip characters that cannot be shown."""
        object.__setattr__(self, "name", printable(self.name))


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel, by the name that its platform shows to each reader; `name` is for plain text."""

    place: PlaceId
    name: str = "the channel"


@dataclass(frozen=True, slots=True)
class When:
    """An instant, shown in the reader's zone where the platform can, else in `zone` (IANA)."""

    instant: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day, the same for every reader."""

    day: date


@dataclass(frozen=True, slots=True)
class Spoiler:
    """Text that stays folded until the reader opens it."""

    spans: "tuple[Span, ...]"


Span = Plain | Strong | Emphasis | Code | Usage | Link | Mention | Channel | When | Day | Spoiler
