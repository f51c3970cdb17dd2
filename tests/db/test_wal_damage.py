"""Damaged write-ahead logs, as after a power cut: exactly a committed prefix is recovered."""

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.domain.ids import FilmId
from db.engines.open import open_store
from tests.db.make import CLUB, NOON, delivery, review

TRANSACTIONS = 60
HALF = TRANSACTIONS // 2
PER_CHANGE = 100
AT_LENGTH = 2_000


async def _written(database: str, folder: Path) -> Path:
    """Return a copy, as after a power cut, of a database with half of its data in the log only."""
    path = Path(database.removeprefix("sqlite:///"))
    store = await open_store(database)
    for number in range(TRANSACTIONS):
        if number == HALF:
            with closing(sqlite3.connect(path)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        async with store.writing(CLUB) as work:
            await work.reviews.save(review(f"r{number}", film_id=FilmId(f"f{number}")))
            await work.deliveries.plan(delivery(f"d{number}"))
            await work.receipts.put(f"q{number}", "saved", NOON)
    folder.mkdir()
    for each in (path, path.with_name(f"{path.name}-wal")):
        shutil.copy(each, folder)
    await store.close()
    return folder / path.name


def _damage(log: Path, dice: random.Random) -> str:
    """Cut the log, flip some bytes of it, or put noise or nothing in the place of a stretch."""
    data = bytearray(log.read_bytes())
    where = dice.randrange(len(data))
    kind = dice.choice(["cut", "flip", "noise", "zeros", "cut and flip"])
    if "cut" in kind:
        del data[where:]
    if "flip" in kind and data:
        for _ in range(dice.randint(1, 8)):
            data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    length = dice.randint(1, 5000)
    if kind == "noise":
        data[where : where + length] = dice.randbytes(len(data[where : where + length]))
    if kind == "zeros":
        data[where : where + length] = bytes(len(data[where : where + length]))
    log.write_bytes(data)
    return f"{kind} at {where} of {len(data)}"


def _prefix(path: Path) -> int:
    """Return how many transactions there are, having seen that each is whole and none is missing."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        [(revision,)] = connection.execute("SELECT revision FROM clubs").fetchall()
        for table, key, letter in (
            ("reviews", "review_id", "r"),
            ("deliveries", "delivery_id", "d"),
            ("receipts", "request_id", "q"),
        ):
            found = {name for (name,) in connection.execute(f"SELECT {key} FROM {table}")}  # noqa: S608 - our own names
            assert found == {f"{letter}{number}" for number in range(revision)}
    return int(revision)


async def _play(database: str, tmp_path: Path, seeds: range) -> list[int]:
    cut = await _written(database, tmp_path / "cut")
    sound = shutil.copytree(cut.parent, tmp_path / "sound")
    assert _prefix(sound / cut.name) == TRANSACTIONS
    prefixes = []
    for seed in seeds:
        folder = Path(shutil.copytree(cut.parent, tmp_path / f"damaged{seed}"))
        how = _damage(folder / f"{cut.name}-wal", random.Random(seed))
        try:
            prefixes.append(_prefix(folder / cut.name))
        except (AssertionError, sqlite3.Error) as error:
            raise AssertionError(f"seed {seed}, {how}: {error}") from error
        if seed % 20 == 0:
            store = await open_store(f"sqlite:///{folder / cut.name}")
            async with store.writing(CLUB) as work:
                assert (await work.clubs.get()).revision == prefixes[-1]
                await work.reviews.save(review("after", film_id=FilmId("after")))
            await store.close()
        shutil.rmtree(folder)
    return prefixes


def _judge(prefixes: list[int]) -> None:
    assert min(prefixes) >= HALF  # checkpointed data is never lost
    assert max(prefixes) <= TRANSACTIONS
    assert len(set(prefixes)) > 10  # the damage was real, and of every size


async def test_a_damaged_log_leaves_a_committed_prefix(database: str, tmp_path: Path) -> None:
    _judge(await _play(database, tmp_path, range(PER_CHANGE)))


@pytest.mark.long
async def test_two_thousand_damaged_logs_leave_committed_prefixes(
    database: str, tmp_path: Path
) -> None:
    _judge(await _play(database, tmp_path, range(AT_LENGTH)))
