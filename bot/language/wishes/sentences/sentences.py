"""Sentences of a wish: what is told beside it, what is taken back, and the films that are named in them.

`got dumped on friday. make me cry` asks for what the second sentence says, `horror.. wait no, a thriller`
for what comes last, and `Past Lives broke me. again please` for films like the one that is named.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates
from bot.language.grammar.titles import KnownTitles, cut_title
from bot.language.wishes.reading.audiences import audiences
from bot.language.wishes.reading.wishes import is_wish, phrase_from, says_something
from bot.language.wishes.sentences.hearsay import is_hearsay
from bot.language.wishes.sentences.taken_back import last_said

_LONGEST = 500
"""Characters of a line whose sentences are told apart; nobody asks in more."""

_MOST_NAMED = 4
"""Films named in sentences that others should be like, at most."""

_ENDS = lazy_pattern(
    r"(?:(?<!\b[a-z])(?<!\bmr)(?<!\bmrs)(?<!\bdr)(?<!\bst)(?<!\bvs)\.|[!?…;]|\.\.+)[!?…;.)]*(?:\s+|$)|\.\.+|…|\n+",
    re.IGNORECASE,
)
"""The end of a sentence, unless it is an abbreviation's: `mr. robot`."""

_SUBPIECE = lazy_pattern(
    r",\s+|:\s+|\s+(?:so(?!\s+(?:bad|good|many|much|that|far|called|\w+\s+(?:it|that)))|but\s+now|and\s+now|now)\s+",
    re.IGNORECASE,
)
"""Where a sentence may go on with another: at a comma, or at what follows from it."""

_SAID = Templates("bot.language.wishes.sentences", "templates/sentences.toml")
_AND = lazy_pattern(r"\s*(?:,|&|\s(?:and|n|or)\s)\s*(?:also\s+|then\s+)?", re.IGNORECASE)
_REFERS = lazy_pattern(r"(?<!\w)(?:him|her|them|his|hers|theirs)(?!\w)", re.IGNORECASE)
"""Words that say nothing without the sentence before."""

# Some of these are titles, too.
_POINTING = frozenset({"it", "this", "that", "them", "these", "those", "us", "her", "him", "you"})
_MORE = lazy_pattern(r"\W*(?:some\s+)?more\s+", re.IGNORECASE)
_WORD = lazy_pattern(r"[^\s,;.!?]+")


@cache
def _openings() -> re.Pattern[str]:
    """Return the pattern of what may come before a sentence: `ok so`."""
    return re.compile(rf"\A\W*(?:{_SAID.words('opening')}(?:\W+|\Z))*", re.IGNORECASE)


@cache
def _children_watching() -> re.Pattern[str]:
    """Return the pattern of what belongs to a wish though it is told: children who watch, unless they sleep."""
    no_trade = r"(?<!as\s)(?<!as\sa\s)(?<!was\sa\s)"
    elsewhere = rf".*(?<!\w){_SAID.words('elsewhere')}"
    return re.compile(
        rf"(?<!\w){no_trade}{_SAID.words('children')}(?!\w)(?!{elsewhere})", re.IGNORECASE
    )


