"""The command that finds a rating by comparing a film with some of one's own."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.ids import FilmId
from bot.messages.commands import Command


@dataclass(frozen=True, slots=True)
class WeighCommand(Command):
    """Find a rating by three questions: better or worse than a film of your own.

    `above`, `below`: half-stars between which the rating lies, as the answers so far say, the ends not
    included; `asked`: films that were compared with.
    """

    name: ClassVar[str] = "weigh"
    reads_only: ClassVar[bool] = True
    typed: ClassVar[bool] = False
    opened_by: ClassVar[str] = "review"

    film_id: FilmId
    above: int = 0
    below: int = 11
    asked: tuple[str, ...] = ()
