"""Statements about a film that was seen: `saw dune last night, 4 stars`, `carol - so good, cried twice`.

They become a review, or a mark. Words are never saved without a question: only a title with a rating
on a scale is as clear as a command.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from bot.catalogue.titles.index import TitleIndex
from bot.domain.errors import UsageError
from bot.domain.ratings import HalfStars, Scale, half_stars
from bot.features.picks.commands import MarkTitleCommand
from bot.features.reviews.commands import ReviewCommand
from bot.features.reviews.privacy import heed, label_end
from bot.grammar.dates import DATE, read_date
from bot.grammar.ratings import TypedRating, bare_rating, first_rating, rating_at, value_of
from bot.grammar.reading import Habits, Reading
from bot.grammar.titles import cut_title, skip_blanks
from bot.messages.commands import Command
from bot.plain_talk.titles import NO_TITLES, is_misspelt, mentioned
from recommender.text.analyzer import words
from recommender.text.sentiment import sentiment

_WHO = r"(?:(?:i|we|me|ive|i['’]ve|we['’]ve|i\s+have|we\s+have|both\s+of\s+us)\s+)?(?:(?:just|finally|only|already|also|really|so|absolutely|totally|quite|kinda|both|all|actually|honestly|do|did|did\s+not|didn['’]?t)\s+)*"
_SAW = re.compile(
    rf"{_WHO}(?:(?P<again>rewatch(?:ed|ing)?|re-watched|saw\s+again|watched\s+again)|(?P<gave_up>gave\s+up\s+on|dnf(?:['’]?d|ed)?|couldn['’]?t\s+finish|could\s+not\s+finish|didn['’]?t\s+finish|did\s+not\s+finish|bailed\s+on|walked\s+out\s+of|abandoned|turned\s+off|stopped\s+watching|fell\s+asleep\s+(?:during|in|watching))"
    r"|(?P<seen>saw|seen|watched|wached|finished|caught|went\s+to\s+(?:see|watch)|been\s+to\s+see))\s+(?=\S)",
    re.IGNORECASE,
)
_GIVES = re.compile(
    r"(?:i\s+(?:think|guess)\s+|maybe\s+)?(?:i(?:['’]?d|['’]?ll|\s+would|\s+will)?\s+)?(?:give|gave|rated?|rating|score[sd]?)\s+(?=\S)",
    re.IGNORECASE,
)
_FELT = re.compile(
    rf"{_WHO}(?:love|loved|luv|luved|like|liked|enjoy|enjoyed|hate|hated|dislike|disliked|adore|adored|despise|despised|cried\s+(?:at|during|over|in|watching)|laughed\s+(?:at|during)|was\s+(?:bored|moved|blown\s+away|disappointed|confused)\s+(?:by|at|with|in|during))\s+(?=\S)",
    re.IGNORECASE,
)
_IS = re.compile(
    r"\s*(?:[=:,;]|[-–—](?=\s)|\(|\.\s|!+\s|(?:was|is|were|are|wasn['’]?t|isn['’]?t|has|had|made|makes|sucks?|sucked|rocks?|rocked|rules?|ruled|slaps?|slapped|bored|left|blew|broke|ruined|killed|deserves?|deserved|felt|feels|looks?|looked|gets|got|did|does|really|totally|absolutely|truly|just|so|still)(?!\w))",
    re.IGNORECASE,
)
_IT = re.compile(
    r"(?:i\s+)?(?:really\s+|just\s+|absolutely\s+|kinda\s+|quite\s+|so\s+|did\s+not\s+|didn['’]?t\s+)*(?:loved?|liked?|enjoyed|hated?|disliked|adored)\s+(?:it|this|that|them|every\s+\w+)(?:\s+(?:one|film|movie))?\b"
    r"|(?:it|that|this|(?:that|this|the|what\s+an?(?:\s+\w+)?)\s+(?:film|movie|one|ending))(?:['’]s|\s+(?:was|is|were|made|had|sucks?|sucked|left|felt|looked|really|just|so))\b"
    r"|what\s+an?\s+(?:\w+\s+){0,3}(?:film|movie|masterpiece|mess|waste|bore|ride|gem|disaster|disappointment)\b",
    re.IGNORECASE,
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TIME_OF_DAY = r"(?:\s+(?:night|evening|afternoon|morning))?"
_DAY = re.compile(
    rf"(?<!\w)(?:(?P<night>last\s+night|yesterday{_TIME_OF_DAY}|the\s+other\s+night)|(?P<now>today|tonight|this\s+(?:morning|afternoon|evening)|just\s+now|earlier(?:\s+today)?)"
    rf"|(?:on\s+|last\s+|this\s+)*(?P<weekday>(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur?|sun)(?:day)?){_TIME_OF_DAY}|(?:on\s+)?(?P<date>{DATE}))(?!\w)",
    re.IGNORECASE,
)
_REWATCH = re.compile(
    r"(?<!\w)(?<!and\s)(?:again(?!\s+and)|rewatch(?:ed)?|for\s+the\s+(?:\w+th|second|third|2nd|3rd)\s+time)(?!\w)",
    re.IGNORECASE,
)
_GAVE_UP = re.compile(
    r"(?<!\w)(?:(?:and\s+)?(?:gave\s+up|dnf|bailed|walked\s+out|stopped|quit|turned\s+it\s+off|fell\s+asleep)(?:\s+(?:after|at|around))?\s*(?P<m>\d{1,3})?\s*(?:min(?:ute)?s?|m)?(?:\s+in)?|after\s+(?P<n>\d{1,3})\s*(?:min(?:ute)?s?|m)(?:\s+in)?)(?!\w)",
    re.IGNORECASE,
)
_BESIDES = re.compile(
    r"(?<!\w)(?:w(?:ith|/)\s*(?:@?[\w.-]+(?:\s+and\s+@?[\w.-]+)?|my\s+\w+|the\s+\w+)|(?:at|in)\s+(?:the\s+)?(?:cinema|theat(?:er|re)|movies|pictures|home|bed|imax|club)|on\s+(?:netflix|mubi|dvd|tv|streaming|prime|disney\+?|a\s+plane|the\s+plane))(?!\w)",
    re.IGNORECASE,
)
_JOINTS = re.compile(
    r"(?:and\s+|,\s*)*(?:i\s+|i['’]?d\s+|i['’]?ll\s+|would\s+|we\s+)*(?:give|gave|giving|rate[sd]?|it\s+gets|gets|got|gave|deserves|for\s+me|from\s+me|a\s+solid|solid|a\s+strong|my\s+rating|rating|score)(?:\s+(?:it|this|that|is|was|a|an|an?\s+easy|a\s+solid|from\s+me|:))*\s*$",
    re.IGNORECASE,
)
_SEEN_IT = re.compile(
    r"(?<!\w)(?:(?:i|we)\s+)?(?:watched|saw|seen)(?:\s+(?:it|this))?\s*$", re.IGNORECASE
)
_FROM_ME = re.compile(r"^\s*(?:from\s+me|for\s+me|from\s+us)(?!\w)", re.IGNORECASE)
_FOR = re.compile(r"\s*(?:for|to|on|[-–—,:])?\s*(?:me\s*[,:]\s*)?", re.IGNORECASE)
_SPOILER = re.compile(
    r"(?:\W*spoilers?(?:\s+(?:alert|ahead|warning))?\s*[:!–—-]+\s*)", re.IGNORECASE
)
_LOOSE = re.compile(r"^(?:[\s,;:.!=–—-]|and\s|but\s)+|(?:[\s,;:=–—-]|\sand|\sbut)+$", re.IGNORECASE)
_STOPS = re.compile(
    r"[,;:.!?()]|\s[-–—]\s|\s(?:and|but|with|on|last|yesterday|today|was|is|it)\s", re.IGNORECASE
)
_STAR = re.compile(r"[★⭐🌟]|:star")
_ONLY_ME = re.compile(r"(?:just|only)\s+for\s+me\s*[,:;-]?\s+(?=\S)", re.IGNORECASE)
_SAID_OF = re.compile(r"[\s,]+(?=(?:i|we|me)(?!\w))", re.IGNORECASE)
"""What joins a day to the statement behind it: `yesterday i saw conclave`."""

_BROAD = 10


@dataclass(slots=True)
class _Said:
    """What was read so far; `rest` is the part of the statement that is not understood yet."""

    rest: str
    fields: dict[str, Any]
    rating: HalfStars | None = None
    bare: bool = False


def statement(line: str, reading: Reading, titles: TitleIndex) -> Command | None:
    """Read a statement about one film; None where the line is none."""
    text = line.strip()
    fields: dict[str, Any] = {}
    if end := label_end(text):
        fields["private"], text = True, text[end:].strip()
    elif alone := _ONLY_ME.match(text):
        fields["private"], text = True, text[alone.end() :]
    if (day := _DAY.match(text)) and (told := _SAID_OF.match(text, day.end())):
        text = f"{text[told.end() :]} {day[0]}"
    if warned := _SPOILER.match(text):
        fields["spoiler"] = True
    for read in (_rated_first, _of_a_film, _of_it):
        if (found := read(text[warned.end() :] if warned else text, reading, titles)) is not None:
            return _finished(found, fields, line)
    if fields and text:
        films = mentioned(text[warned.end() :] if warned else text, titles)
        return ReviewCommand(films[0] if films else "", text=line.strip(), confirm=True, **fields)
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
    typed = rating_at(text, 0, len(text), reading.scale)
    if typed is None:
        return _rated_for(text, reading, titles)
    if not typed.possible or (titles.is_title(text) and not _STAR.match(text)):
        return None
    at = _FOR.match(text, typed.end)
    rest = text[at.end() if at else typed.end :]
    if not rest.strip(" .,!"):
        return ReviewCommand(rating=typed.half_stars())
    if (cut := cut_title(rest, 0, len(rest), titles)) is None or cut.film.lower() in NO_TITLES:
        return ReviewCommand(rating=typed.half_stars(), text=_words(rest), confirm=True)
    said = _Said(rest[cut.end :], {}, typed.half_stars())
    _understand(said, reading)
    return _review(cut.film, said, _words(said.rest))


def _rated_for(text: str, reading: Reading, titles: TitleIndex) -> Command | None:
    """Read `meh, 2/5 for barbie`."""
    typed = first_rating(text, 0, len(text), reading.scale)
    after = re.compile(r"\s*(?:for|to)\s+", re.IGNORECASE).match(text, typed.end) if typed else None
    if typed is None or after is None or not typed.possible:
        return None
    cut = cut_title(text, after.end(), len(text), titles)
    if cut is None or cut.film.lower() in NO_TITLES:
        return None
    left = _words(f"{_JOINTS.sub('', text[: typed.start])} {text[cut.end :]}")
    return _review(cut.film, _Said("", {}, typed.half_stars()), left)


def _of_a_film(text: str, reading: Reading, titles: TitleIndex) -> Command | None:
    """Read a statement that names its film, after a verb or at the beginning."""
    verb = _SAW.match(text) or _GIVES.match(text) or _FELT.match(text)
    at = verb.end() if verb else 0
    film, end = _title(text, at, reading, titles, after_verb=verb is not None)
    if not film:
        return None
    said = _Said(text[end:], {})
    groups = verb.groupdict() if verb else {}
    if groups.get("again"):
        said.fields["rewatch"] = True
    if groups.get("gave_up"):
        said.fields["abandoned"] = True
    begins = _IS.match(said.rest) is not None
    _understand(said, reading)
    opinion = verb is not None and verb.re is _FELT
    words_left = _words(said.rest)
    words_left = words_left if any(map(str.isalnum, words_left)) else ""
    if verb is None and not (said.rating or said.fields.keys() - {"watched_on"}):
        telling = begins or sentiment(words(said.rest)) != 0
        if not (telling and words_left):
            return None
    if verb is not None and verb.re is _GIVES and said.rating is None:
        return None
    if opinion or (begins and verb is None and _is_sentence(text[end:])):
        words_left = _whole(text, said, reading)
    if groups.get("seen") and not (
        said.rating or words_left or said.fields.keys() - {"watched_on"}
    ):
        return MarkTitleCommand(film, "seen")
    return _review(film, said, words_left)


def _of_it(text: str, reading: Reading, _: TitleIndex) -> Command | None:
    """Read an opinion on a film that is not named: `it was great, 4/5`."""
    if _IT.match(text) is None:
        return None
    said = _Said(text, {})
    _understand(said, reading)
    if (
        said.rating is None
        and sentiment(words(text)) == 0
        and not text.lower().startswith(("i ", "what "))
    ):
        return None
    return _review("", said, _whole(text, said, reading))


def _review(film: str, said: _Said, text: str) -> ReviewCommand:
    asks = said.bare or bool(text) or said.rating is None or "abandoned" in said.fields
    return ReviewCommand(film, said.rating, text, confirm=asks, **said.fields)


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
    if day := _DAY.search(text, at):
        ends.append(day.start())
    if rating := first_rating(text, at, len(text), reading.scale):
        ends.append(rating.start)
    return min(ends)


def _understand(said: _Said, reading: Reading) -> None:
    """Take day, rating, rewatch, and giving up out of the rest."""
    _take_rating(said, reading)
    if found := _day_in(said.rest, reading.habits):
        start, end, said.fields["watched_on"] = found
        said.rest = f"{_SEEN_IT.sub('', said.rest[:start])} {said.rest[end:]}"
    if found_again := _REWATCH.search(said.rest):
        said.fields["rewatch"] = True
        said.rest = f"{said.rest[: found_again.start()]} {said.rest[found_again.end() :]}"
    gave_up = _GAVE_UP.search(said.rest)
    if gave_up and ("abandoned" in said.fields or not gave_up["n"]):
        said.fields["abandoned"] = True
        if minutes := gave_up["m"] or gave_up["n"]:
            said.fields["abandoned_after"] = int(minutes)
        said.rest = f"{said.rest[: gave_up.start()]} {said.rest[gave_up.end() :]}"


def _take_rating(said: _Said, reading: Reading) -> None:
    """Take a rating out of the rest, with the words that only lead to it; a bare number alone."""
    if said.rating is not None:
        return
    text = f"· {said.rest}"
    typed = first_rating(text, 0, len(text), reading.scale)
    if typed is None or not typed.possible:
        _take_bare(said, reading)
        return
    before = _JOINTS.sub("", text[2 : typed.start])
    after = _FROM_ME.sub("", text[typed.end :])
    said.rating, said.rest = typed.half_stars(), f"{before} {after}"


def _take_bare(said: _Said, reading: Reading) -> None:
    """Read a number that is all that follows, after `gave it` or a sign: `aftersun 4.5`, `heat = 9`."""
    tail = re.fullmatch(
        r"[\s=:,–—-]*(?:(?:and\s+)?(?:i\s+)?(?:give|gave|rated?)\s+(?:it\s+)?)?(?:(?:it\s+)?gets\s+|a\s+|an\s+)*(?P<n>\d{1,3}(?:[.,]\d{1,2})?½?)(?:\s+(?:from|for)\s+me)?[\s.!]*",
        said.rest,
        re.IGNORECASE,
    )
    if tail is None:
        return
    if rating := bare_half_stars(tail["n"], reading.scale):
        said.rating, said.bare, said.rest = rating, True, ""


def bare_half_stars(number: str, scale: Scale) -> HalfStars | None:
    """Return the rating of a bare number: on the member's scale, else out of ten or a hundred."""
    typed: TypedRating | None = bare_rating(number, 0, len(number), scale)
    if typed is None:
        return None
    if typed.possible:
        return typed.half_stars()
    value = value_of(number)
    for most in (10, 100):
        if 0 < value <= most:
            try:
                return half_stars(value * 5 / most)
            except ValueError:
                return None
    return None


