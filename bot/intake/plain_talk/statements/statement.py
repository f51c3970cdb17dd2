"""Statements about a film that was seen: `saw dune last night, 4 stars`, `carol - so good, cried twice`.

They become a review, or a mark. Words are never saved without a question: only a title with a rating
on a scale is as clear as a command.
"""

import re
from dataclasses import replace
from typing import Any

from bot.catalogue.titles.index import TitleIndex
from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.privacy import label_end
from bot.domain.words.spoilers import split_spoilers
from bot.features.picks.commands import MarkTitleCommand
from bot.features.reviews.commands import ReviewCommand
from bot.features.reviews.own_words.flags import flags_inside, last_flags
from bot.features.reviews.own_words.privacy import heed
from bot.features.reviews.own_words.viewing import noted
from bot.intake.plain_talk.statements.details import (
    DAY,
    JOINTS,
    Details,
    bare_half_stars,
    understand,
)
from bot.intake.plain_talk.statements.opinion import opinion_words, whole_statement
from bot.intake.plain_talk.statements.words_as_titles import PRONOUNS, of_a_word
from bot.intake.plain_talk.titles import NO_TITLES, is_misspelt, mentioned
from bot.language.grammar.ratings import first_rating, grade, rating_at
from bot.language.grammar.reading import Reading
from bot.language.grammar.titles import cut_title, quote_end
from bot.messages.commands import Command
from recommender.text.analyzer import words
from recommender.text.sentiment import sentiment

_WHO = r"(?:(?:@?[\w.-]+\s+(?:and|&)\s+(?:i|me)|(?:me|i)\s+(?:and|&)\s+@?[\w.-]+|i|we|me|ive|i['’]ve|we['’]ve|i\s+have|we\s+have|both\s+of\s+us)\s+)?(?:(?:just|finally|only|already|also|really|so|absolutely|totally|quite|kinda|both|all|actually|honestly|do|did|did\s+not|didn['’]?t)\s+)*"
_SAW = lazy_pattern(
    rf"{_WHO}(?:(?P<again>rewatch(?:ed|ing)?|re-watched|saw\s+again|watched\s+again)|(?P<gave_up>gave\s+up\s+on|dnf(?:['’]?d|ed)?|couldn['’]?t\s+finish|could\s+not\s+finish|didn['’]?t\s+finish|did\s+not\s+finish|bailed\s+on|walked\s+out\s+of|abandoned|turned\s+off|stopped\s+watching|fell\s+asleep\s+(?:during|in|watching)|half[\s-]+watched|watched\s+half\s+of|(?:dozed|nodded)\s+off\s+(?:during|in|watching)|slept\s+through|(?:couldn['’]?t|could\s+not|didn['’]?t)\s+(?:get|make\s+it)\s+through)"
    r"|(?P<seen>saw|seen|watched|wached|finished|caught|went\s+to\s+(?:see|watch)|been\s+to\s+see))\s+(?=\S)",
    re.IGNORECASE,
)
_GIVES = lazy_pattern(
    r"(?:i\s+(?:think|guess)\s+|maybe\s+)?(?:i(?:['’]?d|['’]?ll|\s+would|\s+will)?\s+)?(?:give|gave|rated?|rating|score[sd]?)\s+(?=\S)",
    re.IGNORECASE,
)
_FELT = lazy_pattern(
    rf"{_WHO}(?:love|loved|luv|luved|like|liked|enjoy|enjoyed|hate|hated|dislike|disliked|adore|adored|despise|despised|cried\s+(?:at|during|over|in|watching)|laughed\s+(?:at|during)|was\s+(?:bored|moved|blown\s+away|disappointed|confused)\s+(?:by|at|with|in|during))\s+(?=\S)",
    re.IGNORECASE,
)
_WISHES = lazy_pattern(r"like\s", re.IGNORECASE)
"""What asks for films rather than tells of one: `like past lives`."""

_WISHED = lazy_pattern(r"\W*(?:but|or|and)\s", re.IGNORECASE)
"""What goes on after a title with a wish or another title: `"Carol" but funny`."""

_TIMED = lazy_pattern(r"\s*\d{1,3}\s*(?:hours?|hrs?|min(?:ute)?s?)\s+(?=\w)", re.IGNORECASE)
"""A time that tells of a film after its title: `2 hours too long`."""

