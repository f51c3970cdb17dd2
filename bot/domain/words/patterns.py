"""Patterns that are compiled when they are first used: hundreds of them would be a fifth of every start."""

import re
from typing import Any, cast

_METHODS = (
    "search",
    "match",
    "fullmatch",
    "finditer",
    "findall",
    "sub",
    "subn",
    "split",
    "pattern",
)


class _LazyPattern:
    """Stand-in for a compiled pattern, which takes over its methods at the first use of one."""

    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - of a pattern
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self._text, self._flags)
        for each in _METHODS:
            setattr(self, each, getattr(compiled, each))
        return getattr(self, name)


def lazy_pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that is compiled when it is first used. re.error for a wrong one only then.

    `found.re` of what it finds is the compiled one: tell patterns apart by the one that was asked.
    """
    return cast("re.Pattern[str]", _LazyPattern(text, flags))
