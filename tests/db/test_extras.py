"""What is said of a package that lacks fits how Matinee was installed."""

import re
import tomllib
from pathlib import Path

import pytest

from db.engines.extras import installing

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("mark", "tool"),
    [
        ("pyvenv.cfg", "pip install"),
        ("uv-receipt.toml", "uv tool install --force"),
        ("pipx_metadata.json", "pipx install --force"),
    ],
)
def test_the_tool_that_installed_it_is_named(tmp_path: Path, mark: str, tool: str) -> None:
    (tmp_path / mark).touch()
    told = installing("postgresql", tmp_path)
    found = re.fullmatch(r"in the folder with Matinee's source, (.+) '\.\[(.+)\]'", told)
    assert found is not None, told
    assert found[1] == tool
    known = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = set(found[2].split(","))
    assert extras == {"metrics", "postgresql", "slack-oauth"}  # those that are there stay
    assert extras <= set(known["optional-dependencies"])
