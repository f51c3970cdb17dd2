"""Commands for hosts: deliveries, backup, restore, doctor."""

import asyncio
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.cli.hosting import deliveries as desk
from adapters.cli.hosting.backup import check_backup, make_backup, put_back
from adapters.cli.hosting.doctor import club_channels, findings
from adapters.runtime.health_report import ClubChannel, Verdict
from adapters.runtime.process.clock import parse_instant
from adapters.runtime.settings.settings import Secret, Settings
from bot.domain.clubs.club import Club, Member
from bot.domain.deliveries import Delivery, DeliveryState, Failed, Purpose, Sent
from bot.domain.errors import NotFound, SchemaTooNew, StoreError
from bot.domain.ids import ClubId, DeliveryId, FilmId, MemberId, PlaceId, ReviewId
from bot.domain.reviews.review import Review
from db.engines.open import open_store
from db.engines.sqlite_backup import back_up, database_file, restore
from tests.adapters.conftest import run

NOW = parse_instant("2024-01-27T12:00Z")
LEASE = timedelta(seconds=60)
CLUB = ClubId("console:demo")


@pytest.fixture
def settings(data: Path) -> Settings:
    return Settings(data_dir=data)


@pytest.fixture
def shown() -> list[str]:
    return []


@contextmanager
def _raw(settings: Settings) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(settings.folder / "matinee.db")) as connection, connection:
        yield connection


async def _plan(settings: Settings, *names: str) -> None:
    store = await open_store(settings.database)
    async with store.writing(CLUB) as work:
        for name in names:
            await work.deliveries.plan(
                Delivery(
                    DeliveryId(name),
                    CLUB,
                    Purpose.REMINDER,
                    name,
                    PlaceId("console:demo#room"),
                    NOW,
                )
            )
    await store.close()


async def _settle(settings: Settings, **outcomes: Failed | Sent) -> None:
    store = await open_store(settings.database)
    await store.outbox.claim("worker", NOW, LEASE, 99)
    for name, outcome in outcomes.items():
        assert await store.outbox.settle("worker", DeliveryId(name), outcome, NOW)
    await store.outbox.release("worker")
    await store.close()


async def test_deliveries_are_listed_without_their_words(
    settings: Settings, shown: list[str]
) -> None:
    await _plan(settings, "waits", "died", "went")
    await _settle(settings, died=Failed("the channel is gone"), went=Sent("m1"))
    await desk.list_deliveries(settings, [], shown.append, as_json=False)
    text = "".join(shown)
    assert "waits" in text
    assert "(the channel is gone)" in text
    assert "went" not in text
    assert "1 planned, 0 claimed, 0 uncertain, 1 sent, 1 dead, 0 cancelled" in text


async def test_deliveries_of_a_state_as_json(settings: Settings, shown: list[str]) -> None:
    await _plan(settings, "waits", "went")
    await _settle(settings, went=Sent("m1"))
    await desk.list_deliveries(settings, [DeliveryState.SENT], shown.append, as_json=True)
    [line] = shown
    assert json.loads(line)["delivery_id"] == "went"


async def test_dead_deliveries_are_tried_again_or_dropped(
    settings: Settings, shown: list[str]
) -> None:
    await _plan(settings, "one", "two", "three")
    await _settle(settings, one=Failed("closed"), two=Failed("closed"), three=Failed("closed"))
    await desk.retry(settings, ["one"], NOW, shown.append)
    with pytest.raises(NotFound, match="matinee deliveries list"):
        await desk.drop(settings, ["two", "nobody"], NOW, shown.append)
    await desk.retry(settings, [], NOW, shown.append)
    assert shown == [
        "1 will be tried again.\n",
        "1 will not be said.\n",
        "1 will be tried again.\n",
    ]
    store = await open_store(settings.database)
    again = await store.outbox.claim("worker", NOW, LEASE, 99)
    await store.close()
    # They may have arrived before they were given up: more than one try, so looked for first.
    assert {(each.delivery_id, each.attempts) for each in again} == {("one", 2), ("three", 2)}


async def test_what_somebody_is_saying_is_not_dropped(settings: Settings, shown: list[str]) -> None:
    await _plan(settings, "busy")
    store = await open_store(settings.database)
    await store.outbox.claim("worker", NOW, LEASE, 1)
    await store.close()
    with pytest.raises(NotFound):
        await desk.drop(settings, ["busy"], NOW, shown.append)


