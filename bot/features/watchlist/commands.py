"""The watchlist command."""

from dataclasses import dataclass

from bot.messages.commands import Command, Kind, option


@dataclass(frozen=True, slots=True)
class WatchlistCommand(Command, name="watchlist"):
    """Keep a list of what you want to see, and find what several of you want to see.

    `others`: further films to add.
    """

    action: str = option(
        Kind.CHOICE,
        "what to do",
        "show",
        choices=("show", "add", "remove", "overlap"),
        label="What to do",
    )
    film: str = option(Kind.FILM, "the film to add or remove", "")
    members: tuple[str, ...] = option(
        Kind.MEMBERS, "whose lists to lay over yours", (), label="With whose lists"
    )
    others: tuple[str, ...] = ()

    @property
    def writes(self) -> bool:
        """Whether it changes the list."""
        return self.action in {"add", "remove"}

    @classmethod
    def examples(cls) -> tuple[Command, ...]:
        """Return examples, simplest first."""
        return (
            cls(),
            cls("add", "Yi Yi"),
            cls("remove", "Yi Yi"),
            cls("overlap", members=("ben", "cleo")),
        )
