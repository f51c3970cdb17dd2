"""Order of the titles that match: nearest first for a typed one, best known first for a completion."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.catalogue.titles.certainty import OTHER_NUMBER, agree
from bot.catalogue.titles.layer import LayerMatch
from bot.catalogue.titles.normalise import TitleKeys, squeezed
from bot.domain.ids import FilmId

_OTHER_YEAR = 0.9
"""Factor of a score whose film is of another year than the one typed."""

_LOOKED_AT = 4
"""Films compared by their numbers, for each that is returned."""


def _by_similarity(found: LayerMatch, year: int | None) -> tuple[float, int, float, int, str]:
    """Order by similarity; ties by the nearer year, the better known film, the shorter title."""
    film = found.film
    apart = abs((film.year or 0) - year) if year else 0
    return (-round(found.score, 4), apart, -film.weight, len(found.key), film.film_id)


def closest(found: Iterable[LayerMatch], year: int | None, limit: int) -> list[LayerMatch]:
    """Return the best match of each film, best first, enough to choose `limit` from."""
    best: dict[FilmId, LayerMatch] = {}
    for each in sorted(found, key=lambda each: _by_similarity(each, year)):
        best.setdefault(each.film.film_id, each)
    return list(best.values())[: _LOOKED_AT * limit]


def numbered(found: LayerMatch, typed: TitleKeys) -> LayerMatch:
    """Lower the score of a title with another number than the typed one: it is another film."""
    if found.key == squeezed(typed.plain) or agree(typed, found.key):
        return found
    return replace(found, score=found.score * OTHER_NUMBER, agrees=False)


def weighed(found: LayerMatch, year: int) -> LayerMatch:
    """Lower the score of a film of another year; one year apart is common between lists."""
    if found.film.is_of(year):
        return found
    near = found.film.year is not None and abs(found.film.year - year) <= 1
    return replace(found, score=found.score * (1 if near else _OTHER_YEAR), agrees=False)


def by_fit(found: LayerMatch, typed: TitleKeys) -> tuple[bool, float, int]:
    """Order the titles of one film by how well they continue what was typed."""
    return (found.key != typed.key, -found.score, len(found.key))


def one_each_first(found: Sequence[LayerMatch], typed: TitleKeys) -> list[LayerMatch]:
    """Order completions: titles typed in full, then titles by weight, then films of equal title.

    The best known film of each title comes before the others, so that more titles show.
    """
    weights: dict[str, float] = {}
    for each in found:
        weights[each.key] = weights.get(each.key, 0.0) + each.film.weight
    ordered = sorted(
        found,
        key=lambda each: (
            each.key != typed.key,
            -each.score,
            -weights[each.key],
            len(each.key),
            -each.film.weight,
            each.film.film_id,
        ),
    )
    seen: set[str] = set()
    twins = [each for each in ordered if _is_twin(each, typed, seen)]
    shown = {id(each) for each in twins}
    return [each for each in ordered if id(each) not in shown] + twins


def _is_twin(found: LayerMatch, typed: TitleKeys, seen: set[str]) -> bool:
    """Tell whether a film of this title came before; never for a title typed in full."""
    twin = found.key in seen and found.key != typed.key
    seen.add(found.key)
    return twin
