"""What a club remembers of its nights, and ballots that all may follow."""

from datetime import UTC, datetime, timedelta

from bot.domain.ids import ClubId, FilmId, MemberId, NightId, PlaceId
from bot.domain.nights import Night, NightGuest, Stage
from bot.domain.reviews.ratings import HalfStars
from bot.messages.visibility import Visibility
from tests.support import Room, text

NOW = datetime(2024, 1, 20, 12, tzinfo=UTC)


async def _past(room: Room, name: str, at: datetime, *films: str, rating: int = 8) -> None:
    """Put a night that was held, with a guest who rated its film, the first."""
    place = PlaceId(f"{room.club}#room")
    shown = tuple(FilmId(each) for each in films)
    night = Night(
        NightId(name), None, place, at, at, stage=Stage.TOLD, films=shown, film_id=shown[0]
    )
    guest = NightGuest(
        night.night_id,
        MemberId("test:ana"),
        coming=True,
        direct=place,
        at=at,
        rating=HalfStars(rating),
    )
    async with room.store.writing(ClubId(room.club)) as work:
        await work.nights.save(night)
        await work.nights.save_guest(guest)


async def test_a_year_ago_tonight_is_remembered(room: Room) -> None:
    friday = datetime(2024, 1, 26, 20, tzinfo=UTC)
    await _past(room, "last", friday - timedelta(days=364), "carol-2015", rating=9)
    await _past(room, "other", friday - timedelta(days=300), "heat-1995")
    await room.say("ana", "/night new friday at 8")
    await room.say("ana", "/night choose Paddington 2")

    card = text(await room.say("ana", "/night"))

    assert "A year ago you watched Carol (2015), ★★★★½." in card

    await room.say("mod", "/setup spoilers seen", admin=True)
    assert "A year ago you watched Carol (2015)." in text(await room.say("ana", "/night"))


async def test_a_film_that_is_offered_again_and_again_is_told_of(room: Room) -> None:
    for week in range(1, 4):
        at = NOW - timedelta(weeks=week)
        await _past(
            room,
            f"n{week}",
            at,
            f"{('carol-2015', 'her-2013', 'alien-1979')[week - 1]}",
            "heat-1995",
        )
    await room.say("ana", "/night new friday at 8")
    await room.say("ana", "/night nominate Heat")
    await room.say("ana", "/night close")

    card = text(await room.say("ana", "/night"))

    assert card.count("on the ballot 3 times before, never watched") == 1


async def test_open_ballots_show_how_films_stand_and_blind_ones_do_not(room: Room) -> None:
    await room.say("ana", "/night new friday at 8, funny, open ballots")
    await room.say("ana", "/night nominate Heat")
    await room.say("ana", "/night close")
    await room.say("ben", "/night vote 1")

    card = text(await room.say("ana", "/night"))

    assert "1 yes please, nobody against" in card
    assert "ben" not in card.partition("All see how films stand")[0]
    async with room.store.reading(ClubId(room.club)) as work:
        (night,) = await work.nights.open()
    assert (night.wish, night.blind) == ("funny", False)

    await room.say("ana", "/night cancel")
    await room.say("ana", "/night new friday at 8, blind ballots")
    await room.say("ana", "/night close")
    await room.say("ben", "/night vote 1")
    assert "yes please" not in text(await room.say("ana", "/night"))


async def test_who_has_not_seen_the_film_is_told_no_rating_of_a_past_night(room: Room) -> None:
    await _past(room, "last", NOW - timedelta(days=2), "carol-2015", rating=9)
    await room.say("mod", "/setup spoilers seen", admin=True)

    assert "★★★★½" not in text(await room.say("ben", "/night history"))
    assert "keeps scores until" in text(await room.say("ben", "/night picture"))

    await room.say("ben", "seen Carol")
    assert "★★★★½" in text(await room.say("ben", "/night history"))
    seen = await room.say("ben", "/night picture")
    assert "on the night, of 5 stars" in seen.summary
    assert seen.visibility is Visibility.ONLY_YOU


async def test_a_channel_where_some_have_not_seen_the_film_is_told_no_rating(room: Room) -> None:
    await room.say("mod", "/setup spoilers seen", admin=True)
    await room.say("ana", "/night new friday at 8")
    await room.say("ben", "/night in")
    await room.say("cleo", "/night in")
    await room.say("ana", "/night choose Carol")
    await room.film_began()
    await room.say("ana", "/night close")
    await room.say("ana", "/night rate 5 A miracle.")
    await room.say("ben", "/night rate 2 Too slow for me.")
    await room.say("ana", "/night close")

    (_, told) = next(each for each in await room.deliver() if "ratings of" in each[1].summary)

    assert "Carol (2015)" in text(told)
    assert not [each for each in ("★", "miracle", "slow", "ana", "ben") if each in text(told)]
    show = "Show me the ratings"
    stranger = await room.press("dev", told, show)
    assert "keeps scores until" in text(stranger)
    for who in ("ben", "cleo"):  # cleo came, and rated nothing
        shown = await room.press(who, told, show)
        assert "A miracle" in text(shown)
        assert shown.visibility is Visibility.ONLY_YOU
    await room.press("dev", stranger, "I have seen it")
    assert "A miracle" in text(await room.press("dev", told, show))


async def test_a_club_that_keeps_nothing_is_told_every_rating(room: Room) -> None:
    await _past(room, "last", NOW - timedelta(days=2), "carol-2015", rating=9)

    told = await room.say("ben", "/night ratings")

    assert "Carol (2015): ★★★★½ on the night" in text(told)
