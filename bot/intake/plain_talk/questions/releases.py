"""Questions what comes out in a span of days or a country, and when a film does in one country."""

import re
from dataclasses import replace

from bot.catalogue.titles.index import TitleIndex
from bot.domain.films.film import ReleaseKind
from bot.domain.words.patterns import lazy_pattern
from bot.features.films.commands import FilmCommand
from bot.features.releases.commands import ReleasesCommand
from bot.intake.plain_talk.places import releases
from bot.intake.plain_talk.titles import named
from bot.language.grammar.day_spans import is_span

_FILMS = r"(?:films?|movies?|titles|flicks)"
_COMES_OUT = (
    r"(?:(?:is|are|was|were|gets?|got|will\s+be|has\s+been|have\s+been|has|have)\s+)?(?:being\s+)?(?:(?:newly|just)\s+)?"
    r"(?:(?:will\s+)?comes?\s+out|com(?:es|ing|e)(?:\s+out|\s+up)?|came(?:\s+out)?|out|released?|releasing|open(?:s|ing|ed)?|premier(?:es?|ing|ed)|new|starts?|starting|started|hits?|due)"
)
_ASKED = lazy_pattern(
    rf"(?:(?:so|and|ok|hey)\s+)*(?:(?:(?:what|which)(?:\s+(?:(?:good|new)\s+)*{_FILMS})?(?:['’]?s|\s+else\s+is)?|(?:is\s+there|are\s+there|got|do\s+we\s+have)?\s*any(?:thing|\s+{_FILMS}|\s+new\s+{_FILMS})(?:\s+(?:good|new|interesting|nice))*)\s+(?:(?:all|that|which)\s+)?{_COMES_OUT}"
    rf"|anything\s+(?:new|good\s+out)|(?:(?:show|list|give)\s+(?:me\s+|us\s+)?)?(?:(?:the|all|any|new|upcoming|coming|latest|film|movie|cinema)\s+)*(?:releases|openings|premieres|{_FILMS}\s+(?:coming(?:\s+out)?|out|released|that\s+(?:come|came|are\s+coming)\s+out)))(?P<rest>(?:[\s,]+\S.*)?)",
    re.IGNORECASE,
)
"""What asks for releases; days, a country and a kind may follow."""

_PAST = lazy_pattern(
    r"(?<!\w)(?:came|was|were|opened|started|premiered|got(?!\s+any)|has\s+been|have\s+been)(?!\w)",
    re.IGNORECASE,
)
_ONE_NAME = lazy_pattern(
    r"(?:(?:in|on|for|of|over|during|within|by)\s+)?(?:(?:the|this)\s+)?(?P<name>[a-z]+)",
    re.IGNORECASE,
)
"""A month, a day of the week or the weekend, of which the past one is meant where one asks what came out."""

_OWN = lazy_pattern(r"['’]?s$")
_LEADING_DAYS = lazy_pattern(r"(?:this|next)\s+(?:week|weekend|month)(?:['’]?s)?\s+", re.IGNORECASE)
_KINDS = (
    (re.compile(r"(?:(?:in|at|to|into|on\s+at)\s+(?:the\s+)?(?:cinemas?|theat(?:er|re)s?|movies|pictures|big\s+screen)|theatrically)(?=\s|$)", re.IGNORECASE), None),
    (re.compile(r"(?:(?:on|to|for|via)\s+)?(?:streaming|netflix|mubi|prime|digital|vod|demand|stream)(?=\s|$)", re.IGNORECASE), ReleaseKind.DIGITAL),
    (re.compile(r"(?:(?:on|to)\s+)?(?:dvd|blu-?ray|disc)(?=\s|$)", re.IGNORECASE), ReleaseKind.PHYSICAL),
)  # fmt: skip
_FILLER = lazy_pattern(
    r"(?:here|please|pls|then|again|all|so\s+far|yet|worth\s+seeing|exactly)(?=\s|$)", re.IGNORECASE
)
_IN = lazy_pattern(r"(?:in|for|to|over\s+in|across)\s+(?:the\s+)?", re.IGNORECASE)
_MOST_WORDS = 10

