"""What is asked for and ruled out at once in a wish: `date night, not too romantic`."""

from dataclasses import replace

from bot.language.wishes.lexicon.entries import Term, phrase_of
from bot.language.wishes.lexicon.notions import lexicon
from bot.language.wishes.reading.understanding import understood
from bot.language.wishes.wish import Understood, Wish
from recommender import Demand

_OCCASIONS = ("for ", "to watch ", "in the manner of ")
"""Beginnings of the labels of occasions, which suggest what may be ruled out."""


def reconciled(wanted: Wish, out: Wish) -> tuple[Wish, Wish]:
    """Return what is asked for and what is ruled out, without what speaks against the other.

    An occasion gives way to what is ruled out; what is ruled out beside what was named gives way to what
    is asked for: `based on a comic, no superheroes`. So does what is only guessed at.
    """
    if not (wanted.parts and out.parts):
        return wanted, out
    wanted = replace(wanted, parts=tuple(_spoken_elsewhere(part, out) for part in wanted.parts))
    excluded = {term for part in out.parts for term in _excluded(part)}
    wanted = replace(wanted, parts=tuple(_giving_way(part, excluded) for part in wanted.parts))
    asked = terms_asked(wanted)
    return wanted, replace(out, parts=tuple(_sparing(part, asked) for part in out.parts))


def contradiction(wanted: Wish, out: Wish) -> Understood | None:
    """Return the part that is both asked for and ruled out, if there is one."""
    asked = terms_asked(wanted)
    entries = {part.entry for part in wanted.parts}
    for part in out.parts:
        if part.entry in entries or any(_all_asked(each, asked) for each in part.demands):
            return part
    return None


def terms_asked(wanted: Wish) -> set[Term]:
    """Return the terms that films must have, and the first of those of which one does."""
    return {
        term
        for part in wanted.parts
        for each in part.demands
        if not each.excluded
        for term in (*each.any_of[:1], *each.every)
    }


def _spoken_elsewhere(part: Understood, out: Wish) -> Understood:
    """Return the language in the place of a country whose own films are ruled out: `spanish but not from spain`."""
    if part.entry.kind != "place" or not any(_is_from(part, each) for each in out.parts):
        return part
    language = lexicon().get(phrase_of(f"in {part.typed}"))
    return understood(part.typed, language, 0) if language else part


def _is_from(part: Understood, out: Understood) -> bool:
    """Tell whether what is ruled out are the films of a country, by its name, that is asked for by its adjective."""
    countries = _countries(out)
    named_again = part.typed.lower() == out.typed.lower()
    is_place = not (out.entry.noun or named_again)
    return is_place and bool(countries) and countries <= _countries(part)


def _countries(part: Understood) -> set[Term]:
    terms = (*part.entry.all, *part.entry.any, *part.entry.wide)
    return {term for term in terms if term[0] == "country"}


def _excluded(part: Understood) -> set[Term]:
    """Return the terms each of which alone is ruled out."""
    each_of = [each.any_of for each in part.demands if each.excluded and not each.every]
    country = part.entry.any if part.entry.kind == "place" else ()
    return {term for terms in (*each_of, country) for term in terms}


def _giving_way(part: Understood, excluded: set[Term]) -> Understood:
    """Return an occasion without what is ruled out."""
    if not part.entry.label.startswith(_OCCASIONS):
        return part
    demands: list[Demand] = []
    for each in part.demands:
        if each.excluded or not each.any_of:
            demands.append(each)
            continue
        terms = tuple(term for term in each.any_of if term not in excluded)
        wide = tuple(term for term in each.wide if term not in excluded)
        if terms or wide:
            demands.append(replace(each, any_of=terms or wide, wide=wide if terms else ()))
    return replace(part, demands=tuple(demands))


def _sparing(part: Understood, asked: set[Term]) -> Understood:
    """Return what is ruled out without what is asked for beside it, or nothing of it where it was guessed at."""
    guessed = part.entry.untold or part.taken_as or _is_shouted(part)
    if guessed and any(_all_asked(each, asked) for each in part.demands):
        return replace(part, demands=())
    return replace(part, demands=tuple(_spared(each, asked) for each in part.demands))


def _is_shouted(part: Understood) -> bool:
    """Tell whether a part is typed as the title of a film that nobody here knows: `cats, but not CATS`."""
    return part.typed.isupper() and len(part.typed) > 2


def _spared(demand: Demand, asked: set[Term]) -> Demand:
    if not demand.excluded or demand.every:
        return demand
    first, *others = demand.any_of or (("", ""),)
    if first in asked:
        return demand
    return replace(demand, any_of=(*demand.any_of[:1], *(e for e in others if e not in asked)))


def _all_asked(excluded: Demand, asked: set[Term]) -> bool:
    """Tell whether all that a demand rules out is asked for."""
    terms = {*excluded.any_of[:1], *excluded.every}
    return bool(terms) and terms <= asked
