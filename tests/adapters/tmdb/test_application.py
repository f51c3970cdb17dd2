"""Whole application with a TMDB key: a film found there outlasts a restart and the key."""

from pathlib import Path

import pytest

from adapters.console.main import ChatOptions, chat
from adapters.runtime.process.clock import parse_instant
from adapters.runtime.settings.settings import Secret, Settings
from adapters.tmdb.source import CACHE
from tests.adapters.tmdb.server import KEY, LANTERN, FakeTmdb

NOW = parse_instant("2024-01-20T12:00Z")


async def test_a_film_from_tmdb_outlasts_a_restart_and_the_key(
    data: Path, tmdb: FakeTmdb, capsys: pytest.CaptureFixture[str]
) -> None:
    with_key = Settings(data_dir=data, tmdb_api_key=Secret(KEY), tmdb_api_url=tmdb.url)
    by_number = f"/review tmdb:{LANTERN['id']} 4/5 The ferry scene."
    await chat(with_key, ChatOptions("ana", "demo", (by_number,)), NOW)
    assert "Saved" in capsys.readouterr().out
    assert (data / CACHE).exists()
    asked = list(tmdb.asked)

    await chat(
        Settings(data_dir=data), ChatOptions("ben", "demo", (f"/review {LANTERN['title']}",)), NOW
    )
    said = capsys.readouterr().out
    assert "The ferry scene." in said
    assert "Solveig Brekke" in said
    assert tmdb.asked == asked
