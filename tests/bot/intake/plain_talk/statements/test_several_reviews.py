"""Reviews of several films in one message: none is saved for another's film, nothing typed is lost."""

import pytest

from bot.domain.ids import ClubId, MemberId
from bot.intake.plain_talk.phrases.phrases import LONGEST
from tests.support import Room, actions, text


async def own(room: Room) -> set[tuple[str, int | None, str]]:
    async with room.store.reading(ClubId(room.club)) as work:
        reviews = await work.reviews.of_member(MemberId("test:ana"))
    return {(each.film_id, each.rating, each.text) for each in reviews}


async def test_two_reviews_with_ratings_are_saved_together(room: Room) -> None:
    asked = await room.say("ana", "heat was great 4/5 and alien was dull 2/5")
    assert text(asked).startswith("Save these reviews?")
    assert not await own(room)
    assert text(await room.press("ana", asked, "Save")).startswith("Saved 2 reviews:")
    assert {(rating, words) for _, rating, words in await own(room)} == {
        (8, "heat was great"), (4, "alien was dull"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Up 4/5 lovely, Coco 5/5 cried", "Up (2009): ★★★★ · “lovely”\nCoco (2017): ★★★★★ · “cried”"),
        ("heat 4/5 and the substance, 2/5 sadly", "Heat (1995): ★★★★\nThe Substance (2024): ★★ · “sadly”"),
    ],
)  # fmt: skip
async def test_each_film_is_shown_with_its_own_words(line: str, shown: str, room: Room) -> None:
    assert text(await room.say("ana", line)) == f"Save these reviews?\n{shown}"


async def test_only_for_me_keeps_both_private(room: Room) -> None:
    asked = await room.say("ana", "heat 4/5 great, alien 3/5 meh")
    await room.press("ana", asked, "Only for me")
    assert await room.deliver() == []
    assert "meh" not in text(await room.say("ben", "/reviews alien"))


@pytest.mark.parametrize(
    "line", ["loved heat, hated alien", "heat was too long. alien was perfect", "saw heat and alien, both great"]
)  # fmt: skip
async def test_without_ratings_no_film_is_taken_for_the_others(line: str, room: Room) -> None:
    await room.say("ana", "carol")
    asked = await room.say("ana", line)
    assert "more than one film" in text(asked)
    assert line in text(asked)
    assert "Save" not in {each.label for each in actions(asked)}
    assert not await own(room)


@pytest.mark.parametrize(
    "line", ["loved heat, hated the ending", "heat was great but the ending drags", "heat is better than alien"]
)  # fmt: skip
async def test_one_film_with_two_opinions_is_one_review(line: str, room: Room) -> None:
    assert text(await room.say("ana", line)).startswith(f"Heat (1995): “{line}”")


BOTH_TOLD = "heat was great, he dies 4/5 and alien was dull 2/5"


async def test_a_question_about_one_film_keeps_none_of_the_others(room: Room) -> None:
    asked = await room.say("ana", BOTH_TOLD)
    folding = await room.press("ana", asked, "Save")
    assert text(folding).startswith("Saved 1 review:\nAlien (1979): ★★ · “alien was dull”")
    assert "Fold your review of Heat (1995) as a spoiler?" in text(folding)
    assert {each[1:] for each in await own(room)} == {(4, "alien was dull")}
    await room.press("ana", folding, "Show it as it is")
    assert {rating for _, rating, _ in await own(room)} == {8, 4}
    assert any("he dies" in words for _, _, words in await own(room))


async def test_each_of_two_questions_is_shown_and_answered(room: Room) -> None:
    asked = await room.say(
        "ana", "heat was great, he dies 4/5 and alien was dull, she dies 2/5 and up was fine 3/5"
    )
    folding = await room.press("ana", asked, "Save")
    assert not folding.asks  # an answer to the first would take the place of the second
    assert {rating for _, rating, _ in await own(room)} == {6}
    for each in [each for each in actions(folding) if each.label == "Fold it"]:
        await room.say("ana", each.command)
    assert {rating for _, rating, _ in await own(room)} == {8, 4, 6}


async def test_a_film_under_two_names_keeps_what_is_said_under_both(room: Room) -> None:
    asked = await room.say(
        "ana", "heat was great 4/5 and heat (1995) was long 3/5 and alien was dull 2/5"
    )
    await room.press("ana", asked, "Save")
    words = {rating: words for _, rating, words in await own(room)}
    assert words[4] == "alien was dull"
    assert "great" in words[6]
    assert "long" in words[6]


@pytest.mark.parametrize(
    "line",
    [
        "heat was great 4/5 yesterday and alien was dull 2/5",
        "heat 4/5 yesterday and alien 2/5",
        "heat 4/5 yesterday, lovely, and alien 2/5 on monday",
        "heat was great again 4/5 and alien was dull 2/5",
        "alien was dull 2/5, gave up after 40 minutes and heat was great 4/5",
        "heat was great 4/5 and alien was dull 2/5 with spoilers: she lives",
        "heat was great 4/5 ||he dies|| and alien was dull 2/5",
        "heat was great 4/5 and alien was dull 2/5, don't tell ben",
    ],
)  # fmt: skip
async def test_more_than_a_rating_and_words_is_kept_and_asked_about(line: str, room: Room) -> None:
    asked = await room.say("ana", line)
    assert "more than one film" in text(asked)
    assert line in text(asked)
    assert "Save" not in {each.label for each in actions(asked)}
    assert not await own(room)


async def test_words_for_the_author_alone_stay_so_when_they_are_saved_as_they_are(
    room: Room,
) -> None:
    asked = await room.say("ana", "heat was great 4/5 and alien was dull 2/5, don't tell ben")
    which = await room.press("ana", asked, "Save the words as they are")
    assert "Which film is it about?" in text(which)
    assert not await room.deliver()


@pytest.mark.parametrize("filler", [0, 150, 210])
async def test_the_length_of_a_line_gives_no_film_the_words_of_another(
    filler: int, room: Room
) -> None:
    line = f"heat was great {'so ' * (filler // 3)}good 4/5 and alien was dull 2/5"
    assert len(line) <= LONGEST
    assert text(await room.say("ana", line)).startswith("Save these reviews?\nHeat (1995): ★★★★")


async def test_six_films_are_six_reviews(room: Room) -> None:
    films = ("heat", "alien", "up", "coco", "carol", "moon")
    line = ", ".join(f"{film} was good {place}/5" for place, film in enumerate(films[:5], 1))
    asked = await room.say("ana", f"{line} and moon was good 3/5")
    await room.press("ana", asked, "Save")
    assert {words for _, _, words in await own(room)} == {f"{film} was good" for film in films}
