"""A member's own message becomes a review: what it is about is found in it, or asked for."""

import pytest

from bot.features.reviews.commands import ReviewCommand
from tests.support import Room, text

OURS = "I rang my father from the payphone of the hotel, and nobody was there at all."


@pytest.mark.parametrize(
    ("words", "receipt"),
    [
        (f"Aftersun 4.5/5\n{OURS}", "Saved your review of Aftersun (2022): ★★★★½"),
        (
            f"All of Us Strangers ★★★★ {OURS}",
            "Saved your review of All of Us Strangers (2023): ★★★★",
        ),
        (f"Aftersun (2022)\n\n{OURS}", "Saved your review of Aftersun (2022)."),
    ],
)
async def test_what_names_its_film_is_saved_at_once(room: Room, words: str, receipt: str) -> None:
    saved = await room.say("ana", ReviewCommand(mine=True), attachment=words)

    assert receipt in text(saved)
    assert OURS in text(await room.say("ana", "/reviews"))


async def test_what_names_none_is_kept_while_it_is_asked_for(room: Room) -> None:
    asked = await room.say("ana", ReviewCommand(mine=True), attachment=OURS)

    assert "Which film is it about?" in text(asked)
    assert OURS in text(await room.say("ana", "/review"))


async def test_what_cannot_be_read_as_typed_is_kept_all_the_same(room: Room) -> None:
    asked = await room.say("ana", ReviewCommand(mine=True), attachment=f"Aftersun 11/10 {OURS}")

    assert "went wrong" not in text(asked)
    assert OURS in text(await room.say("ana", "/review")) + text(await room.say("ana", "/reviews"))
