"""Demands of one request: its wish as it was understood."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from bot.domain.clubs.club import Member
from bot.domain.words.patterns import lazy_pattern
from bot.features.picks.commands import RecommendCommand
from bot.features.picks.demands.beside import beside_film
from bot.features.picks.demands.contradictions import reconciled
from bot.features.picks.demands.filters import (
    length_in_words,
    since_in_words,
    unreadable_years,
    watchlists,
)
from bot.features.picks.demands.numbered import numbered_part
from bot.features.picks.demands.seen_by import seen_by
from bot.features.picks.demands.stand_ins import EVIL, LESS_SAD, LOOSEST, REGARD
from bot.language.wishes.lexicon.entries import Entry, Term
from bot.language.wishes.lexicon.notions import fillers
from bot.language.wishes.reading.wishes import (
    director_of,
    has_evil_win,
    is_wish,
    minds_death,
    read_wish,
)
from bot.language.wishes.wish import Understood, Wish
from bot.messages.phrases import joined
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from recommender import Demand, Overlay, meeting
from recommender.index import film_facts
from recommender.text import analyzer

_OR = lazy_pattern(r"\s+(?:or|nor|and|&)\s+", re.IGNORECASE)

_FEW_OF_A_NAME = 8

MOST_DROPPED = 2
"""Parts of a wish that are left out at once where nothing fits it, at most."""

MOST_KNOWN = 2
"""How well known an obscure film is at most, of five; films from elsewhere say nothing of it."""


@dataclass(frozen=True, slots=True)
class WishDemands:
    """A wish with its demands, and the free words for mood, more and less.

    `wanted_by` names who of a group has a film on their watchlist, where picks come from these.
    """

    wanted: Wish
    avoided: Wish
    demands: tuple[Demand, ...]
    mood: str
    more: str
    less: str
    wanted_by: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[Understood, ...]:
        """Everything that was understood."""
        return (*self.wanted.parts, *self.avoided.parts)

    def but(self, labels: frozenset[str]) -> "WishDemands":
        """Return the request without the wanted parts that have a demand of one of these labels."""
        kept = [
            part
            for part in self.wanted.parts
            if labels.isdisjoint(each.label for each in part.demands)
        ]
        return replace(self, wanted=replace(self.wanted, parts=tuple(kept)))

    @property
    def unreadable(self) -> tuple[str, ...]:
        """The clauses that no fact of a film answers."""
        return (*self.wanted.unreadable, *self.avoided.unreadable)

    @property
    def preferred(self) -> tuple[frozenset[str], ...]:
        """The films of a group's watchlists by how many want them, most first."""
        by_count: dict[int, set[str]] = {}
        for film_id, names in self.wanted_by.items():
            by_count.setdefault(len(names), set()).add(film_id)
        return tuple(frozenset(by_count[count]) for count in sorted(by_count, reverse=True))

    @property
    def untold(self) -> tuple[str, ...]:
        """What was asked for and no fact answers, after `which films`."""
        asked = [part.entry.untold for part in self.parts]
        asked += [part.entry.untold_out for part in self.avoided.parts]
        return tuple(dict.fromkeys(filter(None, asked)))


