"""Statements about a film in other languages: `ich fand Amelie super, 5 Sterne`, `j'ai adoré Amélie, 4/5`."""

import re
from datetime import date, timedelta

from bot.catalogue.titles.index import TitleIndex
from bot.domain.words.day_names import weekday_words
from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.text import folded
from bot.features.picks.commands import MarkTitleCommand
from bot.features.reviews.commands import ReviewCommand
from bot.intake.plain_talk.titles import NO_TITLES
from bot.language.grammar.ratings import first_rating
from bot.language.grammar.reading import Reading
from bot.language.grammar.titles import cut_title
from bot.messages.commands import Command

_FELT = (
    r"(?:ich|wir)\s+(?:fand(?:en)?|finde|lieben?|liebte|mochten?|mag|hassen?|hasste)",
    r"j['’]?\s?(?:ai\s+(?:bien\s+|vraiment\s+|beaucoup\s+|trop\s+)?(?:ador[ée]e?|aim[ée]e?|d[ée]test[ée]e?|trouv[ée]e?)|adore|aime|d[ée]teste)",
    r"(?:me|nos)\s+(?:ha\s+|han\s+)?(?:encant[óo]|encanta|encantado|gust[óo]|gusta|gustado|aburri[óo])|odi[ée]|am[ée]",
    r"(?:ho\s+(?:adorato|amato|odiato|trovato)|mi\s+(?:è|e['’]?)\s+piaciut[oa])",
    r"(?:eu\s+)?(?:adorei|amei|odiei|gostei\s+d[eoa])",
)
_SAW = (
    r"(?:(?:ich|wir)\s+)?hab(?:en?)?(?:\s+(?:ich|wir))?(?:\s+(?:gestern|vorgestern|heute|gerade|endlich|am\s+\w+))?(?=.*\s(?:gesehen|geschaut|geguckt)(?!\w))",
    r"(?:j['’]\s?ai|on\s+a)\s+(?:enfin\s+)?(?:re)?(?:vu|regard[ée])",
    r"(?:he|hemos)\s+visto|acabo\s+de\s+ver",
    r"(?:ho|abbiamo)\s+visto",
    r"(?:eu\s+)?(?:vi|assisti(?:\s+a[o]?)?)",
)
_VERB = lazy_pattern(
    rf"(?:(?P<felt>{'|'.join(_FELT)})|(?P<saw>{'|'.join(_SAW)}))\s+(?:den\s+film\s+|le\s+film\s+|la\s+pel[íi]cula\s+|il\s+film\s+|o\s+filme\s+)?(?=\S)",
    re.IGNORECASE,
)
_DAYS_AGO = (
    (
        1,
        r"gestern(?:\s+(?:abend|nacht|nachmittag|morgen))?|hier(?:\s+soir)?|ayer(?:\s+por\s+la\s+(?:noche|tarde))?|anoche|ieri(?:\s+sera)?|ontem(?:\s+[àa]\s+noite)?",
    ),
    (
        2,
        r"vorgestern(?:\s+abend)?|avant[- ]hier(?:\s+soir)?|anteayer|antier|antes\s+de\s+ayer|(?:l['’]\s?)?altro\s*ieri|anteontem",
    ),
    (
        0,
        r"heute(?:\s+(?:abend|morgen|nachmittag))?|aujourd['’]hui|ce\s+(?:soir|matin)|hoy|esta\s+noche|oggi|stasera|hoje",
    ),
)
_WEEKDAYS = weekday_words("de", "fr", "es", "it", "pt")
_WEEKDAY = (
    r"(?:(?:am|letzten|vergangenen|diesen|le|ce|el|lo|este|[uo]ltimo|na|no)\s+){0,2}"
    rf"(?P<weekday>{'|'.join(_WEEKDAYS)})(?:\s*(?:abend|soir|dernier|pasado|por\s+la\s+noche|scorso|scorsa|sera|passad[oa]|[àa]\s+noite))?"
)
_DAY = lazy_pattern(
    r"(?<!\w)(?:"
    + "|".join(f"(?P<ago{days}>{names})" for days, names in _DAYS_AGO)
    + rf"|{_WEEKDAY})(?!\w)",
    re.IGNORECASE,
)
"""A day in one of the languages, as it was lately."""

_PARTICIPLE = lazy_pattern(
    r"\s*(?:(?:endlich|noch\s?mal|wieder)\s+)*(?:gesehen|geschaut|geguckt|angeschaut|angesehen)(?!\w)",
    re.IGNORECASE,
)
"""What ends a German statement without its verb: `gestern Heat gesehen`."""

_ONLY_SEEN = lazy_pattern(rf"(?:{_PARTICIPLE.pattern}|[\s,.;:!–-])*", re.IGNORECASE)
"""What tells nothing of a film that was seen."""