_IS = lazy_pattern(
    r"\s*(?:[=:,;]|\|(?!\|)|[-–—](?=\s)|\(|\.\s|!+\s|(?:was|is|were|are|wasn['’]?t|isn['’]?t|has|had|made|makes|sucks?|sucked|rocks?|rocked|rules?|ruled|slaps?|slapped|bored|left|blew|broke|ruined|killed|deserves?|deserved|felt|feels|looks?|looked|gets|got|did|does|really|totally|absolutely|truly|just|so|still)(?!\w))",
    re.IGNORECASE,
)
_IT = lazy_pattern(
    r"(?:i\s+)?(?:really\s+|just\s+|absolutely\s+|kinda\s+|quite\s+|so\s+|did\s+not\s+|didn['’]?t\s+)*(?:loved?|liked?|enjoyed|hated?|disliked|adored)\s+(?:it|this|that|them|every\s+\w+)(?:\s+(?:one|film|movie))?\b"
    r"|(?:it|that|this|(?:that|this|the|what\s+an?(?:\s+\w+)?)\s+(?:film|movie|one|ending))(?:['’]s|\s+(?:was|is|were|made|had|sucks?|sucked|left|felt|looked|really|just|so))\b"
    r"|what\s+an?\s+(?:\w+\s+){0,3}(?:film|movie|masterpiece|mess|waste|bore|ride|gem|disaster|disappointment)\b",
    re.IGNORECASE,
)
_HERE = lazy_pattern(r"(?<!\w)(?:in\s+)?(?:here|outside)[\s.!]*$", re.IGNORECASE)
"""What tells of where one is rather than of a film: `it's so cold here`."""

_FOR = lazy_pattern(r"\s*(?:(?:for|to|on)\b|[-–—,:])?\s*(?:me\s*[,:]\s*)?", re.IGNORECASE)
_COMMA = lazy_pattern(r"\s*[-–—,:]?\s*(?:for\s+me\s*[,:]\s*)?", re.IGNORECASE)
"""What joins a rating to a film, and to words that are about none."""
_SPOILER = lazy_pattern(
    r"(?:\W*spoilers?(?:\s+(?:alert|ahead|warning))?\s*[:!–—-]+\s*)", re.IGNORECASE
)
_STOPS = lazy_pattern(
    r"[,;:.!?()]|\s[-–—]\s|\s(?:and|but|with|on|last|yesterday|today|was|is|it)\s", re.IGNORECASE
)
_STAR = lazy_pattern(r"[★⭐🌟]|:star")
_ONLY_ME = lazy_pattern(
    r"(?:(?:just|only)\s+for\s+me|(?:please\s+|pls\s+)?do(?:n['’]?t|\s+not)\s+tell\s+(?:anyone|anybody|any\s+one|the\s+others|them)"
    r"|(?:just\s+)?between\s+(?:you\s+and\s+me|us(?:\s+two)?)|keep\s+(?:this|it)\s+(?:private|secret|quiet|to\s+yourself))"
    r"\s*[,:;–—-]?\s+(?:but\s+)?(?=\S)",
    re.IGNORECASE,
)
_WHEN = lazy_pattern(rf"(?P<day>{DAY.pattern})\s*[:,–—-]?\s+(?=\S)", re.IGNORECASE)
"""A day between the verb and the title: `watched yesterday: Paddington 2`."""

_PRIVATE_OF = lazy_pattern(
    r"(?:my\s+|a\s+)?(?:private|secret|personal|anonymous)\s+(?:review|note|rating|thoughts?|opinion)s?\s+(?:of|on|for|about)\s+(?=\S)",
    re.IGNORECASE,
)
"""What asks for privacy before a title: `private review of Her: i cried`."""

_SAID_OF = lazy_pattern(r"[\s,]+(?=(?:i|we|me)(?!\w))", re.IGNORECASE)
"""What joins a day to the statement behind it: `yesterday i saw conclave`."""

_NUMBER_FOR = lazy_pattern(
    r"(?:(?:i['’]?d\s+say|a|an|solid|strong|about|like)\s+)*(?P<n>\d{1,2}(?:[.,]\d|½)?)\s+(?:for|to)\s+(?P<film>\S.*)",
    re.IGNORECASE,
)
"""A number and the film it is for: `4 for titanic`."""

_WHOM = frozenset({"us", "me", "everyone", "all", "two", "three", "four"})

_BROAD = 10


