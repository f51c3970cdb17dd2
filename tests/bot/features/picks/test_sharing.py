"""Shared picks are what the member saw, whatever happened since."""

import pytest

from bot.domain.clubs.club import MarkKind
from bot.features.picks.commands import MarkFilmCommand
from bot.messages.visibility import Visibility
from tests.support import Room, button, items


@pytest.mark.parametrize(
    "line", ["/recommend like Her", "/recommend", "/recommend sad but hopeful"]
)
async def test_what_is_shared_is_what_was_seen(room: Room, line: str) -> None:
    for film, rating in (("Aftersun", 5), ("Heat", 2), ("Her", 4), ("Alien", 4), ("Paddington", 5)):
        await room.say("ana", f"/review {film} {rating}/5")
    picks = await room.say("ana", line)
    seen = [each.film_id for each in items(picks)]
    assert len(seen) == 5

    await room.say("ana", MarkFilmCommand(seen[0], MarkKind.SEEN))
    await room.say("ana", MarkFilmCommand(seen[1], MarkKind.NEVER))
    await room.say("ana", f"/review id:{seen[2]} 1/5")
    await room.say("ana", f"/review id:{seen[3]} 5/5 --private")
    shared = await room.press("ana", picks, "Share")
    assert [each.film_id for each in items(shared)] == seen
    assert shared.visibility is Visibility.CLUB


async def test_what_was_seen_before_marking_is_not_what_is_recommended_after(room: Room) -> None:
    picks = await room.say("ana", "/recommend like Her")
    seen = [each.film_id for each in items(picks)]
    await room.say("ana", MarkFilmCommand(seen[0], MarkKind.SEEN))
    again = await room.say("ana", "/recommend like Her")
    assert seen[0] not in [each.film_id for each in items(again)]
    assert button(again, "Share").command != button(picks, "Share").command
