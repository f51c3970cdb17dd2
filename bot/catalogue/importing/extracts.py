"""Directors and year of a film, read in the opening sentences of an encyclopedia."""

import re
from collections.abc import Iterator
from functools import cache

from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates

_WORDS = Templates("bot.catalogue.importing", "extracts.toml")
_INITIALS = r"(?:[A-ZÀ-ÖØ-Þ]\.-?){1,3}"
_WORD = r"(?!(?:Jr|Sr)\b)(?:St\. )?(?:(?:[dDlL]|O)['’])?[A-ZÀ-ÖØ-ÞĀ-Ž](?:[\w'’\-]*\w)?"
_NICKNAME = r"(?:[\"“'‘(][\w .'’\-]{1,20}[\"”'’)] )?"
_SUFFIX = r"(?:,? (?:Jr|Sr)\b\.?|,? (?:II|III|IV)\b)?"
_PART = rf"(?:{_INITIALS}|{_WORD})"
_SUFFIXES = lazy_pattern(r",? (Jr|Sr|II|III|IV)\b(\.?)")
_NOT_NAMES = frozenset("The A An In It Its His Her This That He She They Based Starring".split())
_CHIEF = frozenset({"Director", "Directors", "Filmmaker", "The", "Mr.", "Although", "When", "And"})

_YEAR_SAID = lazy_pattern(
    r"\b(?:is|was|are|were)(?: the| an?)?(?: [\w'’.\-]+,?){0,4}? (?P<year>(?:18|19|20)\d\d)\b"
)
_OPENING = 400


def directors_of(extract: str) -> tuple[str, ...]:
    """Return the directors that the text names, in its order."""
    text = " ".join(extract.split())
    lowered = text.replace("Directed", "directed").replace("Co-directed", "co-directed")
    matches = [found for form in _forms() if (found := form.search(lowered))]
    if not matches:
        return ()
    first = min(matches, key=lambda found: found.start())
    names = (_whole(name, text) for name in _parted(first["names"]))
    return tuple(dict.fromkeys(name for name in names if name))


def year_said(extract: str) -> int | None:
    """Return the year that the first sentence gives: "is a 2009 American drama"."""
    found = _YEAR_SAID.search(extract[:_OPENING])
    return int(found["year"]) if found else None


def _parted(listed: str) -> Iterator[str]:
    """Split a list of names; "Michael and Peter Spierig" share the family name."""
    # The comma before "Jr." separates no names.
    parts = re.split(r",? and |,? & |, ", _SUFFIXES.sub(r" \1\2", listed))
    names = [_leading().sub("", part).strip(" ,") for part in parts]
    names = [name for name in names if name[:1].isupper() and name.split()[0] not in _NOT_NAMES]
    for place, name in enumerate(names):
        following = names[place + 1].split() if place + 1 < len(names) else []
        shared = " " not in name and len(following) > 1
        yield f"{name} {following[-1]}" if shared else re.sub(r"['’]s$", "", name)


def _whole(name: str, text: str) -> str:
    """Complete a name given by its last part, where the text has the whole name elsewhere."""
    if " " in name:
        return name
    pattern = rf"\b((?:{_PART} ){{1,2}}{_particles()}{re.escape(name)})\b"
    wholes = (found[1] for found in re.finditer(pattern, text))
    return next((each for each in wholes if each.split()[0] not in _CHIEF), name)


def _particles() -> str:
    return rf"(?:{_WORDS.words('particle')} ){{0,2}}"


def _name() -> str:
    return rf"{_PART}(?: {_particles()}{_NICKNAME}{_PART}){{0,4}}{_SUFFIX}"


def _before() -> str:
    """Return words that may come before a name: "first-time director", "the brothers", "Brazilian filmmaker"."""
    small = rf"(?!{_WORDS.words('not before a name')}\b)[a-z][\w/'’\-]*"
    origin = (
        rf"{_WORDS.words('nationality')}(?:-[A-Za-z]\w+)?|[A-Z]\w+-(?:born|winning)"
        rf"|[A-Z][a-z]+(?:ian|ese|ish)(?= [a-z])|{_WORDS.words('company')}(?= [a-z])"
    )
    return rf"(?:(?:{small}|{origin}),? ){{0,6}}"


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(rf"^(?:and )?{_before()}")


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """Return the forms of sentences that name directors."""
    name, before, beside = _name(), _before(), rf"(?:{_WORDS.words('beside')} ){{0,3}}"
    more = rf"(?:, {name}){{0,6}}(?:,? and |,? & ){beside}{name}(?! stars?\b)"
    names = rf"{before}{name}(?:{more}| [Bb]rothers)?"
    crafts = rf"(?:,? ?(?:and |& )?(?:co-)?{_WORDS.words('craft')}(?: in part)?)*"
    directed = rf"\b(?:co-?)?directed{crafts}"
    return (
        re.compile(
            rf"(?<!sequences were )(?<!same name ){directed}(?: jointly| entirely| solely)? by (?P<names>{names})"
        ),
        re.compile(
            rf"{directed} by,?(?: and| &) (?:co-?)?(?:starring|starred|featuring|stars) (?P<names>{before}{name})"
        ),
        re.compile(
            r"\b(?:directorial|directing)(?: feature| film){0,2} debut (?:of|for|by) "
            rf"(?P<names>{before}{name})"
        ),
    )
