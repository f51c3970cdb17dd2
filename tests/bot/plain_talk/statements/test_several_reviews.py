"""Reviews of several films in one message: none is saved for another's film, nothing typed is lost."""

import pytest

from bot.domain.ids import ClubId, MemberId
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
