"""The review that Matinee began with, where it lies beside the checkout: brought in whole."""

import pytest

from bot.domain.ids import ClubId, FilmId
from bot.messages.replies import Form
from tests.support import SHARED, Room, actions, text

SEEDS = sorted((SHARED.parent / "seeds").glob("*.txt"))

pytestmark = pytest.mark.skipif(not SEEDS, reason="the first review is not beside the checkout")

STRANGERS = "/review All of Us Strangers"


def seed() -> str:
    return SEEDS[0].read_bytes().decode("utf-8")


async def test_it_is_read_shown_and_saved_byte_for_byte(room: Room) -> None:
    shown = await room.say("ana", "/review", attachment=seed())
    for found in (
        "All of Us Strangers (2023)",
        "Naomi Roper",
        "Andrew Scott (Adam)",
        "Paul Mescal (Harry)",
        "Claire Foy",
        "Jamie Bell",
        "a novel by Taichi Yamada",
        "London Film Festival",
        "UK cinemas: 26 January 2024",
        "The text says Andrew Haig, the catalogue Andrew Haigh",
    ):
        assert found in text(shown)
    assert not any(isinstance(action, Form) for action in actions(shown))

    saved = await room.press("ana", shown, "Save as Naomi Roper's review")
    assert "Remind me: UK cinemas" in [action.label for action in actions(saved)]
    async with room.store.reading(ClubId(room.club)) as work:
        (review,) = await work.reviews.of_film(FilmId("all-of-us-strangers-2023"))
    assert review.text.encode() == SEEDS[0].read_bytes()
    assert review.critic == "Naomi Roper"


@pytest.mark.parametrize("line", [f"{STRANGERS}\n", "/review ", "/review\n", "@Matinee review "])
async def test_it_may_be_pasted_too(line: str, room: Room) -> None:
    shown = await room.say("ana", line + seed())
    await room.press("ana", shown, "Save as Naomi Roper's review")
    async with room.store.reading(ClubId(room.club)) as work:
        (review,) = await work.reviews.of_film(FilmId("all-of-us-strangers-2023"))
    assert review.text.endswith(seed())


async def test_the_next_card_quotes_its_critic_and_another_clubs_does_not(room: Room) -> None:
    await room.press(
        "ana", await room.say("ana", "/review", attachment=seed()), "Save as Naomi Roper's review"
    )
    card = text(await room.say("ben", STRANGERS))
    assert "— Naomi Roper" in card
    assert "Critics, counted apart: Naomi Roper" in card
    assert "Naomi Roper" not in text(await room.other("test:elsewhere").say("ben", STRANGERS))
    assert "I have nothing to go by" in text(await room.say("ana", "/recommend"))