async def request_of(
    command: RecommendCommand,
    overlay: Overlay,
    members: Sequence[Member],
    context: Context,
    work: UnitOfWork,
) -> WishDemands:
    """Read the free words of a command into demands."""
    mood, seen = await seen_by(command.mood, context, work)
    mood, directed = _directed_like(mood, overlay, context)
    mood, beside = await beside_film(mood, context, work)
    mood, numbered = numbered_part(mood, overlay, context)
    wanted = read_wish(mood, overlay.index, context.now.year)
    options = _options(command, overlay, context.now.year)
    wanted = replace(wanted, parts=(*seen, *directed, *beside, *numbered, *wanted.parts, *options))
    out, films = _ruled_out(command.without, wanted, overlay, context)
    wanted, out = reconciled(wanted, out)
    demands = [*wanted.demands, *out.demands, *films, *_lessened(command.less, overlay, context)]
    wanted_by: Mapping[str, Sequence[str]] = {}
    for part in (*wanted.parts, *out.parts):
        if part.minutes:
            low, high = part.minutes
            fitting = await work.films.within(
                first_year=None, last_year=None, min_minutes=low, max_minutes=high
            )
            demands.append(Demand(part.entry.label, film_ids=frozenset(fitting)))
        if part.entry.series == ("part" if part in out.parts else "none"):
            parts = film_facts.films_of_series(overlay)
            demands.append(Demand(part.entry.label, film_ids=parts, excluded=True))
        if part.entry.series == "later":
            later = film_facts.later_parts(overlay)
            demands.append(Demand(part.entry.label, film_ids=later, excluded=part in out.parts))
        if part.entry.watchlist:
            excluded = part in out.parts
            listed = await watchlists((context.member,) if excluded else members, work)
            wanted_by = wanted_by if excluded or len(members) < 2 else listed
            demands.append(Demand(part.entry.label, film_ids=frozenset(listed), excluded=excluded))
    if (command.fame or wanted.fame) == "obscure":
        few = await work.films.within(
            first_year=None, last_year=None, max_minutes=None, most_known=MOST_KNOWN
        )
        demands.append(
            Demand("that few know", film_ids=frozenset(few), soft=True, looseness=LOOSEST)
        )
    if judged := wanted.regard:
        within = REGARD[judged.entry.regard]
        held = film_facts.films_of_regard(overlay, *within)
        demands.append(Demand(judged.entry.label, film_ids=held, soft=True, looseness=LOOSEST))
    if minds_death(wanted):
        demands.append(LESS_SAD)
    if has_evil_win(wanted):
        demands.append(EVIL)
    less = " ".join(each for each in (command.less, out.words) if each)
    return WishDemands(wanted, out, tuple(demands), wanted.words, command.more, less, wanted_by)


def _directed_like(
    mood: str, overlay: Overlay, context: Context
) -> tuple[str, tuple[Understood, ...]]:
    """Read `by the director of Moonlight`: return the words left, and other films by the director."""
    found = director_of(mood)
    if found is None:
        return mood, ()
    matches = context.titles.exact(found["title"].strip(' ?!."“”'))
    row = overlay.row_of(matches[0].film_id) if matches else -1
    directors = film_facts.directors(overlay, row) if row >= 0 else []
    if not directors:
        return mood, ()
    label = f"by the director of {overlay.title(row)}"
    others = Demand(label, any_of=tuple(("director", each) for each in directors))
    itself = Demand(label, film_ids=frozenset({matches[0].film_id}), excluded=True)
    part = Understood(found[0], Entry(label, kind="after"), (others, itself))
    return mood[: found.start()] + mood[found.end() :], (part,)


def _lessened(text: str, overlay: Overlay, context: Context) -> Iterator[Demand]:
    """Yield what makes films without a quality come first: `like Amélie but less sweet`."""
    if not text:
        return
    for part in read_wish(text, overlay.index, context.now.year).without().parts:
        for each in part.demands:
            if each.any_of and each.excluded:
                yield replace(each, label=f"less {part.typed}", soft=True, looseness=LOOSEST)


def _ruled_out(
    text: str, wanted: Wish, overlay: Overlay, context: Context
) -> tuple[Wish, list[Demand]]:
    """Read what is ruled out as a wish turned around; of a film's title, its series is ruled out.

    One word that means something else, too, is a film where it is by somebody asked for:
    `John Carpenter, but not Halloween`.
    """
    if not text:
        return Wish((), ""), []
    films: list[Demand] = []
    theirs = _films_of_people(wanted, overlay)
    for piece in _pieces(text, context):
        matches = context.titles.exact(piece)
        rows = [row for row in (overlay.row_of(each.film_id) for each in matches) if row >= 0]
        rows = rows or ([] if is_wish(piece) else _of_theirs(piece, theirs, overlay))
        made = bool(theirs.intersection(rows))
        if not made and not (rows and " " in piece):
            rows = _called(piece, overlay, context.now.year)
        if rows and (made or not is_wish(piece)):
            series = set(rows)
            if not made:  # else the film alone is ruled out: `bond, but not Skyfall`
                series |= {part for row in rows for part in film_facts.parts(overlay, row)}
                series |= _named_after(piece, overlay)
            ids = frozenset(overlay.film_id(row) for row in series)
            films.append(Demand(f"not {overlay.title(rows[0])}", film_ids=ids, excluded=True))
            text = text.replace(piece, "", 1)
    wish = read_wish(text, overlay.index, context.now.year, either=False)
    return wish.without(), films


