"""Files that replies bring along land in the data folder, whole, and nowhere else."""

from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from adapters.console.output.files import save_documents
from bot.messages.replies import Document, Reply
from tests.adapters.conftest import Say

PRESS = "press 1.calendar-file?region=GB"


async def test_a_calendar_is_kept_as_a_file_to_open(data: Path, say: Say) -> None:
    shown = await say("/releases", PRESS, now="2024-01-20T12:00Z")
    path = data / "files" / "releases-GB.ics"
    assert f"Saved as {path}" in shown
    events = Calendar.from_ical(path.read_bytes()).events
    assert date(2024, 1, 26) in [each.decoded("dtstart") for each in events]
    assert path.parent.stat().st_mode & 0o077 == 0


async def test_programs_get_the_file_in_the_reply_alone(data: Path, say: Say) -> None:
    shown = await say(PRESS, now="2024-01-20T12:00Z", as_json=True)
    assert "END:VCALENDAR" in shown
    assert not (data / "files").exists()


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../out.ics", "out.ics"), ("C:\\x\\y.ics", "y.ics"), ("..", "file.txt"), ("", "file.txt")],
)
def test_a_name_chooses_no_folder(tmp_path: Path, name: str, kept: str) -> None:
    folder = tmp_path / "files"
    reply = Reply((Document(name, "text/calendar", "one\r\ntwo"),), "")
    assert list(save_documents(reply, folder)) == [f"Saved as {folder / kept}"]
    assert (folder / kept).read_bytes() == b"one\r\ntwo"
    assert [each.name for each in tmp_path.rglob("*") if each.is_file()] == [kept]


def test_a_folder_that_cannot_be_written_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("in the way")
    [told] = save_documents(
        Reply((Document("a.ics", "text/calendar", "x"),), ""), tmp_path / "files"
    )
    assert "could not be written" in told
