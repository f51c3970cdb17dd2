"""Alternatives in wishes: `kubrick or lynch`, `french, italian or spanish`, `from the 60s or 70s`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates
from bot.language.wishes.lexicon.entries import Entry
from bot.language.wishes.measures.measures import Found
from bot.language.wishes.wish import Understood
from bot.messages.phrases import joined
from recommender import BaseIndex, Demand
from recommender.index.names import films_with

_OR = lazy_pattern(
    r"\s*,?\s*(?:(?<=\s)(?:or|oder|ou|o)\s+(?:(?:an?|the|else|maybe|even|also|from|in|by|some|something|anything)\s+)*|/\s*)",
    re.IGNORECASE,
)
_AND = lazy_pattern(r"\s*,?\s*(?:(?<=\s)(?:and|und|et|y|e)\s+(?:from\s+)?|&\s*)", re.IGNORECASE)
_COMMA = lazy_pattern(r"\s*,\s*")
_LISTED = lazy_pattern(r"\s*(?:,\s*|\s)(?:from\s+)?")
"""What stands between countries in a list as it is typed: `from iceland norway or finland`."""

_SAID = Templates("bot.language.wishes.reading", "lists.toml")
_SIDE_BY_SIDE = lazy_pattern(r"[\s,/&+]+(?:from\s+)?(?:the\s+)?", re.IGNORECASE)
_PEOPLE_LISTED = lazy_pattern(r"[\s,.;/&+]*(?:(?:and|und|et|y|e)\s+)?", re.IGNORECASE)
_OF_PEOPLE = frozenset({"director", "cast", "writer", "author"})
_SUBJECTS = frozenset({"after", "noun"})
_LONGEST_DECADE = 10
_FROM_ONE = frozenset({"place", "years"})
"""Sorts of which a film has one: `japanese and korean films` asks for either."""


def with_alternatives(text: str, parts: Sequence[Found]) -> list[Found]:
    """Join the parts between which the text says `or` to one part, which a film meets by any of them."""
    joined_: list[Found] = []
    for group in _groups(text, parts):
        if len(group) == 1:
            joined_ += group
            continue
        start, end = group[0][0], group[-1][1]
        joined_.append((start, end, either_of(text[start:end], [part for _, _, part in group])))
    return joined_


def with_lists_of_people(text: str, parts: Sequence[Found], index: BaseIndex) -> Sequence[Found]:
    """Join people named one after the other to one part, where no film is by or with all of them."""
    if sum(_is_person(part) for _, _, part in parts) < 2:
        return parts
    found: list[Found] = []
    for each in parts:
        start, end, part = each
        listed = found and _PEOPLE_LISTED.fullmatch(text[found[-1][1] : start])
        before = found[-1] if listed and _is_person(found[-1][2]) and _is_person(part) else None
        if before and not _films(before[2], index) & _films(part, index):
            whole = text[before[0] : end]
            both = either_of(whole, [before[2], part])
            named = replace(both.entry, any=both.demands[0].any_of)
            found[-1] = before[0], end, replace(both, entry=named)
        else:
            found.append(each)
    return found


def _is_person(part: Understood) -> bool:
    terms = part.entry.any
    return bool(terms) and terms[0][0] in _OF_PEOPLE and len(part.demands) == 1


def _films(part: Understood, index: BaseIndex) -> set[int]:
    return films_with(index, part.demands[0].any_of)


def goes_on(text: str, at: int) -> bool:
    """Tell whether an alternative may follow here."""
    return bool(_OR.match(text, at))


def _groups(text: str, parts: Sequence[Found]) -> Iterator[list[Found]]:
    at = 0
    while at < len(parts):
        end = _chain(text, parts, at)
        yield list(parts[at:end])
        at = end


def _chain(text: str, parts: Sequence[Found], first: int) -> int:
    """Return the place after the last part of a list that begins here and has an `or` in it."""
    sort, last = _sort(parts[first][2]), first + 1
    if sort in _SUBJECTS and (end := _examples(text, parts, first)):
        return end
    if not sort:
        return last
    for at in range(first + 1, len(parts)):
        gap, other = text[parts[at - 1][1] : parts[at][0]], _sort(parts[at][2])
        alike = other == sort
        apart = alike and sort == "years" and _years_apart(parts[at - 1][2], parts[at][2])
        if other and (
            _OR.fullmatch(gap)
            or (apart and _SIDE_BY_SIDE.fullmatch(gap))
            or (alike and sort in _FROM_ONE and _AND.fullmatch(gap))
        ):
            last = at + 1
        elif not (alike and (_LISTED if sort == "place" else _COMMA).fullmatch(gap)):
            break
    return last


def _examples(text: str, parts: Sequence[Found], first: int) -> int:
    """Return the place after a list of subjects that are but examples: `coal, strikes, that sort of thing`."""
    end = first + 1
    while end < len(parts) and _sort(parts[end][2]) in _SUBJECTS:
        if not _COMMA.fullmatch(text[parts[end - 1][1] : parts[end][0]]):
            break
        end += 1
    return end if end > first + 1 and _SAID["examples"].match(text, parts[end - 1][1]) else 0


def _years_apart(one: Understood, other: Understood) -> bool:
    """Tell whether two parts are years or decades of which no film has both: `50s 60s`."""
    spans = [each.years for part in (one, other) for each in part.demands if each.years]
    if len(spans) != 2 or any(last - first > _LONGEST_DECADE for first, last in spans):
        return False
    (first, last), (begin, end) = spans
    return last < begin or end < first


def _sort(part: Understood) -> str:
    """Return what a part speaks of; nothing for one that cannot be an alternative."""
    entry = part.entry
    if not part.demands or part.minutes:
        return ""
    if all(each.years and not each.any_of for each in part.demands):
        return "years"
    if entry.kind and entry.any[:1] and entry.any[0][1].startswith("from "):
        return "place"
    return "noun" if entry.noun else entry.kind or "before"


def either_of(typed: str, parts: Sequence[Understood]) -> Understood:
    """Return one part that any of some meets, named by all of them."""
    entries = [part.entry for part in parts]
    label = _labels([entry.noun or entry.label for entry in entries])
    sorts = {_sort(part) for part in parts}
    noun = label if sorts == {"noun"} else ""
    kind = entries[0].kind if len({each.kind for each in entries}) == 1 else "after"
    return Understood(typed, Entry(label, noun=noun, kind=kind), (_one_of(label, parts),))


def _one_of(label: str, parts: Sequence[Understood]) -> Demand:
    alone = [part.demands[0] for part in parts if len(part.demands) == 1]
    plain = len(alone) == len(parts) and all(
        each.any_of and not (each.every or each.years or each.either) for each in alone
    )
    if not plain:
        soft = all(each.soft for part in parts for each in part.demands)
        return Demand(label, either=tuple(part.demands for part in parts), soft=soft)
    most = max(len(each.any_of) for each in alone)
    terms = [each.any_of[at] for at in range(most) for each in alone if at < len(each.any_of)]
    return replace(
        alone[0],
        label=label,
        any_of=tuple(dict.fromkeys(terms)),
        wide=tuple(dict.fromkeys(term for each in alone for term in each.wide)),
        soft=all(each.soft for each in alone),
    )


def _labels(labels: Sequence[str]) -> str:
    """Join names, and say a preposition that they share once: `by Stanley Kubrick or David Lynch`."""
    first, *words = labels[0].split(" ")
    shared = first if words and all(label.startswith(f"{first} ") for label in labels) else ""
    bare = [label.removeprefix(shared).strip() for label in labels]
    bare = [each for label in bare for each in label.split(" or ")]
    return f"{shared} {joined(list(dict.fromkeys(bare)), 'or')}".strip()
