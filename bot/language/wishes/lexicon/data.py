"""Data files of the lexicon, in the folder `words`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> Mapping[str, Any]:
    """Return a data file; read once."""
    folder = files("bot.language.wishes.lexicon") / "words"
    return tomllib.loads((folder / name).read_text("utf-8"))