async def test_a_backup_is_made_while_the_database_is_written_to(
    settings: Settings, tmp_path: Path, shown: list[str]
) -> None:
    store = await open_store(settings.database)
    copied = asyncio.Event()

    async def write() -> int:
        number = 0
        while not copied.is_set():
            async with store.writing(CLUB) as work:
                await work.receipts.put(f"q{number}", "saved", NOW)
            number += 1
        return number

    writing = asyncio.create_task(write())
    await asyncio.sleep(0.05)
    await asyncio.to_thread(make_backup, settings, tmp_path / "copy.db", shown.append)
    copied.set()
    assert await writing > 1
    await store.close()
    assert "looked through it: schema" in shown[0]
    with closing(sqlite3.connect(tmp_path / "copy.db")) as connection:
        found = {row[0] for row in connection.execute("SELECT request_id FROM receipts")}
    assert found == {f"q{number}" for number in range(len(found))}
    assert found
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["copy.db"]
    assert (tmp_path / "copy.db").stat().st_mode & 0o077 == 0


def test_how_far_a_backup_and_its_return_are_is_told(settings: Settings, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []

    def tell(step: str, done: int, total: int) -> None:
        told.append((step, done, total))

    place = database_file(settings.database)
    back_up(place, tmp_path / "copy.db", tell)
    assert list(dict.fromkeys(step for step, *_ in told)) == ["Copying", "Looking through it"]
    whole = next(each for each in reversed(told) if each[0] == "Copying")
    assert whole[1] == whole[2] > 0
    told.clear()
    restore(tmp_path / "copy.db", place, NOW, tell)
    assert told[0][0] == told[-1][0] == "Looking through it"
    placed = [(done, total) for step, done, total in told if step == "Putting it in place"]
    assert placed[-1][0] == placed[-1][1] > 0


def test_a_backup_never_takes_anothers_place(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "there.db").write_text("mine")
    with pytest.raises(StoreError, match="Choose another name"):
        make_backup(settings, tmp_path / "there.db", print)
    assert (tmp_path / "there.db").read_text() == "mine"


def test_a_backup_that_cannot_be_written(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Nothing can be written"):
        make_backup(settings, tmp_path / "nowhere" / "copy.db", print)


def test_only_files_are_backed_up(tmp_path: Path) -> None:
    thrown_away = Settings(data_dir=tmp_path, database_url=Secret("sqlite://"))
    with pytest.raises(StoreError, match="in a file only"):
        make_backup(thrown_away, tmp_path / "copy.db", print)


async def test_a_backup_is_checked_without_touching_anything(
    settings: Settings, tmp_path: Path, shown: list[str]
) -> None:
    make_backup(settings, tmp_path / "copy.db", shown.append)
    before = (tmp_path / "copy.db").read_bytes()
    check_backup(tmp_path / "copy.db", shown.append)
    assert "is sound" in shown[-1]
    assert (tmp_path / "copy.db").read_bytes() == before


@pytest.mark.parametrize("damage", ["cut", "noise", "text", "missing", "newer", "another's"])
async def test_a_bad_backup_is_refused_and_the_database_stays(
    settings: Settings, tmp_path: Path, damage: str
) -> None:
    copy = tmp_path / "copy.db"
    make_backup(settings, copy, lambda _: None)
    _spoil(copy, damage)
    before = _dump(settings)
    with pytest.raises(StoreError) as checked:
        check_backup(copy, lambda _: None)
    with pytest.raises(StoreError) as restored:
        await put_back(settings, copy, NOW, lambda _: None)
    for error in (checked.value, restored.value):
        assert str(copy) in str(error)
        assert (damage == "newer") == isinstance(error, SchemaTooNew)
    assert _dump(settings) == before


def _spoil(copy: Path, damage: str) -> None:
    match damage:
        case "cut":
            copy.write_bytes(copy.read_bytes()[: copy.stat().st_size // 2])
        case "noise":
            data = bytearray(copy.read_bytes())
            data[8192 : 8192 + 40_000] = b"\xa5" * 40_000
            copy.write_bytes(data)
        case "text":
            copy.write_text("Dear diary, " * 1000)
        case "missing":
            copy.unlink()
        case "newer":
            with closing(sqlite3.connect(copy)) as connection, connection:
                connection.execute("UPDATE alembic_version SET version_num = '9999'")
        case _:
            copy.unlink()
            with closing(sqlite3.connect(copy)) as connection:
                connection.execute("CREATE TABLE photos (name TEXT)")


def _dump(settings: Settings) -> list[str]:
    with _raw(settings) as connection:
        return list(connection.iterdump())


async def test_a_restored_database_is_as_it_was_and_the_former_is_kept(
    settings: Settings, tmp_path: Path, shown: list[str]
) -> None:
    await _plan(settings, "before")
    make_backup(settings, tmp_path / "copy.db", shown.append)
    await _plan(settings, "after")
    await put_back(settings, tmp_path / "copy.db", NOW - timedelta(days=1), shown.append)
    with _raw(settings) as connection:
        names = connection.execute("SELECT delivery_id FROM deliveries").fetchall()
    assert names == [("before",)]
    [kept] = settings.folder.glob("matinee.db.before-*")
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT count(*) FROM deliveries").fetchall() == [(2,)]
    assert str(kept) in shown[-2]


async def test_what_was_said_after_the_backup_is_looked_for_before_it_is_said(
    settings: Settings, tmp_path: Path
) -> None:
    await _plan(settings, "said since")
    make_backup(settings, tmp_path / "copy.db", lambda _: None)
    await put_back(settings, tmp_path / "copy.db", NOW + timedelta(hours=1), lambda _: None)
    store = await open_store(settings.database)
    [due] = await store.outbox.claim("worker", NOW + timedelta(hours=1), LEASE, 9)
    await store.close()
    assert (due.attempts, due.tried_at) == (2, NOW)


async def test_a_damaged_database_gives_way_to_a_backup(settings: Settings, tmp_path: Path) -> None:
    make_backup(settings, tmp_path / "copy.db", lambda _: None)
    (settings.folder / "matinee.db").write_text("Dear diary, " * 1000)
    await put_back(settings, tmp_path / "copy.db", NOW, lambda _: None)
    await (await open_store(settings.database)).close()
    [kept] = settings.folder.glob("matinee.db.before-*")
    assert kept.read_text().startswith("Dear diary")


def _judged(settings: Settings, name: str) -> tuple[Verdict, str]:
    [found] = [each for each in findings(settings, NOW) if each.name == name]
    return found.verdict, found.text


def test_the_doctor_finds_all_well(settings: Settings) -> None:
    verdicts = {each.name: each.verdict for each in findings(settings, NOW)}
    assert set(verdicts.values()) == {Verdict.OK}
    assert set(verdicts) == {
        *("data folder", "disk", "index", "database"),
        *("clock", "schema", "journal", "deliveries"),
    }


def test_the_doctor_makes_nothing(tmp_path: Path) -> None:
    well = list(findings(Settings(data_dir=tmp_path / "new"), NOW))
    assert Verdict.BAD not in {each.verdict for each in well}
    assert list(tmp_path.iterdir()) == []


def test_the_doctor_sees_a_damaged_index(settings: Settings) -> None:
    (settings.folder / "index.bin").write_bytes(b"no index")
    verdict, text = _judged(settings, "index")
    assert verdict is Verdict.NOTE
    assert "makes it anew" in text


def test_the_doctor_sees_a_damaged_database(settings: Settings) -> None:
    data = bytearray((settings.folder / "matinee.db").read_bytes())
    data[8192 : 8192 + 40_000] = b"\xa5" * 40_000
    (settings.folder / "matinee.db").write_bytes(data)
    verdict, text = _judged(settings, "database")
    assert verdict is Verdict.BAD
    assert "matinee restore FILE" in text


async def test_the_doctor_sees_a_clock_that_went_back(settings: Settings) -> None:
    store = await open_store(settings.database)
    async with store.writing(CLUB) as work:
        await work.receipts.put("q1", "saved", NOW + timedelta(days=1))
    await store.close()
    verdict, text = _judged(settings, "clock")
    assert verdict is Verdict.NOTE
    assert "2024-01-28" in text


async def test_the_doctor_sees_what_is_overdue_and_dead(settings: Settings) -> None:
    await _plan(settings, "late", "died")
    await _settle(settings, died=Failed("closed"))
    found = {each.name: each.text for each in findings(settings, NOW + timedelta(hours=1))}
    assert found["deliveries"].startswith("1 to be said, 1 of them overdue.")
    assert "1 given up" in found["dead"]


def test_the_doctor_sees_an_open_folder(settings: Settings) -> None:
    settings.folder.chmod(0o755)
    verdict, text = _judged(settings, "data folder")
    assert verdict is Verdict.NOTE
    assert "chmod" in text


def test_the_commands_as_typed(data: Path, tmp_path: Path) -> None:
    """Each command in a process of its own: exit codes, and errors in one line."""
    folder = ("--data", str(data))
    copy = str(tmp_path / "copy.db")
    assert run("backup", copy, *folder).stdout.startswith("Saved ")
    assert run(*folder, "restore", "--check", copy).stdout.endswith("Nothing was changed.\n")
    assert "0 planned" in run(*folder, "deliveries", "list").stdout
    assert run(*folder, "doctor").returncode == 0
    with suppress(FileNotFoundError):
        (data / "matinee.db-wal").unlink()
    (data / "matinee.db").write_text("Dear diary, " * 1000)
    ill = run(*folder, "doctor")
    assert ill.returncode == 1
    assert "BAD   database" in ill.stdout
    assert ill.stderr == "matinee: not all is well; each line marked BAD says what to do\n"
    refused = run(*folder, "backup", copy)
    assert (refused.returncode, len(refused.stderr.splitlines())) == (1, 1)


async def test_doctor_finds_the_channels_that_clubs_have_chosen(settings: Settings) -> None:
    assert club_channels(settings) == []
    store = await open_store(settings.database)
    for name, left in (("here", None), ("gone", NOW)):
        club = ClubId(f"discord:{name}")
        async with store.writing(club) as work:
            channel = PlaceId(f"discord:#{name}")
            await work.clubs.save(Club(club, name=name, channel=channel, left_at=left))
    async with store.writing(CLUB) as work:
        await work.clubs.save(Club(CLUB))
    await store.close()
    here = ClubChannel(ClubId("discord:here"), "here", PlaceId("discord:#here"))
    assert club_channels(settings) == [here]


async def test_whoever_was_forgotten_since_is_forgotten_in_a_backup_too(
    settings: Settings, tmp_path: Path, shown: list[str]
) -> None:
    async def write(words: str) -> None:
        store = await open_store(settings.database)
        async with store.writing(CLUB) as work:
            for name in ("ana", "ben"):
                await work.members.save(Member(CLUB, MemberId(name), name))
                review = Review(
                    review_id=ReviewId(f"{name}-{words}"),
                    club_id=CLUB,
                    film_id=FilmId(f"{words}-2000"),
                    member_id=MemberId(name),
                    created_at=NOW,
                    changed_at=NOW,
                    text=words,
                )
                await work.reviews.save(review)
        await store.close()

    async def forget() -> None:
        store = await open_store(settings.database)
        async with store.writing(CLUB) as work:
            for review in await work.reviews.of_member(MemberId("ana")):
                await work.reviews.save(replace(review, deleted=True))
            await work.members.forget(MemberId("ana"), PlaceId("there"), MemberId("gone:1"))
        await store.close()

    await write("before")
    make_backup(settings, tmp_path / "copy.db", shown.append)
    await forget()
    await put_back(settings, tmp_path / "copy.db", NOW, shown.append)

    with _raw(settings) as connection:
        left = connection.execute("SELECT member_id, text FROM reviews ORDER BY text").fetchall()
        assert [each[1] for each in left] == ["", "before"]
        assert {each[0] for each in left} > {"ben"}
        members = {each[0] for each in connection.execute("SELECT member_id FROM members")}
        assert "ben" in members
        assert "ana" not in members
        assert connection.execute("SELECT count(*) FROM review_versions").fetchall() == [(0,)]
    assert "1 who had asked to be forgotten" in "".join(shown)


def test_the_command_restores_without_whom_was_forgotten_since(data: Path, tmp_path: Path) -> None:
    """Through the command itself, as a host runs it."""
    (tmp_path / "t.csv").write_text("Title,Year,Review\nHeat,1995,Quixotic.\n", "utf-8")

    def matinee(*words: str, lines: str = "") -> str:
        command = [sys.executable, "-m", "adapters.cli", "--data", str(data), *words]
        done = subprocess.run(  # noqa: S603 - our own program
            command,
            input=lines,
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[4],
        )
        return done.stdout

    matinee("import", str(tmp_path / "t.csv"), "--as", "ana", "--yes")
    matinee("backup", str(tmp_path / "b.db"))
    matinee("chat", lines="ana: /forget\n1\n")
    assert "1 who had asked to be forgotten" in matinee("restore", str(tmp_path / "b.db"))
    assert b"Quixotic" not in (data / "matinee.db").read_bytes()
