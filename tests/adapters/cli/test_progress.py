"""Progress of long commands: on a terminal only, and never in what is said on standard output."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.cli.progress import showing_progress
from tests.adapters.conftest import command, surroundings
from tests.bot.catalogue.imdb_tables import write_tables


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_is_told_the_step_the_share_and_the_time_left() -> None:
    stream = _Terminal()
    with showing_progress(stream) as progress:
        progress("Reading", 1, 4)
        progress("Storing", 30, 40)
    told = stream.getvalue()
    assert "Storing" in told
    assert "75%" in told
    assert "left:" in told


def test_nobody_else_is_told_anything(capsys: pytest.CaptureFixture[str]) -> None:
    with showing_progress() as progress:
        progress("Reading", 1, 4)
    assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_an_import_in_a_terminal_shows_its_progress_beside_its_summary(
    data: Path, tmp_path: Path
) -> None:
    tables = write_tables(tmp_path / "imdb", 300)
    outer, inner = os.openpty()
    done = subprocess.run(  # noqa: S603 - our own command
        command("--data", str(data), "catalogue", "import", str(tables), "--votes", "0"),
        stdout=subprocess.PIPE,
        stderr=inner,
        encoding="utf-8",
        env=surroundings(TERM="xterm"),
        check=True,
    )
    os.close(inner)
    shown = os.read(outer, 100_000).decode()
    os.close(outer)
    assert "Storing" in shown
    assert done.stdout.splitlines()[0] == (
        "Films: 300 read, 300 new, 0 known films completed, 0 unchanged, 0 skipped."
    )
    assert "Information courtesy of IMDb (https://www.imdb.com)." in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_a_backup_in_a_terminal_shows_its_progress(data: Path, tmp_path: Path) -> None:
    outer, inner = os.openpty()
    done = subprocess.run(  # noqa: S603 - our own command
        command("--data", str(data), "backup", str(tmp_path / "copy.db")),
        stdout=subprocess.PIPE,
        stderr=inner,
        encoding="utf-8",
        env=surroundings(TERM="xterm"),
        check=True,
    )
    os.close(inner)
    shown = os.read(outer, 100_000).decode()
    os.close(outer)
    assert "Looking through it" in shown
    assert done.stdout.startswith(f"Saved {tmp_path / 'copy.db'}")


@pytest.mark.parametrize(
    ("options", "says"),
    [(["--votes", "-1"], "--votes wants a number"), (["--regions", "Germany!"], "such as GB,DE")],
)
def test_a_wish_that_makes_no_sense_is_told(
    options: list[str], says: str, data: Path, tmp_path: Path
) -> None:
    path = tmp_path / "films.json"
    path.write_text(json.dumps([]))
    done = subprocess.run(  # noqa: S603 - our own command
        command("--data", str(data), "catalogue", "import", str(path), *options),
        capture_output=True,
        encoding="utf-8",
        env=surroundings(),
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert says in done.stderr
