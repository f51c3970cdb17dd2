"""The picture of a night shows each guest's rating and what was expected, as a plain recomputation gives them."""

import math
from datetime import UTC, datetime
from statistics import fmean
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue.starter import starter_films
from bot.domain.clubs.club import Club, Member
from bot.domain.ids import ClubId, MemberId, NightId, PlaceId
from bot.domain.nights import Night, NightGuest
from bot.domain.reviews.ratings import HalfStars
from bot.features.nights.counting.methods import Poll
from bot.features.nights.showing.reveal_card import MOST, rated_by, reveal_card
from bot.features.nights.showing.view import NightView
from bot.views.drawing import alt_of

SVG = "{http://www.w3.org/2000/svg}"
STARTS = datetime(2024, 3, 2, 4, 30, tzinfo=UTC)
PLACE = PlaceId("test:club#room")

guests = st.builds(
    lambda number, coming, expected, rating: NightGuest(
        NightId("n"),
        MemberId(f"m{number}"),
        coming,
        PLACE,
        STARTS,
        expected=expected,
        rating=HalfStars(rating) if rating else None,
    ),
    st.integers(0, 30),
    st.booleans(),
    st.none() | st.floats(1, 10),
    st.integers(0, 10),
)


@settings(max_examples=60)
@given(st.lists(guests, unique_by=lambda each: each.member_id, min_size=1))
def test_each_bar_is_a_rating_and_each_mark_what_was_expected(found: list[NightGuest]) -> None:
    club = Club(ClubId("test:club"), zone="America/Los_Angeles")
    film = next(iter(starter_films()))
    roster = {
        e.member_id: Member(ClubId("test:club"), e.member_id, f"Guest {e.member_id}") for e in found
    }
    night = Night(NightId("n"), None, PLACE, STARTS, STARTS)
    view = NightView(night, club, found, roster, film, Poll(NightId("n"), (), {}))
    rated = rated_by(view)
    came = [each for each in found if each.coming and each.rating]
    assert sorted(each.member_id for each in rated) == sorted(each.member_id for each in came)
    if not rated:
        return
    svg = reveal_card(view, rated)
    root = ET.fromstring(svg)  # noqa: S314 - made here
    told = [each.text or "" for each in root.iter(f"{SVG}text")]
    mean = fmean(each.rating or 0 for each in came) / 2
    assert any(each.startswith(f"{mean:.1f} of 5 on the night") for each in told)
    assert any("1 March 2024" in each for each in told)  # the evening of the club
    bars = [e.attrib for e in root.iter(f"{SVG}rect") if e.get("class") == "accent"]
    back = next(e.attrib for e in root.iter(f"{SVG}rect") if e.get("class") == "hair")
    left, reach = float(back["x"]), float(back["width"])
    best = sorted((e.rating or 0 for e in came), reverse=True)[:MOST]
    assert [round(float(bar["width"]) / reach * 10) for bar in bars] == best
    marks = [float(e.attrib["x1"]) for e in root.iter(f"{SVG}line") if e.get("class") == "ink-line"]
    expected = [e.expected for e in rated[:MOST] if e.expected is not None]
    for mark, value in zip(marks, expected, strict=True):
        assert math.isclose(mark, left + reach * value / 10, abs_tol=0.06)
    stars = len(list(root.iter(f"{SVG}polygon")))
    assert stars == sum(math.ceil(each / 2) for each in best)
    assert (f"{MOST} of {len(rated)} who rated it" in " ".join(told)) == (len(rated) > MOST)
    assert all(f"Guest {each.member_id}" in alt_of(svg) for each in rated[:3])
