"""Statements about a film in other languages: `ich fand Amelie super, 5 Sterne`, `j'ai adoré Amélie, 4/5`."""

import re
from datetime import timedelta

from bot.catalogue.titles.index import TitleIndex
from bot.features.picks.commands import MarkTitleCommand
from bot.features.reviews.commands import ReviewCommand
from bot.grammar.ratings import first_rating
from bot.grammar.reading import Reading
from bot.grammar.titles import cut_title
from bot.messages.commands import Command
from bot.plain_talk.titles import NO_TITLES

_FELT = (
    r"(?:ich|wir)\s+(?:fand(?:en)?|finde|lieben?|liebte|mochten?|mag|hassen?|hasste)",
    r"j['’]?\s?(?:ai\s+(?:bien\s+|vraiment\s+|beaucoup\s+|trop\s+)?(?:ador[ée]e?|aim[ée]e?|d[ée]test[ée]e?|trouv[ée]e?)|adore|aime|d[ée]teste)",
    r"(?:me|nos)\s+(?:ha\s+|han\s+)?(?:encant[óo]|encanta|encantado|gust[óo]|gusta|gustado|aburri[óo])|odi[ée]|am[ée]",
    r"(?:ho\s+(?:adorato|amato|odiato|trovato)|mi\s+(?:è|e['’]?)\s+piaciut[oa])",
    r"(?:eu\s+)?(?:adorei|amei|odiei|gostei\s+d[eoa])",
)
_SAW = (
    r"(?:ich|wir)\s+hab(?:en?)?(?:\s+(?:gestern|heute|gerade|endlich))?(?=.*\s(?:gesehen|geschaut|geguckt)(?!\w))",
    r"(?:j['’]\s?ai|on\s+a)\s+(?:enfin\s+)?(?:re)?(?:vu|regard[ée])",
    r"(?:he|hemos)\s+visto|acabo\s+de\s+ver",
    r"(?:ho|abbiamo)\s+visto",
    r"(?:eu\s+)?(?:vi|assisti(?:\s+a[o]?)?)",
)
_VERB = re.compile(
    rf"(?:(?P<felt>{'|'.join(_FELT)})|(?P<saw>{'|'.join(_SAW)}))\s+(?:den\s+film\s+|le\s+film\s+|la\s+pel[íi]cula\s+|il\s+film\s+|o\s+filme\s+)?(?=\S)",
    re.IGNORECASE,
)
_ONLY_SEEN = re.compile(
    r"(?:gestern|heute|gesehen|geschaut|geguckt|hier|aujourd['’]hui|ayer|hoy|ieri|oggi|ontem|hoje|[\s,.;:!–-])*",
    re.IGNORECASE,
)
"""What tells nothing of a film that was seen."""

_YESTERDAY = re.compile(r"(?<!\w)(?:gestern|hier|ayer|ieri|ontem)(?!\w)", re.IGNORECASE)
_LOOSE = " \t,;:–—-"


def statement_abroad(text: str, reading: Reading, titles: TitleIndex) -> Command | None:
    """Read a verb of another language with a known title behind it: a review to be asked about, or a mark.

    All words are kept but the rating.
    """
    verb = _VERB.match(text)
    cut = cut_title(text, verb.end(), len(text), titles) if verb else None
    if verb is None or cut is None or cut.film.lower().strip(" ,.!") in NO_TITLES:
        return None
    typed = first_rating(text, verb.end(), len(text), reading.scale)
    typed = typed if typed and typed.possible and typed.start >= cut.end else None
    said, behind = text, text[cut.end :]
    if typed:
        said = f"{text[: typed.start].rstrip(_LOOSE)} {text[typed.end :].lstrip(_LOOSE)}".strip()
        behind = f"{text[cut.end : typed.start]} {text[typed.end :]}"
    film, rating = cut.film.rstrip(" .,!…"), typed.half_stars() if typed else None
    today = reading.habits.today
    day = today - timedelta(days=1) if today and _YESTERDAY.search(text, cut.end) else None
    if verb["saw"] and _ONLY_SEEN.fullmatch(behind):
        mark = MarkTitleCommand(film, "seen")
        return ReviewCommand(film, rating, watched_on=day) if rating else mark
    return ReviewCommand(film, rating, said, watched_on=day, confirm=True)
