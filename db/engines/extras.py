"""Extras: packages that only some hosts need, and the command that adds one to this installation."""

import sys
from importlib.util import find_spec
from pathlib import Path

_MODULES = {
    "metrics": "prometheus_client",
    "postgresql": "psycopg",
    "slack-oauth": "cryptography",
}
"""The extras of `pyproject.toml` for hosts, each with a module that it brings."""

_MARKS = {
    "uv-receipt.toml": "uv tool install --force",
    "pipx_metadata.json": "pipx install --force",
}
"""Files by which an environment tells what made it, and how that installs again."""


def installing(extra: str, environment: Path = Path(sys.prefix)) -> str:
    """Return where and how an extra is installed, beside those that are there: Matinee is on no package index."""
    extras = [each for each, module in _MODULES.items() if each == extra or find_spec(module)]
    tools = [tool for mark, tool in _MARKS.items() if (environment / mark).exists()]
    tool = tools[0] if tools else "pip install"
    return f"in the folder with Matinee's source, {tool} '.[{','.join(extras)}]'"
