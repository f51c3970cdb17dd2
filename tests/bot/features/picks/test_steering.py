"""Turning picks away from a film, or to what few know; how they may be rated, and how often they hit."""

from collections.abc import Sequence

import pytest

from bot.catalogue.starter import starter_films
from bot.domain.films.film import Film
from bot.features.picks.commands import RecommendCommand
from bot.messages.plain_text import plain
from tests.bot.features.picks.test_modes import rate
from tests.support import Room, items, text


async def test_less_of_this_turns_the_same_wish_away_from_a_film(
    room: Room, starter: tuple[Film, ...]
) -> None:
    await rate(room, "ana", starter[200:206])
    first = await room.say("ana", "/recommend")
    away = await room.press("ana", await room.open_film("ana", first), "Less of this")
    dropped = items(first)[0]
    assert f"For you, unlike {dropped.title}" in text(away)
    assert dropped.film_id not in {item.film_id for item in items(away)}
    further = await room.press("ana", await room.open_film("ana", away), "Less of this")
    assert f"unlike {dropped.title} or {items(away)[0].title}" in text(further)


async def test_who_has_rated_nothing_can_still_say_what_to_leave_out(room: Room) -> None:
    await room.say("ben", "/review Carol 5/5")
    await room.say("ben", "/review Se7en 5/5")
    picks = items(await room.say("ana", "/recommend unlike Her"))
    assert picks[0].title == "Se7en"
    assert "Her" not in {pick.title for pick in picks}


@pytest.mark.parametrize(
    "asked", ["/recommend ghosts, not scary", RecommendCommand(mood="ghosts, not scary")]
)
async def test_what_a_mood_says_not_to_want_is_turned_away_from(
    room: Room, asked: str | RecommendCommand
) -> None:
    told = text(await room.say("ana", asked))
    assert "Ghost stories, not scary" in told
    assert "scary" not in told.split("\n", 1)[1]


@pytest.mark.parametrize("asked", ["something", "something that is not scary"])
async def test_a_mood_that_says_nothing_is_none(room: Room, asked: str) -> None:
    await room.say("ben", "/review Carol 5/5")
    told = text(await room.say("ana", f"/recommend {asked}"))
    assert "Carol" in told
    assert "For the mood" not in told


async def test_obscure_and_popular_part_ways_and_say_so(
    room: Room, starter: tuple[Film, ...]
) -> None:
    await rate(room, "ana", starter[200:210])
    obscure = await room.say("ana", "/recommend obscure")
    popular = await room.say("ana", "/recommend popular")
    assert "Turned to films that few know." in text(obscure)
    assert "Turned to films that many know." in text(popular)
    found = [{item.film_id for item in items(reply)} for reply in (obscure, popular)]
    assert found[0] != found[1]


async def test_a_pick_says_how_it_may_be_rated_or_that_there_is_not_enough_to_say(
    room: Room, starter: tuple[Film, ...]
) -> None:
    await rate(room, "ana", starter[200:204])
    few = text(await room.say("ana", "/recommend"))
    assert "An early guess from 4 ratings of yours" in few
    assert "Likely ★" not in few
    await rate(room, "ana", starter[204:216])
    reply = await room.say("ana", "/recommend")
    assert text(reply).count("Likely ★") == 5
    await rate(room, "ben", starter[206:207])
    assert "Likely ★" not in text(await room.say("ana", "/recommend with @ben"))


async def test_no_rating_is_predicted_of_whom_nobody_can_tell(
    room: Room, starter: tuple[Film, ...]
) -> None:
    await rate(room, "ana", starter[200:206], 10)
    await rate(room, "ana", starter[206:212], 1)
    told = text(await room.say("ana", "/recommend"))
    assert "Likely ★" not in told


async def test_hits_are_told_when_there_is_enough_to_say(
    room: Room, starter: tuple[Film, ...]
) -> None:
    assert "There is not enough to say yet" in text(await room.say("ana", "/recommend hits"))
    await rate_alike(room, ("ana", "ben", "cleo"), starter[300:309])
    told = text(await room.say("ana", "/recommend hits"))
    assert "Of 27 films that 3 members here love" in told
    assert "Going by popularity alone" in told
    assert "A blind draw would hit in" in told


