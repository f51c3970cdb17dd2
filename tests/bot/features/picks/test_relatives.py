"""Picks from the starter catalogue are largely those that a club would name itself."""

import tomllib
from pathlib import Path
from statistics import mean

from bot.domain.films.film import Film
from recommender import BaseIndex, Overlay, Query, recommend

NAMED = tomllib.loads((Path(__file__).parent / "relatives.toml").read_text("utf-8"))
AMONG = frozenset((Path(__file__).parent / "relatives_among.txt").read_text("utf-8").split())
"""The films that the relatives were named among; what nobody judged counts as neither."""

TOP = 10


def test_the_named_films_are_there(starter: tuple[Film, ...]) -> None:
    known = {film.film_id for film in starter}
    assert {film_id for relatives in NAMED.values() for film_id in relatives} <= known
    assert NAMED.keys() <= known


def test_many_of_the_relatives_are_among_the_first_ten(index: BaseIndex) -> None:
    overlay = Overlay(index)
    shares = {}
    for film_id, relatives in NAMED.items():
        picks = recommend(overlay, Query(like=(film_id,), count=TOP, among=AMONG)).picks
        found = {pick.film_id for pick in picks} & set(relatives)
        shares[film_id] = len(found) / min(TOP, len(relatives))
    assert mean(shares.values()) >= 0.42, shares
    assert shares["all-of-us-strangers-2023"] >= 0.6
