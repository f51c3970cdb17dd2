"""Round trips: what is written in any format is read again as it was, whatever the words."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.clubs.club import Mark, MarkKind, Member
from bot.domain.films.film import Film
from bot.domain.ids import ClubId, FilmId, MemberId, ReviewId
from bot.domain.imports import FilmEntry
from bot.domain.reviews.ratings import HalfStars
from bot.domain.reviews.review import Review
from bot.transfer.exporting import MemberData, as_json, as_letterboxd, watchlist
from bot.transfer.reading import read_file

NOW = datetime(2024, 1, 20, 12, tzinfo=UTC)
ME, CLUB = MemberId("test:ana"), ClubId("test:club")
EXAMPLES = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

ALPHABET = "abcdefghijklmnopqrstuvwxyzABCÆéßÑüığ日本映画ЖкнτΩ0123456789.,;:!?\"'’“”…—()/%#😀"
words = st.text(ALPHABET, min_size=1, max_size=8)
titles = st.lists(words, min_size=1, max_size=3).map(" ".join)
texts = st.lists(words, max_size=6).map(" ".join)
days = st.dates(date(1970, 1, 2), date(2024, 1, 19))
half_stars = st.integers(1, 10).map(HalfStars)
numbers = st.integers(1, 9_999_999)

films = st.builds(
    Film,
    film_id=st.uuids().map(lambda each: FilmId(f"f-{each}")),
    title=titles,
    year=st.integers(1890, 2030),
    imdb_id=numbers.map(lambda each: f"tt{each:07}"),
    tmdb_id=numbers,
    directors=st.lists(titles, max_size=2).map(tuple),
)
lists = st.lists(
    films, min_size=1, max_size=3, unique_by=(lambda each: each.imdb_id, lambda each: each.tmdb_id)
)


@st.composite
def members_data(draw: st.DrawFn) -> MemberData:
    """Draw all that a member may have said: reviews of some films, marks on others."""
    reviews: list[Review] = []
    marks: list[Mark] = []
    there = draw(lists)
    for film in there:
        kind = draw(st.sampled_from(["review", *MarkKind]))
        if isinstance(kind, MarkKind):
            marks.append(Mark(ME, film.film_id, kind, NOW))
            continue
        review = Review(
            ReviewId(film.film_id), CLUB, film.film_id, ME, NOW, NOW,
            rating=draw(half_stars), text=draw(texts), spoiler=draw(st.booleans()), private=draw(st.booleans()),
            rewatch=draw(st.booleans()), liked=draw(st.booleans()), watched_on=draw(st.none() | days),
        )  # fmt: skip
        reviews.append(review)
    by_id = {each.film_id: each for each in there}
    return MemberData(Member(CLUB, ME, "ana"), reviews, marks, (), by_id)


def _said(entry: FilmEntry) -> tuple[object, ...]:
    return (
        entry.imdb_id, entry.title, entry.year, entry.rating, entry.text, entry.spoiler, entry.private, entry.rewatch,
        entry.liked, entry.watched_on, entry.wanted, entry.never,
    )  # fmt: skip


@EXAMPLES
@given(members_data())
def test_matinees_own_format(data: MemberData) -> None:
    read = read_file(as_json(data, NOW).encode(), "matinee.json").entries
    told = {each.film_id: each for each in data.reviews}
    marks = {each.film_id: each.kind for each in data.marks}
    expected = set()
    for film in data.films.values():
        review, mark = told.get(film.film_id), marks.get(film.film_id)
        said: tuple[object, ...] = (None, "", False, False, False, False, None)
        if review:
            said = (
                review.rating, review.text, review.spoiler, review.private, review.rewatch, review.liked,
                review.watched_on,
            )  # fmt: skip
        wanted, never = mark in {MarkKind.WATCHLIST, MarkKind.NEVER}, mark is MarkKind.NEVER
        expected.add((film.imdb_id, film.title, film.year, *said, wanted, never))
    assert {_said(each) for each in read} == expected


@EXAMPLES
@given(members_data())
def test_letterboxds_import_format(data: MemberData) -> None:
    read = [e for part in as_letterboxd(data) for e in read_file(part.encode(), "l.csv").entries]
    reviews = {each.film_id: each for each in data.reviews}
    seen = {each.film_id for each in data.marks if each.kind is MarkKind.SEEN}
    expected = {
        (data.films[each].imdb_id, data.films[each].tmdb_id, *_row(reviews.get(each)))
        for each in {*reviews, *seen}
    }
    found = {(e.imdb_id, e.tmdb_id, e.rating, e.watched_on, e.rewatch, e.text) for e in read}
    assert found == expected
    listed = {each.film_id for each in data.marks if each.kind is MarkKind.WATCHLIST}
    tables = [read_file(each.encode(), "watchlist.csv").entries for each in watchlist(data)]
    wanted = {each.imdb_id for table in tables for each in table}
    assert wanted == {data.films[each].imdb_id for each in listed}


def _row(review: Review | None) -> tuple[object, ...]:
    if review is None:
        return None, None, False, ""
    return review.rating, review.watched_on, review.rewatch, review.text


# Formats of others, written as they write them ----------------------------------------------------


def _stars(rating: int) -> str:
    return f"{rating / 2:g}"


Row = Mapping[str, object]
Written = Callable[[Film, int, str, date], Row]

SERVICES: Mapping[str, tuple[str, Written, Sequence[str]]] = {
    "letterboxd": (
        "reviews.csv",
        lambda film, rating, text, day: {
            "Date": day, "Name": film.title, "Year": film.year, "Letterboxd URI": "https://boxd.it/x",
            "Rating": _stars(rating), "Rewatch": "", "Review": text, "Tags": "", "Watched Date": day,
        },
        ("title", "year", "rating", "text", "watched_on"),
    ),
    "imdb, third generation": (
        "ratings.csv",
        lambda film, rating, _, day: {
            "Const": film.imdb_id, "Your Rating": rating, "Date Rated": day, "Title": film.title,
            "Original Title": film.title, "URL": "", "Title Type": "Movie", "IMDb Rating": "7.1",
            "Runtime (mins)": 100, "Year": film.year, "Genres": "", "Num Votes": 5, "Release Date": "",
            "Directors": "",
        },
        ("imdb_id", "title", "year", "rating", "logged_on"),
    ),
    "trakt": (
        "ratings.csv",
        lambda film, rating, _, day: {
            "rated_at": f"{day}T10:00:00Z", "type": "movie", "title": film.title, "year": film.year,
            "trakt_rating": 7, "trakt_id": 3, "imdb_id": film.imdb_id, "tmdb_id": film.tmdb_id,
            "rating": rating,
        },
        ("imdb_id", "tmdb_id", "title", "year", "rating", "logged_on"),
    ),
    "tmdb": (
        "ratings.csv",
        lambda film, rating, _, day: {
            "TMDb ID": film.tmdb_id, "IMDb ID": film.imdb_id, "Type": "movie", "Name": film.title,
            "Release Date": f"{film.year}-05-01", "Season Number": "", "Episode Number": "", "Rating": "8.1",
            "Your Rating": rating, "Date Rated": day,
        },
        ("imdb_id", "tmdb_id", "title", "year", "rating", "logged_on"),
    ),
    "movary, history": (
        "history.csv",
        lambda film, _, text, day: {
            "title": film.title, "year": film.year, "tmdbId": film.tmdb_id, "imdbId": film.imdb_id,
            "watchedAt": day, "comment": text, "location": "",
        },
        ("imdb_id", "tmdb_id", "title", "year", "text", "watched_on"),
    ),
    "movary, ratings": (
        "ratings.csv",
        lambda film, rating, _, __: {
            "title": film.title, "year": film.year, "tmdbId": film.tmdb_id, "imdbId": film.imdb_id,
            "userRating": rating,
        },
        ("imdb_id", "tmdb_id", "title", "year", "rating"),
    ),
    "yamtrack": (
        "yamtrack.csv",
        lambda film, rating, text, day: {
            "media_id": film.tmdb_id, "source": "tmdb", "media_type": "movie", "title": film.title,
            "image": "", "season_number": "", "episode_number": "", "score": f"{rating}.0",
            "progress": 1, "status": "Completed", "repeats": 0, "start_date": day, "end_date": day,
            "notes": text, "watch_date": "",
        },
        ("tmdb_id", "title", "rating", "text", "watched_on"),
    ),
    "simkl": (
        "simkl.csv",
        lambda film, rating, text, day: {
            "SIMKL_ID": 4, "Title": film.title, "Type": "movie", "Year": film.year, "Watchlist": "completed",
            "LastEpWatched": "", "WatchedDate": f"{day} 20:00:00", "Rating": rating, "Memo": text,
            "TVDB": "", "TMDB": film.tmdb_id, "IMDB": film.imdb_id,
        },
        ("imdb_id", "tmdb_id", "title", "year", "rating", "text", "watched_on"),
    ),
    "any table": (
        "films.csv",
        lambda film, rating, text, day: {
            "Title": film.title, "Year": film.year, "Rating10": rating, "WatchedDate": day, "Review": text,
            "imdbID": film.imdb_id, "tmdbID": film.tmdb_id,
        },
        ("imdb_id", "tmdb_id", "title", "year", "rating", "text", "watched_on"),
    ),
}  # fmt: skip


@EXAMPLES
@given(lists, half_stars, texts, days, st.sampled_from(sorted(SERVICES)), st.sampled_from(",;\t"))
def test_tables_of_services(
    there: Sequence[Film], rating: HalfStars, text: str, day: date, service: str, delimiter: str
) -> None:
    name, write, kept = SERVICES[service]
    rows = [write(each, rating, text, day) for each in there]
    out = io.StringIO()
    table = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    table.writeheader()
    table.writerows(rows)
    meant: dict[str, Callable[[Film], object]] = {
        "imdb_id": lambda film: film.imdb_id,
        "tmdb_id": lambda film: film.tmdb_id,
        "title": lambda film: film.title,
        "year": lambda film: film.year,
        "rating": lambda _: rating,
        "text": lambda _: text,
        "watched_on": lambda _: day,
        "logged_on": lambda _: day,
    }
    read = read_file(out.getvalue().encode(), name)
    found = {tuple(getattr(each, field) for field in kept) for each in read.entries}
    assert found == {tuple(meant[field](film) for field in kept) for film in there}
    assert read.unread == ()


@EXAMPLES
@given(lists, half_stars, texts, days)
def test_json_of_services(there: Sequence[Film], rating: HalfStars, text: str, day: date) -> None:
    trakt = [
        {
            "rated_at": f"{day}T10:00:00Z",
            "rating": rating,
            "comment": {"comment": text, "spoiler": True},
            "movie": {
                "title": film.title,
                "year": film.year,
                "ids": {"imdb": film.imdb_id, "tmdb": film.tmdb_id},
            },
        }
        for film in there
    ]
    read = read_file(json.dumps(trakt).encode(), "ratings-movies.json").entries
    assert {(e.title, e.year, e.imdb_id, e.tmdb_id, e.rating, e.text) for e in read} == {
        (film.title, film.year, film.imdb_id, film.tmdb_id, rating, text) for film in there
    }
    ryot = {
        "metadata": [
            {
                "lot": "movie",
                "source": "tmdb",
                "identifier": str(film.tmdb_id),
                "seen_history": [{"ended_on": str(day)}],
                "reviews": [{"rating": str(rating * 10), "review": {"text": text}}],
            }
            for film in there
        ]
    }
    read = read_file(json.dumps(ryot).encode(), "ryot.json").entries
    assert {(e.tmdb_id, e.rating, e.text, e.watched_on) for e in read} == {
        (film.tmdb_id, rating, text, day) for film in there
    }
