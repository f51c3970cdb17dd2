"""Films of the room picker on a ballot: why each is there, whose limits it keeps, who would settle for it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.domain.ids import ClubId, MemberId
from bot.domain.nights import Night
from bot.domain.reviews.ratings import show_rating
from bot.views.taste import NOBODY, tastes
from recommender import BaseIndex, Overlay, predict_ratings
from tests.support import Room, items, text

LIKES: dict[str, dict[str, float]] = {
    "ana": {"Heat": 4.5, "Paddington 2": 5, "Playtime": 5, "Tampopo": 4, "Carol": 4},
    "ben": {"Alien": 5, "Se7en": 4, "Carol": 1, "Paddington 2": 2, "Yi Yi": 1},
}


async def _rate(room: Room) -> None:
    for member, ratings in LIKES.items():
        for title, stars in ratings.items():
            await room.say(member, f"/review {title} {stars}/5")


async def _ballot(room: Room, wish: str, *, members: tuple[str, ...] = ("ben", "cleo")) -> str:
    """Let a vote begin on a night with a wish; return its card."""
    await room.say("ana", f"/night new friday at 8, {wish}")
    for each in members:
        await room.say(each, "/night in")
    await room.say("ana", "/night close")
    return text(await room.say("ana", "/night"))


async def _night(room: Room) -> Night:
    async with room.store.reading(ClubId(room.club)) as work:
        (night,) = await work.nights.open()
        return night


async def test_each_says_why_on_the_card_and_on_the_private_ballot(room: Room) -> None:
    await _rate(room)
    card = await _ballot(room, "funny, under 2h")

    night = await _night(room)
    assert len(night.films) == 5
    assert set(night.reasons) == set(night.films)
    private = text(await room.say("ben", "/night vote"))
    for why in night.reasons.values():
        assert why
        assert f"Why: {why}" in card
        assert f"Why: {why}" in private


async def test_a_nomination_has_no_reason_but_who_nominated_it(room: Room) -> None:
    await _rate(room)
    await room.say("cleo", "/night nominate Ran")
    await _ballot(room, "funny")

    (ran, *picks) = items(await room.say("ana", "/night"))

    assert "Why" not in str(ran.lines)
    assert all("Why" in str(each.lines) for each in picks)


async def test_who_would_settle_for_a_film_is_told_with_what_they_would_give_it(
    room: Room, index: BaseIndex
) -> None:
    await _rate(room)
    card = await _ballot(room, "feel-good and funny, under 2h")

    night = await _night(room)
    async with room.store.reading(ClubId(room.club)) as work:
        guests = {each.member_id: each for each in await work.nights.guests([night.night_id])}
        ben = await work.members.get(MemberId("test:ben"))
        assert ben is not None
        (profile,) = await tastes([ben], NOBODY, work)
    settling = guests[MemberId("test:ben")].settling
    assert settling
    assert guests[MemberId("test:cleo")].settling == {}  # too little is known of them
    overlay = Overlay(index)
    for film_id, stars in settling.items():
        guess = predict_ratings(overlay, profile, [film_id])[film_id]
        assert abs(guess.half_stars - stars) <= 1  # of the club's overlay, which hardly differs
        assert f"ben (about {show_rating(stars)}) may like it less" in card


async def test_a_private_rating_costs_nobody_anything_aloud(room: Room) -> None:
    for title in LIKES["ana"]:
        await room.say("ana", f"/review {title} 5/5")
        await room.say("ben", f"/review {title} 1/5 --private")
    await _ballot(room, "feel-good and funny")

    assert "may like it less" not in text(await room.say("cleo", "/night"))


async def test_films_of_everyones_watchlists_those_first_that_most_want(room: Room) -> None:
    await _rate(room)
    for member, title in (("ana", "Ran"), ("ana", "Jaws"), ("ben", "Jaws"), ("cleo", "Alien")):
        await room.say(member, f"/watchlist add {title}")
    await room.say("dev", "/watchlist add Groundhog Day")  # who does not come

    card = await _ballot(room, "from everyone's watchlists")

    shown = [each.title for each in items(await room.say("ana", "/night"))]
    assert shown == ["Jaws", "Ran", shown[2]]  # Alien was seen, so another follows
    assert "on 2 of your watchlists" in card
    assert "but not “from everyone's watchlists”" in card
    assert "Groundhog Day" not in shown
    assert not any(f"watchlist of {each}" in card for each in ("ana", "ben", "cleo"))


@pytest.mark.parametrize("wish", ["from our watchlists", "iranian westerns from the 1920s", "xqzt"])
async def test_a_wish_that_nothing_meets_still_leaves_a_vote(room: Room, wish: str) -> None:
    await _rate(room)
    card = await _ballot(room, wish)

    night = await _night(room)
    assert len(night.films) >= 3
    assert night.stage == "voting"
    assert "not “" in card


async def test_under_a_lock_a_reason_tells_nothing_of_what_others_thought(room: Room) -> None:
    await room.say("ana", "/setup spoilers seen", admin=True)
    await _rate(room)
    await _ballot(room, "funny")

    night = await _night(room)
    assert not any("liked here" in each for each in night.reasons.values())


async def test_of_who_was_forgotten_no_prediction_is_left(room: Room, tmp_path: Path) -> None:
    await _rate(room)
    card = await _ballot(room, "feel-good and funny, under 2h")
    assert "ben (about" in card
    asked = await room.say("ben", "/forget")
    await room.press("ben", asked, "Erase everything")

    assert "may like it less" not in text(await room.say("ana", "/night"))
    with closing(sqlite3.connect(tmp_path / "matinee.db")) as raw:
        rows = raw.execute("SELECT settling FROM night_guests").fetchall()
    assert rows
    assert all(each == ("{}",) for each in rows)


async def test_who_wants_no_reminder_to_vote_gets_none_and_can_have_it_back(room: Room) -> None:
    await _ballot(room, "funny", members=("ben", "cleo", "dev"))
    await room.say("ben", "/settings votes no")
    await room.say("dev", "don't remind me to vote")
    night = await _night(room)
    assert night.until is not None
    await room.deliver()
    room.clock.instant += (night.until - room.clock.instant) * 0.9

    told = [(place.partition("@")[2], reply) for place, reply in await room.deliver()]
    reminded = {to: reply for to, reply in told if to}

    assert set(reminded) == {"ana", "cleo"}
    shown = await room.press("cleo", reminded["cleo"], "Don't remind me")
    assert "Late in a vote: I do not remind you" in text(shown)
    back = await room.press("cleo", shown, "Remind me to vote")
    assert "Late in a vote: I remind you" in text(back)
