"""Processes with one data folder build its indexes once; the lock of a killed one is free again."""

import asyncio
import logging
import signal
import sys
from pathlib import Path

import pytest

from adapters.indexes.catalogue_index import INDEX, TITLES, load_catalogue
from adapters.indexes.one_builder import LOCK, only_builder
from bot.domain.films.film import Film
from db.engines.open import open_store
from tests.conftest import put_catalogue

ROOT = Path(__file__).parents[3]
SOON = 0.3
"""Seconds in which a free lock would long have been taken."""

_HOLD = """
import asyncio, sys
from pathlib import Path
from adapters.indexes.one_builder import only_builder

async def hold():
    async with only_builder(Path(sys.argv[1])):
        print("held", flush=True)
        await asyncio.sleep(60)

asyncio.run(hold())
"""


async def test_whoever_comes_second_waits_for_the_index_of_the_first(
    starter: tuple[Film, ...], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await put_catalogue(tmp_path / "matinee.db", starter[::40])
    stores = [await open_store(f"sqlite:///{tmp_path / 'matinee.db'}") for _ in range(3)]
    with caplog.at_level(logging.INFO, "adapters.indexes"):
        loaded = await asyncio.gather(*(load_catalogue(each, tmp_path) for each in stores))
    assert caplog.text.count("built the index") == 1
    assert len({len(each.titles) for each in loaded}) == 1
    assert {path.name for path in tmp_path.glob("*") if "matinee" not in path.name} == {
        INDEX, TITLES, LOCK
    }  # fmt: skip
    for each in stores:
        await each.close()


@pytest.mark.skipif(sys.platform == "win32", reason="has no such locks")
async def test_a_killed_process_leaves_no_lock(tmp_path: Path) -> None:
    holder = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _HOLD, str(tmp_path)), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert holder.stdout is not None
    assert await holder.stdout.readline() == b"held\n"
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(SOON), only_builder(tmp_path):
            raise AssertionError("two hold it")
    holder.send_signal(signal.SIGKILL)
    await holder.wait()
    async with asyncio.timeout(20), only_builder(tmp_path):
        pass


async def test_where_nothing_can_be_written_each_builds_for_itself(tmp_path: Path) -> None:
    (tmp_path / LOCK).mkdir()
    async with asyncio.timeout(20), only_builder(tmp_path), only_builder(tmp_path):
        pass
