"""Commands of film nights."""

from dataclasses import dataclass

from bot.domain.ids import FilmId, NightId
from bot.domain.nights import Rule
from bot.domain.reviews.ratings import HalfStars
from bot.messages.commands import Command, Kind, option

LOOKS = frozenset(
    {"show", "result", "ledger", "history", "calendar", "picture", "ratings", "turns"}
)
"""Actions that change nothing."""

ACTIONS = (
    "show", "open", "new", "when", "dates", "nominate", "withdraw", "in", "out", "vote", "veto", "choose", "rate", "skip",
    "close", "extend", "host", "cancel", "result", "ledger", "history", "calendar", "picture",
    "ratings", "turns", "pass", "move",
)  # fmt: skip
"""All actions. The first two are none to choose, as Discord offers 25: what the command does without one, and
what closing nominations is called, too."""


@dataclass(frozen=True, slots=True)
class NightCommand(Command, name="night"):
    """Plan a film night: nominate, say who comes, vote in private, watch, rate together."""

    action: str = option(Kind.CHOICE, "what to do", "show", choices=ACTIONS[2:])
    film: str = option(Kind.FILM, "the film to nominate, veto or choose", "")
    when: str = option(
        Kind.TEXT,
        "when it begins: friday at 8; several times; every second thursday",
        "",
    )
    wish: str = option(Kind.WORDS, "what the films should be like: funny, under 2h", "")
    vote: str = option(Kind.TEXT, "numbers you would love, then / and those not tonight", "")
    member: str = option(Kind.MEMBER, "who hosts from now on", "")
    rule: Rule | None = option(Kind.CHOICE, "how ballots are counted", None, choices=tuple(Rule))
    quorum: int | None = option(Kind.NUMBER, "how many have to vote", None)
    fair: bool | None = option(
        Kind.YES_NO, "do ballots of those who gave way before weigh a little more", None
    )
    night: NightId | None = None
    blind: bool | None = option(
        Kind.YES_NO, "does nobody see how films stand before the vote has ended", None
    )
    event: bool | None = option(Kind.YES_NO, "is it one of the server's events, too", None)
    rotate: bool | None = option(Kind.YES_NO, "do hosts take turns", None)
    reason: str = option(
        Kind.TEXT, "why it is called off, told to all", "", label="Why, if you like"
    )
    others: tuple[str, ...] = ()
    """More films to nominate."""
    instead: str = ""
    """The own nomination that another one replaces."""

    @property
    def writes(self) -> bool:
        """Whether it changes anything."""
        return self.action not in LOOKS

    @classmethod
    def examples(cls) -> tuple[Command, ...]:
        """Return examples, simplest first."""
        return (
            cls(),
            cls("new", when="friday at 8", wish="funny, under 2h"),
            cls("new", when="every second thursday at 20:00"),
            cls("when", when="fri 20:00, sat 21:00, sun 18:00"),
            cls("dates", vote="1 3 / 2"),
            cls("move", when="saturday at 9"),
            cls("nominate", "Yi Yi"),
            cls("vote", vote="1 3 / 5"),
        )

    def usage(self) -> tuple[str, str]:
        """Return the action and what follows it, as it is typed."""
        clauses = [
            "" if self.action == "show" else self.action,
            ", ".join(each for each in (self.film, *self.others) if each),
            f"instead of {self.instead}" if self.instead else "",
            ", ".join(each for each in (self.when, self.wish) if each),
            self.vote,
            f"@{self.member}" if self.member else "",
            f"rule {self.rule}" if self.rule else "",
            f"quorum {self.quorum}" if self.quorum else "",
            "" if self.blind is None else f"blind {'yes' if self.blind else 'no'}",
            "" if self.event is None else f"event {'yes' if self.event else 'no'}",
            "" if self.rotate is None else f"rotate {'yes' if self.rotate else 'no'}",
            "" if self.fair is None else f"fair {'yes' if self.fair else 'no'}",
            self.reason,
        ]
        return self.name, " ".join(each for each in clauses if each)


@dataclass(frozen=True, slots=True)
class BallotCommand(Command, name="ballot", opened_by="night"):
    """Give a film of a night a level (2 yes please, 1 fine, 0 not tonight); without a film, start over."""

    night: NightId
    level: int
    film: str = ""


@dataclass(frozen=True, slots=True)
class WholeBallotCommand(Command, name="whole-ballot", opened_by="night"):
    """Fill in the ballot of a night at once: films to love, films not tonight; all others are fine."""

    night: NightId
    loved: tuple[FilmId, ...] = ()
    against: tuple[FilmId, ...] = ()


@dataclass(frozen=True, slots=True)
class DatesCommand(Command, name="night-dates", opened_by="night"):
    """Answer one of the times of a night (2 yes, 1 if need be, 0 no)."""

    night: NightId
    level: int
    slot: str = ""


@dataclass(frozen=True, slots=True)
class RateAlongCommand(Command, name="rate-along", opened_by="night"):
    """Rate the film of a night, in private until all who came have."""

    night: NightId | None = None
    rating: HalfStars | None = option(Kind.RATING, "your rating", None)
    text: str = option(Kind.TEXT, "a line about it, if you like", "")


@dataclass(frozen=True, slots=True)
class AdvanceNightCommand(Command, name="advance-night", opened_by="night", remembered=False):
    """Bring a night to its next stage, if its time has come; given by the clock, not by a member."""

    night: NightId


@dataclass(frozen=True, slots=True)
class InterestCommand(Command, name="night-interest", opened_by="night"):
    """Note that the member is, or is not any more, interested in the event of a night; read from the server."""

    night: NightId
    interested: bool


@dataclass(frozen=True, slots=True)
class PlanSeasonCommand(Command, name="plan-season", opened_by="season"):
    """Plan a night for each film of a season, one after the other."""

    films: tuple[FilmId, ...]
    when: str = option(Kind.TEXT, "when the first begins: friday at 8", "", label="First night")
    weeks: int = option(
        Kind.NUMBER, "weeks from one night to the next", 1, label="Every so many weeks"
    )
