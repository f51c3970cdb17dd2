"""Reviews of several films in one line: `heat was great 4/5 and alien was dull 2/5`; none is taken for another's."""

import re

from bot.catalogue.titles.index import TitleIndex
from bot.domain.privacy import asks_for_privacy, may_ask_for_privacy
from bot.features.reviews.commands import RateSeveralCommand, ReviewCommand
from bot.grammar.reading import Reading
from bot.grammar.titles import longest_title
from bot.messages.commands import Command
from bot.plain_talk.statements.statement import statement
from bot.plain_talk.titles import NO_TITLES, listed

_JOINTS = re.compile(
    r"(?:[.!;]+\s+|,\s+(?:(?:but|and|while|whereas)\s+)?|\s+(?:and|but|while|whereas|&)\s+)(?=\S)",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"(?:i\s+|we\s+)?(?:also\s+|just\s+|really\s+)?(?:saw|watched|loved?|liked?|hated?|enjoyed|disliked|adored)\s+",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\s*(?:$|[,:(=–—-]|\d|★|⭐|(?:was|is|were|are|made|felt|bored|broke|suck(?:s|ed)|rock(?:s|ed)|had|so|too|really|just|pretty|quite|not|great|good|bad|ok|meh|fine|boring|dull|awful|perfect|amazing|lovely)(?!\w))",
    re.IGNORECASE,
)
_BOTH = re.compile(
    rf"(?:{_VERB.pattern})?(?P<films>\S.*?)(?:,?\s+(?:(?:were|are|was|is)\s+)?(?:both|all)(?!\w)).*",
    re.IGNORECASE,
)
"""One opinion of several films: `saw heat and alien, both great`."""

_OWN_REVIEWS = "That speaks of more than one film, and each has a review of its own."
_LONGEST = 200
_MOST = 4
_SPOILER = re.compile(r"spoil|\|\|", re.IGNORECASE)


def several_reviews(line: str, reading: Reading, titles: TitleIndex) -> Command | None:
    """Read a line each part of which reviews another known film; None for any other line.

    With a rating for each they are asked about together; else it is asked which film the words are about.
    Words that may ask for privacy or warn of a spoiler are left to the question about one review.
    """
    sounds = asks_for_privacy(line) or may_ask_for_privacy(line) or _SPOILER.search(line)
    if len(line) > _LONGEST or line.endswith("?") or sounds:
        return None
    if (both := _BOTH.fullmatch(line)) and listed(both["films"], titles):
        return ReviewCommand(text=line, trouble=_OWN_REVIEWS)
    for joint in _JOINTS.finditer(line):
        first = _review(line[: joint.start()], reading, titles)
        rest = line[joint.end() :]
        others = (
            several_reviews(rest, reading, titles) or _review(rest, reading, titles)
            if first
            else None
        )
        if first and others:
            return _together(line, first, others)
    return None


def _review(part: str, reading: Reading, titles: TitleIndex) -> ReviewCommand | None:
    """Read a part that begins with a known title, or with a verb before one, and tells something of it."""
    verb = _VERB.match(part)
    start = verb.end() if verb else 0
    end = longest_title(part, start, len(part), titles)
    film = part[start:end].strip(" ,.!") if end else ""
    if end is None or film.lower() in NO_TITLES or not _SAYS.match(part, end):
        return None
    found = statement(part, reading, titles)
    if not isinstance(found, ReviewCommand) or not found.film:
        return None
    return found if found.rating or found.text else None


def _together(line: str, first: ReviewCommand, others: Command) -> Command | None:
    """Return one question about all reviews; about the film of the words where a rating is missing."""
    if isinstance(others, ReviewCommand):
        reviews: tuple[ReviewCommand, ...] = (first, others)
        if first.film.lower() == others.film.lower():
            return None
        if not others.film:
            return ReviewCommand(text=line, trouble=_OWN_REVIEWS)
        ratings = [each.rating for each in reviews if each.rating]
        if len(ratings) < len(reviews):
            return ReviewCommand(text=line, trouble=_OWN_REVIEWS)
        films, texts = (first.film, others.film), (first.text, others.text)
        return RateSeveralCommand(films, tuple(ratings), texts=texts)
    if not isinstance(others, RateSeveralCommand) or len(others.films) >= _MOST:
        return None
    if first.film.lower() in map(str.lower, others.films):
        return None
    if not first.rating:
        return ReviewCommand(text=line, trouble=_OWN_REVIEWS)
    return RateSeveralCommand(
        (first.film, *others.films),
        (first.rating, *others.half_stars),
        texts=(first.text, *(others.texts or ("",) * len(others.films))),
    )
