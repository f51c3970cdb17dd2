"""Commands that merge a club's own film into the real one, and part them again."""

from dataclasses import dataclass

from bot.domain.ids import FilmId
from bot.messages.commands import Command, Kind, Permission, option


@dataclass(frozen=True, slots=True)
class MergeFilmCommand(Command, name="merge", permission=Permission.ADMINS):
    """Say that two entries are one film, or which film one of ours is; all said of it goes along."""

    own: str = option(
        Kind.FILM, "the film that goes: one that your club has added, or that stands twice", ""
    )
    film: str = option(Kind.FILM, "the film that it really is: title, link or id", "")

    @classmethod
    def examples(cls) -> tuple[Command, ...]:
        """Return examples, simplest first."""
        return (
            cls("The Empty Tower", "All of Us Strangers"),
            cls("Night Ferry", "tmdb:994108"),
        )

    def usage(self) -> tuple[str, str]:
        """Return the film that goes and the one that stays, with `into` between them."""
        return self.name, f"{self.own} into {self.film}" if self.own else self.film


@dataclass(frozen=True, slots=True)
class PartFilmCommand(Command, name="part-film", opened_by="merge", permission=Permission.ADMINS):
    """Take back that one film is another: what was moved is put back.

    `reviews`, `marks` and `reminders` say what that was, as `bot.features.merging.film_merge` writes
    it; `days` likewise, as `release_days` does.
    """

    film_id: FilmId
    reviews: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    reminders: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
