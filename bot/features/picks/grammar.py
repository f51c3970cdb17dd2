"""Grammar of `recommend`: clauses like, with, more, less, from, under; the rest is a mood."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.domain.errors import UsageError
from bot.domain.words.patterns import lazy_pattern
from bot.features.picks.commands import RecommendCommand
from bot.features.picks.company import is_refused, members_named
from bot.language.grammar.reading import Reading
from bot.language.grammar.titles import KnownTitles, cut_title
from bot.language.wishes.lexicon.notions import ARTICLES
from bot.language.wishes.reading.counts import COUNTS, number_of
from bot.language.wishes.reading.wishes import (
    is_wish,
    phrase_from,
    says_something,
)
from bot.language.wishes.sentences.clauses import (
    LOOKED_AT,
    TURNED,
    clauses_in,
    compared,
    is_described,
    skip_joints,
    trimmed,
)
from bot.language.wishes.sentences.examples import (
    after_anything_with,
    goes_on_without_a_film,
    whole_title,
)
from bot.language.wishes.sentences.keywords import said_after
from bot.language.wishes.sentences.lengths import LENGTH, minutes
from bot.language.wishes.sentences.negation import parted
from bot.language.wishes.sentences.of_its_kind import EDGES
from bot.language.wishes.sentences.rephrased import rephrased
from bot.language.wishes.sentences.seen_by import seen_by_clause
from bot.language.wishes.sentences.sentences import asked, first_sentence
from bot.messages.spans import Usage

_T = TypeVar("_T")
_MOST_FILMS = 20
_MOST_MEMBERS = 50
_HITS = lazy_pattern(r"hits|hit\s+rate|how\s+good(?:\s+are\s+(?:you|your\s+picks))?", re.IGNORECASE)
_SINCE = lazy_pattern(
    r"(?:(?:the|my)\s+)?['’‘]?(?P<since>(?:\d\d)?\d0s|\d{4}|watch\s?list)(?=[\s,]|$)",
    re.IGNORECASE,
)
_UNTIL = lazy_pattern(
    r"\s*(?:-|–|to|until|till|through|and)\s*(?:the\s+)?['’‘]?\d\d", re.IGNORECASE
)
"""What makes of the years after `from` only the first of a range."""

_COUNT = lazy_pattern(
    rf"[:=]?\s*(?P<count>-?\d{{1,9}}|{'|'.join(COUNTS)})(?=[\s,]|$)", re.IGNORECASE
)
_BUT = lazy_pattern(r"(?<!\s)\s+but\s+(?=\S)", re.IGNORECASE)
"""What turns a film that nobody knows by this name: `like ghibli but not japanese`."""

_AND = lazy_pattern(r"\s*(?:,|(?<=\s)(?:and|or|&)(?=\s))\s*", re.IGNORECASE)
_WATCHLIST = lazy_pattern(r"(?:my\s+)?(?:watch\s?list|list)", re.IGNORECASE)
_EVERYONE = lazy_pattern(
    r"^\s*(?:for\s+)?every(?:one|body)(?=\s*(?:$|[,;]|(?:from|under|like|unlike|more|less|no|not|count)\b))",
    re.IGNORECASE,
)
"""The room at the beginning of a line: "everyone from watchlist"."""

_MENTION = lazy_pattern(r"(?<!\S)@(?P<name>[^\s,@]+)")


@dataclass(frozen=True, slots=True)
class _Clause:
    """Values read from one clause, and the words left over."""

    like: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    more: str = ""
    less: str = ""
    without: str = ""
    since: str = ""
    minutes: int | None = None
    count: int | None = None
    fame: str = ""
    left: str = ""


def parse_recommend(line: str, reading: Reading) -> RecommendCommand:
    """Read what was typed after `recommend`."""
    titles = reading.titles
    if titles.is_title(line) and not is_wish(line):
        return RecommendCommand(like=(line.strip(),))
    if _HITS.fullmatch(line.strip(" \t\r\n?")):
        return RecommendCommand(hits=True)
    if _WATCHLIST.fullmatch(line.strip()):
        return RecommendCommand(since="watchlist")
    line = rephrased(asked(line, titles), titles)
    line = compared(_EVERYONE.sub("with everyone", line, count=1), titles)
    cut = list(clauses_in(line, titles))
    wish = _wish(cut, titles)
    if "@" in line or not wish.members:
        return wish
    spoken = [
        ("", f"with {said.lstrip()}") if each == "with" else (each, said) for each, said in cut
    ]
    return replace(wish, instead=_wish(spoken, titles).mood)


def _wish(cut: Iterable[tuple[str, str]], titles: KnownTitles) -> RecommendCommand:
    clauses = [_read(keyword, text, titles) for keyword, text in cut]
    left = [_leftover(clause.left, titles) for clause in clauses if clause.left.strip()]
    every = [*clauses, *left]
    return RecommendCommand(
        like=tuple(film for clause in every for film in clause.like),
        unlike=tuple(film for clause in clauses for film in clause.unlike),
        mood=_joined(clause.left for clause in left),
        members=tuple(dict.fromkeys(name for clause in every for name in clause.members)),
        more=_joined(clause.more for clause in clauses),
        less=_joined(clause.less for clause in every),
        without=", ".join(clause.without for clause in every if clause.without),
        since=_once("from", [clause.since for clause in clauses if clause.since]) or "",
        max_minutes=_once("under", [each.minutes for each in clauses if each.minutes]),
        count=_once("count", [each.count for each in clauses if each.count]) or 5,
        fame=_once("popular or obscure", [each.fame for each in clauses if each.fame]) or "",
    )


def turned(command: RecommendCommand, titles: KnownTitles) -> RecommendCommand:
    """Apply the negations in a mood that came from a form; `something` alone is no mood."""
    wanted, unwanted = parted(command.mood, titles)
    mood = trimmed(wanted) if unwanted else command.mood
    without = ", ".join(each for each in (command.without, unwanted) if each)
    return replace(command, mood=mood if says_something(mood) else "", without=without)


def _joined(pieces: Iterable[str]) -> str:
    return " ".join(piece for piece in pieces if piece)


def _once(name: str, values: list[_T]) -> _T | None:
    if len(set(values)) > 1:
        raise UsageError(f"“{name}” stands there more than once. Say it once.")
    return values[0] if values else None


def _read(keyword: str, text: str, titles: KnownTitles) -> _Clause:
    """Read one clause by its keyword; one that cannot be read stays a mood."""
    match keyword:
        case "":
            return _Clause(left=text)
        case "like" | "more like":
            return _like(said_after("like", text), titles)
        case "unlike" | "less like" | "not like" | "nothing like":
            return _unlike(text, titles)
        case "with":
            return _with(said_after(keyword, text))
        case "more":
            said, left = first_sentence(said_after(keyword, text))
            more, less = parted(trimmed(said), titles)
            return _Clause(more=trimmed(more), without=less, left=left)
        case "less":
            return _less(text)
        case "under" | "from" | "count":
            return _measure(keyword, text)
        case _ if keyword.endswith(("than", "over", "most")):
            return _measure("under", text)
        case _ if keyword.endswith("from"):
            read = _measure("from", text)
            out = "on my watchlist" if read.since == "watchlist" else f"from {read.since}"
            return _Clause(without=out, left=read.left)
        case _:
            return _Clause(fame=_fame(keyword), left=text)


def _unlike(text: str, titles: KnownTitles) -> _Clause:
    if at := after_anything_with(text):
        return _Clause(left=f"no {text[at:].lstrip()}")
    found = _like(said_after("unlike", text), titles)
    return _Clause(unlike=found.like, left=found.left)


def _less(text: str) -> _Clause:
    """Read what there should be less of; `than an hour` is a length."""
    if text.lstrip().startswith("than ") and phrase_from(f"less{text}", 0):
        return _Clause(left=f"less{text}")
    said, left = first_sentence(said_after("less", text))
    return _Clause(less=trimmed(said), left=left)


def _fame(keyword: str) -> str:
    """Return the fame asked for: `less popular` is obscure, `nothing obscure` popular."""
    *turned, fame = keyword.split()
    if turned in ([], ["more"]):
        return fame
    return "obscure" if fame == "popular" else "popular"


def _like(text: str, titles: KnownTitles) -> _Clause:
    """Read films with commas between; a known title may also be followed by "and" and another."""
    films: list[str] = []
    at = skip_joints(text, 0)
    if not cut_title(text, at, len(text), titles) and is_described(text[at:LOOKED_AT]):
        return _Clause(left=text)  # `scary but like fun scary`
    while at < len(text):
        _refuse_more("films", len(films), _MOST_FILMS)
        cut = whole_title(text, at, cut_title(text, at, len(text), titles))
        if films and goes_on_without_a_film(text, at, cut):
            return _Clause(like=tuple(films), left=text[at:])
        if not cut and films and TURNED.match(text, at):
            return _Clause(like=tuple(films), left=text[at:])
        if not cut:
            comma = text.find(",", at)
            if but := _BUT.search(text, at, comma if comma >= 0 else len(text)):
                films.append(text[at : but.start()].strip())
                return _Clause(like=tuple(filter(None, films)), left=text[but.end() :])
            end = comma if comma >= 0 else len(text)
            last = films and comma < 0
            if not last or says_something(text[at:end]):  # not `, what next`
                films.append(text[at:end].strip())
            at = skip_joints(text, end)
            continue
        films.append(cut.film if cut.marked else cut.film.rstrip(EDGES))
        after = _AND.match(text, cut.end)
        if text[cut.end - 1] not in ",;" and not after:
            return _Clause(like=tuple(films), left=text[cut.end :])
        at = skip_joints(text, after.end() if after else cut.end)
    return _Clause(like=tuple(film for film in films if film))


def _refuse_more(what: str, count: int, most: int) -> None:
    if count >= most:
        raise UsageError(f"That is a lot of {what}. Name at most {most} at a time.")


def _with(text: str) -> _Clause:
    """Read members; words that name none are a mood."""
    text = text.strip()
    found = members_named(text)
    if not found:
        return _Clause(left=text if is_refused(text) else f"with {text}")
    names, end = found
    _refuse_more("members", len(names) - 1, _MOST_MEMBERS)
    others = tuple(name for name in names if name.lower() != "me")
    return _Clause(members=others, left=text[end:])


def _measure(keyword: str, text: str) -> _Clause:
    """Read under, from and count; without a time or number after them they are plain words."""
    stripped = text.lstrip()
    form = {"under": LENGTH, "from": _SINCE, "count": _COUNT}[keyword]
    found = form.match(stripped)
    if not found:
        return _Clause(left=f"{keyword} {stripped}")
    left = stripped[found.end() :]
    if keyword == "from" and _UNTIL.match(left):
        return _Clause(left=f"from {stripped}")
    if keyword == "from":
        return _Clause(since=found["since"].lower().replace(" ", ""), left=left)
    if keyword == "under":
        return _Clause(minutes=minutes(found), left=left)
    count = number_of(found["count"])
    if count < 1:
        raise UsageError("I can pick 1 to 10 films. Say it so: ", Usage(RecommendCommand(count=8)))
    return _Clause(count=count, left=left)


def _leftover(text: str, titles: KnownTitles) -> _Clause:
    """Read the words outside all clauses: exact titles are films, names with an @ members."""
    if "@" in text[:LOOKED_AT]:  # in a text without end, looking for names would not end either
        begin = seen_by_clause().sub(lambda found: found[0].replace("@", ""), text[:LOOKED_AT])
        text = begin + text[LOOKED_AT:]
    members = tuple(_MENTION.findall(text))
    _refuse_more("members", len(members) - 1, _MOST_MEMBERS)
    named = trimmed(_MENTION.sub("", text) if members else text)
    if not named:
        return _Clause(members=members)
    few = len(named) <= LOOKED_AT and named.count(",") < _MOST_FILMS
    films = _like(named, titles) if few else _Clause(left=named)
    exact = not films.left.strip() and all(titles.is_title(film) for film in films.like)
    article = named.lower() in ARTICLES
    if exact and not article and not (is_wish(named) or all(map(is_wish, films.like))):
        return _Clause(like=films.like, members=members)
    wanted, unwanted = parted(text, titles) if few else (named, "")
    if not unwanted:
        return _Clause(members=members, left=named)
    return _Clause(members=members, left=trimmed(_MENTION.sub("", wanted)), without=unwanted)