def statement(line: str, reading: Reading, titles: TitleIndex) -> Command | None:
    """Read a statement about one film; None where the line is none."""
    line, fields = flags_inside(line.strip(), reading.habits)
    last_flags(line, 0, len(line), reading.habits)  # refuses one that is misspelt
    text = line
    if end := label_end(text):
        fields["private"], text = True, text[end:].strip()
    elif alone := _ONLY_ME.match(text) or _PRIVATE_OF.match(text):
        fields["private"], text = True, text[alone.end() :]
    if (day := DAY.match(text)) and (told := _SAID_OF.match(text, day.end())):
        text = f"{text[told.end() :]} {day[0]}"
    if warned := _SPOILER.match(text):
        fields["spoiler"] = True
        if warned.end() == len(text):
            return None  # `spoilers!!` warns of what somebody else says
    if text.endswith("?") and not (fields or first_rating(text, 0, len(text), reading.scale)):
        return None  # `parasite is about a dog right?`
    for read in (_rated_first, _of_a_film, _of_it, of_a_word):
        if (found := read(text[warned.end() :] if warned else text, reading, titles)) is not None:
            return _finished(found, fields, line)
    if fields and text:
        said = text[warned.end() :] if warned else text
        films = mentioned(said, titles)
        typed = first_rating(said, 0, len(said), reading.scale)
        rating = typed.half_stars() if typed and typed.possible else None
        film = films[0] if films else ""
        return ReviewCommand(film, rating, line.strip(), confirm=True, **fields)
    return None


def _finished(found: Command, fields: dict[str, Any], line: str) -> Command:
    if not isinstance(found, ReviewCommand):
        return found
    if fields:
        text = line if fields.get("spoiler") and not found.text else found.text
        found = replace(found, text=text, **fields)
    return replace(heed(found), confirm=found.confirm or bool(found.text))


def _rated_first(text: str, reading: Reading, titles: TitleIndex) -> Command | None:
    """Read `4 stars for heat`, and a rating alone."""
    typed = rating_at(text, 0, len(text), reading.scale) or grade(text, reading.scale)
    if typed is None:
        return _rated_for(text, reading, titles)
    if not typed.possible or (titles.is_title(text) and not _STAR.match(text)):
        return None
    at = _FOR.match(text, typed.end)
    rest = text[at.end() if at else typed.end :]
    if not rest.strip(" .,!"):
        return ReviewCommand(rating=typed.half_stars())
    if (cut := cut_title(rest, 0, len(rest), titles)) is None or cut.film.lower() in NO_TITLES:
        joint = _COMMA.match(text, typed.end)
        said = text[joint.end() if joint else typed.end :]
        return ReviewCommand(rating=typed.half_stars(), text=opinion_words(said), confirm=True)
    details = Details(rest[cut.end :], {}, typed.half_stars())
    understand(details, reading)
    return _review(cut.film, details, opinion_words(details.rest))


def _rated_for(text: str, reading: Reading, titles: TitleIndex) -> Command | None:
    """Read `meh, 2/5 for barbie`."""
    if (number := _NUMBER_FOR.fullmatch(text)) and titles.is_title(number["film"]):
        rating = bare_half_stars(number["n"], reading.scale)
        named = number["film"].lower() not in NO_TITLES | _WHOM
        return ReviewCommand(number["film"], rating, confirm=True) if rating and named else None
    typed = first_rating(text, 0, len(text), reading.scale)
    after = re.compile(r"\s*(?:for|to)\s+", re.IGNORECASE).match(text, typed.end) if typed else None
    if typed is None or after is None or not typed.possible:
        return None
    cut = cut_title(text, after.end(), len(text), titles)
    if cut is None or cut.film.lower() in NO_TITLES:
        return None
    left = opinion_words(f"{JOINTS.sub('', text[: typed.start])} {text[cut.end :]}")
    return _review(cut.film, Details("", {}, typed.half_stars()), left)


