"""File of a whole club: everything, or what all of its members may read."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from bot.domain.clubs.club import Club, Mark, Member
from bot.domain.clubs.moderation import ModerationAct
from bot.domain.errors import UserError
from bot.domain.films.film import Film
from bot.domain.films.reminders import Reminder
from bot.domain.follows import Follow, FollowedEntry
from bot.domain.nights import Night, NightGuest, Nomination
from bot.domain.reviews.review import Review

FORMAT = "matinee club 1"
"""Value of the field `format` of a club's file."""

_NO_CLUB = "That is no whole file of a club. Send it as Matinee wrote it, unchanged."


@dataclass(frozen=True, slots=True)
class ClubFile:
    """Content of a club. `whole`: private data is included; else only what all members may read.

    `films`: those that the club has added. `versions`: former versions of the reviews, oldest first.
    """

    club: Club
    whole: bool
    members: tuple[Member, ...] = ()
    films: tuple[Film, ...] = ()
    reviews: tuple[Review, ...] = ()
    versions: tuple[Review, ...] = ()
    marks: tuple[Mark, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    follows: tuple[Follow, ...] = ()
    entries: tuple[FollowedEntry, ...] = ()
    acts: tuple[ModerationAct, ...] = ()
    nights: tuple[Night, ...] = ()
    guests: tuple[NightGuest, ...] = ()
    nominations: tuple[Nomination, ...] = ()


def club_to_text(file: ClubFile, now: datetime) -> str:
    """Write a club as JSON."""
    content = _converter().unstructure(file)
    return json.dumps(
        {"format": FORMAT, "written_at": now.isoformat(), **content}, ensure_ascii=False, indent=1
    )


def club_from_text(text: str) -> ClubFile:
    """Read a club from JSON. Raises UserError where it is none, or damaged."""
    try:
        content = json.loads(text)
        file: ClubFile = _converter().structure(content, ClubFile)
        known = content["format"] == FORMAT
    except (ValueError, TypeError, LookupError, RecursionError, ExceptionGroup) as error:
        raise UserError(_NO_CLUB) from error
    if not known:
        raise UserError(_NO_CLUB)
    return file


@cache
def _converter():  # type: ignore[no-untyped-def]  # noqa: ANN202 - named by the module loaded here
    # cattrs takes a tenth of a second to import, and is seldom needed.
    from cattrs.preconf.json import make_converter  # noqa: PLC0415 - loaded when needed

    converter = make_converter(omit_if_default=True)
    converter.register_unstructure_hook(time, time.isoformat)
    converter.register_structure_hook(time, lambda text, _: time.fromisoformat(text))
    converter.register_unstructure_hook(timedelta, timedelta.total_seconds)
    converter.register_structure_hook(timedelta, lambda value, _: timedelta(seconds=value))
    converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
    return converter
