"""A walk through the schema: every table of a club holds something of a member, and nothing once they are forgotten."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from bot.domain.clubs.web_keys import KeyKind, WebKey
from bot.domain.follows import Follow, FollowedEntry
from bot.domain.ids import ClubId, MemberId, PlaceId, ReviewId
from bot.messages.replies import Button
from db.schema import metadata
from tests.support import Room, actions

WORDS = "Xylophones of Quixotia"
ACCOUNT = "quixotian"
ME = MemberId("test:zenobia")
NAMES = ("zenobia", WORDS, ACCOUNT)
OF_NOBODY = frozenset({"calendar", "films", "releases", "turns", "clubs", "forgotten"})
"""Tables of a club with nothing of a member in them; a new table is filled below, or belongs here."""


async def _fill(room: Room) -> None:
    for line in (
        f"/review Heat 4.5/5 {WORDS} in the rain.",
        f"/review Heat 4/5 {WORDS} again.",
        "/watchlist add Yi Yi",
        "/remind Anora in 3 days",
        f"/review The Thing | {WORDS} --on the 99th",
        "/night new tomorrow at 8",
        "/night nominate Paddington 2",
        "/night in",
    ):
        await room.say("zenobia", line)
    await room.bring("zenobia", f"Title,Year,Review\nHer,2013,{WORDS}\n")
    await room.say("ben", "/moderate mute @zenobia", admin=True)
    now, club = room.clock.now(), ClubId(room.club)
    async with room.store.writing(club) as work:
        await work.follows.save(Follow(club, ME, ACCOUNT, now, now + timedelta(days=1)))
        await work.follows.put([FollowedEntry(ME, "7", WORDS, "d", True, ReviewId("r"), now)])
        direct = PlaceId(f"{room.club}@zenobia")
        await work.web_keys.put(WebKey(club, "digest", "key", ME, KeyKind.SESSION, direct, now))
    await room.deliver()


def _rows(folder: Path) -> dict[str, list[tuple[str, ...]]]:
    with closing(sqlite3.connect(folder / "matinee.db")) as raw:
        return {
            table.name: [tuple(map(str, row)) for row in raw.execute(f"SELECT * FROM {table.name}")]  # noqa: S608 - our own names
            for table in metadata.sorted_tables
            if "club_id" in table.c
        }


def _names_them(rows: list[tuple[str, ...]]) -> list[str]:
    return [cell for row in rows for cell in row if any(name in cell for name in NAMES)]


async def test_no_table_names_a_forgotten_member(room: Room, tmp_path: Path) -> None:
    await _fill(room)
    before = _rows(tmp_path)
    unnamed = {name for name, rows in before.items() if not _names_them(rows)}
    assert unnamed == OF_NOBODY
    asked = await room.say("zenobia", "/forget")
    (erase,) = [e for e in actions(asked) if isinstance(e, Button) and "Erase" in e.label]
    await room.say("zenobia", erase.command)
    await room.deliver()

    assert {
        name: found for name, rows in _rows(tmp_path).items() if (found := _names_them(rows))
    } == {}
    await room.store.close()
    files = b"".join(each.read_bytes() for each in tmp_path.iterdir() if each.is_file())
    assert not [name for name in NAMES if name.encode() in files]
