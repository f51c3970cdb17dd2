"""Lazy patterns: each of the bot's compiles, and none has been compiled by loading the bot."""

import pkgutil
import re
import subprocess
import sys
from importlib import import_module

import pytest

import bot
from bot.domain.words.patterns import lazy_pattern

COUNTED = """
import re
compiled, compile_ = [], re._compiler.compile
re._compiler.compile = lambda text, flags=0: compiled.append(text) or compile_(text, flags)
import sqlalchemy.ext.asyncio, recommender, db.engines.open
others = len(compiled)
import bot.service
print(len(compiled) - others)
"""


def test_it_is_used_as_any_pattern_is() -> None:
    pattern = lazy_pattern(r"(?P<stars>\d)/5", re.IGNORECASE)

    assert (found := pattern.search("her 4/5")) is not None
    assert found["stars"] == "4"
    assert pattern.sub("x", "4/5, 3/5") == "x, x"
    with pytest.raises(AttributeError):
        _ = pattern.nothing  # type: ignore[attr-defined] # it is what is asked for


def test_every_one_compiles() -> None:
    modules = pkgutil.walk_packages(bot.__path__, "bot.")
    names = [
        (each.name, *found) for each in modules for found in vars(import_module(each.name)).items()
    ]
    patterns = {f"{module}.{name}": it for module, name, it in names if _is_lazy(it)}

    assert len(patterns) > 100
    for name, each in patterns.items():
        try:
            _ = each.pattern  # the first use of any part compiles it
        except re.error as error:
            pytest.fail(f"{name}: {error}")


def test_loading_the_bot_compiles_few() -> None:
    counted = subprocess.run(  # noqa: S603 - our own words; a process of its own: here all is loaded
        [sys.executable, "-c", COUNTED], capture_output=True, text=True, check=True
    )
    assert int(counted.stdout) < 100


def _is_lazy(it: object) -> bool:
    return type(it) is type(lazy_pattern(""))
