"""The command that finds a rating by comparing a film with some of one's own."""

from dataclasses import dataclass

from bot.domain.ids import FilmId
from bot.messages.commands import Command


@dataclass(frozen=True, slots=True)
class WeighCommand(Command, name="weigh", reads_only=True, opened_by="review"):
    """Find a rating by three questions: better or worse than a film of your own.

    `above`, `below`: half-stars between which the rating lies, as the answers so far say, the ends not
    included; `asked`: films that were compared with.
    """

    film_id: FilmId
    above: int = 0
    below: int = 11
    asked: tuple[str, ...] = ()
