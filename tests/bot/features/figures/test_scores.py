"""Figures of films and of time are what a plain recomputation says, whatever was rated."""

import math
from datetime import UTC, date, datetime, timedelta
from statistics import fmean, pstdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.ids import ClubId, FilmId, MemberId, NightId, PlaceId, ReviewId
from bot.domain.nights import NightGuest
from bot.domain.reviews.ratings import HalfStars
from bot.domain.reviews.review import Review
from bot.features.figures.counting.entries import FigureEntry, entries_of, readable
from bot.features.figures.counting.scores import (
    DIVIDED,
    EIGHTY_PERCENT,
    LOVED,
    MINDED,
    OWN_PRIOR,
    PRIOR,
    against_the_club,
    canon,
    divisive,
    histogram,
    liked_least,
    loved_most,
    mean_rating,
    seen_by_member,
    seen_most,
    standings,
)
from bot.features.figures.counting.times import months, predictions, streak
from bot.views.access import Access

FILMS = [FilmId(each) for each in "pqrstu"]
MEMBERS = [MemberId(each) for each in ("ana", "ben", "cleo", "dara", "emil")]
START = date(2023, 11, 1)


@st.composite
def clubs(draw: st.DrawFn) -> list[FigureEntry]:
    """Reviews of a small club: at most one a member and film, some without a rating."""
    pairs = draw(
        st.lists(
            st.tuples(st.sampled_from(FILMS), st.sampled_from(MEMBERS)), unique=True, max_size=25
        )
    )
    return [
        FigureEntry(
            film,
            member,
            START + timedelta(days=draw(st.integers(0, 400))),
            draw(st.none() | st.integers(1, 10)),
            draw(st.booleans()),
        )
        for film, member in pairs
    ]


def ratings(entries: list[FigureEntry], film: FilmId) -> list[int]:
    return [each.rating for each in entries if each.film_id == film and each.rating]


@settings(max_examples=30)
@given(clubs())
def test_standings_are_means_drawn_to_the_clubs(entries: list[FigureEntry]) -> None:
    found = standings(entries)
    every = [each.rating for each in entries if each.rating]
    assert {each.film_id for each in found} == {f for f in FILMS if len(ratings(entries, f)) >= 2}
    for each in found:
        of_film = ratings(entries, each.film_id)
        assert each.count == len(of_film)
        assert math.isclose(each.mean, sum(of_film) / len(of_film))
        drawn = fmean([*of_film, *[fmean(every)] * int(PRIOR)])
        assert math.isclose(each.shrunk, drawn)
    assert [each.shrunk for each in found] == sorted((e.shrunk for e in found), reverse=True)


@settings(max_examples=30)
@given(clubs())
def test_no_film_of_a_low_mean_stands_below_the_one_liked_least(entries: list[FigureEntry]) -> None:
    found = liked_least(entries)
    low = [each for each in standings(entries) if each.mean < MINDED]
    assert (found is None) == (not low)
    assert found is None or found.shrunk == min(each.shrunk for each in low)


@settings(max_examples=30)
@given(clubs())
def test_divisive_films_are_those_of_the_widest_spread(entries: list[FigureEntry]) -> None:
    found = divisive(entries)
    spreads = {
        f: pstdev(r) for f in FILMS if len(r := ratings(entries, f)) >= 3 and pstdev(r) >= DIVIDED
    }
    assert {each.film_id: each.spread for each in found} == pytest.approx(spreads)
    assert [each.spread for each in found] == sorted([e.spread for e in found], reverse=True)
    for each in found:
        of_film = ratings(entries, each.film_id)
        assert (each.low, each.high) == (min(of_film), max(of_film))


def plain_place(rating: int, among: list[int]) -> float:
    return sum(1.0 if each < rating else 0.5 if each == rating else 0.0 for each in among) / len(
        among
    )


@settings(max_examples=30)
@given(clubs())
def test_the_canon_ranks_by_places_among_what_each_rated(entries: list[FigureEntry]) -> None:
    whole = [each.rating for each in entries if each.rating]
    places: dict[FilmId, list[float]] = {film: [] for film in FILMS}
    for member in MEMBERS:
        own = [e.rating for e in entries if e.member_id == member and e.rating]
        for each in entries:
            if each.member_id == member and each.rating:
                mine = len(own) * plain_place(each.rating, own)
                places[each.film_id].append(
                    (mine + OWN_PRIOR * plain_place(each.rating, whole)) / (len(own) + OWN_PRIOR)
                )
    usual = pstdev(every) if len(every := [p for f in FILMS for p in places[f]]) > 1 else 0.0
    found = canon(entries)
    assert {each.film_id for each in found} == {f for f in FILMS if len(places[f]) >= 3}
    for film in found:
        own_places = places[film.film_id]
        place = (sum(own_places) + PRIOR / 2) / (len(own_places) + PRIOR)
        reach = EIGHTY_PERCENT * usual / math.sqrt(len(own_places) + PRIOR)
        assert math.isclose(film.place, place)
        assert math.isclose(film.low, max(place - reach, 0), abs_tol=1e-9)
        assert math.isclose(film.high, min(place + reach, 1), abs_tol=1e-9)
        assert 0 <= film.low <= film.place <= film.high <= 1


