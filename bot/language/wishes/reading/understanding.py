"""A part of a wish as it was understood: what a notion of the lexicon demands."""

from bot.language.wishes.lexicon.entries import Entry, Term
from bot.language.wishes.wish import Understood
from recommender import Demand


def understood(typed: str, entry: Entry, this_year: int) -> Understood:
    """Return what an entry demands of films in a year like this."""
    label = entry.noun or entry.label
    demands = [Demand(label, (term,)) for term in entry.all]
    years = _counted_back(entry.years, this_year)
    if entry.any:
        said = _as_typed(typed, entry)
        # `christmas` is a film for Christmas first, then one in which it snows on that day.
        is_wide = ("tag", typed) in entry.wide
        any_of = entry.any if is_wide else (*entry.any, *said)
        wide = (*entry.wide, *said) if is_wide else entry.wide
        demands.append(Demand(label, any_of, wide, soft=entry.soft))
    if entry.films:
        demands.append(Demand(label, film_ids=entry.films))
    if years is not None:
        wide_years = _counted_back(entry.wide_years, this_year)
        soft = entry.soft and not entry.any
        demands.append(Demand(label, years=years, wide_years=wide_years, soft=soft))
    if entry.none:
        demands.append(Demand(label, entry.none, excluded=True))
    if entry.rarely:
        demands.append(Demand(label, entry.rarely, excluded=True, soft=True))
    return Understood(typed, entry, tuple(demands), entry.minutes)


def _counted_back(years: tuple[int, int] | None, this_year: int) -> tuple[int, int] | None:
    """Return years, those below 0 counted back from this one."""
    if years is None or years[0] >= 0:
        return years
    return this_year + years[0], this_year + years[1]


def _as_typed(typed: str, entry: Entry) -> tuple[Term, ...]:
    """Return a typed word as terms: films from elsewhere have themes of their own, or none but a text."""
    words = typed.split()
    if entry.kind != "after" or not entry.soft or entry.all or len(words) > 1:
        return ()
    return ("theme words", words[0]), ("text", words[0])