@cache
def _seen_or_judged() -> re.Pattern[str]:
    """Return the pattern of what stands before a film's title even where its words mean something else."""
    return re.compile(rf"(?<!\w){_SAID.words('seen_or_judged')}\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Piece of a line: what of it asks, and the films that it praises, blames and says are known."""

    asks: str
    tells: bool = False
    praised: Sequence[str] = ()
    blamed: Sequence[str] = ()
    known: Sequence[str] = ()


def asked(line: str, titles: KnownTitles) -> str:
    """Return what a line asks for: without what is told beside it, and what was taken back.

    Films that are told of with praise become examples, blamed ones examples of what not to pick.
    """
    if len(line) > _LONGEST or titles.is_title(line):
        return line
    line = last_said(line)
    pieces = list(_pieces(line, titles))
    if len(pieces) < 2 or not any(each.tells for each in pieces):
        return line
    kept = "".join(each.asks for each in pieces)
    praised = [film for each in pieces for film in each.praised][:_MOST_NAMED]
    blamed = [film for each in pieces for film in each.blamed][:_MOST_NAMED]
    known = [film for each in pieces for film in each.known][:_MOST_NAMED]
    if _REFERS.search(kept) or not (praised or says_something(kept)):
        return line
    if praised and (seen := _SAID["all_seen"].search(kept)):
        kept = f"{kept[: seen.start()]} {kept[seen.end() :].lstrip(' ,.')}"
        known += praised
    more = _MORE.match(kept)
    if more and praised and phrase_from(kept, more.end()):
        # `loved Arrival. more sci-fi` asks for a kind, not for more of it.
        kept = kept[more.end() :]
    asks = kept.strip(" ,;") if says_something(kept) else ""
    like = f"like {', '.join(dict.fromkeys(praised))}" if praised else ""
    wished = [" but ".join(part for part in (like, asks) if part)]
    # Who hated one gangster film and asks for another wants none that is its opposite.
    away = "unlike" if praised else "not"
    others = [*(f"{away} {film}" for film in blamed), *(f"not {film}" for film in known)]
    return ", ".join([*wished, *others])


def first_sentence(text: str) -> tuple[str, str]:
    """Return what is said up to the end of a sentence, and the rest: `less gore.. something korean`."""
    for end in _ENDS.finditer(text):
        if rest := text[end.end() :].strip():
            return text[: end.start()], rest
    return text, ""


def _pieces(line: str, titles: KnownTitles) -> Iterator[_Piece]:
    """Yield the pieces of a line: its sentences, and parts of them of which one tells something."""
    named = False
    sentences = [*_split(line, _ENDS)]
    for number, sentence in enumerate(sentences, 1):
        parts = [*_split(sentence, _SUBPIECE)]
        more = number < len(sentences)
        pieces = [*_told_apart(parts, titles, more=more)] if len(parts) > 1 else []
        if not any(each.tells for each in pieces):
            parts, pieces = [sentence], [_piece(sentence, titles, asked_later=True)]
        for text, piece in zip(parts, pieces, strict=True):
            also = _SAID["also"].match(text) if named else None
            film = text[also.end() :].strip(" ,;.!?") if also else ""
            if film and titles.is_title(film):
                yield _Piece("", tells=True, praised=(film,))
                continue
            named = bool(piece.praised)
            yield piece


def _told_apart(parts: Sequence[str], titles: KnownTitles, *, more: bool) -> Iterator[_Piece]:
    """Tell the parts of a sentence apart: a subject may only be missing if something after it asks."""
    for place, part in enumerate(parts):
        later = more or any(map(_SAID["begins_asking"].match, parts[place + 1 :]))
        yield _piece(part, titles, asked_later=later)


def _piece(text: str, titles: KnownTitles, *, asked_later: bool) -> _Piece:
    if is_hearsay(text):
        return _Piece("", tells=True)
    first, known = _films_first(text, titles)
    if first:
        praised = () if known or _SAID["blamed"].search(text) else first
        return _Piece("", tells=True, praised=praised, known=first if known else ())
    mood = is_wish(_openings().sub("", text).strip(" ,;.!?…").lower())  # `work was hell`
    if mood or not _SAID["tells" if asked_later else "tells_plainly"].match(text):
        return _Piece(text)
    films = [*_praised(text, titles)]
    disliked = _SAID["disliked"].search(text)
    left = _SAID["disliked"].sub(" ", _SAID["praised"].sub(" ", text)) if films else text
    if _SAID["asks"].search(left) or _children_watching().search(left) or _has_age(text):
        return _Piece(text)
    if time := _SAID["time_left"].search(text):
        return _Piece(f"{time[0]}, ", tells=True)
    if disliked:
        return _Piece("", tells=True, blamed=films)
    return _Piece("", tells=True, praised=() if _SAID["blamed"].search(text) else films)


def _split(text: str, ends: re.Pattern[str]) -> Iterator[str]:
    at = 0
    for found in ends.finditer(text):
        if text[at : found.end()].strip():
            yield text[at : found.end()]
            at = found.end()
    if text[at:].strip():
        yield text[at:]


def _has_age(piece: str) -> bool:
    """Tell whether a piece tells how old somebody is who watches, too."""
    return any(
        letter.isdigit() for start, end, _ in audiences(piece) for letter in piece[start:end]
    )


def _films_first(piece: str, titles: KnownTitles) -> tuple[Sequence[str], bool]:
    """Return the films that a sentence begins with, and whether it says that they are known.

    Else it praises them: `Lady Bird and Booksmart are my favourites`.
    """
    known = _SAID["only_known"].search(piece)
    judged = _SAID["praised"].search(piece) or _SAID["blamed"].search(piece)
    found, at = list[str](), len(piece) - len(piece.lstrip())
    while known or judged:
        cut = cut_title(piece, at, len(piece), titles)
        film = cut.film.strip(" ,;.!?") if cut else ""
        if not cut or is_wish(film.lower()) or not (" " in film or says_something(film)):
            break
        found.append(film)
        end = at + len(piece[at : cut.end].rstrip(" ,;"))
        if _SAID["film_is"].match(piece, end):
            return found, known is not None
        joint = _AND.match(piece, end)
        if not joint:
            break
        at = joint.end()
    return (), False


def _praised(piece: str, titles: KnownTitles) -> Iterator[str]:
    """Yield the films that a piece names with praise or blame, or because they were seen."""
    verbs = (*_SAID["praised"].finditer(piece), *_SAID["disliked"].finditer(piece))
    praise = [found.span() for found in verbs]
    settled = 0
    for word in _WORD.finditer(piece) if praise else ():
        if word.start() < settled or any(start <= word.start() < end for start, end in praise):
            continue
        cut = cut_title(piece, word.start(), len(piece), titles)
        film = cut.film.strip(" ,;.!?") if cut else ""
        straight = _seen_or_judged().search(piece, 0, word.start())
        if film.lower() in _POINTING:
            continue
        if cut and says_something(film) and (straight or not is_wish(film.lower())):
            settled = cut.end
            yield film
