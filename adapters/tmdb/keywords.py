"""TMDB's keywords as themes: in the words of our vocabulary, and what it knows before all others."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from recommender.text.themes import canonical, kind

_NO_THEME = re.compile(r"creditsstinger|\bbased on (?:novel|play|short|book)|\bimax\b|\b3d\b")


def themes_of(keywords: Iterable[str]) -> list[str]:
    """Return themes, those of the vocabulary first, without near-doubles and what is about no film."""
    once: dict[str, str] = {}
    for keyword in keywords:
        if theme := _theme(keyword.strip().lower()):
            once.setdefault(canonical(theme), theme)
    return sorted(once.values(), key=lambda theme: not _is_known(theme))


def _theme(keyword: str) -> str:
    """Return a keyword as a theme, empty for one that is none."""
    ours, left_out = _read()
    if keyword in ours:
        return ours[keyword]
    if keyword in left_out or _NO_THEME.search(keyword):
        return ""
    several = f"{keyword}s"
    return several if not _is_known(keyword) and _is_known(several) else keyword


def _is_known(theme: str) -> bool:
    return bool(kind(canonical(theme)))


@cache
def _read() -> tuple[Mapping[str, str], frozenset[str]]:
    """Read the table once: our theme of each keyword, and the keywords that are left out."""
    text = files("adapters.tmdb").joinpath("keywords.toml").read_text("utf-8")
    table = tomllib.loads(text)
    ours = {each: theme for theme, keywords in table["themes"].items() for each in keywords}
    return ours, frozenset(each.strip() for each in table["left_out"]["words"].split(";"))
