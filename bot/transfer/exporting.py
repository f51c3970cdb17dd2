"""Exports of a member's data: as Matinee's JSON, and as tables that Letterboxd imports."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.domain.clubs.club import Mark, MarkKind, Member
from bot.domain.films.film import Film
from bot.domain.films.reminders import Reminder
from bot.domain.ids import FilmId, ReviewId
from bot.domain.nights import LEVEL_NAMES, Night, NightGuest, Nomination
from bot.domain.reviews.diary import viewings
from bot.domain.reviews.review import Review
from bot.domain.words.spoilers import unmarked
from bot.transfer.trackers import OWN_FORMAT

LETTERBOXD_BYTES = 1_000_000
"""Most bytes of a file that Letterboxd imports."""

_COLUMNS = (
    "tmdbID", "imdbID", "Title", "Year", "Directors", "Rating", "WatchedDate", "Rewatch", "Review"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MemberData:
    """All that is stored about a member in one club; `films` by id.

    `versions`: former versions of the reviews, oldest first, by review. `nights`: those that they host or
    have a part in; `parts`: theirs alone. `accounts`: names of those that they follow at Letterboxd.
    """

    member: Member
    reviews: Sequence[Review]
    marks: Sequence[Mark]
    reminders: Sequence[Reminder]
    films: Mapping[FilmId, Film]
    versions: Mapping[ReviewId, Sequence[Review]] = field(default_factory=dict)
    nights: Sequence[Night] = ()
    parts: Sequence[NightGuest] = ()
    nominations: Sequence[Nomination] = ()
    accounts: Sequence[str] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is stored about the member."""
        said = (
            self.reviews,
            self.marks,
            self.reminders,
            self.nights,
            self.nominations,
            self.accounts,
        )
        return not any(said)


def as_json(data: MemberData, now: datetime) -> str:
    """Write all data of a member as JSON, which an import can read."""
    written = {
        "format": OWN_FORMAT,
        "written_at": now.isoformat(),
        "member": {
            "name": data.member.name,
            "region": data.member.region,
            "zone": data.member.zone,
            "scale": data.member.scale.value,
            "quotable": data.member.quotable,
            "direct": data.member.direct,
            "vote_reminders": data.member.vote_reminders,
        },
        "films": list(_films(data)),
        "critics": [_review(each, data) for each in data.reviews if each.critic],
        "reminders": [_reminder(each, data) for each in data.reminders],
        "nights": [_night(each, data) for each in data.nights],
        "nominations": [
            {**_named(each.film_id, data), "at": each.at.isoformat()} for each in data.nominations
        ],
        "letterboxd_accounts": list(data.accounts),
    }
    return json.dumps(written, ensure_ascii=False, indent=1)


def _films(data: MemberData) -> Iterator[dict[str, Any]]:
    """Yield one object a film: its review, and the marks on it."""
    marks: dict[FilmId, list[MarkKind]] = {}
    for mark in data.marks:
        marks.setdefault(mark.film_id, []).append(mark.kind)
    for review in data.reviews:
        if not review.critic:
            yield _review(review, data) | _marks(marks.pop(review.film_id, []))
    for film_id, kinds in marks.items():
        yield _named(film_id, data) | _marks(kinds)


def _marks(kinds: Sequence[MarkKind]) -> dict[str, Any]:
    return {kind.value: True for kind in kinds}


def _named(film_id: FilmId, data: MemberData) -> dict[str, Any]:
    film = data.films.get(film_id)
    if film is None:
        return {"title": film_id}
    values = {"title": film.title, "year": film.year, "imdb": film.imdb_id, "tmdb": film.tmdb_id}
    return {name: value for name, value in values.items() if value}


def _review(review: Review, data: MemberData) -> dict[str, Any]:
    values: dict[str, Any] = {
        "rating": review.rating / 2 if review.rating else None,
        "text": review.text,
        "critic": review.critic,
        "spoiler": review.spoiler,
        "public": not review.private,
        "private": review.private,
        "rewatch": review.rewatch,
        "liked": review.liked,
        "abandoned": review.abandoned,
        "abandoned_after": review.abandoned_after,
        "watched_on": review.watched_on and review.watched_on.isoformat(),
        "undated": review.undated,
        "written_at": review.created_at.isoformat(),
    }
    former = [_version(each) for each in data.versions.get(review.review_id, ())]
    values["former"] = [each for each in former if each]
    return _named(review.film_id, data) | {name: each for name, each in values.items() if each}


