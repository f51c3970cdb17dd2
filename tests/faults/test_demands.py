"""The table of what was found in use: each demand has tests, and each of them is there."""

import ast
import tomllib
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
DEMANDS = tomllib.loads((TESTS / "faults" / "demands.toml").read_text("utf-8"))["demand"]


@cache
def defined(path: str) -> frozenset[str]:
    """Return the names of a file's tests."""
    tree = ast.parse((TESTS / path).read_text("utf-8"))
    return frozenset(
        each.name for each in tree.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
    )


@pytest.mark.parametrize("demand", DEMANDS, ids=lambda demand: demand["holds"][:60])
def test_each_demand_is_tested(demand: dict[str, list[str]]) -> None:
    assert demand["tests"]
    for named in demand["tests"]:
        path, _, name = named.partition("::")
        assert name in defined(path), named
