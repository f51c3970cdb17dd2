"""Heartbeat of a serving process, and `matinee healthy`, which looks at it."""

import asyncio
import os
import time
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.cli.hosting.healthy import check_heartbeat
from adapters.runtime.health.heartbeat import Heartbeat, heartbeat_file
from adapters.runtime.settings.settings import Settings
from bot.domain.connections import Shards
from bot.domain.errors import UserError
from db.engines.open import open_store
from tests.adapters.conftest import run


async def test_it_beats_while_the_database_answers(tmp_path: Path) -> None:
    store = await open_store(f"sqlite:///{tmp_path / 'matinee.db'}")
    file, stopping = heartbeat_file(tmp_path, ""), asyncio.Event()
    beating = asyncio.create_task(Heartbeat(store, file, timedelta(seconds=0.01)).run(stopping))
    async with asyncio.timeout(20):
        while not file.exists():  # noqa: ASYNC110 - a file says nothing
            await asyncio.sleep(0.01)
        os.utime(file, (1, 1))
        while file.stat().st_mtime < time.time() - 60:  # noqa: ASYNC110 - likewise
            await asyncio.sleep(0.01)
        stopping.set()
        await beating
    assert not file.exists()
    await store.close()


def test_each_process_of_a_data_folder_has_a_heartbeat_of_its_own(tmp_path: Path) -> None:
    first, second = Shards.of("0-3/8"), Shards.of("4-7/8")
    heartbeat_file(tmp_path, "discord", first).touch()
    assert "alive" in check_heartbeat(Settings(tmp_path, only="discord", discord_shards=first))
    for others in (second, None):
        with pytest.raises(UserError, match="no process serves"):
            check_heartbeat(Settings(tmp_path, only="discord", discord_shards=others))
    alone = ("healthy", "--only", "discord", "--shards", "0-3/8")
    assert run("--data", str(tmp_path), *alone).returncode == 0


def test_healthy_says_what_is_the_matter(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path), "healthy")
    assert "no process serves" in run(*data).stderr
    file = heartbeat_file(tmp_path, "")
    file.touch()
    assert run(*data).returncode == 0
    os.utime(file, (1, 1))
    late = run(*data)
    assert late.returncode == 1
    assert "no sign of life" in late.stderr
