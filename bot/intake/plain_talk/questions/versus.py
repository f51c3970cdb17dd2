"""Films of which one is to be chosen: `heat or alien?`, `which is better, heat or alien`, `can't decide between heat and alien`."""

import re

from bot.catalogue.titles.index import TitleIndex
from bot.domain.words.patterns import lazy_pattern
from bot.features.choosing.commands import ChooseCommand
from bot.intake.plain_talk.picks import EVERYONE
from bot.intake.plain_talk.titles import NO_TITLES, named
from bot.language.grammar.day_spans import is_span
from bot.language.grammar.time_words import is_time
from bot.language.wishes.reading.wishes import is_wish

_OPENING = lazy_pattern(
    r"(?:(?:so|ok(?:ay)?|hm+|hey|guys|folks|everyone|quick\s+question|question|thoughts|opinions?|poll|vote|help|please|pls|matinee)[\s,:!.–—-]+)*"
    r"(?:(?:(?:(?:what|which)(?:\s+(?:one|film|movie))?\s+)?(?:should|shall|can|could|would|do|might|did)\s+(?P<we>we|i|you|u|they|people|the\s+club|everyone|most\s+people)\s+(?:all\s+)?(?:rather\s+|really\s+)?(?:watch|see|pick|choose|take|go\s+(?:for|with|and\s+see)|do|prefer|like(?:\s+(?:more|better))?|recommend|have|suggest|think)(?:\s+(?:it\s+be|of|is\s+better))?"
    r"|(?P<we2>we|i)\s+(?:could|can|might|may)\s+(?:watch|see)|(?:rather|better|watch|see|choose|pick)"
    r"|(?:what|which)(?:\s+(?:one|film|movie|of\s+(?:these|those|them|the\s+two)))?(?:['’]?s|\s+is|\s+was|\s+are)?\s+(?:the\s+)?(?:better|best|nicer|funnier|shorter|longer|scarier|preferable|more\s+\w+|to\s+(?:watch|see))"
    r"|(?:(?:i|we)\s+)?(?:(?:can['’]?t|cannot|can\s+not|couldn['’]?t|could\s+not|don['’]?t\s+know\s+how\s+to)\s+(?:decide|choose|pick)|(?:i['’]?m\s+|we['’]?re\s+)?torn|undecided|wavering|hesitating)(?:\s+between)?"
    r"|(?:help\s+(?:me|us)\s+)?(?:to\s+)?(?:choose|decide|pick)(?:\s+between|\s+from)?|compare|it['’]?s\s+between|between|(?:is|was)(?=\s))"
    r"(?:\s+(?:for\s+)?(?:tonight|tomorrow|today|first|next|(?:for|on|this)\s+\w+(?:\s+(?:night|evening))?))?[\s,:–—-]+)?",
    re.IGNORECASE,
)
"""What asks for a choice before the titles."""

_CLOSING = lazy_pattern(
    r"(?:[\s,;:.!?–—-]+(?:(?:for\s+|on\s+|this\s+)?(?:tonight|tomorrow|today|(?:mon|tues|wednes|thurs|fri|satur|sun)day|weekend|film\s?night|movie\s?night)(?:\s+(?:night|evening))?|for\s+(?:us|me|all\s+of\s+us|everyone)"
    r"|(?:which|what)(?:\s+(?:one|film|movie))?(?:\s+(?:do|would|should|shall|can|is|was|did)\s+(?:you|u|we|i|the|they|it|people|club|everyone)?\s*(?:all\s+)?(?:think|prefer|pick|choose|watch|see|say|recommend|like|take|go\s+for|better|best|rather)?(?:\s+(?:is\s+)?(?:better|best|more|of))?)?"
    r"|what\s+(?:do|would)\s+(?:you|u)\s+(?:think|say|reckon|recommend)|any\s+(?:thoughts|opinions?|preference)s?|thoughts|opinions?|help(?:\s+(?:me|us))?(?:\s+(?:choose|decide|pick))?|you\s+(?:choose|decide|pick)|first|anyone|guys|folks|(?:is|was)\s+better|please|pls|then|instead|who\s+knows))+[\s?!.]*$",
    re.IGNORECASE,
)
_JOINT = lazy_pattern(
    r"\s*(?:,\s*(?:or|oder|ou|o)\s|,|\s(?:or|vs\.?|versus|oder|ou|o|better\s+than|worse\s+than|rather\s+than|or\s+rather|or\s+maybe|/)\s)\s*",
    re.IGNORECASE,
)
_OR = lazy_pattern(
    r"\s(?:or|vs\.?|versus|oder|ou|o|than)\s|\bbetween\b|\bcompare\b|\btorn\b", re.IGNORECASE
)
_AND = lazy_pattern(r"\s*(?:,|\s(?:and|&|und|et|y|e|to|with|or|vs\.?|versus)\s)\s*", re.IGNORECASE)
"""What joins films of which one is to be chosen; after `between` and `compare` an `and` does."""

_CHOOSES = lazy_pattern(r"between|compare|torn|decide|choose", re.IGNORECASE)
"""What is said before films that an `and` may join."""

_FOR_US = lazy_pattern(r"\sfor\s+(?:us|all\s+of\s+us|everyone)(?!\w)", re.IGNORECASE)
_ENDS = " \t,;:.!?…"
_MOST = 5
_HOUR = lazy_pattern(r"\d{1,2}")


def versus(line: str, titles: TitleIndex) -> ChooseCommand | None:
    """Read a choice between known films; None for another line."""
    said = line.strip(_ENDS)
    if not _OR.search(said) or titles.is_title(said):
        return None
    opened = _OPENING.match(said)
    for start in dict.fromkeys((opened.end() if opened else 0, 0)):
        asked = said[start:]
        joint = _AND if _CHOOSES.search(said[:start]) else _JOINT
        for text in dict.fromkeys((asked, _CLOSING.sub("", asked))):
            if films := _films(text.strip(_ENDS), joint, titles, asks=start > 0):
                ours = (opened and start and _says_we(opened)) or _FOR_US.search(said)
                return ChooseCommand(films[0], films[1:], EVERYONE if ours else ())
    return None


def _says_we(opened: re.Match[str]) -> bool:
    """Tell whether it is asked what several should watch: `should we watch`."""
    return (opened["we"] or opened["we2"] or "").lower() in {"we", "us"}


def _films(text: str, joint: re.Pattern[str], titles: TitleIndex, *, asks: bool) -> tuple[str, ...]:
    """Return the films that a text is made of; none where a part is no title, or all are words of wishes."""
    parts = [each.strip(_ENDS) for each in joint.split(text)]
    if not 2 <= len(parts) <= _MOST or not all(parts):
        return ()
    films = [named(each, titles) for each in parts]
    sure = any(film and not _is_when(each) for film, each in zip(films, parts, strict=True))
    if not (sure or (asks and all(map(is_wish, parts)))):
        return ()
    films = [
        film or (each if _may_be_film(each, titles) else None)
        for film, each in zip(films, parts, strict=True)
    ]
    found = tuple(dict.fromkeys(film for film in films if film))
    return found if all(films) else ()


def _is_when(part: str) -> bool:
    """Tell whether a part is a day or an hour, too, of which one may be chosen: `8 or 9?`, `saturday or sunday?`."""
    return bool(_HOUR.fullmatch(part)) or is_time(part) or (is_span(part) and not part.isdigit())


def _may_be_film(part: str, titles: TitleIndex) -> bool:
    """Tell whether a part that has another meaning, too, is a film beside one that has none: `heat or It`."""
    return part not in NO_TITLES and titles.is_title(part)
