"""`matinee catalogue days` as a host types it."""

from pathlib import Path

from tests.adapters.conftest import run


def test_days_are_taken_from_a_table(data: Path, tmp_path: Path) -> None:
    table = tmp_path / "days.csv"
    table.write_text("film,day\nTampopo,2024-02-12\nNo Such Film At All,2024-02-13\n")
    told = run("--data", str(data), "catalogue", "days", str(table), "--region", "France")
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.splitlines() == [
        "Days: 1 film with new days, 0 unchanged, 1 row skipped.",
        "  skipped: days.csv, line 3: no film is called 'No Such Film At All'",
    ]
    listed = run("--data", str(data), "--now", "2024-01-20T12:00Z", "chat", "/releases FR")
    assert "Tampopo (1985)" in listed.stdout


def test_a_wrong_region_or_file_says_what_to_do(data: Path, tmp_path: Path) -> None:
    table = tmp_path / "days.csv"
    table.write_text("title;when\n")
    for more, why in (
        ((), "no column film, day"),
        (("--region", "Atlantis"), "Type its two letters"),
    ):
        told = run("--data", str(data), "catalogue", "days", str(table), *more)
        assert told.returncode == 1
        assert why in told.stderr
