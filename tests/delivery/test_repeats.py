"""Requests that come one to four times, in any order, to four processes: each has one effect and one answer."""

import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from tests.delivery.repeating import PROCESSES, deliveries
from tests.rows import stored

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=["file", "server"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a database on each engine in turn."""
    if request.param == "file":
        return f"sqlite:///{tmp_path / 'matinee.db'}"
    url: str = request.getfixturevalue("server_database")
    return url


def _carry_out(database: str, folder: Path, requests: int, *options: str) -> dict[int, set[str]]:
    """Let all be carried out; return what was answered to each request."""
    module = [sys.executable, "-m", "tests.delivery.repeating"]
    subprocess.run(  # noqa: S603 - our own module
        [*module, database, str(folder), str(requests), *options], cwd=ROOT, check=True
    )
    answers, count = defaultdict[int, set[str]](set), 0
    for process in range(PROCESSES):
        for line in (folder / f"{process}.jsonl").read_text().splitlines():
            number, said = json.loads(line)
            answers[number].add(said)
            count += 1
    assert count == len(deliveries(requests))
    return answers


def _effects(database: str) -> int:
    """Count the versions of all reviews."""
    [(now,)] = stored(database, "SELECT count(*) FROM reviews")
    [(former,)] = stored(database, "SELECT count(*) FROM review_versions")
    return int(now + former)


@pytest.mark.parametrize("requests", [60, pytest.param(10_000, marks=pytest.mark.long)])
def test_each_request_has_one_effect(database: str, tmp_path: Path, requests: int) -> None:
    answers = _carry_out(database, tmp_path, requests)
    assert len(answers) == requests
    assert [said for said in answers.values() if len(said) > 1] == []
    assert all(each.startswith(("Saved", "Changed")) for said in answers.values() for each in said)
    assert _effects(database) == requests


def test_by_ids_of_their_own_they_would_repeat(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'matinee.db'}"
    _carry_out(database, tmp_path, 60, "--ids-of-their-own")
    assert _effects(database) == len(deliveries(60)) > 60
