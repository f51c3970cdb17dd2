"""A member's data: told, taken along, forgotten without a trace, brought back."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from icalendar import Calendar

from bot.domain.ids import ClubId, MemberId
from bot.domain.reviews.review import Review
from bot.features.transfer.commands import SaveImportCommand
from bot.messages.replies import Button, Document, Reply
from bot.messages.requests import Request
from db.schema import metadata
from tests.support import Room, actions, items, text

WORDS = "Xylophones of Quixotia"


@pytest.fixture
async def club(room: Room) -> Room:
    """A club where ana has done a bit of everything."""
    for line in (
        f"/review Heat 4.5/5 {WORDS} in the rain.",
        f"/review Heat 4/5 {WORDS} again.",
        f"/review Her 3/5 --private {WORDS}",
        "/review Aftersun 5/5",
        "/watchlist add Yi Yi",
        "/settings region US",
        f"/review The Thing | {WORDS} --on the 99th",
    ):
        await room.say("ana", line)
    await room.say("ben", "/review Heat 2/5 Too long.")
    await room.say("ana", "/remind Anora in 3 days")
    await room.deliver()
    return room


def _pressed(reply: Reply, label: str) -> Button:
    (found,) = [each for each in actions(reply) if each.label == label]
    assert isinstance(found, Button)
    return found


def _documents(reply: Reply) -> dict[str, str]:
    return {each.name: each.content for each in reply.blocks if isinstance(each, Document)}


async def _forgotten(club: Room, label: str) -> Reply:
    asked = await club.say("ana", "/forget")
    assert "3 reviews" in text(asked)
    return await club.say("ana", _pressed(asked, label).command)


def _cells(folder: Path) -> Iterator[tuple[str, str]]:
    with closing(sqlite3.connect(folder / "matinee.db")) as raw:
        for table in metadata.tables.values():
            for row in raw.execute(f"SELECT * FROM {table.name}"):  # noqa: S608 - our own names
                yield from ((table.name, str(cell)) for cell in row)


async def test_nothing_of_a_forgotten_member_is_left(club: Room, tmp_path: Path) -> None:
    done = await _forgotten(club, "Erase everything")
    await club.deliver()

    assert "Forgotten: 3 reviews" in done.summary
    left = [
        (table, cell)
        for table, cell in _cells(tmp_path)
        if WORDS in cell or "test:ana" in cell or cell == "ana"
    ]
    assert left == []
    async with club.store.reading(ClubId(club.club)) as work:
        assert await work.reviews.of_member(MemberId("test:ana")) == []
    await club.store.close()
    files = b"".join(each.read_bytes() for each in tmp_path.iterdir() if each.is_file())
    assert WORDS.encode() not in files


async def test_the_others_see_nothing_of_them_and_picks_go_without(club: Room) -> None:
    await club.say("ben", "/recommend for everyone")
    await _forgotten(club, "Erase everything")

    card = text(await club.say("ben", "/review Heat"))
    assert WORDS not in card
    assert "ana" not in card
    assert "Too long" in card
    assert "1 rating" in card
    assert items(await club.say("ben", "/recommend like Heat"))


async def test_ratings_may_stay_without_a_name(club: Room, tmp_path: Path) -> None:
    done = await _forgotten(club, "Keep my ratings without my name")

    assert "2 of your ratings still count" in done.summary
    shown = text(await club.say("ben", "/reviews Heat"))
    assert "a former member" in shown
    assert WORDS not in shown
    assert not [each for each in _cells(tmp_path) if WORDS in each[1] or "test:ana" in each[1]]
    assert "2 ratings" in text(await club.say("ben", "/review Heat"))


async def test_every_table_that_names_a_member_is_thought_of(club: Room, tmp_path: Path) -> None:
    """Walks the schema: a new column that names a member has to be forgotten, too."""
    await _forgotten(club, "Erase everything")
    with closing(sqlite3.connect(tmp_path / "matinee.db")) as raw:
        for table in metadata.tables.values():
            for name in ("member_id", "made_by", "concerned"):
                if name in table.c:
                    column = table.c[name].name
                    query = f"SELECT count(*) FROM {table.name} WHERE {column} = 'test:ana'"  # noqa: S608 - our own names
                    assert raw.execute(query).fetchone() == (0,), table.name


async def test_announcements_go_with_their_reviews(room: Room) -> None:
    await room.say("ana", f"/review Heat 4/5 {WORDS}")
    (announced,) = await room.deliver()
    assert "ana" in text(announced[1])
    asked = await room.say("ana", "/forget")
    await room.say("ana", _pressed(asked, "Erase everything").command)
    await room.deliver()

    assert [text(reply) for _, reply in room.mailbox.shown.values() if "ana" in text(reply)] == []


async def test_a_line_about_ratings_goes_with_them(room: Room) -> None:
    for film in ("Heat", "Her", "Aftersun"):
        await room.say("ana", f"/review {film} 4/5")
    room.clock.forward(hours=1)
    (announced,) = await room.deliver()
    assert text(announced[1]).startswith("ana rated 3 films")
    asked = await room.say("ana", "/forget")
    await room.say("ana", _pressed(asked, "Erase everything").command)
    await room.deliver()
    assert list(room.mailbox.shown) == []


async def test_a_second_press_finds_nothing_and_another_member_is_untouched(club: Room) -> None:
    asked = await club.say("ana", "/forget")
    command = _pressed(asked, "Erase everything").command
    await club.say("ana", command)

    assert "nothing about you here" in (await club.say("ana", command)).summary
    assert "nothing about you here" in (await club.say("ana", "/forget")).summary
    async with club.store.reading(ClubId(club.club)) as work:
        assert len(await work.reviews.of_member(MemberId("test:ben"))) == 1


async def test_who_has_said_nothing_is_told_so_in_whole_sentences(room: Room) -> None:
    await room.say("ana", "/settings region US")
    asked = await room.say("ana", "/forget")
    assert "would be forgotten: your settings and unfinished questions, and what" in asked.summary
    done = await room.say("ana", _pressed(asked, "Erase everything").command)
    assert done.summary == "Forgotten: all that was stored about you."


async def test_what_is_exported_can_be_brought_back(club: Room) -> None:
    """Export, forget, import: the club is as it was, but for times and former versions."""

    async def said() -> set[tuple[object, ...]]:
        async with club.store.reading(ClubId(club.club)) as work:
            reviews = await work.reviews.of_member(MemberId("test:ana"))
            marks = await work.marks.of([MemberId("test:ana")])
        return {_content(each) for each in reviews} | {(m.film_id, m.kind) for m in marks}

    await club.say("ana", "/review Past Lives --dnf 40")
    before = await said()
    exported = _documents(await club.say("ana", "/export"))["matinee.json"]
    asked = await club.say("ana", "/forget")
    await club.say("ana", _pressed(asked, "Erase everything").command)
    assert await said() == set()
    shown = await club.bot.handle(
        Request("back", club.caller("ana"), "/import", None, "matinee.json", exported.encode())
    )
    (save,) = [
        each.command
        for each in actions(shown)
        if isinstance(each, Button) and isinstance(each.command, SaveImportCommand)
    ]
    await club.say("ana", save)

    assert await said() == before


def _content(review: Review) -> tuple[object, ...]:
    return (
        review.film_id, review.rating, review.text, review.spoiler, review.private, review.rewatch,
        review.abandoned, review.abandoned_after, review.watched_on,
    )  # fmt: skip


async def test_the_export_is_complete_and_letterboxd_can_read_it(club: Room) -> None:
    files = _documents(await club.say("ana", "/export"))
    written = json.loads(files["matinee.json"])

    assert list(files) == ["matinee.json", "letterboxd.csv", "watchlist.csv", "reminders.ics"]
    assert {each["title"] for each in written["films"]} == {"Heat", "Her", "Aftersun", "Yi Yi"}
    assert [each["title"] for each in written["reminders"]] == ["Anora"]
    assert written["member"]["region"] == "US"
    header, *rows = files["letterboxd.csv"].splitlines()
    assert header.startswith("tmdbID,imdbID,Title,Year,Directors,Rating")
    assert len(rows) == 3


async def test_nobody_elses_words_are_exported(club: Room) -> None:
    files = _documents(await club.say("ben", "/export"))
    assert WORDS not in "".join(files.values())


async def test_privacy_is_told_with_ways_to_act(room: Room) -> None:
    told = await room.say("ana", "/privacy")
    assert [each.label for each in actions(told)] == ["Take it along", "Forget me…"]
    assert "never by another club" in text(told)


async def test_reminders_go_along_as_a_calendar(club: Room) -> None:
    await club.say("ana", "/releases Anora GB cinemas 1 November 2030")
    await club.say("ana", "/remind Anora")
    exported = _documents(await club.say("ana", "/export"))
    assert "reminders.ics" in exported
    calendar = Calendar.from_ical(exported["reminders.ics"])
    events = list(calendar.walk("VEVENT"))
    assert events
    assert all("Anora" in str(each["summary"]) for each in events)
    assert len({str(each["uid"]) for each in events}) == len(events)
