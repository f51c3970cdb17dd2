"""Command line: options, wrong input, and errors of the machine."""

import sqlite3
from pathlib import Path

import pytest

from tests.adapters.conftest import run


def _refused(returncode: int, stdout: str, stderr: str, expected: int) -> None:
    assert returncode == expected
    assert stdout == ""
    assert stderr.startswith("matinee: ")
    assert len(stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--now", "31 February", "chat", "/help"], "2024-01-20T12:00Z"),
        (["chat", "--now", "2024-13-01", "/help"], "2024-01-20T12:00Z"),
        (["chat", "--now", "0001-01-01T00:00+14:00", "/help"], "2024-01-20T12:00Z"),
        (["chat", "--as", "two words", "/help"], "letters, digits"),
        (["chat", "--club", "a/b", "/help"], "letters, digits"),
        (["chat", "--club", "x" * 33, "/help"], "letters, digits"),
        (["dance"], "dance"),
        (["--nope"], "--nope"),
        (["--data", "", "tour"], "name a folder"),
        (["chat", "--data"], "--data"),
    ],
)
def test_a_bad_command_line_gets_one_line(arguments: list[str], says: str) -> None:
    done = run(*arguments)

    _refused(done.returncode, done.stdout, done.stderr, 2)
    assert says in done.stderr


def test_a_bad_setting_gets_one_line() -> None:
    done = run("chat", "/help", MATINEE_LOG_LEVEL="loud")

    _refused(done.returncode, done.stdout, done.stderr, 2)
    assert "MATINEE_LOG_LEVEL" in done.stderr


def test_help_names_every_command_and_option() -> None:
    shown = run("--help").stdout + run("chat", "--help").stdout

    for word in ("run", "chat", "tour", "--data", "--database", "--now", "--version", "--as"):
        assert word in shown
    for word in ("--club", "--json", "--demo", "now:", "press", "A club begins empty"):
        assert word in shown


def test_the_version_is_shown() -> None:
    assert run("--version").stdout.startswith("matinee ")


def test_options_stand_before_or_after_the_command(data: Path) -> None:
    before = run("--data", str(data), "--now", "2024-01-20", "chat", "/releases")
    after = run("chat", "/releases", "--now", "2024-01-20", "--data", str(data))

    assert before.returncode == after.returncode == 0
    assert before.stdout == after.stdout
    assert "All of Us Strangers" in before.stdout


def test_a_file_in_the_place_of_the_data_folder(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    done = run("--data", str(tmp_path / "data"), "chat", "/help")

    _refused(done.returncode, done.stdout, done.stderr, 1)
    assert str(tmp_path / "data") in done.stderr


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://somewhere/db", "sqlite:///"),
        ("no url at all", "sqlite:///"),
        ("sqlite:////proc/nowhere/matinee.db", "/proc/nowhere"),
    ],
)
def test_a_database_that_cannot_be(url: str, says: str, tmp_path: Path) -> None:
    done = run("--data", str(tmp_path), "--database", url, "chat", "/help")

    _refused(done.returncode, done.stdout, done.stderr, 1)
    assert says in done.stderr


def test_a_file_that_is_no_database(data: Path) -> None:
    for each in data.glob("matinee.db*"):
        each.unlink()
    (data / "matinee.db").write_text("Dear diary, " * 1000)
    done = run("--data", str(data), "chat", "/help")

    _refused(done.returncode, done.stdout, done.stderr, 1)
    assert "not a database" in done.stderr
    assert (data / "matinee.db").read_text().startswith("Dear diary")


def test_a_read_only_database(data: Path) -> None:
    with (data / "matinee.db").open("r+b") as file:
        file.seek(18)
        file.write(b"\3")  # a write version from the future: this SQLite may only read
    done = run("--data", str(data), "chat", "/review Her 4/5 Lost?")

    _refused(done.returncode, done.stdout, done.stderr, 1)
    assert "is read-only. Make the file and its folder writable." in done.stderr


def test_a_locked_database(data: Path) -> None:
    with sqlite3.connect(data / "matinee.db", isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        done = run("--data", str(data), "chat", "/help")
        other.execute("ROLLBACK")
    other.close()

    _refused(done.returncode, done.stdout, done.stderr, 1)
    assert "in use by another program" in done.stderr


def test_a_password_in_the_database_url_is_never_shown(tmp_path: Path) -> None:
    done = run(
        "--data",
        str(tmp_path),
        "chat",
        "/help",
        MATINEE_DATABASE_URL="mysql://ana:hunter2@somewhere/db",
        MATINEE_LOG_LEVEL="debug",
    )

    assert done.returncode == 1
    assert "hunter2" not in done.stderr + done.stdout
