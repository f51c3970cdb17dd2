"""Imports: the films of a file that a member brings from another service, from preview to undo."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.domain.ids import FilmId, ImportId, MemberId
from bot.domain.reviews.ratings import HalfStars


@dataclass(frozen=True, slots=True)
class FormerViewing:
    """Earlier viewing of a film that was seen again, as the file tells of it. `watched_on`: a local day."""

    watched_on: date | None = None
    rating: HalfStars | None = None
    text: str = ""
    rewatch: bool = False


@dataclass(frozen=True, slots=True)
class FilmEntry:
    """Film of a file, with all that the file tells of it.

    `wanted`: on the watchlist, not seen. `logged_on`: when it was noted there, `watched_on`: when it
    was seen; local days. `public`, `private`: who could read it in
    a Matinee, `written_at`: when it was first written there, where that says when it was seen (UTC);
    `never`: not to be suggested. `page`: address of the film's page there. `doubtful`: there are two films of this
    title and year in the file. `unread_day`: the day as written, where it can be read two ways. `liked`: marked as liked there. `where`: file and line, for the member who looks it up.
    `former`: earlier viewings, oldest first.
    """

    title: str
    year: int | None = None
    imdb_id: str | None = None
    tmdb_id: int | None = None
    wanted: bool = False
    rating: HalfStars | None = None
    watched_on: date | None = None
    rewatch: bool = False
    abandoned: bool = False
    abandoned_after: int | None = None
    text: str = ""
    spoiler: bool = False
    logged_on: date | None = None
    written_at: datetime | None = None
    public: bool = False
    private: bool = False
    never: bool = False
    page: str = ""
    doubtful: bool = False
    unread_day: str = ""
    liked: bool = False
    where: str = ""
    former: tuple[FormerViewing, ...] = ()

    @property
    def is_review(self) -> bool:
        """Whether it says more than that the film was seen or is wanted."""
        return bool(self.rating or self.text or self.watched_on or self.abandoned)


@dataclass(frozen=True, slots=True)
class FilmFile:
    """Content of a file of films.

    `source`: the service it comes from, as people write it. `entries`: one a film. `twice`: rows that
    were about a film of another row. `left_out`: rows that are no film, by what they are. `unread`:
    rows that could not be read, each with its place and the reason. `notes`: what had to be decided.
    """

    source: str
    entries: tuple[FilmEntry, ...]
    twice: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class RowState(StrEnum):
    """State of a row: before the import, then after it.

    `likely`: no year is told, and one film alone bears the title here.
    `kept`: undone, but the member had changed it since, so it stays.
    """

    READY = "ready"
    HERE = "here"
    UNCLEAR = "unclear"
    LIKELY = "likely"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"
    REVIEWED = "reviewed"
    SEEN = "seen"
    WANTED = "wanted"
    BARRED = "barred"
    UNDONE = "undone"
    KEPT = "kept"


SAVED = frozenset({RowState.REVIEWED, RowState.SEEN, RowState.WANTED, RowState.BARRED})
"""States of rows that were imported."""


@dataclass(frozen=True, slots=True)
class ImportRow:
    """FilmEntry of an import, with the film it was matched with, or the films that it may be."""

    import_id: ImportId
    number: int
    entry: FilmEntry
    state: RowState
    film_id: FilmId | None = None
    candidates: tuple[FilmId, ...] = ()


@dataclass(frozen=True, slots=True)
class Import:
    """File that a member brought in. Instants are UTC.

    `imported_at`: None while it is a preview only. `day_example`: a day of it that can be read two ways;
    `day_order`: how the member says that such days are read (`DayOrder`, or empty: not at all). `twice`, `left_out`, `notes`: as in `FilmFile`, the
    latter two as texts.
    """

    import_id: ImportId
    member_id: MemberId
    file: str
    source: str
    created_at: datetime
    twice: int = 0
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    imported_at: datetime | None = None
    undone_at: datetime | None = None
    day_example: str = ""
    day_order: str | None = None