@settings(max_examples=30)
@given(clubs(), st.sampled_from(MEMBERS), st.integers(1, 4))
def test_the_canon_is_free_of_a_members_scale(
    entries: list[FigureEntry], member: MemberId, by: int
) -> None:
    """Whoever gives less to everything, in the same order, moves nothing among their own places."""
    own = [each for each in entries if each.member_id == member and each.rating]
    if any((each.rating or 0) <= by for each in own):
        return
    alone = [each for each in entries if each.member_id == member]
    lower = [
        FigureEntry(e.film_id, e.member_id, e.day, e.rating - by if e.rating else None)
        for e in alone
    ]
    assert [e.place for e in canon(alone, 1)] == [e.place for e in canon(lower, 1)]


@settings(max_examples=30)
@given(clubs())
def test_counts_are_plain_counts(entries: list[FigureEntry]) -> None:
    every = [each.rating for each in entries if each.rating]
    assert dict(histogram(entries)) == {each: every.count(each) for each in set(every)}
    assert mean_rating(entries) == (fmean(every) if every else None)
    watched = [each for each in entries if not each.abandoned]
    assert dict(seen_most(entries)) == {
        film: n for film in FILMS if (n := sum(e.film_id == film for e in watched))
    }
    assert dict(seen_by_member(entries)) == {
        member: n for member in MEMBERS if (n := sum(e.member_id == member for e in watched))
    }


@settings(max_examples=30)
@given(clubs(), st.sampled_from(MEMBERS))
def test_a_member_stands_beside_the_others(entries: list[FigureEntry], member: MemberId) -> None:
    for film, own, others in against_the_club(entries, member):
        assert own in ratings([e for e in entries if e.member_id == member], film)
        assert others == fmean(ratings([e for e in entries if e.member_id != member], film))


@settings(max_examples=30)
@given(st.sets(st.integers(0, 300)), st.integers(0, 300))
def test_a_streak_is_counted_week_by_week(offsets: set[int], until: int) -> None:
    monday = date(2024, 1, 1)
    today = monday + timedelta(days=until)
    weeks = {offset // 7 for offset in offsets if offset <= until}
    longest = max((length_from(week, weeks) for week in weeks), default=0)
    this = until // 7
    last = this if this in weeks else this - 1
    current = length_back(last, weeks)
    found = streak([monday + timedelta(days=each) for each in offsets], today)
    assert (found.longest, found.current) == (longest, current)


def length_from(week: int, weeks: set[int]) -> int:
    return 1 + length_from(week + 1, weeks) if week in weeks else 0


def length_back(week: int, weeks: set[int]) -> int:
    return 1 + length_back(week - 1, weeks) if week in weeks else 0


@settings(max_examples=30)
@given(st.lists(st.dates()))
def test_months_are_counted(days: list[date]) -> None:
    assert months(days) == [sum(each.month == month for each in days) for month in range(1, 13)]


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.none() | st.floats(1, 10), st.none() | st.integers(1, 10)), max_size=9)
)
def test_predictions_are_compared_where_both_are_known(
    pairs: list[tuple[float | None, int | None]],
) -> None:
    at = datetime(2024, 1, 1, tzinfo=UTC)
    guests = [
        NightGuest(
            NightId("n"),
            MemberId(f"m{n}"),
            coming=True,
            direct=PlaceId("p"),
            at=at,
            expected=expected,
            rating=HalfStars(rating) if rating else None,
        )
        for n, (expected, rating) in enumerate(pairs)
    ]
    errors = [abs(expected - rating) for expected, rating in pairs if expected and rating]
    found = predictions(guests)
    assert (found is None) == (not errors)
    if found:
        assert (found.count, found.error) == (len(errors), fmean(errors))
        assert found.within_a_star == sum(each <= 2 for each in errors)


def test_only_what_is_shared_counts_and_only_of_films_that_one_may_read() -> None:
    at = datetime(2024, 1, 1, 23, 30, tzinfo=UTC)

    def review(number: int, **values: object) -> Review:
        base = {"rating": HalfStars(8), **values}
        return Review(
            ReviewId(f"r{number}"),
            ClubId("c"),
            FILMS[number],
            MEMBERS[0],
            at,
            at,
            **base,  # type: ignore[arg-type]  # values of many types
        )

    reviews = [
        review(0),
        review(1, private=True),
        review(2, hidden=True),
        review(3, deleted=True),
        review(4, critic="A Critic"),
        review(5, watched_on=date(2023, 5, 1)),
    ]
    entries = entries_of(reviews, "Europe/Paris")
    assert [(each.film_id, each.day) for each in entries] == [
        (FILMS[5], date(2023, 5, 1)),
        (FILMS[0], date(2024, 1, 2)),
    ]
    assert readable(entries, Access(locks=True, seen=frozenset({FILMS[5]}))) == entries[:1]
    assert readable(entries, Access(locks=False), 2024) == entries[1:]


@settings(max_examples=30)
@given(clubs())
def test_what_is_called_loved_is_the_best_of_what_is_rated_so(entries: list[FigureEntry]) -> None:
    found = loved_most(entries, 3)
    assert found == [each for each in standings(entries) if each.mean >= LOVED][:3]
