"""People in wishes: full names, parts of names (`by ozu`, `kurosawa`), nicknames, small misspellings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from bot.language.wishes.lexicon import data, spelling
from bot.language.wishes.lexicon.entries import Entry
from bot.language.wishes.lexicon.notions import fillers, lexicon, vocabulary
from bot.language.wishes.lexicon.tokens import Token
from bot.language.wishes.measures.measures import Found
from bot.language.wishes.people.roles import (
    ANY,
    AUTHOR,
    BOTH,
    CAST,
    DIRECTOR,
    WRITER,
    example_after,
    role_after,
)
from bot.language.wishes.people.stages import STAGES, at_a_stage, stage_after
from bot.language.wishes.wish import Understood
from recommender import BaseIndex, Demand
from recommender.index.names import begins_name, film_count, known_parts, named, nearly_named
from recommender.text import analyzer
from recommender.text.stopwords import STOP_WORDS

Name = tuple[int, tuple[tuple[str, str], ...]]
"""Where a name ends, and the (role, full name) pairs that it may mean."""

_ROLES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("by", "von", "par", "di", "por", "del"), (*DIRECTOR, *AUTHOR)),
    **dict.fromkeys(("directed", "director", "made"), DIRECTOR),
    **dict.fromkeys(
        ("written", "scripted", "screenplay", "screenplays", "scripts"),
        (*WRITER, *DIRECTOR, *AUTHOR),
    ),
    **dict.fromkeys(("starring", "featuring"), CAST),
    **dict.fromkeys(("with", "mit", "avec", "con", "com"), ("cast", "director")),
}
_BETWEEN = frozenset("by director from the a an great von der".split())
_KIN = frozenset("brother brothers bros sister sisters siblings".split())
_MOST_NAME_WORDS = 4
_CLEARLY = 3
"""A name that has this many times the films of the next is meant alone."""

_KNOWN_FILMS, _SHORTEST_NAME, _SHORTEST_MISSPELT = 3, 3, 5
_SHORTEST_SURELY_MISSPELT = 6
"""Letters of a name from which one slip is one where nothing else tells of a person: `blorp` is nobody."""

_KNOWN_BY_FIRST_NAME = 5
"""Films of whoever is meant by a first name alone: `erik` is more likely somebody in the room."""


def people(text: str, tokens: Sequence[Token], index: BaseIndex) -> Iterator[Found]:
    """Find people after a word for their role, and elsewhere by what can only be their name."""
    at = 0
    while at < len(tokens):
        roles = _ROLES.get(tokens[at].word)
        start = at
        if roles:
            start = at + 1
            while start < len(tokens) and tokens[start].word in _BETWEEN:
                start += 1
        found = _name(tokens, start, roles or ANY, index, told=bool(roles))
        if found is None:
            at += 1
            continue
        end, terms = found
        typed = text[tokens[at].start : tokens[end - 1].end]
        stop = tokens[end - 1].end
        if done := role_after(text, stop):
            in_role = tuple(
                (role, name)
                for name in dict.fromkeys(name for _, name in terms)
                for role in done[0]
                if index.term(role, name) >= 0
            )
            roles, terms = (done[0], in_role) if in_role else (roles, terms)
            stop = done[1]
        part = _person(index, typed, roles or ANY, terms)
        if example := example_after(text, stop):
            part, stop = _for_example(part), example
        if at and tokens[at - 1].word in STAGES:
            part, stage = at_a_stage(part, tokens[at - 1].word, index)
            yield tokens[at - 1].start, tokens[at - 1].end, stage
        elif after := stage_after(text, tokens[end - 1].end):
            part, stage = at_a_stage(part, after[0], index)
            yield tokens[end - 1].end, after[1], stage
        yield tokens[at].start, stop, part
        at = end


def _for_example(part: Understood) -> Understood:
    """Make of a person an example, whose films come first."""
    entry = replace(part.entry, soft=True, loose=True)
    return replace(part, entry=entry, demands=(replace(part.demands[0], soft=True),))


def _name(
    tokens: Sequence[Token], start: int, roles: tuple[str, ...], index: BaseIndex, *, told: bool
) -> Name | None:
    """Return where a name that begins here ends, and the (role, full name) pairs that it may mean.

    The longest of several words, else one of several that is misspelt, else one word: `denis villenueve`
    is not Claire Denis.
    """
    if start >= len(tokens):
        return None
    first = tokens[start].word
    begins = first in _nickname_beginnings() or begins_name(index, first)
    lengths = range(_MOST_NAME_WORDS, 1, -1) if begins else ()
    return (
        _spelt(tokens, start, roles, index, lengths, told=told)
        or _nearly(tokens, start, roles, index)
        or _spelt(tokens, start, roles, index, (1,), told=told)
    )


def _spelt(
    tokens: Sequence[Token],
    start: int,
    roles: tuple[str, ...],
    index: BaseIndex,
    lengths: Iterable[int],
    *,
    told: bool,
) -> Name | None:
    """Return the first name of so many words that is spelt as one is known, or nearly if it is one word."""
    for end in (start + length for length in lengths if start + length <= len(tokens)):
        if any(token.comma for token in tokens[start : end - 1]):
            continue
        words = [token.word for token in tokens[start:end]]
        if all(each in STOP_WORDS or each in fillers() for each in words):
            continue  # `i am` is not will.i.am, and `with very little talk` names nobody
        name = " ".join(words)
        if nick := _nicknames().get(name):
            terms = tuple(
                (role, each) for each in nick for role in BOTH if index.term(role, each) >= 0
            )
            if terms:
                return _past_kin(tokens, end), terms
        terms = tuple((role, name) for role in roles if index.term(role, name) >= 0)
        if terms and (len(words) > 1 or (told and name not in vocabulary())):
            return end, terms
        if len(words) == 1 and _begins_phrase(tokens, start):
            continue  # `with deep sea divers` names nobody called Deep
        if not (terms := _partly(name, len(words), roles, index, told=told)):
            continue
        return _past_kin(tokens, end), terms
    return None


def _begins_phrase(tokens: Sequence[Token], start: int) -> bool:
    """Tell whether a phrase of two words begins here."""
    pair = tuple(token.stem for token in tokens[start : start + 2])
    return len(pair) > 1 and pair in lexicon()


def _nearly(
    tokens: Sequence[Token], start: int, roles: tuple[str, ...], index: BaseIndex
) -> Name | None:
    """Return where a misspelt name of two or three words ends, and whom it may mean: `jim carey`."""
    for end in range(min(start + _MOST_NAME_WORDS - 1, len(tokens)), start + 1, -1):
        words = [token.word for token in tokens[start:end]]
        if any(token.comma for token in tokens[start : end - 1]) or words[-1] in STOP_WORDS:
            continue
        near = nearly_named(index, " ".join(words))
        if terms := tuple((r, each) for each in near for r in roles if index.term(r, each) >= 0):
            return end, terms
    return None


def _past_kin(tokens: Sequence[Token], end: int) -> int:
    """Return the place after `brothers` and the like, which follow a name of several people."""
    return end + (end < len(tokens) and tokens[end].word in _KIN)


def _partly(
    name: str, words: int, roles: tuple[str, ...], index: BaseIndex, *, told: bool
) -> tuple[tuple[str, str], ...]:
    """Return whom a part of a name may mean; none where it may as well be another word."""
    if len(name) < _SHORTEST_NAME or (words == 1 and name in _no_names()):
        return ()
    owned = name.removesuffix("s") if name.endswith("s") and not _is_known(name, index) else ""
    for spelt in (name, owned):
        terms = _clearly(spelt, roles, index) if len(spelt) >= _SHORTEST_NAME else ()
        sure = words > 1 or (told and spelt not in vocabulary())  # `with a beach` names nobody
        if terms and (sure or _only_a_name(spelt, terms, index)):
            return terms
    if words == 1 and len(name) >= _SHORTEST_MISSPELT and not _is_known(name, index):
        meant = spelling.nearest(name, _misspelt(index))
        if meant and (told or len(meant) >= _SHORTEST_SURELY_MISSPELT):
            return _clearly(meant, roles, index)
    return ()


def _clearly(name: str, roles: tuple[str, ...], index: BaseIndex) -> tuple[tuple[str, str], ...]:
    """Return all that bear a name, or the one that has made clearly more films than the others."""
    found = [(role, full) for role in roles for full in named(index, role, name)]
    if not found:
        return ()
    films = {each: film_count(index, *each) for each in found}
    totals: dict[str, int] = {}
    for (_, full), count in films.items():
        totals[full] = totals.get(full, 0) + count
    first, *others = sorted(totals, key=lambda full: -totals[full])
    if all(totals[first] >= _CLEARLY * totals[other] for other in others):
        return tuple(each for each in found if each[1] == first)
    return tuple(found)


def _only_a_name(name: str, terms: Sequence[tuple[str, str]], index: BaseIndex) -> bool:
    """Tell whether a word is known as a name rather than for anything else."""
    stem = analyzer.stem(name)
    if name in vocabulary() or stem in vocabulary():
        return False
    films = sum(film_count(index, *term) for term in terms)
    used = sum(film_count(index, field, stem) for field in ("text", "theme words", "genre"))
    if not any(full.endswith(name) for _, full in terms):
        return used < films and films >= _KNOWN_BY_FIRST_NAME
    directs = any(role == "director" for role, _ in terms)
    return used < films and (directs or films >= _KNOWN_FILMS)


def _misspelt(index: BaseIndex) -> spelling.Misspellings:
    """Return the forms of the names of people with several films, kept with the index."""
    found = index.people.get("misspelt")
    if found is None:
        parts = known_parts(index, _KNOWN_FILMS)
        found = spelling.misspellings(sorted(parts, key=lambda part: -parts[part]))
        index.people["misspelt"] = found
    return found


def _is_known(word: str, index: BaseIndex) -> bool:
    stem = analyzer.stem(word)
    if word in vocabulary() or stem in vocabulary() or word in STOP_WORDS:
        return True
    return any(index.term(field, stem) >= 0 for field in ("text", "title", "theme words"))


def is_name(word: str, index: BaseIndex) -> bool:
    """Tell whether somebody who made films has a word in their name."""
    return any(named(index, role, word) for role in BOTH)


def is_nickname(word: str) -> bool:
    """Tell whether somebody is called by a word that is no part of their name: `coens`."""
    return word in _nicknames()


@cache
def _nicknames() -> Mapping[str, tuple[str, ...]]:
    """Return full names by what people call them, folded."""
    table = data.table("people.toml")["nicknames"]
    return {
        analyzer.phrase(nick): tuple(analyzer.phrase(full) for full in names)
        for nick, names in table.items()
    }


@cache
def _nickname_beginnings() -> frozenset[str]:
    """Return the first words of nicknames."""
    return frozenset(nick.split()[0] for nick in _nicknames())


@cache
def _no_names() -> frozenset[str]:
    """Return the words that are surnames too, but are not meant as names in wishes."""
    words = data.table("people.toml")["not_names"]["words"]
    return frozenset(analyzer.fold(word) for word in words)


def _person(
    index: BaseIndex, typed: str, roles: tuple[str, ...], terms: Sequence[tuple[str, str]]
) -> Understood:
    names = sorted({index.labels[index.term(*term)] for term in terms})
    films = {
        role: sum(film_count(index, *each) for each in terms if each[0] == role)
        for role in ("director", "cast", "writer", "author")
    }
    label = f"{_part(roles, films)} {' or '.join(names[:2])}"
    return Understood(
        typed, Entry(label, any=tuple(terms), kind="after"), (Demand(label, tuple(terms)),)
    )


def _part(roles: tuple[str, ...], films: Mapping[str, int]) -> str:
    """Return the words before a name by what its bearer did in most of the films."""
    if "writer" in roles:
        return "written by"
    if films["author"] > films["director"] + films["cast"]:
        return "based on"
    directs = "cast" not in roles or films["director"] >= films["cast"]
    return "by" if directs and "director" in roles else "with"
