"""Real runs of the command, on data folders that are ready to use."""

import asyncio
import multiprocessing
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from adapters.cli.main import main
from adapters.console.main import ChatOptions, chat
from adapters.indexes.catalogue_index import INDEX
from adapters.runtime.process.clock import parse_instant
from adapters.runtime.settings.settings import Settings
from recommender import BaseIndex

ROOT = Path(__file__).parents[2]

Say = Callable[..., Awaitable[str]]


def command(*arguments: str) -> list[str]:
    """Write down how the command is started here, installed or not."""
    return [sys.executable, "-m", "adapters.cli.main", *arguments]


def surroundings(**more: str) -> dict[str, str]:
    """Return an environment without settings of the machine's own."""
    ours = ("MATINEE_", "TMDB_", "DISCORD_", "SLACK_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "COLUMNS": "80", "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT), **more}


def run(*arguments: str, typed: str = "", **environ: str) -> "subprocess.CompletedProcess[str]":
    """Run the command with `typed` on its standard input, where no `.env` lies.

    Its process is forked from one that has imported everything: a start takes a second for that.
    """
    with TemporaryDirectory() as folder:
        streams = tuple(str(Path(folder, name)) for name in ("typed", "stdout", "stderr"))
        given, printed, complained = map(Path, streams)
        given.write_bytes(typed.encode())
        process = _IMPORTED.Process(
            target=_started, args=(arguments, surroundings(**environ), streams)
        )
        process.start()
        process.join(600)
        assert process.exitcode is not None, f"{arguments} goes on for ten minutes"
        return subprocess.CompletedProcess(
            arguments, process.exitcode, printed.read_text("utf-8"), complained.read_text("utf-8")
        )


@asynccontextmanager
async def spawned(
    environ: Mapping[str, str], *arguments: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start the command as a host does; kill it if it is still there in the end."""
    process = await asyncio.create_subprocess_exec(
        *command(*arguments),
        stdin=asyncio.subprocess.DEVNULL,
        env=environ,
        cwd=ROOT / "docs",  # no module lies there that would be taken for a library, and no `.env`
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


_IMPORTED = multiprocessing.get_context("forkserver")
_IMPORTED.set_forkserver_preload(["adapters.cli.main", "adapters.console.main", "db.engines.open"])


def _started(arguments: Sequence[str], environ: Mapping[str, str], streams: Sequence[str]) -> None:
    """Be the command's process."""
    os.environ.clear()
    os.environ.update(environ)
    os.chdir(Path(__file__).parent)
    for number, path in enumerate(streams):
        opened = os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT)
        os.dup2(opened, number)
    encoding = environ.get("PYTHONIOENCODING", "utf-8")
    sys.stdin = os.fdopen(0, encoding=encoding)
    sys.stdout = os.fdopen(1, "w", encoding=encoding)
    sys.stderr = os.fdopen(2, "w", encoding=encoding, buffering=1)
    sys.exit(main(arguments))


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
