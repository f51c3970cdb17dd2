"""Vocabulary of themes: the near-doubles of each, and its kind."""

import math
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from recommender.text import analyzer

KIND_WEIGHTS: Mapping[str, float] = {
    "subject": 1.0,
    "tone": 1.1,
    "form": 1.4,
    "setting": 0.5,
    "device": 0.9,
    "background": 0.2,
}
"""Weight of a shared theme by its kind: the tone and the form of a film tell more of what it is
like than the place where it is set, and next to nothing is told by its background: how it came about
and how it was received."""


def canonical(theme: str) -> str:
    """Return the theme that stands for its near-doubles ("violence" is "violent"), folded."""
    folded = analyzer.phrase(theme)
    return _vocabulary()[0].get(folded, folded)


def emphasis(theme: str) -> float:
    """Return the factor on a folded theme's idf, 1 where its kind is unknown."""
    return math.sqrt(KIND_WEIGHTS.get(kind(theme), 1.0))


def kind(theme: str) -> str:
    """Return the kind of a folded theme, empty where it is unknown."""
    return _vocabulary()[1].get(theme, "")


def spelling(theme: str) -> str:
    """Return a theme with the capitals that it has in a sentence: "Tokyo", "Second World War"."""
    return _vocabulary()[2].get(analyzer.phrase(theme), theme)


@cache
def kinds() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Return the near-doubles of each canonical theme, by kind; read once."""
    text = files("recommender.text").joinpath("themes.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _vocabulary() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Read the vocabulary once: the canonical theme of each, the kind of each canonical one, and the
    spelling of those with capitals.
    """
    stands_for = {
        analyzer.phrase(near): analyzer.phrase(theme)
        for themes in kinds().values()
        for theme, doubles in themes.items()
        for near in (theme, *doubles)
    }
    kind_of = {analyzer.phrase(each): kind for kind, themes in kinds().items() for each in themes}
    spelled = {
        analyzer.phrase(each): each
        for themes in kinds().values()
        for theme, doubles in themes.items()
        for each in (theme, *doubles)
        if each != each.lower()
    }
    return stands_for, kind_of, spelled