def _films_of_people(wanted: Wish, overlay: Overlay) -> set[int]:
    """Return the rows of the films of the people and of the series that are asked for."""
    rows = {overlay.row_of(each) for one in wanted.demands for each in one.film_ids or ()}
    people = {term for term in _every_term(wanted) if term[0] in {"director", "cast", "writer"}}
    numbers = {number for term in people if (number := overlay.index.term(*term)) >= 0}
    return rows | {int(row) for theirs in overlay.postings(numbers).values() for row in theirs}


def _of_theirs(piece: str, theirs: set[int], overlay: Overlay) -> list[int]:
    """Return the films of the people asked for that have a piece in their titles: `the Three Colours`."""
    named = analyzer.phrase(piece).removeprefix("the ")
    return sorted(theirs & _named_after(named, overlay)) if theirs and named else []


def _every_term(wanted: Wish) -> Iterator[Term]:
    return (term for each in wanted.demands if not each.excluded for term in each.any_of)


def _pieces(text: str, context: Context) -> Iterator[str]:
    """Yield what is ruled out piece by piece: `star wars or star trek` is two, unless it is a title."""
    for piece in (each.strip(" .?!") for each in text.split(",")):
        yield from [piece] if context.titles.exact(piece) else _OR.split(piece)


def _called(word: str, overlay: Overlay, this_year: int) -> list[int]:
    """Return the films with a name in their title that means nothing else, if they are few: `totoro`."""
    if not word.replace(" ", "").isalpha() or read_wish(word, overlay.index, this_year).parts:
        return []
    rows = sorted(_named_after(word, overlay))
    folded = analyzer.phrase(word)
    hero = folded not in fillers() and any(
        analyzer.phrase(overlay.title(row)) == folded for row in rows
    )
    return rows if hero or len(rows) <= _FEW_OF_A_NAME else []


def _named_after(title: str, overlay: Overlay) -> set[int]:
    """Return the films that have a whole title in theirs: `Rogue One: A Star Wars Story`."""
    folded = analyzer.phrase(title)
    terms = (overlay.index.term("title", analyzer.stem(word)) for word in folded.split())
    known = overlay.postings({term for term in terms if term >= 0}).values()
    some = min(known, key=len, default=())
    return {int(row) for row in some if folded in analyzer.phrase(overlay.title(int(row)))}


def _options(command: RecommendCommand, overlay: Overlay, this_year: int) -> tuple[Understood, ...]:
    """Read the options as the words that say the same."""
    since = read_wish(since_in_words(command), overlay.index, this_year)
    if command.since and not since.parts:
        raise unreadable_years(command)
    length = read_wish(length_in_words(command), overlay.index, this_year)
    return (*since.parts, *length.parts)


def ways_out(
    command: RecommendCommand, request: WishDemands, overlay: Overlay
) -> Iterator[tuple[str, RecommendCommand, int]]:
    """Yield what was typed of parts of the wish, the command without them, and how many films fit then.

    Where no single part leaves some, pairs do.
    """
    found = False
    for count in range(1, min(len(request.parts), MOST_DROPPED + 1)):
        for parts in combinations(request.parts, count):
            labels = {part.entry.label for part in parts}
            labels |= {each.label for part in parts for each in part.demands}
            others = [each for each in request.demands if each.label not in labels]
            if fitting := int(meeting(overlay, others).sum()):
                found, other = True, command
                for part in parts:
                    other = _without(other, part.typed)
                yield joined([part.typed for part in parts]), other, fitting
        if found:
            return


def _without(command: RecommendCommand, typed: str) -> RecommendCommand:
    mood, without = command.mood, command.without
    if typed in mood:
        return replace(command, mood=" ".join(mood.replace(typed, " ", 1).split()))
    if typed == since_in_words(command):
        return replace(command, since="")
    if typed == length_in_words(command):
        return replace(command, max_minutes=None)
    return replace(command, without=" ".join(without.replace(typed, " ", 1).split()).strip(" ,"))
