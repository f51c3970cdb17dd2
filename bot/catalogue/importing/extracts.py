"""Directors and year of a film, read in the opening sentences of an encyclopedia."""

import re
from collections.abc import Iterator

_INITIALS = r"(?:[A-ZÀ-ÖØ-Þ]\.-?){1,3}"
_WORD = r"(?!(?:Jr|Sr)\b)(?:St\. )?(?:(?:[dDlL]|O)['’])?[A-ZÀ-ÖØ-ÞĀ-Ž](?:[\w'’\-]*\w)?"
_PARTICLE = (
    r"(?:(?:de|del|della|der|di|du|da|dos|das|den|la|le|van|von|ten|ter|el|bin|ibn|y|zu) ){0,2}"
)
_NICKNAME = r"(?:[\"“'‘(][\w .'’\-]{1,20}[\"”'’)] )?"
_SUFFIX = r"(?:,? (?:Jr|Sr)\b\.?|,? (?:II|III|IV)\b)?"
_PART = rf"(?:{_INITIALS}|{_WORD})"
_NAME = rf"{_PART}(?: {_PARTICLE}{_NICKNAME}{_PART}){{0,4}}{_SUFFIX}"

# Words that may come before a name: "first-time director", "the brothers", "Brazilian filmmaker".
_NATIONALITIES = (
    "American|Argentine|Australian|Austrian|Belgian|Brazilian|British|Canadian|Chilean|Chinese|"
    "Colombian|Cuban|Czech|Danish|Dutch|English|Finnish|French|German|Greek|Hungarian|Icelandic|"
    "Indian|Iranian|Irish|Israeli|Italian|Japanese|Korean|Mexican|Norwegian|Polish|Romanian|"
    "Russian|Scottish|Serbian|Spanish|Swedish|Swiss|Turkish|Ukrainian|Welsh"
)
_FROM = (
    rf"(?:{_NATIONALITIES})(?:-[A-Za-z]\w+)?|[A-Z]\w+-(?:born|winning)|[A-Z][a-z]+(?:ian|ese|ish)(?= [a-z])"
    r"|(?:Disney|Broadway|Hollywood|MTV|Pixar)(?= [a-z])"
)
_NOT_BEFORE = "about|as|based|for|from|in|of|on|produced|released|starring|starred|who|with|written"
_BEFORE = rf"(?:(?:(?!(?:{_NOT_BEFORE})\b)[a-z][\w/'’\-]*|{_FROM}),? ){{0,6}}"
_BESIDE = (
    r"(?:(?:his|her|fellow|the|newcomer|newcomers|brother|brothers|sister|wife|husband|then|and|"
    r"filmmaker|director|co-director|actor|actress|documentarian|animator|uncredited|by) ){0,3}"
)
_CRAFT = (
    r"(?:co-)?(?:written|wrote|produced|edited|scored|narrated|created|composed|animated|designed|"
    r"filmed|shot|photographed|executive produced|starring|conceived|adapted|hosted|supervised)"
)
_CRAFTS = rf"(?:,? ?(?:and |& )?{_CRAFT}(?: in part)?)*"
_AND = r"(?:,? and |,? & )"
_NAMES = (
    rf"{_BEFORE}{_NAME}(?:(?:, {_NAME}){{0,6}}{_AND}{_BESIDE}{_NAME}(?! stars?\b)| [Bb]rothers)?"
)

_DIRECTED = re.compile(
    rf"(?<!sequences were )(?<!same name )\b(?:co-?)?directed{_CRAFTS}(?: jointly| entirely| solely)? "
    rf"by (?P<names>{_NAMES})"
)
_AND_STARRING = re.compile(
    rf"\b(?:co-?)?directed{_CRAFTS} by,?(?: and| &) (?:co-?)?(?:starring|starred|featuring|stars) "
    rf"(?P<names>{_BEFORE}{_NAME})"
)
_DEBUT = re.compile(
    r"\b(?:directorial|directing)(?: feature| film){0,2} debut (?:of|for|by) "
    rf"(?P<names>{_BEFORE}{_NAME})"
)
_FORMS = (_DIRECTED, _AND_STARRING, _DEBUT)
_LEADING = re.compile(rf"^(?:and )?{_BEFORE}")
_SUFFIXES = re.compile(r",? (Jr|Sr|II|III|IV)\b(\.?)")
_NOT_NAMES = frozenset("The A An In It Its His Her This That He She They Based Starring".split())
_CHIEF = frozenset({"Director", "Directors", "Filmmaker", "The", "Mr.", "Although", "When", "And"})

_YEAR_SAID = re.compile(
    r"\b(?:is|was|are|were)(?: the| an?)?(?: [\w'’.\-]+,?){0,4}? (?P<year>(?:18|19|20)\d\d)\b"
)
_OPENING = 400


def directors_of(extract: str) -> tuple[str, ...]:
    """Return the directors that the text names, in its order."""
    text = " ".join(extract.split())
    lowered = text.replace("Directed", "directed").replace("Co-directed", "co-directed")
    matches = [found for form in _FORMS if (found := form.search(lowered))]
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
    names = [_LEADING.sub("", part).strip(" ,") for part in parts]
    names = [name for name in names if name[:1].isupper() and name.split()[0] not in _NOT_NAMES]
    for place, name in enumerate(names):
        following = names[place + 1].split() if place + 1 < len(names) else []
        shared = " " not in name and len(following) > 1
        yield f"{name} {following[-1]}" if shared else re.sub(r"['’]s$", "", name)


def _whole(name: str, text: str) -> str:
    """Complete a name given by its last part, where the text has the whole name elsewhere."""
    if " " in name:
        return name
    pattern = rf"\b((?:{_PART} ){{1,2}}{_PARTICLE}{re.escape(name)})\b"
    wholes = (found[1] for found in re.finditer(pattern, text))
    return next((each for each in wholes if each.split()[0] not in _CHIEF), name)
