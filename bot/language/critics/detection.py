"""Detection of critics' reviews among long texts."""

import re

from bot.language.critics.fields.byline import read_byline
from bot.language.critics.fields.festivals import find_festivals
from bot.language.critics.fields.people import read_people
from bot.language.critics.fields.rating import read_rating
from bot.language.critics.fields.releases import read_releases
from bot.language.critics.text.heading import heading_lines, is_labelled
from bot.language.critics.text.layout import lay_out
from bot.language.critics.text.names import find_names

_SHORTEST = 300
"""Characters below which a text counts as a member's own remark."""

_CREDITS = re.compile(
    r"^[ *_>#]{0,6}(?:dir(?:ector|ected by)?|regie|réalisation|cast|starring|with|mit|avec|besetzung)\b ?[.:]",
    re.IGNORECASE | re.MULTILINE,
)
_LENGTH = re.compile(r"\b\d{2,3} ?(?:mins?\b|min\.|minutes?\.?$|Min\.|′)", re.MULTILINE)
_FIRST_PERSON = re.compile(
    r"\b(?:i (?:saw|watched|went|cried|loved|liked|gave|finally|thought|think|know|rang|ate|was|wasn't|still|really|just|get|"
    r"got|had|did|don't|can't|couldn't|wanted)|i'(?:m|ve|d|ll)|my (?:mum|dad|mate|friend|boyfriend|girlfriend|"
    r"husband|wife|sister|brother|partner|honest|problem)|we're|you lot|"
    r"j'ai|je (?:crois|trouve|mets|suis)|ma fille|mon fils|ich (?:habe|hab|fand|muss|war|finde)|meine? (?:freund\w*|frau|mann|mutter))\b",
    re.IGNORECASE,
)


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
    credited = bool(_CREDITS.search(page.text) or (rated and _LENGTH.search(page.text)))
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
    talk = len(_FIRST_PERSON.findall(page.text)) * 1000 / len(page.text)
    return signs >= 4 and (talk < 3 or signs >= 7)
