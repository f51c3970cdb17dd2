"""Pictures show the figures as a plain recomputation gives them, and no text in them is ever markup."""

import math
from datetime import date
from statistics import fmean
from xml.etree import ElementTree as ET

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.catalogue.starter import starter_films
from bot.domain.films.film import Film
from bot.domain.ids import FilmId, MemberId
from bot.domain.reviews.agreement import agreement, evidence
from bot.features.figures.counting.entries import FigureEntry, known_days
from bot.features.figures.counting.scores import canon, divisive, loved_most
from bot.features.figures.counting.taste import CLEAR, DOUBT, taste_of
from bot.features.figures.counting.times import months
from bot.features.figures.pictures.cards import canon_card, match_card, taste_card, year_card
from bot.features.figures.pictures.map_card import club_map, laid_out, map_card
from bot.views.drawing import WIDTH, alt_of
from bot.views.taste_match import TasteMatch
from recommender import BaseIndex, Overlay
from tests.generated import texts

FILMS: dict[FilmId, Film] = {
    each.film_id: each for each in list(starter_films())[::150] if each.genres and each.year
}
MEMBERS = [MemberId(each) for each in ("ana", "ben", "cleo", "dara")]
DAY = date(2024, 3, 1)


@st.composite
def rated(draw: st.DrawFn) -> list[FigureEntry]:
    films = st.sampled_from(sorted(FILMS))
    pairs = draw(st.lists(st.tuples(films, st.sampled_from(MEMBERS)), unique=True, min_size=1))
    return [
        FigureEntry(
            film, member, DAY.replace(month=draw(st.integers(1, 12))), draw(st.integers(1, 10))
        )
        for film, member in pairs
    ]


def drawn(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - made here


def told(svg: str) -> list[str]:
    return [each.text or "" for each in drawn(svg).iter() if each.tag.endswith("text")]


def boxes(svg: str, colour: str) -> list[dict[str, str]]:
    return [
        e.attrib
        for e in drawn(svg).iter("{http://www.w3.org/2000/svg}rect")
        if e.get("class") == colour
    ]


@settings(max_examples=25)
@given(rated())
def test_a_taste_card_has_the_means_of_genres_and_decades(entries: list[FigureEntry]) -> None:
    own = [each for each in entries if each.member_id == MEMBERS[0]]
    taste = taste_of(own, entries, FILMS)
    assert (taste is None) == (not own)
    if taste is None:
        return
    svg = taste_card("ana", "The club", taste)
    bars = [float(each["width"]) for each in boxes(svg, "accent")]
    shown = [
        *taste.genres[:5],
        *sorted(sorted(taste.decades, key=lambda e: -e.films)[:5], key=lambda e: e.name),
    ]
    assert len(bars) == len(shown)
    for bar, share in zip(bars, shown, strict=True):
        ratings = [each.rating or 0 for each in own if share.name in kinds(FILMS[each.film_id])]
        club = [each.rating or 0 for each in entries if share.name in kinds(FILMS[each.film_id])]
        assert (share.films, share.mean, share.club) == (len(ratings), fmean(ratings), fmean(club))
        assert math.isclose(bar, 270 * fmean(ratings) / 10, abs_tol=0.06)
        assert f"{fmean(ratings) / 2:.1f}" in told(svg)
    mean = fmean(each.rating or 0 for each in own)
    for theme, lies in [*taste.loved, *taste.minded]:
        of = [e.rating or 0 for e in own if theme in FILMS[e.film_id].themes]
        assert math.isclose(lies, sum(each - mean for each in of) / (len(of) + DOUBT))
        assert abs(lies) >= CLEAR


def kinds(film: Film) -> set[str]:
    return {*film.genres, f"{(film.year or 0) // 10 * 10}s"}


@settings(max_examples=25)
@given(rated())
def test_a_year_card_has_the_best_films_and_the_months(entries: list[FigureEntry]) -> None:
    days = known_days(entries)
    by_month = months(days)
    best, divides = loved_most(entries, 5), divisive(entries)
    svg = year_card(2024, "The club", "totals", best, divides, by_month, FILMS)
    bars = [float(each["height"]) for each in boxes(svg, "accent")]
    counts = [sum(each.month == month for each in days) for month in range(1, 13)]
    assert bars == [round(250 * count / max(counts), 1) for count in counts]
    for each in best:
        ratings = [e.rating or 0 for e in entries if e.film_id == each.film_id]
        assert f"{fmean(ratings) / 2:.1f}" in told(svg)


@settings(max_examples=25)
@given(rated())
def test_a_canon_card_has_places_in_order(entries: list[FigureEntry]) -> None:
    ranked = canon(entries)[:8]
    svg = canon_card("The club", ranked, FILMS)
    shown = [each for each in told(svg) if each.isdecimal()]
    numbers = [str(n) for n in range(1, len(ranked) + 1)]
    places = [f"{each.place * 100:.0f}" for each in ranked]
    assert sorted(shown) == sorted([*numbers, *places])
    middles = [float(each["x"]) + 2.5 for each in boxes(svg, "ink")]
    reach = WIDTH - 2 * 64 - 560 - 70
    for middle, each in zip(middles, ranked, strict=True):
        assert math.isclose(middle, 64 + 560 + reach * each.place, abs_tol=0.06)


@settings(max_examples=25)
@given(rated())
def test_a_match_card_has_the_share_and_both_ratings(entries: list[FigureEntry]) -> None:
    mine, theirs = (
        {e.film_id: e.rating or 0 for e in entries if e.member_id == m} for m in MEMBERS[:2]
    )
    found = agreement(mine, theirs)
    if found is None or found.alike is None:
        return
    match = TasteMatch(mine, theirs, found)
    near, far = evidence(mine, theirs)
    films = [FILMS[each] for each in near], [FILMS[each] for each in far]
    svg = match_card("ana", "ben", "The club", match, films)
    assert f"{found.alike:.0%}" in told(svg)
    stars = len([e for e in drawn(svg).iter() if e.tag.endswith("polygon")])
    assert stars == sum(
        math.ceil(side[each] / 2) for side in (mine, theirs) for each in [*near, *far]
    )


@settings(max_examples=25)
@given(texts, texts)
def test_no_text_of_a_picture_is_markup(name: str, club: str) -> None:
    entries = [FigureEntry(each, MEMBERS[0], DAY, 8) for each in FILMS]
    taste = taste_of(entries, entries, FILMS)
    assert taste is not None
    svg = taste_card(name, club, taste)
    tags = {each.tag.rpartition("}")[2] for each in drawn(svg).iter()}
    assert tags <= {"svg", "rect", "text", "line"}
    assert alt_of(svg).startswith("Taste of ")


def test_a_map_has_every_film_in_the_picture_and_says_who_is_near(index: BaseIndex) -> None:
    entries = [
        FigureEntry(film, member, DAY, 1 + (number * 7 + place * 3) % 10)
        for number, film in enumerate(sorted(FILMS))
        for place, member in enumerate(MEMBERS)
    ]
    found = club_map(entries, FILMS, Overlay(index))
    assert found is not None
    assert set(found.films) == set(FILMS)
    assert set(found.members) == set(MEMBERS)
    assert all(-1 <= x <= 1 and -1 <= y <= 1 for x, y in found.films.values())
    svg = map_card("The club", found, FILMS, {each: each.title() for each in MEMBERS})
    assert "Ana near " in alt_of(svg)
    circles = [e.attrib for e in drawn(svg).iter() if e.tag.endswith("circle")]
    assert len(circles) == len(FILMS) + len(MEMBERS)
    written = {e.text: e for e in drawn(svg).iter()}
    named = {each: written[each.title()] for each in found.members if each.title() in written}
    assert named  # the others have no room for their names
    for member, label in named.items():
        x, y = float(label.attrib["x"]), float(label.attrib["y"])
        inside = (x - 2 < float(e["cx"]) < x + 40 and y - 18 < float(e["cy"]) < y for e in circles)
        assert not any(inside), member
    assert all(0 < float(e["cx"]) < WIDTH and 180 < float(e["cy"]) < 630 for e in circles)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rated())
