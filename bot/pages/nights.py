"""Open votes of film nights, as ballots that a member fills in on a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.ids import FilmId
from bot.domain.nights import FINE, Stage
from bot.features.nights.commands import WholeBallotCommand
from bot.messages.plain_text import plain
from bot.messages.replies import Button
from bot.messages.spans import When
from bot.pages.reviews import Reader
from bot.ports.store import UnitOfWork
from bot.views.film_facts import byline


@dataclass(frozen=True, slots=True)
class BallotLine:
    """A film on a ballot. `about`: its director and length; `why`: the room picker's reason; `level`: the member's."""

    film_id: FilmId
    label: str
    about: str
    why: str
    level: int


@dataclass(frozen=True, slots=True)
class BallotPart:
    """A member's ballot for a night. `voted`: whether they have voted; `send`: the offer that stores it."""

    starts_at: When
    until: When
    voted: bool
    films: Sequence[BallotLine]
    send: Button


async def open_ballots(reader: Reader, work: UnitOfWork) -> list[BallotPart]:
    """Return the member's ballots of all open votes, but for nights to which they do not come."""
    zone, now = reader.context.zone, reader.context.now
    found: list[BallotPart] = []
    for night in await work.nights.open():
        if night.stage is not Stage.VOTING or night.until is None or night.until <= now:
            continue
        guests = await work.nights.guests([night.night_id])
        mine = next((each for each in guests if each.member_id == reader.me), None)
        if mine is not None and not mine.coming:
            continue
        films = await work.films.many(night.films)
        levels = mine.ballot if mine else {}
        lines = [
            BallotLine(
                each,
                films[each].label,
                plain(byline(films[each])),
                night.reasons.get(each, ""),
                levels.get(each, FINE),
            )
            for each in night.films
            if each in films
        ]
        send = Button("Vote", WholeBallotCommand(night.night_id))
        found.append(
            BallotPart(
                When(night.starts_at, zone), When(night.until, zone), bool(levels), lines, send
            )
        )
    return found
