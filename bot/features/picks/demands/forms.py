"""Forms of films that a wish for others like them keeps: animation leads to animation, fiction to no documentary."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.films.film import Film
from bot.features.picks.demands.demands import WishDemands
from bot.features.picks.demands.stand_ins import LOOSEST
from recommender import Demand

_ANIMATION, _DOCUMENTARY = ("genre", "animation"), ("genre", "documentary")


def in_their_form(wish: WishDemands, liked: Sequence[Film]) -> WishDemands:
    """Return a wish that turns films to something else, but not their form, unless it says so."""
    if not (liked and wish.wanted.demands):
        return wish
    named = {term for each in wish.demands for term in (*each.any_of, *each.every)}
    forms: list[Demand] = []
    if _ANIMATION not in named and all("animation" in film.genres for film in liked):
        forms.append(Demand("animated", (_ANIMATION,), soft=True, looseness=LOOSEST))
    if _DOCUMENTARY not in named and not any("documentary" in film.genres for film in liked):
        told = Demand("a story", (_DOCUMENTARY,), excluded=True, soft=True, looseness=LOOSEST)
        forms.append(told)
    return replace(wish, demands=(*wish.demands, *forms))
