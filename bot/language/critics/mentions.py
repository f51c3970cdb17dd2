"""Mentions of films: stretches of a text that are titles of known films."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.domain.films.film import Film
from bot.domain.words.patterns import lazy_pattern
from bot.language.critics.text.calendar_days import is_calendar_word
from bot.language.critics.text.layout import Page, Word
from bot.language.critics.text.wordlists import LEADING, SMALL

_MOST_WORDS = 12
_YEAR_AFTER = lazy_pattern(
    r"[\"'*_]{0,3}(?:, |\s*[(\[][^()\[\]\n]{0,60}?\b)((?:18|19|20)\d\d)\b(?=[^()\n]{0,60}[)\]]|,)"
)
_BREAK = lazy_pattern(r"[.!?;…] |[\n\"()\[\]—]")
_SHORT = frozenset({"dr", "mr", "mrs", "ms", "st", "vs", "e", "t"})
_TAIL = lazy_pattern(r":? ([A-ZÀ-Þ0-9][\w'-]*)")
_NUMBER = lazy_pattern(r"\d{1,2}|[IVX]{2,4}|(?:Part|Episode|Chapter|Vol|Volume)\b.*")
_OPENING = lazy_pattern(r"[\"'*_]$")
_CLOSING = lazy_pattern(r"[.,!?]?[\"'*_]")


class FilmsByTitle(Protocol):
    """Films found by their exact titles."""

    def titled(self, title: str) -> Sequence[Film]:
        """Return the films of exactly this title, however it is written."""


@dataclass(frozen=True, slots=True)
class TitleMention:
    """Title in the text, from `start` up to `end`, with all films of that title.

    `weight`: 0 where the words may be ordinary words, 1 where they surely are a title, 2 where
    quotation marks, italics or a year mark them as one. `words`: offsets at which its words start.
    """

    start: int
    end: int
    films: tuple[Film, ...]
    weight: float
    words: tuple[int, ...]
    year: int | None = None
    possessive: bool = False


def possible_titles(page: Page) -> Iterator[str]:
    """Yield every stretch of words that may be a title, some more than once."""
    for place in range(len(page.words)):
        yield from (text for _, _, text in _stretches(page, place))


def find_mentions(page: Page, films: FilmsByTitle) -> tuple[TitleMention, ...]:
    """Find the titles in the text: the longest at each word, none inside another."""
    found, place = [], 0
    while place < len(page.words):
        mention, count = _longest(page, place, films)
        if mention:
            found.append(mention)
        place += count
    return _without_longer(page, found)


def _without_longer(page: Page, found: list[TitleMention]) -> tuple[TitleMention, ...]:
    """Give no weight to mentions that begin a longer title: "Toy Story 2", "The Matrix Reloaded".

    The word that follows may also be a person's name; one that follows twice is part of the title.
    """
    tails = [_tail(page, each) for each in found]
    again = Counter((each.films, tail) for each, tail in zip(found, tails, strict=True) if tail)
    return tuple(
        replace(each, weight=0.0)
        if tail and (again[each.films, tail] > 1 or _NUMBER.fullmatch(tail))
        else each
        for each, tail in zip(found, tails, strict=True)
    )


def _tail(page: Page, mention: TitleMention) -> str:
    """Return the capitalised word or the number that follows a title without a break."""
    match = None if mention.possessive else _TAIL.match(page.text, mention.end)
    return match[1] if match and match[1].casefold() not in LEADING else ""


def _longest(page: Page, place: int, films: FilmsByTitle) -> tuple[TitleMention | None, int]:
    """Return the longest title that starts at a word, and the number of words to move on."""
    for last, end, text in _stretches(page, place):
        if titled := films.titled(text):
            return _mention(page, place, last, end, titled), last + 1 - place
    return None, 1


def _stretches(page: Page, place: int) -> Iterator[tuple[int, int, str]]:
    """Yield the stretches that start at a word and may be a title, the longest first.

    Each is its last word, the offset of its end, and its text.
    """
    first = page.words[place]
    if not (first.capital or not first.text[0].islower() or _is_opened(page, first)):
        return
    for last in reversed(list(_reach(page, place))):
        word = page.words[last]
        if word.text in SMALL and page.text[word.start - 2] == ",":
            continue  # "Amy, the" is no title, though an index may take it for "The Amy"
        for end in dict.fromkeys((word.whole, word.end)):
            yield last, end, page.text[first.start : end]


def _reach(page: Page, place: int) -> Iterator[int]:
    """Yield the words with which a title that starts here may end."""
    yield place
    for last in range(place + 1, min(place + _MOST_WORDS, len(page.words))):
        former, word = page.words[last - 1], page.words[last]
        gap = page.text[former.whole : word.start]
        short = former.text.lower() in _SHORT and gap == ". "
        if len(gap) > 3 or (_BREAK.search(gap) and not short):
            return
        yield last


def _mention(page: Page, place: int, last: int, end: int, films: Sequence[Film]) -> TitleMention:
    words = page.words[place : last + 1]
    year = _YEAR_AFTER.match(page.text, words[-1].whole)
    marked = _is_marked(page, words[0].start, words[-1].whole)
    year = None if place == last and is_calendar_word(words[0].text) else year
    weight = 2.0 if marked or year else _weight(page, place, last, films)
    return TitleMention(
        words[0].start,
        end,
        tuple(films),
        weight,
        tuple(word.start for word in words),
        int(year[1]) if year else None,
        words[-1].possessive and end == words[-1].end,
    )


def _is_opened(page: Page, word: Word) -> bool:
    return bool(_OPENING.search(page.text, max(0, word.start - 1), word.start))


def _is_marked(page: Page, start: int, end: int) -> bool:
    """Tell whether quotation marks or italics enclose the stretch without a gap."""
    opening, closing = (
        page.text[max(0, start - 2) : start].strip(),
        page.text[end : end + 3].strip(),
    )
    return bool(_OPENING.search(opening) and _CLOSING.match(closing))


def _weight(page: Page, place: int, last: int, films: Sequence[Film]) -> float:
    """Weigh unmarked words by their capitals: how surely they are a title."""
    words = page.words[place : last + 1]
    if place == last:
        return _weight_of_one(page, place)
    big = [word for word in words if word.text.casefold() not in SMALL]
    if sum(word.capital or word.text[0].isdigit() for word in big) >= max(2, len(big)):
        return 1.0
    if len(words) == 2 and words[0].capital and words[1].capital:
        return 0.75 if _begins_sentence(page, words[0]) else 1.0
    text = page.text[words[0].start : words[-1].end]
    as_known = any(title.startswith(text) for film in films for title in film.titles)
    return 1.0 if as_known and len(words) > 2 else 0.0


def _weight_of_one(page: Page, place: int) -> float:
    """Weigh a title of one word: little within a name or where a sentence starts."""
    word = page.words[place]
    if any(line.start == word.start and line.end == word.whole for line in page.lines[:4]):
        return 1.0
    if not word.capital:
        return 0.0
    if is_calendar_word(word.text):
        return 0.0
    if word.text.isupper() and len(word.text) > 2 and not page.text.isupper():
        return 1.0
    for other in page.words[max(0, place - 1) : place + 2]:
        near = (
            other is not word and other.capital and _touch(page, *sorted((word, other), key=_start))
        )
        if near and (other.start > word.start or not _begins_sentence(page, other)):
            return 0.0
    return 0.25 if _begins_sentence(page, word) else 0.75


def _begins_sentence(page: Page, word: Word) -> bool:
    """Tell whether a word may have its capital only because it begins a sentence."""
    begins = page.sentence_at(word.start)
    return not page.text[begins.start : word.start].strip(" \n\"'*_#—(")


def _touch(page: Page, former: Word, word: Word) -> bool:
    return page.text[former.whole : word.start] == " " and not former.possessive


def _start(word: Word) -> int:
    return word.start
