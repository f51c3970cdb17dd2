"""Detection of critics' reviews among long texts."""

import re
from functools import cache

from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates
from bot.language.critics.fields.byline import read_byline
from bot.language.critics.fields.festivals import find_festivals
from bot.language.critics.fields.people import read_people
from bot.language.critics.fields.rating import read_rating
from bot.language.critics.fields.releases import read_releases
from bot.language.critics.text.heading import heading_lines, is_labelled
from bot.language.critics.text.layout import in_a_line, lay_out
from bot.language.critics.text.names import find_names

_WORDS = Templates("bot.language.critics", "detection.toml")
_SHORTEST = 300
"""Characters below which a text counts as a member's own remark."""

_LENGTH = lazy_pattern(r"\b\d{2,3} ?(?:mins?\b|min\.|minutes?\.?$|Min\.|′)", re.MULTILINE)


def looks_like_critique(text: str) -> bool:
    """Tell whether a text has the parts of a critic's review: byline, credits, cast, release.

    Only decides whether to offer to read it so; a member's own long review must not be detected.
    """
    if len(text) < _SHORTEST:
        return False
    page = lay_out(text)
    names = find_names(page)
    bylines = read_byline(page, names)
    releases = read_releases(page, (), ())
    announced = any(written.year for _, written in releases)
    people = read_people(page, names, ())
    played = sum(bool(each.character) for each in people)
    rated = read_rating(page)[0] is not None
    credited = bool(_credits().search(page.text) or (rated and _LENGTH.search(page.text)))
    if not (bylines or credited or (announced and played > 1)):
        return False
    signs = (
        3 * any(each.doubt is None for each in bylines)
        + 2 * bool(bylines)
        + 2 * credited
        + 2 * announced
        + bool(releases)
        + any(is_labelled(line) for line in heading_lines(page))
        + min(played, 3)
        + (len(people) >= 3)
        + bool(find_festivals(page))
        + rated
    )
    talk = len(_first_person().findall(page.text)) * 1000 / len(page.text)
    return signs >= 4 and (talk < 3 or signs >= 7)


@cache
def _credits() -> re.Pattern[str]:
    words = _WORDS.words("credits")
    return re.compile(rf"^[ *_>#]{{0,6}}{words}\b ?[.:]", re.IGNORECASE | re.MULTILINE)


@cache
def _first_person() -> re.Pattern[str]:
    return re.compile(rf"\b{in_a_line(_WORDS.words('first person'))}\b", re.IGNORECASE)
