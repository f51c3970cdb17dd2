"""Reading of wishes: from typed words to demands, and to the words that are left to compare.

A wish is read in one pass, the longest phrase first. What the lexicon knows becomes a demand and leaves
the words; years, lengths and people's names are read beside it; fillers are dropped.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates
from bot.language.wishes.lexicon.entries import Entry
from bot.language.wishes.lexicon.nearby import nearest_known
from bot.language.wishes.lexicon.notions import (
    ARTICLES,
    fillers,
    lexicon,
    longest_phrase,
    told,
)
from bot.language.wishes.lexicon.tokens import Token, tokens_of
from bot.language.wishes.measures.measures import Found, measures
from bot.language.wishes.people.composers import composers
from bot.language.wishes.people.people import people
from bot.language.wishes.reading.alternatives import (
    goes_on,
    with_alternatives,
    with_lists_of_people,
)
from bot.language.wishes.reading.asides import asides
from bot.language.wishes.reading.audiences import audiences
from bot.language.wishes.reading.counts import count_asked, counted_kinds
from bot.language.wishes.reading.narrowing import has_own_theme, narrowed, spoken_first
from bot.language.wishes.reading.respelling import misspelt_small_words, spelt
from bot.language.wishes.reading.understanding import understood
from bot.language.wishes.wish import Understood, Wish
from recommender import BaseIndex

_LISTED = lazy_pattern(r"\s*(?:,|&|\sand\s|\sn\s)\s*", re.IGNORECASE)
_DENIED = frozenset({"not", "no", "nothing", "never"})
"""Words after which an article tells: `not the long ones` are not `not long`."""

_BEFORE_SUBJECTS = frozenset({"about", "on", "with", "for", "in", "of", "w"})
"""Words with which a phrase may begin that is shorter than the one after them."""

_MOST_ARTICLES = 2
"""Articles in a phrase as it is typed, at most."""

_FATAL = lazy_pattern(r"\b(?:dies?|lives?|survives?)\b", re.IGNORECASE)
_SAID = Templates(
    "bot.language.wishes.reading",
    "wishes.toml",
    {"who": "[a-z]+", "title": r"[^,]+?(?=,|\s+but\s|$)"},
)


def director_of(text: str) -> re.Match[str] | None:
    """Find films by the director of one that is named: `by the director of Moonlight`, `by the guy who made Parasite`."""
    return _SAID["director_of"].search(text)


def minds_death(wish: Wish) -> bool:
    """Tell whether somebody is to live: `the dog doesn't die`."""
    return any(_FATAL.search(each) for each in wish.unreadable)


def has_evil_win(wish: Wish) -> bool:
    """Tell whether the wrong side is to win: `where the bad guy wins`."""
    return any(_SAID["evil_wins"].search(each) for each in wish.unreadable)


def is_wish(text: str) -> bool:
    """Tell whether a whole text, typed in small letters, is a phrase of the lexicon."""
    return text.islower() and _entry(_bare(tokens_of(text))) is not None


def stands_for(text: str) -> str:
    """Return the id of the film that stands for a series that a whole text names; empty for none."""
    entry = _entry(_bare(tokens_of(text)))
    return entry.first if entry else ""


def series_at(text: str, at: int) -> tuple[int, Entry] | None:
    """Return where the name of a series or of a studio that begins here ends, and its entry: `the pixars`."""
    tokens = tokens_of(text[at:])
    the = bool(tokens) and tokens[0].word == "the"
    found = _phrase_at(tokens, int(the))
    return (at + tokens[found[0] - 1].end, found[1]) if found and found[1].films else None


def _bare(tokens: Sequence[Token]) -> Sequence[Token]:
    """Leave an indefinite article out: `a ghost story` is a wish, `the trial` more likely a title."""
    return tokens[1:] if tokens and tokens[0].word in {"a", "an", "some"} else tokens


def _entry(tokens: Sequence[Token]) -> Entry | None:
    entry = lexicon().get(tuple(token.stem for token in tokens))
    return None if entry is None or entry.filler else entry


def says_something(text: str) -> bool:
    """Tell whether a text holds more than fillers: `something` alone is no wish."""
    tokens = tokens_of(text)
    if director_of(text):
        return True
    said = [token for token in tokens if token.word not in fillers()]
    if len(said) == len(tokens) > 0:
        return True
    phrases = [*_phrases(text, tokens, 0)]
    if any(not part.entry.filler for _, _, part in phrases):
        return True
    return any(not any(start <= token.start < end for start, end, _ in phrases) for token in said)


def read_wish(text: str, index: BaseIndex, this_year: int, *, either: bool = True) -> Wish:
    """Read a wish. Words in quotes are left alone; `either` joins alternatives to one part."""
    unreadable = tuple(found[0].strip() for found in _SAID["unreadable"].finditer(text))
    blank = _SAID["unreadable"].sub(lambda found: " " * len(found[0]), text) if unreadable else text
    tokens = tokens_of(blank)
    taken: list[Found] = []
    for found in (
        *measures(blank, this_year),
        *audiences(blank),
        *asides(blank),
        *composers(blank),
    ):
        _take(taken, found)
    slips = misspelt_small_words(tokens, index)
    for token in slips:
        typed = blank[token.start : token.end]
        _take(taken, (token.start, token.end, Understood(typed, Entry(typed, filler=True))))
    tokens = [each for each in tokens if each not in slips]
    for start, end, part in _phrases(blank, spelt(tokens, index), this_year):
        _take(taken, (start, end, part))
    taken = [*_told_apart(blank, sorted(taken, key=lambda each: each[0]), index)]
    for found in people(blank, tokens, index):
        _take(taken, found)
    for token, known, entry in nearest_known(tokens, index):
        part = narrowed(understood(known, entry, this_year), index)
        part = spoken_first(part, token.word, index)
        label = part.entry.noun or part.entry.label
        part = replace(part, typed=blank[token.start : token.end], taken_as=label)
        _take(taken, (token.start, token.end, part))
    taken.sort(key=lambda each: each[0])
    count, end = count_asked(blank, taken)
    rest, at = [], end
    for start, end, _ in taken:
        rest.append(blank[at:start])
        at = max(at, end)
    rest.append(blank[at:])
    asked = [each for each in taken if not each[2].entry.filler]
    if either:
        count, asked = counted_kinds(blank, asked, count)
        asked = with_alternatives(blank, with_lists_of_people(blank, asked, index))
    parts = tuple(part for _, _, part in asked)
    read = bool(taken) or count is not None or bool(unreadable)
    return Wish(parts, _left(" ".join(rest), read=read), count, unreadable)


def _told_apart(text: str, taken: Sequence[Found], index: BaseIndex) -> Iterator[Found]:
    """Narrow what was taken, but a notion whose words follow each other, as in `kings, queens`."""
    listed = {
        place
        for at, (one, other) in enumerate(pairwise(taken))
        if one[2].entry is other[2].entry and _LISTED.fullmatch(text[one[1] : other[0]])
        if not (has_own_theme(one[2], index) or has_own_theme(other[2], index))
        for place in (at, at + 1)
    }
    for place, (start, end, part) in enumerate(taken):
        yield start, end, part if place in listed else narrowed(part, index)


def phrase_spans(text: str) -> list[tuple[int, int]]:
    """Return the places (start, end) of a lexicon's phrases, lengths and years: words in them are no keywords."""
    phrases = (*_phrases(text, tokens_of(text), 0), *audiences(text))
    spans = [(start, end) for start, end, _ in phrases if len(text[start:end].split()) > 1]
    for start, end, _ in measures(text, 0):
        # At its beginning, the keyword asks for it.
        spans.append((start if goes_on(text, end) else start + 1, end))
    return spans


