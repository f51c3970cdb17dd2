"""Reviews of several films in one line: `heat was great 4/5 and alien was dull 2/5`; none is taken for another's."""

import re

from bot.catalogue.titles.index import TitleIndex
from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.privacy import asks_for_privacy, may_ask_for_privacy
from bot.features.reviews.commands import RateSeveralCommand, ReviewCommand
from bot.intake.plain_talk.phrases.phrases import LONGEST
from bot.intake.plain_talk.statements.statement import statement
from bot.intake.plain_talk.titles import NO_TITLES, listed
from bot.language.grammar.reading import Reading
from bot.language.grammar.titles import longest_title
from bot.messages.commands import Command

_JOINTS = lazy_pattern(
    r"(?:[.!;]+\s+|,\s+(?:(?:but|and|while|whereas)\s+)?|\s+(?:and|but|while|whereas|&)\s+)(?=\S)",
    re.IGNORECASE,
)
_VERB = lazy_pattern(
    r"(?:i\s+|we\s+)?(?:also\s+|just\s+|really\s+)?(?:saw|watched|loved?|liked?|hated?|enjoyed|disliked|adored)\s+",
    re.IGNORECASE,
)
_SAYS = lazy_pattern(
    r"\s*(?:$|[,:(=–—-]|\d|★|⭐|(?:was|is|were|are|made|felt|bored|broke|suck(?:s|ed)|rock(?:s|ed)|had|so|too|really|just|pretty|quite|not|great|good|bad|ok|meh|fine|boring|dull|awful|perfect|amazing|lovely)(?!\w))",
    re.IGNORECASE,
)
_BOTH = lazy_pattern(
    rf"(?:{_VERB.pattern})?(?P<films>\S.*?)(?:,?\s+(?:(?:were|are|was|is)\s+)?(?:both|all)(?!\w)).*",
    re.IGNORECASE,
)
"""One opinion of several films: `saw heat and alien, both great`."""

_OWN_REVIEWS = "That speaks of more than one film, and each has a review of its own."
_MOST = 30
"""Films that are asked about together, as many as in a list of ratings alone."""

_SPOILER = lazy_pattern(r"spoil|\|\|", re.IGNORECASE)


def several_reviews(line: str, reading: Reading, titles: TitleIndex) -> Command | None:
    """Read a line each part of which reviews another known film; None for any other line.

    With a rating for each they are asked about together; else it is asked which film the words are about.
    So it is where a part says more than the list holds, such as a day, or may ask for privacy or warn of a
    spoiler: all of it stays in the words, and none of it becomes another film's.
    """
    if len(line) > LONGEST or line.endswith("?"):
        return None
    private = asks_for_privacy(line) or may_ask_for_privacy(line)
    kept = ReviewCommand(text=line, private=private, trouble=_OWN_REVIEWS)
    if (both := _BOTH.fullmatch(line)) and listed(both["films"], titles):
        return kept
    reviews = _parted(line, reading, titles)
    if len({each.film.lower() for each in reviews}) < 2:
        return None
    if private or _SPOILER.search(line) or len(reviews) > _MOST or not all(map(_fits, reviews)):
        return kept
    ratings = tuple(each.rating for each in reviews if each.rating)
    films, texts = zip(*((each.film, each.text) for each in reviews), strict=True)
    return RateSeveralCommand(films, ratings, texts=texts)


def _fits(review: ReviewCommand) -> bool:
    """Tell whether a list holds all that is read of a film: a rating and words."""
    bare = ReviewCommand(review.film, review.rating, review.text, confirm=review.confirm)
    return review.rating is not None and review == bare


def _parted(line: str, reading: Reading, titles: TitleIndex) -> tuple[ReviewCommand, ...]:
    """Return the reviews of the two or more parts of a line; none where a part is no review."""
    for joint in _JOINTS.finditer(line):
        first = _review(line[: joint.start()], reading, titles)
        if first is None:
            continue
        rest = line[joint.end() :]
        if others := _parted(rest, reading, titles):
            return (first, *others)
        if last := _review(rest, reading, titles):
            return first, last
    return ()


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