def test_a_map_has_the_ratings_and_the_loved_films_of_each_member(
    index: BaseIndex, entries: list[FigureEntry]
) -> None:
    found = club_map(entries, FILMS, Overlay(index))
    ratings = {film: [e.rating or 0 for e in entries if e.film_id == film] for film in FILMS}
    given_any = {film: given for film, given in ratings.items() if given}
    assert (found is None) == (len(given_any) < 5)
    if found is None:
        return
    svg = map_card("The club", found, FILMS, {each: each.title() for each in MEMBERS})
    circles = [e.attrib for e in drawn(svg).iter() if e.tag.endswith("circle")]
    films = [each for each in circles if each["class"] == "soft"]
    most = max(map(len, given_any.values()))
    shown = sorted((len(given) for given in given_any.values()), reverse=True)[:48]
    assert [float(e["r"]) for e in films] == [float(f"{4 + 6 * n / most:g}") for n in shown]
    places = found.members
    for member in MEMBERS:
        own = {e.film_id: e.rating or 0 for e in entries if e.member_id == member}
        mean = fmean(own.values()) if own else 0
        weights = {f: r - mean + 0.1 for f, r in own.items() if f in found.films and r >= mean}
        assert (member in places) == (len(weights) >= 2)
        for axis in (0, 1) if member in places else ():
            plain = sum(found.films[f][axis] * w for f, w in weights.items()) / sum(
                weights.values()
            )
            assert math.isclose(places[member][axis], plain, abs_tol=1e-9)


def test_a_map_stays_as_it_is_when_a_film_is_added() -> None:
    made = np.random.default_rng(7)
    at = made.normal(size=(30, 5))
    alike = 1 / (1 + ((at[:, None] - at[None]) ** 2).sum(axis=2))
    years, means = list(1950 + 20 * at[:, 0]), list(5 + at[:, 1])
    before = laid_out(alike[:29, :29].copy(), years[:29], means[:29])
    after = laid_out(alike.copy(), years, means)[:29]
    assert np.abs(after - before).mean() < 0.1
    assert np.corrcoef(after[:, 0], years[:29])[0, 1] > 0
    assert np.corrcoef(after[:, 1], means[:29])[0, 1] > 0


def test_like_films_lie_closer_than_others() -> None:
    made = np.random.default_rng(3)
    group = np.repeat(np.arange(3), 8)
    alike = np.where(group[:, None] == group[None], 0.8, 0.1) + made.uniform(0, 0.05, (24, 24))
    places = laid_out(alike, [0.0] * 24, [0.0] * 24)
    far = np.sqrt(((places[:, None] - places[None]) ** 2).sum(axis=2))
    same = group[:, None] == group[None]
    assert far[same].mean() < 0.6 * far[~same].mean()
