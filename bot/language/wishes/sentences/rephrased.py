"""Sayings that a wish is put in, said as the grammar has them: `the weirder the better`, `you know Parasite?`."""

import re
from functools import cache

from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates
from bot.language.grammar.titles import KnownTitles, cut_title
from bot.language.wishes.reading.wishes import is_wish, says_something
from bot.language.wishes.sentences.slips import without_slips

_SAYINGS = Templates(
    "bot.language.wishes.sentences",
    "templates/rephrased.toml",
    {
        "er": r"[a-z]{2,}er",
        "film": "[^,?!;]+?",
        "signs": r"[,?!;]+\s*",
        "rest": r"\s.*",
        "language": "[a-z]+",
        "rather": "[a-z]+",
        "than": "[a-z]+",
    },
)
_MORE_BY = lazy_pattern(
    r"^\W*(?:some\s+)?more\s+(?=(?:stuff\s+)?(?:by|from|of)\s+(?:the|that)\s)", re.IGNORECASE
)
_LONGEST = 1_000
"""Characters of a line in which sayings are looked for; nobody asks in more."""

_LONG_TITLE = 2
"""Blanks in a title that is no phrase of a wish by chance."""


@cache
def _a_before_a_vowel() -> re.Pattern[str]:
    """Return the pattern of an article as learners have it: `not a old one`."""
    return re.compile(rf"(?<!\w)a(?=\s+{_SAYINGS.words('before_vowel')}(?!\w))")


def rephrased(line: str, titles: KnownTitles) -> str:
    """Return a line with its slips mended and its sayings said plainly; one too long for a wish as it is."""
    if len(line) > _LONGEST:
        return line
    line = without_slips(_SAYINGS["hero"].sub("with someone", line))
    line = _SAYINGS["so_bad"].sub("so bad it's good", line)
    line = _SAYINGS["less_long"].sub("short", _SAYINGS["then"].sub(r"\g<than> than", line))
    line = _SAYINGS["the_better"].sub(
        lambda found: found["more"] or found["less"] or found["er"], line
    )
    line = _SAYINGS["made_by_who"].sub(r"films by the director of \g<film>", line)
    line = _MORE_BY.sub("films ", line)
    line = _SAYINGS["who_made"].sub(r"films by the director of \g<film>", line)
    line = _a_before_a_vowel().sub("an", _SAYINGS["scared_of"].sub("scary about ", line))
    line = _SAYINGS["more_than"].sub(_rather, line)
    line = _SAYINGS["practises"].sub(_in_language, line)
    line = _SAYINGS["by_others"].sub(" but not by them", line)
    line = _like_what_is_wanted(_like_what_was_liked(line, titles), titles)
    return _like_what_you_know(_like_what_is_loved(line, titles), titles)


def _rather(found: re.Match[str]) -> str:
    """Return a quality before another as what is wanted, and less of the other."""
    known = all(is_wish(found[name].lower()) for name in ("rather", "than"))
    return f", {found['rather']}, less {found['than']}" if known else found[0]


def _in_language(found: re.Match[str]) -> str:
    """Return a language that is learnt as what is to be spoken; else the words as they are."""
    spoken = f"in {found['language'].lower()}"
    return spoken if is_wish(spoken) else found[0]


def _like_what_was_liked(line: str, titles: KnownTitles) -> str:
    """Say a film that was liked very much as an example, though nobody says who liked it."""
    found = _SAYINGS["liked"].match(line)
    title = cut_title(line, found.end(), len(line), titles) if found else None
    much = _SAYINGS["very_much"].match(line, title.end) if title else None
    if not found or not title or not much:
        return line
    film = line[found.end() : title.end].strip(" ,;.!?")
    rest = line[much.end() :].lstrip(" ,;.!?…")
    return f"like {film} but {rest}" if says_something(rest) else f"like {film}"


def _like_what_is_wanted(line: str, titles: KnownTitles) -> str:
    """Say a film of a long title that somebody wants, and wants otherwise, as an example.

    `i want call me by your name without the love story`.
    """
    found = _SAYINGS["wants"].search(line)
    title = cut_title(line, found.end(), len(line), titles) if found else None
    film = line[found.end() : title.end].rstrip(" ,;.!?") if found and title else ""
    if not found or film.count(" ") < _LONG_TITLE or is_wish(film.lower()):
        return line
    return f"{line[: found.start()]}like {line[found.end() :]}"


def _like_what_is_loved(line: str, titles: KnownTitles) -> str:
    """Say a film that somebody loves as an example, if several words name it."""
    found = _SAYINGS["loves"].search(line, 1)
    title = cut_title(line, found.end(), len(line), titles) if found else None
    film = line[found.end() : title.end].rstrip(" ,;.!?") if found and title else ""
    if not found or " " not in film or not titles.is_title(film) or is_wish(film.lower()):
        return line
    return f"{line[: found.start()]}like {line[found.end() :]}"


def _like_what_you_know(line: str, titles: KnownTitles) -> str:
    """Say a film that is asked after as an example, if a question mark follows it."""
    found = _SAYINGS["you_know"].search(line) or _SAYINGS["knows"].match(line)
    title = cut_title(line, found.end(), len(line), titles) if found else None
    if not (found and title):
        return line
    film = line[found.end() : title.end].rstrip(" ,;.!?")
    asked = line[found.end() + len(film) :].lstrip()
    if not asked.startswith("?") or not titles.is_title(film):
        return line
    return f"{line[: found.start()]}like {film} but {asked.lstrip(' ?.,!')}"
