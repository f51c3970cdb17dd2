"""A film seen on a day that nobody told counts among all figures, and in no year's."""

import pytest

from bot.features.members.commands import MeCommand
from bot.features.picks.commands import LovedFilmsCommand
from bot.messages.plain_text import plain
from bot.messages.replies import Button, Reply
from tests.support import Room, actions, items, text

IMPORTED = "Title,Year,Rating,WatchedDate\nHeat,1995,4.5,2023-05-06\nAftersun,2022,5,\n"


@pytest.fixture
async def club(room: Room) -> Room:
    """A club where ana named two films that she loves, and ben brought in two."""
    await room.say("ana", LovedFilmsCommand("Carol", "Her"))
    shown = await room.bring("ben", IMPORTED)
    (save,) = [e for e in actions(shown) if isinstance(e, Button) and "Import" in e.label]
    await room.say("ben", save.command)
    return room


async def test_films_named_as_loved_or_imported_without_a_day_are_no_films_of_this_year(
    club: Room,
) -> None:
    assert "Nobody here has told of a film that they saw in 2024" in text(
        await club.say("cleo", "/year")
    )
    told = text(await club.say("cleo", "/year 2023"))
    assert "Heat (1995)" in told
    assert "Aftersun" not in told
    shown = await club.say("cleo", "/stats")
    assert "4 reviews" in text(shown)
    assert next(each.label for each in actions(shown)) == "2023 in review"


async def test_such_a_viewing_stands_last_in_the_diary_until_its_day_is_told(club: Room) -> None:
    await club.say("ana", "/review Yi Yi 5/5")
    diary = MeCommand(part="diary")
    assert _told(await club.say("ana", diary))[1:] == ["on a day not told · ★★★★½"] * 2
    await club.say("ana", "/review Her 4/5 Warmer than I knew.")
    assert _told(await club.say("ana", diary))[-1] == "on a day not told · ★★★★½"
    assert "1 review" in text(await club.say("cleo", "/year"))
    await club.say("ana", "/review Her 4/5 --on 2024-01-03")
    assert "2 reviews" in text(await club.say("cleo", "/year"))


def _told(reply: Reply) -> list[str]:
    return [plain(line) for each in items(reply) for line in each.lines]
