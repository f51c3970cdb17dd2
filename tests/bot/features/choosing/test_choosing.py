"""Films side by side: what the club thinks of each, which one fits, and what stays locked or private."""

from tests.support import Room, actions, items, text

TASTE = (
    "Heat 5/5",
    "Collateral 5/5",
    "The Insider 4.5/5",
    "Thief 5/5",
    "Carol 1/5",
    "Weekend 1/5",
    "Brooklyn 1.5/5",
)


async def test_each_film_stands_with_what_the_club_thinks_of_it(room: Room) -> None:
    await room.say("ben", "/review Alien 5/5")
    reply = await room.say("ana", "heat or alien?")
    assert [each.title for each in items(reply)] == ["Heat", "Alien"]
    assert "Nobody here has reviewed it yet." in text(reply)
    assert "5.0/5 from 1 rating" in text(reply)
    assert [each.label for each in actions(reply)] == ["Show it", "Watchlist", "Seen it"] * 2


async def test_which_film_fits_is_told_by_ones_own_ratings(room: Room) -> None:
    for line in TASTE:
        await room.say("ana", f"/review {line}")
    told = text(await room.say("ana", "should i watch Manhunter or Past Lives?"))
    assert "By your ratings, Manhunter fits you best." in told


async def test_a_seen_film_is_told_as_seen(room: Room) -> None:
    await room.say("ana", "/review Heat 4/5")
    reply = await room.say("ana", "heat or carol?")
    assert "You gave it ★★★★." in text(reply)
    assert len(actions(reply)) == 4


async def test_of_films_that_share_a_title_one_is_asked_about(room: Room) -> None:
    asked = await room.say("ana", "heat or dune?")
    assert "Several films are called dune" in text(asked)
    reply = await room.press("ana", asked, "Dune (2021)")
    assert {each.title for each in items(reply)} == {"Heat", "Dune"}


async def test_private_reviews_and_locked_scores_are_not_told(room: Room) -> None:
    await room.say("ben", "/review Heat 1/5 --private")
    assert "1 rating" not in text(await room.say("ana", "heat or carol?"))
    await room.say("ben", "/setup spoilers seen", admin=True)
    await room.say("ben", "/review Carol 5/5")
    told = text(await room.say("ana", "heat or carol?"))
    assert "5.0/5" not in told
    assert "rates" not in told