async def rate_alike(room: Room, members: Sequence[str], films: Sequence[Film]) -> None:
    for member in members:
        await rate(room, member, films, 9)


async def test_a_group_hears_who_should_love_a_film(room: Room, starter: tuple[Film, ...]) -> None:
    await rate(room, "ana", starter[200:204], 10)
    await rate(room, "ben", starter[400:404], 10)
    reply = await room.say("ana", "/recommend with @ben count 10")
    assert "should love it" not in text(reply)  # four ratings are too few to say
    await rate(room, "ana", starter[204:208], 10)
    await rate(room, "ben", starter[404:408], 10)
    reply = await room.say("ana", "/recommend with @ben count 10")
    assert "should love it" in text(reply)
    assert "should love it" not in text(await room.say("ana", "/recommend"))


async def test_only_what_a_member_loves_is_held_up(room: Room) -> None:
    await room.say("ana", "/review Carol 5/5")
    await room.say("ana", "/review Weekend 4/5")
    await room.say("ana", "/review Aftersun 3.5/5")
    told = text(await room.say("ana", "/recommend count 10"))
    assert "as in Carol and Weekend" in told
    assert "Aftersun" not in told


@pytest.mark.parametrize("mood", ["tender with Paul Mescal", "with Paul Mescal and tender"])
async def test_with_somebody_who_is_no_member_is_a_mood(room: Room, mood: str) -> None:
    told = text(await room.say("ana", f"/recommend {mood} from 2020s"))
    assert told.startswith("Tender films")
    assert "with Paul Mescal" in told.split("\n")[0]
    assert "Aftersun" in told


@pytest.mark.parametrize(
    "asked", ["tender with @paul mescal", "with dana", "with dana and ben", "with bem sad"]
)
async def test_with_what_was_meant_for_a_member_is_asked_about(room: Room, asked: str) -> None:
    await room.say("ben", "/review Carol 5/5")
    told = text(await room.say("ana", f"/recommend {asked}"))
    assert "I don't know a member called" in told


async def test_with_a_member_by_name_is_for_both(room: Room) -> None:
    await room.say("ben", "/review Carol 5/5")
    assert "For ana and ben" in text(await room.say("ana", "/recommend with ben"))


async def test_the_words_to_try_instead_are_a_mood_that_finds_films(room: Room) -> None:
    told = text(await room.say("ana", "/recommend qwxyz"))
    assert "I found nothing for “qwxyz”." in told
    hint = told[told.index("/recommend") :]
    assert "Tender ghost stories" in text(await room.say("ana", hint))
    assert len(items(await room.say("ana", hint))) == 5


async def test_names_alone_are_those_who_watch(room: Room) -> None:
    await room.say("ben", "/review Carol 5/5")
    assert "For ana and ben" in text(await room.say("ana", "/recommend ben and me"))


async def test_what_is_to_be_less_violent_has_no_gunfights_and_no_gore(room: Room) -> None:
    picked = items(await room.say("ana", "/recommend like Heat, Alien less violent"))
    films = {film.film_id: film for film in starter_films()}
    themes = {theme for each in picked for theme in films[each.film_id].themes}
    assert len(picked) == 5
    assert not themes & {"violent", "gory", "gunfights", "body horror", "slasher"}


async def test_five_picks_quote_three_short_sentences_and_a_card_a_long_one(room: Room) -> None:
    await room.say("ana", "/review Heat 5/5")
    await room.say("ana", "/review Collateral 5/5")
    reply = await room.say("ana", "/recommend")
    first, *rest = items(reply)
    long = "A whole evening of headlights, and of men who cannot say what they want, held " * 2
    await room.say("ben", f"/review id:{first.film_id} 5/5 | {long.strip()}.")
    for each in rest:
        await room.say(
            "ben",
            f"/review id:{each.film_id} 5/5 | {long.strip()}. I loved how lovely and tense every single scene of it is.",
        )
    again = await room.say("ana", "/recommend")
    quoted = [plain(each.quote) for each in items(again) if each.quote]
    assert (
        quoted == ["“I loved how lovely and tense every single scene of it is.” — ben, ★★★★★"] * 3
    )
    place = [each.film_id for each in items(again)].index(first.film_id) + 1
    assert "A whole evening of headlights" in text(await room.open_film("ana", again, place))