def _of_a_film(text: str, reading: Reading, titles: TitleIndex) -> Command | None:
    """Read a statement that names its film, after a verb or at the beginning."""
    if _WISHES.match(text):
        return None
    saw = _SAW.match(text)
    gives = None if saw else _GIVES.match(text)
    felt = None if saw or gives else _FELT.match(text)
    verb = saw or gives or felt
    at = verb.end() if verb else 0
    day = _day_before_title(text, at, titles) if verb else None
    at = day.end() if day else at
    film, end = _title(text, at, reading, titles, after_verb=verb is not None)
    if not film:
        return None
    details = Details(f"{text[end:]} {day['day']}" if day else text[end:], {})
    groups = verb.groupdict() if verb else {}
    if groups.get("again"):
        details.fields["rewatch"] = True
    if groups.get("gave_up"):
        details.fields["abandoned"] = True
    labelled = text[:end].rstrip().endswith(":")  # `Her: i cried`
    begins = labelled or _IS.match(details.rest) is not None
    understand(details, reading)
    words_left = opinion_words(details.rest)
    words_left = words_left if any(map(str.isalnum, words_left)) else ""
    if verb is None and not (details.rating or details.fields.keys() - {"watched_on"}):
        quoted = bool(quote_end(text, 0)) and not _WISHED.match(text[end:])
        timed = _TIMED.match(text[end:]) is not None
        hidden = any(spoiler for _, spoiler in split_spoilers(text[end:]))
        telling = begins or quoted or timed or hidden or sentiment(words(details.rest)) != 0
        if not (telling and words_left):
            return None
    if gives and details.rating is None:
        return None
    told = begins and not (labelled or verb) and words_left and _is_sentence(text[end:])
    if felt or told:
        words_left = whole_statement(text, details, reading)
    if groups.get("seen") and not (
        details.rating or words_left or details.fields.keys() - {"watched_on"}
    ):
        return MarkTitleCommand(film, "seen")
    found = _review(film, details, words_left)
    meant_somebody = verb is not None and film in PRONOUNS
    return replace(found, confirm=True) if meant_somebody else found


def _day_before_title(text: str, at: int, titles: TitleIndex) -> re.Match[str] | None:
    """Return the day between a verb and a title; none where a title begins with it: `saw Friday the 13th`."""
    day = _WHEN.match(text, at)
    if day is None or cut_title(text, at, len(text), titles):
        return None
    marked = day[0].rstrip().endswith((":", ",", "–", "—", "-"))
    return day if marked or not (day["weekday"] or day["date"]) else None


def _of_it(text: str, reading: Reading, _: TitleIndex) -> Command | None:
    """Read an opinion on a film that is not named: `it was great, 4/5`."""
    viewing = noted(ReviewCommand(text=text, confirm=True), reading.habits)
    if viewing.is_review and not viewing.text:
        return viewing  # `gave up after 45 min` says nothing else
    if _IT.match(text) is None or _HERE.search(text):
        return None
    details = Details(text, {})
    understand(details, reading)
    if (
        details.rating is None
        and sentiment(words(text)) == 0
        and not text.lower().startswith(("i ", "what "))
    ):
        return None
    return _review("", details, whole_statement(text, details, reading))


def _review(film: str, details: Details, text: str) -> ReviewCommand:
    asks = details.bare or bool(text) or details.rating is None or "abandoned" in details.fields
    return ReviewCommand(film, details.rating, text, confirm=asks, **details.fields)


def _title(
    text: str, at: int, reading: Reading, titles: TitleIndex, *, after_verb: bool
) -> tuple[str, int]:
    """Return the film that is named here and where its title ends; an empty one if none is."""
    about = re.compile(r"(?:the\s+)?(?:film|movie)\s+(?=\S)", re.IGNORECASE).match(text, at)
    for start in dict.fromkeys((at, about.end() if about else at)):
        cut = cut_title(text, start, len(text), titles)
        if cut and (cut.marked or cut.film.lower().strip(" ,.!") not in NO_TITLES):
            bare = cut.film.rstrip(" .,!…")
            return bare if titles.is_title(bare) else cut.film, cut.end
    if not after_verb and not first_rating(text, at, len(text), reading.scale):
        return "", at
    end = _end_of_unknown(text, at, reading)
    film = text[at:end].strip(" ,;:.!–—-")
    rated = first_rating(text, at, len(text), reading.scale) is not None
    if film.lower() in NO_TITLES or len(film.split()) > _BROAD:
        return "", at
    if is_misspelt(film, titles) or (rated and after_verb and len(film.split()) <= 6):
        return film, end
    return "", at


def _end_of_unknown(text: str, at: int, reading: Reading) -> int:
    ends = [len(text)]
    if stop := _STOPS.search(text, at):
        ends.append(stop.start())
    if (day := DAY.search(text, at)) and day.start() > at:
        ends.append(day.start())
    if rating := first_rating(text, at, len(text), reading.scale):
        ends.append(rating.start)
    return min(ends)


def _is_sentence(rest: str) -> bool:
    return re.match(r"\s*\w", rest) is not None
