"""Words of reviews that say nothing of what a film is about: data, with the reasons there."""

import tomllib
from functools import cache
from importlib.resources import files

from recommender.text import analyzer


@cache
def plain_terms() -> frozenset[str]:
    """Return the terms of evaluation and everyday life: they are no subject."""
    return _terms("evaluative") | _terms("everyday") - _terms("aspects")


@cache
def empty_terms() -> frozenset[str]:
    """Return these and the terms of a film's aspects: they tell no film from another."""
    return plain_terms() | _terms("aspects")


@cache
def _terms(group: str) -> frozenset[str]:
    text = files("recommender.text").joinpath("review_words.toml").read_text("utf-8")
    words: str = tomllib.loads(text)[group]
    return frozenset(analyzer.terms(words))
