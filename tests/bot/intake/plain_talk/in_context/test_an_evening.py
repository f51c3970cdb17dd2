"""What members say over an evening: of the film last spoken of, of picks, of a film night."""

from bot.domain.ids import ClubId
from tests.support import Room, items, text


async def test_how_it_is_asks_of_the_film_last_spoken_of(room: Room) -> None:
    await room.say("ana", "aftersun")
    reply = await room.say("ana", "was it sad")
    assert text(reply).startswith("Aftersun (2022)")
    assert "Aftersun" not in text(await room.say("ben", "was it sad"))
    assert not items(await room.say("ben", "was it sad"))


async def test_one_of_the_picks_is_meant_without_an_article(room: Room) -> None:
    shown = [each.title for each in items(await room.say("ana", "a comedy"))]
    assert shown[1] in text(await room.say("ana", "second one looks good"))


async def test_not_me_takes_nobody_out_of_a_film_night(room: Room) -> None:
    await room.say("ana", "/night new friday at 8")
    await room.say("ben", "i'm in")
    await room.say("ben", "not me")
    async with room.store.reading(ClubId(room.club)) as work:
        nights = await work.nights.all()
    assert nights
    assert "ben" in text(await room.say("ana", "who is coming"))
