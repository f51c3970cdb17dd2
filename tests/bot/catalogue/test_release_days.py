"""Days of release from a table or a calendar: on the right film, corrected by a newer file, or one line says why not."""

from pathlib import Path

import pytest

from bot.catalogue.importing.files.reader import UnreadableFile
from bot.catalogue.importing.release_days import DaysReport, Defaults, import_days
from bot.catalogue.titles.index import TitleIndex
from bot.domain.films.film import Film, ReleaseKind, first_release
from bot.domain.ids import FilmId
from bot.features.releases.commands import CalendarFileCommand
from bot.maintenance.refresh import update_clubs
from bot.messages.replies import Document
from tests.support import Room, items
from tests.support import text as text_of

GB = Defaults("GB")
TAMPOPO = FilmId("tampopo-1985")


def event(summary: str, day: str, more: str = "") -> str:
    return f"BEGIN:VEVENT\r\nSUMMARY:{summary}\r\nDTSTART;VALUE=DATE:{day}\r\n{more}END:VEVENT\r\n"


def calendar(*events: str) -> str:
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{''.join(events)}END:VCALENDAR\r\n"


async def brought(
    room: Room, titles: TitleIndex, path: Path, text: str, defaults: Defaults = GB
) -> DaysReport:
    path.write_text(text, "utf-8")
    return await import_days(path, defaults, room.store.catalogue, titles)


async def known(room: Room, film_id: FilmId = TAMPOPO) -> set[tuple[str, str, str, str]]:
    film: Film = (await room.store.catalogue.many([film_id]))[film_id]
    return {(each.region, each.kind, each.day.isoformat(), each.source) for each in film.releases}


async def test_a_table_puts_days_on_films(room: Room, titles: TitleIndex, tmp_path: Path) -> None:
    table = (
        "film,year,day,region,kind\nTampopo,,2024-03-12,,\nSolaris,1972,2024-02-02,France,digital\n"
    )
    report = await brought(room, titles, tmp_path / "picturehouse.csv", table)
    assert (len(report.changed), report.known, report.skipped) == (2, 0, ())
    assert ("GB", "cinema", "2024-03-12", "picturehouse") in await known(room)
    solaris = await known(room, FilmId("solaris-1972"))
    assert ("FR", "digital", "2024-02-02", "picturehouse") in solaris
    assert "Tampopo" in [each.title for each in items(await room.say("ana", "/releases"))]


async def test_a_newer_table_corrects_the_day_and_the_reminder(
    room: Room, titles: TitleIndex, tmp_path: Path
) -> None:
    path = tmp_path / "days.csv"
    await brought(room, titles, path, "film,day\nTampopo,2024-03-12\n")
    await room.say("ben", "/remind Tampopo")
    again = await brought(room, titles, path, "film,day\nTampopo,2024-03-12\n")
    assert (len(again.changed), again.known) == (0, 1)
    await brought(room, titles, path, "film,day\nTampopo,2024-04-01\n")
    assert {each for each in await known(room) if each[0] == "GB"} == {
        ("GB", "cinema", "2024-04-01", "days")
    }
    await room.deliver()
    assert "Mon 1 Apr 2024" in text_of(await room.say("ben", "/reminders"))


async def test_a_calendar_puts_days_on_films(
    room: Room, titles: TitleIndex, tmp_path: Path
) -> None:
    text = calendar(
        event("Tampopo", "20240312"),
        event("2001: A Space Odyssey: US digital", "20240401"),
        event("Perfect Days", "20240401", "STATUS:CANCELLED\r\n"),
    )
    report = await brought(room, titles, tmp_path / "days.ics", text, Defaults("FR"))
    assert ("FR", "cinema", "2024-03-12", "days") in await known(room)
    space = await known(room, FilmId("2001-a-space-odyssey-1968"))
    assert ("US", "digital", "2024-04-01", "days") in space
    assert [str(each) for each in report.skipped] == [
        "days.ics, line 3: 'Perfect Days' is cancelled"
    ]


async def test_matinees_own_calendar_file_can_be_brought_to_another_matinee(
    room: Room, titles: TitleIndex, tmp_path: Path
) -> None:
    await room.say("ana", "/releases add Tampopo in US digital 12 March")
    file = await room.say("ana", CalendarFileCommand("US"))
    document = next(block for block in file.blocks if isinstance(block, Document))
    report = await brought(room, titles, tmp_path / "theirs.ics", document.content)
    assert report.skipped == ()
    assert ("US", "digital", "2024-03-12", "theirs") in await known(room)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Zyxxy of Qwert,2024-03-12", "no film is called 'Zyxxy of Qwert'"),
        ("Solaris,2024-03-12", "several films are called 'Solaris': give the year"),
        ("Tampopo,12 March", "the day '12 March' is not written as 2026-06-12"),
        ("Tampopo", "1 cells where there are 2 columns"),
    ],
)
async def test_a_row_that_cannot_be_used_says_why(
    room: Room, titles: TitleIndex, tmp_path: Path, row: str, why: str
) -> None:
    table = f"film,day\n{row}\nPerfect Days,2024-06-01\n"
    report = await brought(room, titles, tmp_path / "days.csv", table)
    assert [str(each) for each in report.skipped] == [f"days.csv, line 2: {why}"]
    assert len(report.changed) == 1


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("days.csv", "title;when\n", "no column film, day"),
        ("days.csv", "", "no column film, day"),
        ("days.ics", "film,day\n", "it is no calendar"),
        ("days.ics", "", "it is no calendar"),
    ],
)
async def test_a_file_that_cannot_be_used_changes_nothing(
    room: Room, titles: TitleIndex, tmp_path: Path, name: str, text: str, why: str
) -> None:
    with pytest.raises(UnreadableFile, match=why):
        await brought(room, titles, tmp_path / name, text)


async def test_a_club_keeps_the_day_that_it_has_noted(
    room: Room, titles: TitleIndex, tmp_path: Path
) -> None:
    await room.say("ana", "/releases add Tampopo 12 March")
    report = await brought(
        room,
        titles,
        tmp_path / "d.csv",
        "film,day,region\nTampopo,2024-04-01,GB\nTampopo,2024-04-02,US\n",
    )
    await update_clubs(report.changed, room.store, room.clock.now(), room.ids)
    async with room.store.reading(room.caller("ana").club_id) as work:
        film = await work.films.get(TAMPOPO)
    assert film is not None
    days = [first_release(film, region, ReleaseKind.CINEMA) for region in ("GB", "US")]
    assert [str(each and each.day) for each in days] == ["2024-03-12", "2024-04-02"]
