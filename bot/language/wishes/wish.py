"""A wish as a value: its understood parts with what they demand, and the words that are left."""

from dataclasses import dataclass, replace

from bot.language.wishes.lexicon.entries import Entry
from recommender import Demand

LONGEST_FILM = 9_999
LATEST_YEAR = 9_999
"""Minutes and year above all that there are, where a wish sets no limit."""

_LOOSE, _LOOSEST = 4, 5
"""Looseness of eras, and of what is but an example, which is given up first."""

_TO_SOMEBODY = frozenset("me us my our you your".split())
"""Words of phrases that a heading names by their notion: `make me cry`."""

Minutes = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Understood:
    """Part of a wish that was understood: the words as typed, and what they demand.

    `taken_as` names the known word in whose place they were read, where nothing else knew them.
    """

    typed: str
    entry: Entry
    demands: tuple[Demand, ...] = ()
    minutes: Minutes | None = None
    taken_as: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """Wish as it was understood, and the words that are left to be compared with films.

    `unreadable` are clauses that no fact of a film answers: `the dog doesn't die`.
    """

    parts: tuple[Understood, ...]
    words: str
    count: int | None = None
    unreadable: tuple[str, ...] = ()

    @property
    def demands(self) -> tuple[Demand, ...]:
        """All demands, in the order of the words."""
        return tuple(
            replace(demand, looseness=_looseness(part))
            for part in self.parts
            for demand in part.demands
        )

    @property
    def minutes(self) -> Minutes | None:
        """The shortest and the longest length that all parts allow."""
        lengths = [part.minutes for part in self.parts if part.minutes]
        if not lengths:
            return None
        return max(low for low, _ in lengths), min(high for _, high in lengths)

    @property
    def fame(self) -> str:
        """`popular`, `obscure` or nothing."""
        return next((part.entry.fame for part in self.parts if part.entry.fame), "")

    @property
    def regard(self) -> Understood | None:
        """The part that asks for the best films, or the worst."""
        return next((part for part in self.parts if part.entry.regard), None)

    def without(self) -> "Wish":
        """Turn the wish around: what was demanded is ruled out."""
        return replace(self, parts=tuple(_ruled_out(part) for part in self.parts))


def _looseness(part: Understood) -> int:
    """Return how soon a part is given up: kinds of films last, before them what they are about, moods, eras."""
    if part.entry.loose:
        return _LOOSEST
    if part.entry.kind == "place":
        return 0
    if part.entry.noun or part.entry.label.startswith("set in "):
        return 1
    if part.entry.kind:
        return 2
    return _LOOSE if part.entry.years else 3


def _ruled_out(part: Understood) -> Understood:
    entry = part.entry
    minutes = _other_lengths(part.minutes) if part.minutes else None
    if entry.none and not (entry.any or entry.all):
        # `not in colour` turned around asks for black and white, `no subtitles` for what is in English.
        label = entry.label.removeprefix("not ")
        wanted = tuple(replace(each, label=label, excluded=False) for each in part.demands)
        return replace(part, demands=wanted, minutes=minutes)
    asked = [each for each in part.demands if not each.excluded]
    each_of = [each for each in asked if each.any_of and each.any_of[0] not in entry.all]
    any_of = tuple(term for each in each_of for term in (*each.any_of, *each.wide))
    years = next((each.years for each in asked if each.years), None)
    if entry.all and entry.any[:1] and entry.any[0][1].startswith("from "):
        any_of = ()  # a film that is but in part from a country is ruled out, too
    label = _label_out(part)
    whole = [each for each in asked if each.either or each.film_ids is not None]
    demands = [replace(each, label=label, excluded=True) for each in whole]
    if any_of or years or entry.all:
        demands.append(Demand(label, any_of, every=entry.all, years=years, excluded=True))
    if entry.out:
        demands.append(Demand(label, entry.out, excluded=True))
    return replace(part, demands=tuple(demands), minutes=minutes)


def _label_out(part: Understood) -> str:
    if part.entry.label == f"with {part.typed.lower()}":  # ruled out by its own name: `no guns`
        return f"no {part.typed.lower()}"
    if part.entry.kind in {"after", "place"}:
        return f"not {part.entry.label}"
    if not part.entry.noun and _TO_SOMEBODY.intersection(part.typed.lower().split()):
        return f"not {part.entry.label}"
    typed = part.typed.removesuffix(" one").removesuffix(" ones")
    return f"{'no' if _is_noun(part) else 'not'} {part.entry.noun or typed}"


def _other_lengths(minutes: Minutes) -> Minutes:
    low, high = minutes
    return (high + 1, LONGEST_FILM) if low <= 1 else (0, low - 1)


def _is_noun(part: Understood) -> bool:
    """Tell whether the words name a thing (`no violence`) rather than a quality (`not gory`)."""
    return bool(part.entry.noun) or part.typed.endswith(("s", "ce", "re", "sex", "blood", "war"))