_DAY_OF_FILM = lazy_pattern(
    r"(?:(?:so|and|hey|ok)\s+)*(?:(?:when|whn|what\s+day|on\s+what\s+day)(?:['’]?s|\s+(?:does|do|did|is|was|will|are|has|can\s+i\s+see|can\s+we\s+see))?|(?:is|has|was|will|does)|(?:what(?:['’]?s|\s+is)\s+)?(?:the\s+)?release\s+date\s+(?:of|for))\s+"
    r"(?P<film>\S.*?)\s+(?P<verb>(?:be\s+|been\s+|get\s+|going\s+to\s+be\s+|already\s+|finally\s+|also\s+)*(?:com(?:e|es|ing)\s+out|com(?:e|es|ing)|out|released?|open(?:s|ing)?|premiere[sd]?|start(?:s|ing)?|hit(?:s|ting)?|arrive[s]?|in\s+(?:the\s+)?cinemas?)\s+(?:in\s+(?:the\s+)?(?:cinemas?|theat(?:er|re)s?)\s+|to\s+cinemas?\s+)?)?(?:in|to|over\s+in)\s+(?P<place>\S.*?)(?:\s+(?:yet|already|now|too|please|again))*",
    re.IGNORECASE,
)
_DATE_OF_FILM = lazy_pattern(
    r"(?:(?:what(?:['’]?s|\s+is)\s+the\s+)?)(?P<film>\S.*?)\s+release(?:\s+(?:date|day))?\s+(?:(?:in|for)\s+)?(?P<place>\S.*?)",
    re.IGNORECASE,
)
_DATE = lazy_pattern(r"(?:what(?:['’]?s|\s+is)\s+)?(?:the\s+)?release\s+date\s", re.IGNORECASE)
_PEOPLE = lazy_pattern(
    r"(?:(?:and|so)\s+)?(?:(?:we|i|you|u|he|she|they|everyone|everybody|anyone|anybody|who)(?:\s+(?:guys|all|both|two|lot))?|(?P<whose>my|your|our|his|her|their)\s.*)",
    re.IGNORECASE,
)
"""Who comes to a country rather than a film does: `when are you coming to Spain`, `when is my sister coming to France`."""

_RELEASED = lazy_pattern(
    r"(?<!\w)(?:out|release|open|premiere|in\s+(?:the\s+)?cinema)", re.IGNORECASE
)

_MOST_TITLE_WORDS = 8


def releases_asked(line: str, titles: TitleIndex) -> ReleasesCommand | None:
    """Read what comes out in a span of days, with a country and a kind in any order; None for another line."""
    said = line.strip(" ?!.,")
    if titles.is_title(said):
        return None
    ahead = _LEADING_DAYS.match(said)
    found = _ASKED.fullmatch(said[ahead.end() :] if ahead else said)
    if found is None:
        return None
    rest, command = found["rest"].strip(" ,"), ReleasesCommand()
    if ahead:
        rest = f"{rest} {_OWN.sub('', ahead[0].strip())}".strip()
    if not rest or len(rest.split()) > _MOST_WORDS:
        return None
    read = _read_rest(rest, command)
    if read is None or not (read.span or read.kind):
        return None
    one = _ONE_NAME.fullmatch(read.span)
    if one and _PAST.search(said[: len(said) - len(rest)]) and is_span(f"past {one['name']}"):
        return replace(read, span=f"past {one['name']}")
    return read


def _read_rest(rest: str, command: ReleasesCommand) -> ReleasesCommand | None:
    """Take days, kinds and a country off the rest, until nothing is left; None where something is."""
    while rest:
        taken = _taken(rest, command)
        if taken is None:
            return None
        rest, command = taken
    return command


def _taken(rest: str, command: ReleasesCommand) -> tuple[str, ReleasesCommand] | None:
    if filler := _FILLER.match(rest):
        return rest[filler.end() :].strip(" ,"), command
    for form, kind in _KINDS:
        if found := form.match(rest):
            return rest[found.end() :].strip(" ,"), replace(command, kind=kind or command.kind)
    words = list(re.finditer(r"\S+", rest))
    for last in reversed(words):
        part, left = rest[: last.end()].strip(" ,"), rest[last.end() :].strip(" ,")
        if not command.span and is_span(part):
            return left, replace(command, span=part)
        if (
            not command.region
            and (inside := _IN.match(part))
            and (there := releases(part[inside.end() :]))
        ):
            return left, replace(command, region=there.region)
    return None


def day_asked(line: str, titles: TitleIndex) -> FilmCommand | None:
    """Read when a film comes out in one country: `when is Anora out in Germany`; None for another line."""
    said = line.strip(" ?!.,")
    if titles.is_title(said):
        return None
    for form in (_DAY_OF_FILM, _DATE_OF_FILM):
        found = form.fullmatch(said)
        if found is None:
            continue
        there, film = releases(found["place"]), found["film"].strip(" ,")
        known = named(film, titles)
        asks = said.lower().startswith(("wh", "on what"))
        released = form is _DATE_OF_FILM or found["verb"] or _DATE.match(said)
        sure = known and (released or known != film or titles.is_title(film))
        if there is None or not (sure or (asks and released and _may_come_out(film, found))):
            continue
        return FilmCommand(known or film, region=there.region)
    return None


def _may_come_out(film: str, found: re.Match[str]) -> bool:
    """Tell whether an unknown film may be what comes out, rather than somebody who comes."""
    verb = found.groupdict().get("verb")
    people = _PEOPLE.fullmatch(film)
    if people and not (people["whose"] and _RELEASED.search(verb or "release")):
        return False
    return len(film.split()) <= _MOST_TITLE_WORDS
