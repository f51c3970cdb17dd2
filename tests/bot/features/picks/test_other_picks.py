"""Other picks: the next page of a wish, and a group in which not everybody has rated."""

from tests.support import Room, actions, items, text


async def test_other_picks_are_new_until_there_are_none(room: Room) -> None:
    asked = await room.say("ana", "/recommend korean thriller")
    seen = {each.film_id for each in items(asked)}
    while "Other picks" in [each.label for each in actions(asked)]:
        asked = await room.press("ana", asked, "Other picks")
        others = {each.film_id for each in items(asked)}
        assert not seen & others
        seen |= others
    assert len(seen) > 10


async def test_something_else_than_the_first_picks(room: Room) -> None:
    await room.say("ana", "/review Carol 5/5")
    first = {each.film_id for each in items(await room.say("ana", "what should i watch"))}
    assert not first & {each.film_id for each in items(await room.say("ana", "something else"))}


async def test_in_a_group_those_without_ratings_take_part(room: Room) -> None:
    await room.say("ana", "/review The Dark Knight 5/5")
    for name in ("ben", "cat", "dee"):
        await room.say(name, "/help")
    alone = {each.film_id for each in items(await room.say("ana", "/recommend"))}
    together = await room.say("ana", "/recommend with everyone")
    assert len(alone & {each.film_id for each in items(together)}) < 4
    assert "should love it" not in text(together)


async def test_a_name_of_the_films_alone_is_a_wish(room: Room) -> None:
    assert text(await room.say("ana", "tilda swinton")).startswith("Films with Tilda Swinton")
    assert "I'm not sure" in text(await room.say("ana", "tilda swindon-smythe"))


async def test_films_that_are_loved_are_named_in_one_line(room: Room) -> None:
    asked = await room.say("ana", "I love Heat, Amelie and Alien")
    picks = await room.press("ana", asked, "I love them: pick by these")
    assert len(items(picks)) == 5
    assert "as in Alien" in text(picks)
    assert "from 3 ratings of yours" in text(picks)
