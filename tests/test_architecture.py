"""The house keeps its plan: directions of import, and documents that match the code."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.messages.commands import Command
from bot.registry import COMMANDS, TYPED

ROOT = Path(__file__).parents[1]


def test_imports_go_one_way() -> None:
    # In a process of its own: it turns off every logger that it finds.
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - a fixed command
    assert done.returncode == 0, done.stdout


def test_the_readme_lists_every_command_as_it_is_declared() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `/(\w+)` \| (.+?) \|", readme, re.MULTILINE))
    assert rows == {spec.name: spec.help() for spec in TYPED}


@pytest.mark.parametrize("spec", TYPED, ids=lambda spec: spec.name)
def test_a_command_has_help_examples_and_described_options(spec: type[Command]) -> None:
    assert spec.help().endswith(".")
    assert len(spec.help()) <= 100
    assert spec.examples()
    for each in spec.options():
        assert 0 < len(each.help) <= 100
        assert re.fullmatch(r"[a-z_]{1,32}", each.name)


def test_names_are_unique() -> None:
    assert len(COMMANDS) == len(COMMANDS.values())


@pytest.mark.parametrize("name", ["ARCHITECTURE.md", "README.md", "CONTRIBUTING.md"])
def test_every_path_that_a_document_names_exists(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    paths = re.findall(r"`((?:bot|recommender|db|adapters|tests|benchmarks|docs)/[\w./]*)`", text)
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_lint_exception_says_why() -> None:
    sources = [
        path
        for folder in ("adapters", "bot", "db", "recommender", "tests", "benchmarks")
        for path in (ROOT / folder).rglob("*.py")
    ]
    silent = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sources
        for line in path.read_text("utf-8").splitlines()
        if re.search(r"# (noqa: [A-Z0-9, ]+|type: ignore\[[\w, -]+\])\s*$", line)
    ]
    assert silent == []