_IT_SAW = (
    r"(?:(?:ich|wir)\s+)?hab(?:en|['’]?n|e)?(?:\s+(?:ihn|den|das|es|sie))?",
    r"(?:je|on|nous)\s+l['’]\s?(?:ai|a|avons)\s+(?:enfin\s+)?(?:re)?vue?|(?:re)?vue?",
    r"(?:l[oa]\s+)?(?:vi(?:mos)?|(?:he|hemos)\s+visto)",
    r"(?:l['’]\s?)?(?:ho|abbiamo)\s+vist[oa]|vist[oa]",
    r"(?:eu\s+)?(?:[oa]\s+)?(?:vi(?:-[oa])?|assisti)",
)
_A_DAY = "|".join([*(names for _, names in _DAYS_AGO), _WEEKDAY.replace("?P<weekday>", "?:")])
_AT_THE_CINEMA = r"(?:im\s+kino|au\s+cin[ée]ma|(?:en\s+el|al)\s+cine|al\s+cinema|no\s+cinema)"
_ENDED = r"(?:endlich\s+|noch\s?mal\s+|wieder\s+)?(?:gesehen|geschaut|geguckt|angeschaut|angesehen)(?!\w)"
_SAW_THEN = rf"(?:(?:{'|'.join(_IT_SAW)})\s+)"
_LED = lazy_pattern(
    rf"(?:{_SAW_THEN}(?P<day>{_A_DAY})(?:\s+{_ENDED})?|(?P<first>{_A_DAY})(?:\s+{_AT_THE_CINEMA})?(?:\s+(?:{_ENDED}|(?:{'|'.join(_IT_SAW)}))|(?=\s*:)))\s*(?::|,|\s[–—-])\s*(?=\S)",
    re.IGNORECASE,
)
"""What tells that a film was seen on a day, before its title and a colon."""

_BEHIND = lazy_pattern(
    rf"[\s,;:(–—-]*(?P<first>)(?:{_SAW_THEN}?(?P<day>{_A_DAY})(?:\s+{_ENDED}|(?=[\s,;:.)–—-]*(?:\d|★|⭐|$))))",
    re.IGNORECASE,
)
"""The same behind its title."""

_AFTER_DAY = lazy_pattern(rf"[\s,:–—-]*(?:{_AT_THE_CINEMA}[\s,:–—-]+)?", re.IGNORECASE)
_LOOSE = " \t,;:–—-"


def _day_in(text: str, start: int, today: date | None) -> tuple[int, int, date] | None:
    """Find the day that is named from here on: where it stands, and the latest that it can be."""
    found = _DAY.search(text, start)
    if found is None or today is None:
        return None
    for days, _ in _DAYS_AGO:
        if found[f"ago{days}"]:
            return found.start(), found.end(), today - timedelta(days=days)
    ago = (today.weekday() - _WEEKDAYS[folded(found["weekday"])]) % 7 or 7
    return found.start(), found.end(), today - timedelta(days=ago)


def _after(text: str, at: int) -> int:
    loose = _AFTER_DAY.match(text, at)
    return loose.end() if loose else at


def _apart(text: str, reading: Reading, titles: TitleIndex) -> Command | None:
    """Read a film whose day stands apart: `je l'ai vu avant-hier: Burning 4/5`, `Burning vorgestern gesehen`."""
    today, led = reading.habits.today, _LED.match(text)
    start = led.end() if led else 0
    cut = cut_title(text, start, len(text), titles)
    if cut is None or cut.film.lower().strip(" ,.!") in NO_TITLES:
        return None
    told = led or _BEHIND.match(text, cut.end)
    day = _day_in(told["day"] or told["first"], 0, today) if told else None
    if told is None or day is None:
        return None
    end = cut.end if led else told.end()
    typed = first_rating(text, start, len(text), reading.scale)
    typed = typed if typed and typed.possible and typed.start >= cut.end else None
    words = f"{text[end : typed.start]} {text[typed.end :]}" if typed else text[end:]
    words, film = " ".join(words.split()).strip(f"{_LOOSE}.!)("), cut.film.rstrip(" .,!…")
    rating = typed.half_stars() if typed else None
    if not (rating or words):
        return MarkTitleCommand(film, "seen")
    return ReviewCommand(film, rating, words, watched_on=day[2], confirm=bool(words))


def statement_abroad(text: str, reading: Reading, titles: TitleIndex) -> Command | None:
    """Read a verb of another language with a known title behind it: a review to be asked about, or a mark.

    All words are kept but the rating. With a day before it, `gestern Heat gesehen` has its verb at the end.
    """
    if apart := _apart(text, reading, titles):
        return apart
    today = reading.habits.today
    day = _day_in(text, 0, today)
    leads = day is not None and day[0] == 0
    at = _after(text, day[1]) if day and leads else 0
    verb = _VERB.match(text, at)
    start = verb.end() if verb else at
    cut = cut_title(text, start, len(text), titles) if verb or leads else None
    if cut is None or cut.film.lower().strip(" ,.!") in NO_TITLES:
        return None
    saw = bool(verb and verb["saw"]) or _PARTICIPLE.match(text, cut.end) is not None
    if not (verb or saw):
        return None
    if not leads:
        day = _day_in(text, cut.end, today) or _day_in(text[:start], 0, today)
    watched_on = day[2] if day else None
    typed = first_rating(text, start, len(text), reading.scale)
    typed = typed if typed and typed.possible and typed.start >= cut.end else None
    said, behind = text, text[cut.end :]
    if typed:
        said = f"{text[: typed.start].rstrip(_LOOSE)} {text[typed.end :].lstrip(_LOOSE)}".strip()
        behind = f"{text[cut.end : typed.start]} {text[typed.end :]}"
    film, rating = cut.film.rstrip(" .,!…"), typed.half_stars() if typed else None
    if saw and _ONLY_SEEN.fullmatch(_DAY.sub("", behind)):
        mark = MarkTitleCommand(film, "seen")
        return ReviewCommand(film, rating, watched_on=watched_on) if rating else mark
    return ReviewCommand(film, rating, said, watched_on=watched_on, confirm=True)