def phrase_from(text: str, start: int) -> int | None:
    """Return the end of the longest phrase, length or years that begins at this place."""
    tokens = tokens_of(text[start:])
    ends = [
        start + end
        for first, end, _ in measures(text[start:], 0)
        if not text[start : start + first].strip()
    ]
    if found := _phrase_at(tokens, 0):
        ends.append(start + tokens[found[0] - 1].end)
    return max(ends, default=None)


def _take(taken: list[Found], part: Found) -> None:
    """Take a part, unless its words are taken; a longer phrase takes the place of shorter ones."""
    start, end, _ = part
    over = [each for each in taken if each[0] < end and start < each[1]]
    if any(each[1] - each[0] >= end - start for each in over):
        return
    for each in over:
        taken.remove(each)
    taken.append(part)


def _left(text: str, *, read: bool) -> str:
    """Return the words that are left, without fillers at their ends and between what was taken."""
    words = text.split()
    kept = [word for word in words if not _is_filler(word)]
    return " ".join(kept if read else words if kept else ())


def _is_filler(word: str) -> bool:
    said = tokens_of(word)
    return all(token.word in fillers() or token.word.isdigit() for token in said)


def _phrases(text: str, tokens: Sequence[Token], this_year: int) -> Iterator[Found]:
    """Find the lexicon's phrases, the longest at each place."""
    at = 0
    while at < len(tokens):
        found = _phrase_at(tokens, at)
        if found is None:
            at += 1
            continue
        after, entry = found
        later = _phrase_at(tokens, at + 1) if tokens[at].word in _BEFORE_SUBJECTS else None
        if later and later[0] > after and not later[1].filler:
            at += 1  # `about home invasion` is not `about home`
            continue
        start, end = tokens[at].start, tokens[after - 1].end
        where = lexicon().get((tokens[at].stem,)) if entry.noun and after > at + 1 else None
        if where and where.kind == "place" and goes_on(text, end):
            # `nordic crime or horror` asks for Nordic films of either kind.
            after, entry, end = at + 1, where, tokens[at].end
        yield start, end, understood(text[start:end], entry, this_year)
        at = after


def _phrase_at(tokens: Sequence[Token], at: int) -> tuple[int, Entry] | None:
    """Return the place after the longest phrase that begins here, and its entry."""
    longest = longest_phrase(tokens[at].stem) if at < len(tokens) else 0
    found = _spelt_out(tokens[at : at + longest])
    said = (
        tokens[at : at + longest + _MOST_ARTICLES]
        if longest > 1 and tokens[at].word not in _DENIED
        else ()
    )
    if not said or ARTICLES.isdisjoint([token.word for token in said[1:]]):
        return (at + found[0], found[1]) if found else None
    bare = [place for place, token in enumerate(said) if not place or token.word not in ARTICLES]
    without = _spelt_out([said[place] for place in bare])
    end = bare[without[0] - 1] + 1 if without else 0
    if without and (not found or end > found[0]):
        return at + end, without[1]
    return (at + found[0], found[1]) if found else None


def _spelt_out(tokens: Sequence[Token]) -> tuple[int, Entry] | None:
    """Return the number of words of the longest phrase at the beginning, and its entry."""
    for length in range(len(tokens), 0, -1):
        if any(token.comma for token in tokens[: length - 1]):
            continue
        phrase = tuple(token.stem for token in tokens[:length])
        entry = lexicon().get(phrase) or told().get(phrase)
        if entry is not None:
            return length, entry
    return None
