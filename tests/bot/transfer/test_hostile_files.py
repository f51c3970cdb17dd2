"""Hostile files: each is read or refused, within 256 MiB and 20 seconds; nothing else ever happens."""

import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from adapters.runtime.sources.film_file_process import MOST_SECONDS
from tests.bot.transfer import hostile_files
from tests.bot.transfer.hostile_files import HEAD, KINDS

ROOT = Path(__file__).parents[3]


@contextmanager
def _reader() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bot.transfer.hostile_files"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        yield process
        process.kill()


def _read(count: int, first: int = 0, whole_size: int = 0) -> None:
    """Have files read; `whole_size`: one of so many rounds of all kinds is as large as they come."""
    with _reader() as process:
        assert process.stdin
        assert process.stdout
        for seed in range(first, first + count):
            whole = whole_size and seed // len(KINDS) % whole_size == 0
            hostile_files.SMALLER = 1 if whole else 40
            data, name = KINDS[seed % len(KINDS)](random.Random(seed))
            process.stdin.write(HEAD.pack(len(data), len(name.encode())) + name.encode() + data)
            process.stdin.flush()
            said, _, seconds = process.stdout.readline().decode().rpartition(" ")
            assert said in {"read", "refused", "too much"}, seed
            assert float(seconds) < MOST_SECONDS, seed


@pytest.fixture(autouse=True)
def _sized(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hostile_files, "SMALLER", 40)


def test_each_is_read_or_refused() -> None:
    _read(100)


@pytest.mark.long
def test_ten_thousand_are_read_or_refused() -> None:
    for first in range(1000, 11_000, 1000):
        _read(1000, first, whole_size=10)
