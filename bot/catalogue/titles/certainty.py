"""Certainty of a near title: whether its numbers agree with those typed, and whether it has rivals."""

from collections.abc import Sequence

from bot.catalogue.titles.layer import LayerMatch
from bot.catalogue.titles.normalise import TitleKeys, hard_numbers, numbers

SURE_ENOUGH = 0.84
"""Similarity (0..1) from which a near title may be surely meant."""

OTHER_NUMBER = 0.85
"""Factor of a score whose title has another number than the one typed."""

_RIVAL = 0.05
"""Difference in similarity within which two films may both be meant."""

_FAR_BETTER_KNOWN = 50
"""Ratio of weights from which the better known of two films is meant."""


def agree(typed: TitleKeys, title: str) -> bool:
    """Tell whether a normalised title has each number that was typed, and no other sequel number."""
    asked = numbers(typed.loose[0])
    return asked <= numbers(title) and hard_numbers(title) <= asked


def is_sure(first: LayerMatch, others: Sequence[LayerMatch], typed: TitleKeys) -> bool:
    """Tell whether the best of some near films is surely meant: as typed, close, without a rival."""
    if first.score < SURE_ENOUGH or not first.agrees:
        return False
    beginning = first.key.startswith((f"{typed.key} ", f"{typed.key}s "))
    bar = min(SURE_ENOUGH, first.score - _RIVAL) if beginning else first.score - _RIVAL
    return not any(
        each.score >= bar
        and each.agrees
        and each.film.weight * _FAR_BETTER_KNOWN > first.film.weight
        for each in others
    )