def _version(review: Review) -> dict[str, Any]:
    """Return what a former version of a review said; nothing where it was deleted."""
    values = {
        "rating": review.rating / 2 if review.rating else None,
        "text": review.text,
        "watched_on": review.watched_on and review.watched_on.isoformat(),
        "rewatch": review.rewatch,
        "written_at": review.changed_at.isoformat(),
    }
    return {} if review.deleted else {name: each for name, each in values.items() if each}


def _night(night: Night, data: MemberData) -> dict[str, Any]:
    """Return a film night with the member's part in it, and nobody else's."""
    me = data.member.member_id
    part = next((each for each in data.parts if each.night_id == night.night_id), None)
    values: dict[str, Any] = {
        "starts_at": night.starts_at.isoformat(),
        "stage": night.stage.value,
        "hosted": night.member_id == me,
        "wish": night.wish if night.member_id == me else "",
        "film": _named(night.film_id, data) if night.film_id else None,
    }
    if part is not None:
        values |= {
            "coming": part.coming,
            "ballot": [
                {**_named(film_id, data), "level": LEVEL_NAMES[level]}
                for film_id, level in part.ballot.items()
            ],
            "rating": part.rating / 2 if part.rating else None,
            "text": part.text,
        }
    return {name: each for name, each in values.items() if each not in (None, "", [], False)}


def _reminder(reminder: Reminder, data: MemberData) -> dict[str, Any]:
    values = {
        "region": reminder.region,
        "kind": reminder.kind.value,
        "state": reminder.state.value,
        "day": reminder.day and reminder.day.isoformat(),
        "due_at": reminder.due_at and reminder.due_at.isoformat(),
    }
    return _named(reminder.film_id, data) | {name: each for name, each in values.items() if each}


def as_letterboxd(data: MemberData) -> Iterator[str]:
    """Yield tables (CSV) of films reviewed or seen, as Letterboxd imports them."""
    seen = [each.film_id for each in data.marks if each.kind is MarkKind.SEEN]
    own = [each for each in data.reviews if not each.critic]
    rated = {each.film_id for each in own}
    rows = [
        _letterboxd(each.film_id, viewing, data)
        for each in own
        for viewing in _viewings(each, data)
    ]
    rows += [_letterboxd(each, None, data) for each in seen if each not in rated]
    yield from _tables(rows)


def _viewings(review: Review, data: MemberData) -> Sequence[Review]:
    """Return each viewing of a film that was seen again, as entries of a diary."""
    former = data.versions.get(review.review_id, ())
    return viewings([*former, review]) if review.rewatch else [review]


def watchlist(data: MemberData) -> Iterator[str]:
    """Yield tables (CSV) of the watchlist, as Letterboxd imports them."""
    wanted = [each.film_id for each in data.marks if each.kind is MarkKind.WATCHLIST]
    yield from _tables([_letterboxd(each, None, data) for each in wanted])


def _letterboxd(film_id: FilmId, review: Review | None, data: MemberData) -> list[object]:
    film = data.films.get(film_id)
    facts: list[object] = [film_id, "", film_id, "", ""]
    if film is not None:
        directors = ", ".join(film.directors)
        facts = [film.tmdb_id, film.imdb_id, film.title, film.year, directors]
    if review is None:
        return [*facts, "", "", "", ""]
    rating = f"{review.rating / 2:g}" if review.rating else ""
    rewatch = "true" if review.rewatch else ""
    return [*facts, rating, review.watched_on, rewatch, unmarked(review.text)]


def _tables(rows: Sequence[Sequence[object]]) -> Iterator[str]:
    """Write rows as tables of at most LETTERBOXD_BYTES, each with the header."""
    header = _line(_COLUMNS)
    part, size = [header], len(header)
    for row in rows:
        line = _line([safe_cell(each) for each in row])
        length = len(line.encode())
        if size + length > LETTERBOXD_BYTES:
            yield "".join(part)
            part, size = [header], len(header)
        part.append(line)
        size += length
    if len(part) > 1:
        yield "".join(part)


def _line(cells: Sequence[object]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()


def safe_cell(value: object) -> str:
    """Write a value so that no spreadsheet takes it for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text