def _day_in(text: str, habits: Habits) -> tuple[int, int, date] | None:
    """Find the day on which a film was seen: the latest that the words can mean."""
    found, today = _DAY.search(text), habits.today
    if found is None or today is None:
        return None
    if found["night"]:
        day = today - timedelta(days=1)
    elif found["now"]:
        day = today
    elif weekday := found["weekday"]:
        number = next(n for n, each in enumerate(_WEEKDAYS) if each.startswith(weekday.lower()[:3]))
        day = today - timedelta(days=(today.weekday() - number) % 7 or 7)
    else:
        try:
            day = read_date(found["date"], today, habits.region)
        except UsageError:
            return None
    return found.start(), found.end(), day


def _words(rest: str) -> str:
    """Return the words of an opinion: without the company or place they begin with, and loose joints.

    Further in, the same words belong to what is said: `walks off with the whole film`.
    """
    rest = _LOOSE.sub("", rest)
    while found := _BESIDES.match(rest):
        rest = _LOOSE.sub("", rest[found.end() :])
    return " ".join(rest.split()).strip(" .()")


def _is_sentence(rest: str) -> bool:
    return re.match(r"\s*\w", rest) is not None


def _whole(text: str, said: _Said, reading: Reading) -> str:
    """Return the whole statement as the text of the review, without the rating that was read."""
    if said.rating is None or said.bare:
        return text
    typed = first_rating(text, 0, len(text), reading.scale)
    if typed is None:
        return text
    before, after = _JOINTS.sub("", text[: typed.start]), _FROM_ME.sub("", text[typed.end :])
    kept = skip_blanks(after, 0, len(after))
    return _LOOSE.sub("", f"{before.rstrip()} {after[kept:]}".strip())
