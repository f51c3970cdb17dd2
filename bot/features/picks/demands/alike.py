"""Films like somebody's, but none of theirs: `seen all of nolan, what next`, `like hitchcock but not by him`."""

import re
from dataclasses import replace
from functools import cache

from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates
from bot.domain.words.text import folded
from bot.features.picks.commands import RecommendCommand
from bot.language.wishes.lexicon.entries import Term
from bot.language.wishes.lexicon.notions import vocabulary
from bot.language.wishes.reading.wishes import read_wish
from bot.language.wishes.sentences.clauses import LOOKED_AT
from bot.language.wishes.wish import Understood, Wish
from bot.messages.phrases import joined
from bot.request.context import Context
from bot.request.lookup.films import BY_ID
from recommender import Overlay
from recommender.index import film_facts
from recommender.index.names import films_with, named
from recommender.text import analyzer

_SAID = Templates(
    "bot.features.picks.demands",
    "alike.toml",
    {
        "who": "[^,;.!?]+",
        "name": r"(?<![^\s,;.!?])[^\s,;.!?]+(?:\s+[^\s,;.!?]+)?",
        "rest": r"(?!\w).*",
    },
)
_WORK = lazy_pattern(
    r"(?:['’]s)?\s+(?:films?|movies?|stuff|work|filmography|oeuvre|back\s+catalogue)$",
    re.IGNORECASE,
)
_ROLES = frozenset({"director", "cast", "writer"})
_MANNER = lazy_pattern(r"(?<![\w-])(?P<who>[^\W\d_]{4,}?)-?(?:ian|esque)(?![\w-])", re.IGNORECASE)
"""What is as somebody's films are: `hitchcockian`, `felliniesque`."""

_FEW = 5
_ENOUGH = 3
"""Films of a director whose name may stand for a manner."""

_MOST = 4
"""Films of somebody that others should be like."""


def like_theirs(command: RecommendCommand, overlay: Overlay, context: Context) -> RecommendCommand:
    """Ask for films like somebody's best known ones, but by others, where theirs are ruled out."""
    year = context.now.year
    command = replace(command, mood=" ".join(command.mood.split()))
    if manner := _in_their_manner(command.mood, overlay, year):
        rows, mood = manner
        return _turned(command, rows, mood, "", overlay)
    if found := _SAID["seen_all"].search(command.mood, 0, LOOKED_AT):
        who = _WORK.sub("", _SAID["name_ends"].sub("", found["who"]).strip())
        people = _people(read_wish(who, overlay.index, year), alone=True)
        if rows := _rows(people, overlay):
            end = found.start("who") + len(_SAID["name_ends"].sub("", found["who"]))
            after = _again(who).sub(" ", command.mood[end:])
            rest = f"{command.mood[: found.start()]} {_without_question(after)}"
            return _turned(command, rows, " ".join(rest.split()), who, overlay)
    if not command.without or not command.mood:
        return command
    asked = read_wish(command.mood, overlay.index, year)
    people = _people(asked)
    out = command.without.strip()
    same = _names(_people(read_wish(out, overlay.index, year), alone=True)) == _names(people)
    if not people or not (same or _SAID["themselves"].match(out)):
        return command
    mood = command.mood
    for each in _persons(asked):
        mood = mood.replace(each.typed, " ", 1)
    names = joined([each.typed for each in _persons(asked)], "or")
    rows = _rows(people, overlay)
    return _turned(replace(command, without=""), rows, " ".join(mood.split()), names, overlay)


def _in_their_manner(mood: str, overlay: Overlay, year: int) -> tuple[set[int], str] | None:
    """Return the films that others should be like, as a manner is named after who made them, and the words left."""
    for found in _MANNER.finditer(mood, 0, LOOKED_AT):
        if {folded(found[0]), analyzer.stem(folded(found[0]))} & vocabulary():
            continue
        for name in (folded(found["who"]), f"{folded(found['who'])}y", f"{folded(found['who'])}o"):
            theirs = films_with(
                overlay.index,
                (("director", each) for each in named(overlay.index, "director", name)),
            )
            if len(theirs) >= _ENOUGH:
                return set(theirs), _left_of(mood, found)
    for found in _SAID["of_theirs"].finditer(mood, 0, LOOKED_AT):
        who = read_wish(found["name"], overlay.index, year)
        made = [each for each in who.parts if each.entry.any and _is_of_people(each.entry.any)]
        made += [each for each in who.parts if {role for role, _ in each.entry.any} == {"author"}]
        rows = films_with(overlay.index, (term for each in made for term in each.entry.any))
        if len(made) == len(who.parts) and not who.words and 0 < len(rows) < _FEW:
            return rows, _left_of(mood, found)
    return None


def _left_of(mood: str, found: re.Match[str]) -> str:
    return " ".join(f"{mood[: found.start()]} {mood[found.end() :]}".split())


def _again(who: str) -> re.Pattern[str]:
    """Return the form of a second naming of somebody whom others should be like: `someone else doing hitchcock`."""
    before = rf"(?:{_SAID.words('somebody_else')}\s+)?(?:{_SAID.words('doing')}\s+)*"
    after = r"(?:['’]?s)?(?:[\s-]+(?:style|esque|like|ish|films?|movies?|stuff))?(?!\w)"
    return re.compile(rf"{before}(?<!\w){re.escape(who)}{after}", re.IGNORECASE)


def _rows(people: frozenset[Term], overlay: Overlay) -> set[int]:
    """Return the films of people: of those who direct, too, the ones that they directed."""
    roles = {role for role, _ in people}
    wanted = roles - {"cast"} or roles
    return films_with(overlay.index, (each for each in people if each[0] in wanted))


def _turned(
    command: RecommendCommand, rows: set[int], mood: str, who: str, overlay: Overlay
) -> RecommendCommand:
    known = film_facts.popularity_prior(overlay)
    best: dict[int, int] = {}  # one of each series, whose films say less of who made them
    for row in sorted(rows, key=lambda row: (film_facts.series(overlay, row) >= 0, -known[row])):
        series = film_facts.series(overlay, row)
        best.setdefault(series if series >= 0 else -2 - row, row)
    films = tuple(f"{BY_ID}{overlay.film_id(row)}" for row in [*best.values()][:_MOST])
    without = ", ".join(each for each in (command.without, who) if each)
    return replace(command, like=(*command.like, *films), mood=mood, without=without)


@cache
def _question() -> re.Pattern[str]:
    """Return the pattern of a question that asks for nothing more than what is alike: `what comes closest?`."""
    words = rf"(?:{_SAID.words('question')})?(?:\s+{_SAID.words('asking')})*"
    return re.compile(rf"[\s,.;!?]*(?:(?:and|so|but|now)\s+)*{words}[\s.?!]*", re.IGNORECASE)


def _without_question(text: str) -> str:
    """Leave out a question that asks for nothing more than what is alike: `what comes closest?`."""
    return "" if _question().fullmatch(text) else text


def _persons(wish: Wish) -> list[Understood]:
    return [each for each in wish.parts if each.entry.any and _is_of_people(each.entry.any)]


def _is_of_people(terms: tuple[Term, ...]) -> bool:
    return all(role in _ROLES for role, _ in terms)


def _names(people: frozenset[Term]) -> set[str]:
    return {name for _, name in people}


def _people(wish: Wish, *, alone: bool = False) -> frozenset[Term]:
    """Return the people of a wish as terms; with `alone`, of one that asks for nothing else."""
    persons = _persons(wish)
    if alone and (len(persons) < len(wish.parts) or wish.words):
        return frozenset()
    return frozenset(term for each in persons for term in each.entry.any)
