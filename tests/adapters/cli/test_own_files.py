"""`matinee import` and `matinee export`: a member's files from the command line."""

import json
from pathlib import Path

from tests.adapters.conftest import run


def test_a_file_comes_in_is_exported_and_comes_in_elsewhere(data: Path, tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text("Wort;Jahr;Zahl\nHeat;1995;9\nHer;2013;6\n", encoding="utf-8")
    columns = ("--columns", "title=Wort, year=Jahr, rating=Zahl")
    options = ("--data", str(data), "--as", "ana", "--club", "films")
    shown = run("import", str(table), *columns, *options)
    assert "2 films from a table" in shown.stdout
    assert "Nothing was saved. With --yes" in shown.stdout
    assert "[1]" not in shown.stdout
    done = run("import", str(table), *columns, *options, "--yes")
    assert "2 with a rating" in done.stdout
    out = tmp_path / "out"
    run("export", str(out), *options)
    written = json.loads((out / "matinee.json").read_text("utf-8"))
    assert {each["title"]: each["rating"] for each in written["films"]} == {"Heat": 4.5, "Her": 3.0}
    elsewhere = ("--data", str(data), "--as", "ben", "--club", "others", "--yes")
    assert "2 with a rating" in run("import", str(out / "matinee.json"), *elsewhere).stdout


def test_what_cannot_be_read_gets_one_line(data: Path, tmp_path: Path) -> None:
    for name, says in ((tmp_path / "none.csv", "There is no file"), (tmp_path, "is not a file")):
        done = run("import", str(name), "--data", str(data))
        assert done.returncode == 1
        assert says in done.stderr
        assert len(done.stderr.splitlines()) == 1
