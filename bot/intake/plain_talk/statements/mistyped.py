"""A review's line that was read too early: with a misspelt title, or with several films."""

import re
from dataclasses import replace
from itertools import pairwise

from bot.catalogue.titles.index import TitleIndex
from bot.domain.words.patterns import lazy_pattern
from bot.features.reviews.commands import ReviewCommand
from bot.features.reviews.questions.ambiguity import as_title
from bot.intake.plain_talk.statements.several import several
from bot.intake.plain_talk.titles import NO_TITLES, is_misspelt, listed
from bot.language.grammar.ratings import bare_rating, ratings_in
from bot.language.grammar.reading import Reading
from bot.messages.commands import Command

ONE_AT_A_TIME = (
    "That rates several films, and I keep one review at a time: send each on a line of its own."
)
_WORD = lazy_pattern(r"(?<=\s)(?=\S)")
_MOST_WORDS = 10
_BEFORE_TEXT = " \t,;:.–—-"
_ENDS = " \t\n,;:.!–—-("
_LEADS = lazy_pattern(
    r"^(?:and|then|but|also|for)\s+|\s+(?:gets?|got|is|was|a|an|=)(?=\s*$)", re.IGNORECASE
)
_ASPECTS = frozenset(
    """story plot music score soundtrack acting cast script writing direction directing visuals sound camera
    cinematography pacing ending effects dialogue humour humor performances overall rewatch you me mum mom dad""".split()
)
"""Words that a second rating rates of the same film, or that say whose it is."""


def understood(command: Command, line: str, reading: Reading, titles: TitleIndex) -> Command:
    """Return a command as it was read, but for a review whose title, or whose films, were misread."""
    if not isinstance(command, ReviewCommand) or "\n" in line or command.trouble:
        return command
    if listed_ratings := several(_said(line), reading, titles):
        private = command.private or listed_ratings.private
        return replace(listed_ratings, private=private)
    if rates_several(line, titles):
        kept = _said(line)
        return ReviewCommand(text=kept, private=command.private, trouble=ONE_AT_A_TIME)
    if command.unsure and is_misspelt(as_title(command).film, titles):
        return as_title(command)
    return _longer_title(command, line, titles) or with_number(command, reading, titles) or command


def _said(line: str) -> str:
    return re.sub(r"^\s*/?review\s+", "", line, flags=re.IGNORECASE).strip()


def rates_several(line: str, titles: TitleIndex) -> bool:
    """Tell whether a line rates more than one film: `Up 4/5, Coco 5/5`, `Up and Coco, 4/5 and 5/5`."""
    found = list(ratings_in(line))
    if len(found) < 2:
        return False
    films = _tail(line[: found[0].start], titles)
    later = (_tail(line[one.end : two.start], titles) for one, two in pairwise(found))
    return films > 1 or (films > 0 and any(later))


def _tail(text: str, titles: TitleIndex) -> int:
    """Count the films that a text ends with."""
    text = _LEADS.sub("", text.strip(_ENDS)).strip(_ENDS)
    words = text.split()[-_MOST_WORDS:]
    for start in range(len(words)):
        part = " ".join(words[start:])
        if found := listed(part, titles):
            return len(found)
        if part.lower() not in NO_TITLES | _ASPECTS and titles.is_title(part):
            before = " ".join(words[:start])
            return int(not start or before[-1] in ",;." or _joins(words[start - 1]))
    return 0


def _joins(word: str) -> bool:
    return word.lower().lstrip("/") in {
        "and",
        "but",
        "then",
        "watched",
        "saw",
        "seen",
        "review",
        "rate",
    }


def _longer_title(command: ReviewCommand, line: str, titles: TitleIndex) -> ReviewCommand | None:
    """Read `silence of the lamb 4/5` as one misspelt title, not as words about *Silence*."""
    film, text = command.film, command.text
    if not (command.confirm and film and text):
        return None
    best, score = None, 0.0
    for end in [*(each.start() for each in _WORD.finditer(text)), len(text)][:_MOST_WORDS]:
        longer = f"{film} {text[:end].strip()}"
        if len(longer.split()) < len(film.split()) + 2 or longer.lower() not in line.lower():
            continue
        near = titles.near(longer) if is_misspelt(longer, titles) else ()
        if near and near[0].score > score:
            left = text[end:].strip(_BEFORE_TEXT)
            best, score = replace(command, film=longer, text=left), near[0].score
    return best


def with_number(
    command: ReviewCommand, reading: Reading, titles: TitleIndex
) -> ReviewCommand | None:
    """Read the number behind a misspelt title as a rating: `parasit 4.5 saw it yesterday`."""
    said = command.film
    if command.is_review or command.unsure or titles.is_title(said) or is_misspelt(said, titles):
        return None
    for place in [each.start() for each in _WORD.finditer(said)][:_MOST_WORDS]:
        number = bare_rating(said, place, len(said), reading.scale)
        film = said[:place].strip(_ENDS)
        if number is None or number.doubtful or not number.possible:
            continue
        if titles.is_title(film) or is_misspelt(film, titles):
            text = said[number.end :].strip(_BEFORE_TEXT)
            return replace(command, film=film, rating=number.half_stars(), text=text)
    return None
