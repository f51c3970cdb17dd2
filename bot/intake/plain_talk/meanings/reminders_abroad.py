"""Reminders in other languages: the words of time behind a title, said in English."""

import re

from bot.catalogue.titles.index import TitleIndex
from bot.domain.words.day_names import WEEKDAYS, weekday_words
from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.text import folded
from bot.intake.plain_talk.meanings.reminders import reminder
from bot.language.grammar.reading import Reading
from bot.language.grammar.titles import cut_title
from bot.messages.commands import Command

_WEEKDAYS = weekday_words("de", "fr", "es", "it", "pt")
_WEEKDAY = lazy_pattern(rf"(?<!\w)(?:{'|'.join(_WEEKDAYS)})(?!\w)", re.IGNORECASE)
_DAYS = (
    ("tonight", "heute abend|ce soir|esta noche|stasera|hoje à noite"),
    ("tomorrow", "morgen|demain|mañana|manana|domani|amanhã|amanha"),
    ("today", "heute|aujourd['’]hui|hoy|oggi|hoje"),
    ("on", "am|le|el|il"),
)
_WORDS = tuple(
    (english, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)) for english, words in _DAYS
)
_CLOCK = lazy_pattern(
    r"(?<!\w)(?:um|à|a\s+las|alle|às)\s+(?P<hour>\d{1,2})(?:\s?[:.h]\s?(?P<minute>\d{2}))?(?:\s?(?:uhr|h|heures?|horas?))?(?!\w)",
    re.IGNORECASE,
)


def reminder_abroad(said: str, titles: TitleIndex, reading: Reading) -> Command:
    """Read what follows `erinnere mich an`, as `reminder` does; only words behind a title are of time."""
    cut = cut_title(said, 0, len(said), titles)
    at = cut.end if cut else 0
    when = _CLOCK.sub(lambda clock: f"at {clock['hour']}:{clock['minute'] or '00'}", said[at:])
    when = _WEEKDAY.sub(lambda day: WEEKDAYS[_WEEKDAYS[folded(day[0])]].lower(), when)
    for english, words in _WORDS:
        when = words.sub(english, when)
    return reminder(f"{said[:at]}{when}", titles, reading)
