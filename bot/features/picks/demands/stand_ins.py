"""Demands that stand in for what no fact of a film tells, and the steps of regard that words ask for."""

from recommender import Demand

LOOSEST = 5
"""Looseness of what is given up before everything else, as that few know a film."""

LESS_SAD = Demand(
    "less sad",
    tuple(
        ("tag", each)
        for each in ("heartbreaking", "tragic", "sad", "grief", "harrowing", "death", "bleak")
    ),
    excluded=True,
    soft=True,
    looseness=LOOSEST,
)
"""What makes films come first in which likely nobody dies, where that is asked for and no fact tells it."""

EVIL = Demand(
    "dark",
    tuple(
        ("tag", each)
        for each in (
            "psychopath",
            "serial killers",
            "corruption",
            "shocking",
            "rise and fall",
            "nightmarish",
            "bleak",
            "twist ending",
        )
    ),
    soft=True,
    looseness=LOOSEST,
)
"""What makes films come first in which evil may win, where that is asked for."""

REGARD = {"best": (5, 5), "poor": (1, 2), "worst": (1, 1)}
"""How well regarded the best films are, poor ones and the worst: steps of 1 (poor) to 5 (esteemed), both included."""
