"""The house keeps its plan: directions of import, and documents that match the code."""

import ast
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import pytest

from bot.messages.commands import Command
from bot.registry import COMMANDS, TYPED

ROOT = Path(__file__).parents[1]


def test_imports_go_one_way() -> None:
    # In a process of its own: it turns off every logger that it finds.
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - a fixed command
    assert done.returncode == 0, done.stdout


MOST = 14
"""Entries of a room, files and sub-rooms, that a stranger takes in at a look."""

LARGER = {
    "bot/features": "a feature is a room, and each new feature adds one",
    "db/migrations/versions": "a file for each change of the schema, kept for databases of every age",
}
"""Rooms that may have more entries, with the reason."""

LOOSE = {"service.py", "registry.py"}
"""Files that stand loose in `bot/`, beside its rooms: the door and the registry."""


def _rooms() -> Iterator[tuple[str, set[str]]]:
    """Yield every room with its entries; a folder of data alone is one entry of the room that reads it."""
    for package in ("adapters", "bot", "db", "recommender"):
        for marker in (ROOT / package).rglob("__init__.py"):
            folder = marker.parent
            inside = [each.relative_to(folder) for each in folder.rglob("*") if each.is_file()]
            # A folder that holds nothing but compiled files was a room of another commit.
            entries = {each.parts[0] for each in inside if "__pycache__" not in each.parts}
            yield folder.relative_to(ROOT).as_posix(), entries - {"__init__.py"}


def test_no_room_has_more_entries_than_are_taken_in_at_a_look() -> None:
    sizes = {room: len(entries - LOOSE if room == "bot" else entries) for room, entries in _rooms()}
    assert {room: size for room, size in sizes.items() if size > MOST} == {
        room: sizes[room] for room in LARGER
    }


def test_no_file_stands_loose_in_the_core_but_the_door_and_the_registry() -> None:
    (entries,) = (entries for room, entries in _rooms() if room == "bot")
    assert {each for each in entries if not (ROOT / "bot" / each).is_dir()} == LOOSE


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


DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_that_a_document_names_exists(document: Path) -> None:
    text = document.read_text("utf-8")
    paths = re.findall(r"`((?:bot|recommender|db|adapters|tests|benchmarks|docs)/[\w./]*)`", text)
    assert [path for path in paths if not (ROOT / path).exists()] == []
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
    assert [link for link in links if not (document.parent / link).exists()] == []


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


def _texts(path: Path) -> Iterator[str]:
    """Yield every string of a module but its docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    documented = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in documented:
            yield node.value  # type: ignore[attr-defined]  # a constant, see above


def test_no_text_of_the_core_names_a_command_but_by_usage() -> None:
    names = "|".join(each.name for each in TYPED)
    named = re.compile(rf"(?<![\w/])/(?:matinee|{names})\b")
    found = [
        (path.relative_to(ROOT).as_posix(), text)
        for path in (ROOT / "bot").rglob("*.py")
        for text in _texts(path)
        if named.search(text)
    ]
    assert found == []


def _has(module: ModuleType, name: str) -> bool:
    is_room = hasattr(module, "__path__")
    return hasattr(module, name) or (is_room and find_spec(f"{module.__name__}.{name}") is not None)


def test_whatever_a_benchmark_imports_is_there() -> None:
    """Benchmarks are run rarely, and neither checked for types nor imported by a test."""
    missing = [
        f"{path.name}: {node.module}.{alias.name}"
        for path in (ROOT / "benchmarks").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
        and re.match(r"(adapters|bot|db|recommender)(\.|$)", node.module or "")
        for alias in node.names
        if not _has(import_module(node.module or ""), alias.name)
    ]
    assert missing == []


def test_no_two_public_classes_share_a_name() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for package in ("adapters", "bot", "db", "recommender"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.parse(path.read_text("utf-8")).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    places[node.name].append(path.relative_to(ROOT).as_posix())
    assert {name: paths for name, paths in places.items() if len(paths) > 1} == {}
