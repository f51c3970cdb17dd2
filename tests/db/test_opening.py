"""Opening a database: created, opened, or refused with advice."""

import asyncio
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

import db.migrations.run  # noqa: F401 - loaded now, since one who is nobody cannot load it later
from bot.domain.errors import SchemaTooNew, StoreError
from db.engines.open import open_store
from db.engines.sqlite_errors import store_error
from db.transactions import Across
from tests.db.make import CLUB, member, review

ROOT = Path(__file__).parents[2]
NOBODY = 65534


def _path(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def _names(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir()]


@contextmanager
def _without_privileges() -> Iterator[None]:
    """Run as a user without root's rights, for whom file permissions count."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def closed() -> Iterator[Path]:
    """Return a folder that is readable and not writable."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        yield Path(folder)
        Path(folder).chmod(0o755)


@pytest.fixture
def public() -> Iterator[Path]:
    """Return a folder that everybody can enter."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


async def _refusal(url: str, busy_timeout: timedelta = timedelta(seconds=10)) -> StoreError:
    with pytest.raises(StoreError) as caught:
        await open_store(url, busy_timeout=busy_timeout)
    return caught.value


async def test_a_database_and_its_folder_are_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder with space" / "100%.db"
    store = await open_store(f"sqlite+aiosqlite:///{path}")
    async with store.writing(CLUB) as work:
        await work.members.save(member())
    await store.close()
    assert path.parent.stat().st_mode & 0o077 == 0
    store = await open_store(f"sqlite:///{path}")
    async with store.reading(CLUB) as work:
        assert await work.members.all() == [member()]
    await store.close()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "sqlite+aiosqlite://"])
async def test_a_throw_away_database_leaves_nothing(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    one, two = await open_store(url), await open_store(url)
    async with one.writing(CLUB) as work:
        await work.members.save(member())
    async with two.reading(CLUB) as work:
        assert await work.members.all() == []
    await one.close()
    await two.close()
    assert _names(tmp_path) == []


async def test_a_file_is_in_wal_mode_and_nothing_is_left_beside_it(database: str) -> None:
    store = await open_store(database)
    async with store.writing(CLUB) as work:
        await work.reviews.save(review())
    await store.close()
    assert _names(_path(database).parent) == ["matinee.db"]
    with closing(sqlite3.connect(_path(database))) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize(
    ("pragma", "reading", "writing"),
    [
        ("foreign_keys", 1, 1),
        ("trusted_schema", 0, 0),
        ("busy_timeout", 0, 0),
        ("query_only", 1, 0),
        ("synchronous", None, 2),
    ],
)
async def test_connections_are_set_up(
    database: str, pragma: str, reading: int | None, writing: int
) -> None:
    store = await open_store(database)
    async with (
        store._transactions.read(Across.HOST) as reader,
        store._transactions.write(Across.HOST) as writer,
    ):
        found = (await reader.exec_driver_sql(f"PRAGMA {pragma}")).scalar_one()
        assert reading is None or found == reading
        assert (await writer.exec_driver_sql(f"PRAGMA {pragma}")).scalar_one() == writing
    await store.close()


async def test_a_newer_schema_is_refused(database: str) -> None:
    with closing(sqlite3.connect(_path(database))) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    refusal = await _refusal(database)
    assert isinstance(refusal, SchemaTooNew)
    assert not refusal.retry
    assert "newer Matinee" in str(refusal)
    assert "9999" in str(refusal)


async def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "photos.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE photos (name TEXT)")
    refusal = await _refusal(f"sqlite:///{path}")
    assert "another program" in str(refusal)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("photos",)]


async def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Seen on Friday: everything.\n" * 300)
    refusal = await _refusal(f"sqlite:///{path}")
    assert "is not a database" in str(refusal)
    assert str(path) in str(refusal)
    assert not refusal.retry
    assert path.read_text().startswith("Seen on Friday")


async def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    refusal = await _refusal(f"sqlite:///{tmp_path}")
    assert "cannot be opened" in str(refusal)


async def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refusal = await _refusal(f"sqlite:///{tmp_path}/file/matinee.db")
    assert "cannot be made" in str(refusal)
    assert not refusal.retry


async def test_a_read_only_file_is_refused(database: str, public: Path) -> None:
    path = public / "matinee.db"
    path.write_bytes(_path(database).read_bytes())
    path.chmod(0o444)
    with _without_privileges():
        refusal = await _refusal(f"sqlite:///{path}")
    assert "is read-only" in str(refusal)
    assert "writable" in str(refusal)
    assert not refusal.retry


async def test_a_folder_that_may_not_be_written_is_refused(closed: Path) -> None:
    with _without_privileges():
        making = await _refusal(f"sqlite:///{closed}/new/matinee.db")
        opening = await _refusal(f"sqlite:///{closed}/matinee.db")
    assert "cannot be made: Permission denied" in str(making)
    assert "cannot be opened" in str(opening)


async def test_a_locked_database_is_refused_for_now(database: str) -> None:
    with closing(sqlite3.connect(_path(database))) as other:
        other.execute("BEGIN IMMEDIATE")
        refusal = await _refusal(database, busy_timeout=timedelta(milliseconds=20))
    assert refusal.retry
    assert "in use" in str(refusal)


@pytest.mark.parametrize("url", ["", "matinee.db", "mysql://x"])
async def test_a_url_that_means_nothing_here_is_refused(url: str) -> None:
    assert "sqlite:///" in str(await _refusal(url))


async def test_a_damaged_database_says_so(database: str) -> None:
    _overwrite(_path(database), 4096, b"\xff" * 4096 * 8)
    refusal = await _refusal(database)
    assert "is damaged" in str(refusal)
    assert "backup" in str(refusal)
    assert not refusal.retry


def _overwrite(path: Path, place: int, with_what: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        file.write(with_what)


def test_a_full_disk_says_so(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "small.db")) as connection:
        connection.execute("CREATE TABLE t (x)")
        connection.execute("PRAGMA max_page_count=3")
        with pytest.raises(sqlite3.OperationalError) as caught:
            connection.execute("INSERT INTO t VALUES (zeroblob(99999))")
    error = store_error("The database", caught.value)
    assert "Free some space" in str(error)
    assert error.retry


def test_what_nobody_foresaw_is_passed_on() -> None:
    error = store_error("The database", sqlite3.OperationalError("no such thing: {}"))
    assert str(error) == "The database cannot serve: no such thing: {}"
    assert not error.retry


async def test_several_processes_may_make_the_database_at_once(tmp_path: Path) -> None:
    program = (
        "import asyncio, sys\n"
        "from db.engines.open import open_store\n"
        "async def main():\n"
        "    await (await open_store(sys.argv[1])).close()\n"
        "sys.stdin.read()\n"
        "asyncio.run(main())\n"
    )
    url = f"sqlite:///{tmp_path}/new/matinee.db"
    starting = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", program, url),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(4)
    ]
    ended = await asyncio.gather(*(each.communicate(b"go") for each in starting))
    assert [each.returncode for each in starting] == [0] * 4, [err.decode() for _, err in ended]


def test_opening_what_is_up_to_date_does_not_load_alembic(database: str) -> None:
    program = (
        "import asyncio, sys\n"
        "from db.engines.open import open_store\n"
        "async def main():\n"
        "    await (await open_store(sys.argv[1])).close()\n"
        "asyncio.run(main())\n"
        "assert not [name for name in sys.modules if name.startswith('alembic')]\n"
    )
    subprocess.run([sys.executable, "-c", program, database], cwd=ROOT, check=True)  # noqa: S603 - our own program
