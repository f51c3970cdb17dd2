"""Real runs of the command, on data folders that are ready to use."""

import os
import shutil
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.console.main import ChatOptions, chat
from adapters.indexes.catalogue_index import INDEX
from adapters.runtime.clock import parse_instant
from adapters.runtime.settings import Settings
from recommender import BaseIndex

ROOT = Path(__file__).parents[2]

Say = Callable[..., Awaitable[str]]


def command(*arguments: str) -> list[str]:
    """Write down how the command is started here, installed or not."""
    return [sys.executable, "-m", "adapters.cli.main", *arguments]


def surroundings(**more: str) -> dict[str, str]:
    """Return an environment without settings of the machine's own."""
    ours = ("MATINEE_", "TMDB_", "DISCORD_", "SLACK_")
    slow = "PYTHONDONTWRITEBYTECODE"  # each start would compile all modules again
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(ours) and name != slow
    }
    return {**kept, "COLUMNS": "80", "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT), **more}


def run(*arguments: str, typed: str = "", **environ: str) -> "subprocess.CompletedProcess[str]":
    """Run the command with `typed` on its standard input, where no `.env` lies."""
    return subprocess.run(  # noqa: S603 - our own command
        command(*arguments),
        input=typed,
        capture_output=True,
        encoding="utf-8",
        env=surroundings(**environ),
        cwd=Path(__file__).parent,
        timeout=600,
        check=False,
    )


@pytest.fixture(scope="session")
def prepared(index: BaseIndex, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with catalogue and index, and no club."""
    folder = tmp_path_factory.mktemp("prepared")
    index.save(folder / INDEX)
    done = run("--data", str(folder), "chat", "--club", "nobody", "/help")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def data(prepared: Path, tmp_path: Path) -> Path:
    """Return a data folder of the test's own, ready to use."""
    return Path(shutil.copytree(prepared, tmp_path / "data"))


@pytest.fixture
def say(data: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Return a way to start `chat` in this process, with lines, and read what it prints.

    Each call opens the data folder anew and closes it again, as each start of the command does.
    """

    async def said(*lines: str, now: str = "", club: str = "demo", **more: bool) -> str:
        talk = replace(ChatOptions("ana", club, lines), **more)  # type: ignore[arg-type]  # its flags
        await chat(Settings(data_dir=data), talk, parse_instant(now) if now else None)
        return capsys.readouterr().out

    return said
