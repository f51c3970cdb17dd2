"""Reading of wishes: from typed words to demands, and to the words that are left to compare.

A wish is read in one pass, the longest phrase first. What the lexicon knows becomes a demand and leaves
the words; years, lengths and people's names are read beside it; fillers are dropped.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.features.picks.lexicon import Entry, lexicon, longest_phrase, phrase_of
from recommender import BaseIndex, Demand
from recommender.text import analyzer

_TOKEN = re.compile(r"[^\s,;.!?()“”\"]+")
_FILLERS = frozenset(
    """a an the some something anything any one film films movie movies flick picture cinema watch to
    for me us tonight today now please good great best nice really very quite bit little that is it's
    of and or but with about i want we want need would like d im in mood on at kind sort type more most
    just maybe can could you give show find pick recommend suggest what should which lets let's see
    from by my our again all time ever tomorrow weekend friday saturday sunday evening night day set who
    have has not-so set""".split()
)
_DECADES = {
    "twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960,
    "seventies": 1970, "eighties": 1980, "nineties": 1990, "noughties": 2000,
}  # fmt: skip
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4}
_YEARS = re.compile(
    r"(?:(?:between|from)\s+)?(?:the\s+)?(?P<first>(?:19|20)\d\d)\s*(?:-|–|to|and|until)\s*(?P<last>(?:19|20)\d\d)"
    r"|(?P<before>before|pre-?|until|up\s+to)\s*(?:the\s+)?(?P<b>(?:19|20)\d\d)s?"
    r"|(?P<after>after|since|post-?)\s*(?:the\s+)?(?P<a>(?:19|20)\d\d)s?"
    r"|(?:from\s+|in\s+|of\s+)?(?:the\s+)?(?P<part>early\s+|mid-?\s*|late\s+)?['’]?(?P<decade>(?:(?:19|20)?\d0)s\b"
    rf"|{'|'.join(_DECADES)})"
    r"|(?:from\s+|of\s+|in\s+)(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    r"(?P<over>over|longer\s+than|more\s+than|at\s+least)\s+(?P<n>\d{1,3}|one|two|three|four)(?P<half>\s+and\s+a\s+half)?"
    r"\s*(?P<unit>hours?|hrs?|h|minutes?|mins?|m)\b"
    r"|(?P<under>under|shorter\s+than|less\s+than|at\s+most|max(?:imum)?|not?\s+(?:over|more\s+than|longer\s+than)|nothing\s+(?:over|longer\s+than))"
    r"\s+(?P<n2>\d{1,3}|one|two|three|four)(?P<half2>\s+and\s+a\s+half)?\s*(?P<unit2>hours?|hrs?|h|minutes?|mins?|m)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b(?P<role>directed\s+by|by\s+director|from\s+director|made\s+by|by|starring|featuring|with|director)\s+",
    re.IGNORECASE,
)
_MOST_NAME_WORDS = 4
_LONGEST_FILM = 9_999


@dataclass(frozen=True, slots=True)
class Understood:
    """One part of a wish that was understood: the words as typed, and what they demand."""

    typed: str
    entry: Entry
    demands: tuple[Demand, ...] = ()
    minutes: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish as it was understood, and the words that are left to be compared with films."""

    parts: tuple[Understood, ...]
    words: str

    @property
    def demands(self) -> tuple[Demand, ...]:
        """All demands, in the order of the words."""
        return tuple(demand for part in self.parts for demand in part.demands)

    @property
    def minutes(self) -> tuple[int, int] | None:
        """The shortest and the longest length that all parts allow."""
        lengths = [part.minutes for part in self.parts if part.minutes]
        if not lengths:
            return None
        return max(low for low, _ in lengths), min(high for _, high in lengths)

    def without(self) -> "Wish":
        """Turn the wish around: what was demanded is ruled out."""
        return replace(self, parts=tuple(_ruled_out(part) for part in self.parts))


def _ruled_out(part: Understood) -> Understood:
    wanted = [each for each in part.demands if not each.excluded]
    terms = (term for each in wanted for term in each.any_of)
    any_of = tuple(dict.fromkeys(part.entry.all or part.entry.any or terms))
    years = next((each.years for each in wanted if each.years), None)
    label = f"{'no' if _is_noun(part) else 'not'} {part.entry.noun or part.typed}"
    if len(part.entry.all) > 1:
        any_of = ()  # of several demands that only together make the notion none can be ruled out alone
    out = Demand(label, any_of, years, excluded=True)
    low, high = part.minutes or (0, 0)
    minutes = None
    if part.minutes:
        minutes = (high + 1, _LONGEST_FILM) if low <= 1 else (0, low - 1)
    return replace(part, demands=(out,) if any_of or years else (), minutes=minutes)


def _is_noun(part: Understood) -> bool:
    """Tell whether the words name a thing (`no violence`) rather than a quality (`not gory`)."""
    return bool(part.entry.noun) or part.typed.endswith(("s", "ce", "re", "sex", "blood", "war"))


def is_wish(text: str) -> bool:
    """Tell whether a whole text, typed in small letters, is a phrase of the lexicon."""
    return text.islower() and phrase_of(text) in lexicon()


def read_wish(text: str, index: BaseIndex, this_year: int) -> Wish:
    """Read a wish. Words in quotes are left alone."""
    taken: list[tuple[int, int, Understood]] = []
    for found, part in (*_spans(_LENGTH, text, _length), *_spans(_YEARS, text, _years)):
        _take(taken, found.start(), found.end(), part)
    for start, end, part in (*_phrases(text, this_year), *_people(text, index)):
        _take(taken, start, end, part)
    taken.sort(key=lambda each: each[0])
    rest, at = [], 0
    for start, end, _ in taken:
        rest.append(text[at:start])
        at = end
    rest.append(text[at:])
    return Wish(tuple(part for _, _, part in taken), _left(" ".join(rest), read=bool(taken)))


def phrase_over(text: str, at: int) -> int | None:
    """Return the end of a lexicon's phrase, or of a length or years, that holds the word at this place."""
    for start, end, _ in _phrases(text, 0):
        if start <= at < end and len(text[start:end].split()) > 1:
            return end
    for form in (_LENGTH, _YEARS):
        for found in form.finditer(text):
            least = form is _LENGTH and found["over"] is not None
            if found.start() < at + least and at < found.end():
                return found.end()
    return None


def _take(taken: list[tuple[int, int, Understood]], start: int, end: int, part: Understood) -> None:
    """Take a part, unless its words are taken; a longer phrase takes the place of shorter ones."""
    over = [each for each in taken if each[0] < end and start < each[1]]
    if any(each[1] - each[0] >= end - start for each in over):
        return
    for each in over:
        taken.remove(each)
    taken.append((start, end, part))


def _left(text: str, *, read: bool) -> str:
    """Return the words that are left, without fillers at their ends and between what was taken."""
    words = text.split()
    kept = [word for word in words if not _is_filler(word)]
    return " ".join(kept if read else words if kept else ())


def _is_filler(word: str) -> bool:
    bare = re.sub(r"[^\w'’-]", "", word).lower().replace("’", "'")
    return not bare or bare in _FILLERS


def _phrases(text: str, this_year: int) -> Iterator[tuple[int, int, Understood]]:
    """Find the lexicon's phrases, the longest at each place."""
    words = [
        (analyzer.stem(word), token.start(), token.end())
        for token in _TOKEN.finditer(text)
        for word in analyzer.words(token[0])
    ]
    at = 0
    while at < len(words):
        for length in range(min(longest_phrase(), len(words) - at), 0, -1):
            entry = lexicon().get(tuple(word for word, _, _ in words[at : at + length]))
            if entry is not None:
                start, end = words[at][1], words[at + length - 1][2]
                yield start, end, _understood(text[start:end], entry, this_year)
                at += length
                break
        else:
            at += 1


def _understood(typed: str, entry: Entry, this_year: int) -> Understood:
    label = entry.noun or entry.label
    demands = [Demand(label, (term,)) for term in entry.all]
    years = entry.years
    if years is not None and years[0] < 0:
        years = (this_year + years[0], this_year + years[1])
    if entry.any:
        joint = years if entry.or_years else None
        demands.append(Demand(label, entry.any, joint, soft=entry.soft))
    if years is not None and not entry.or_years:
        demands.append(Demand(label, years=years, soft=entry.soft))
    if entry.none:
        demands.append(Demand(label, entry.none, excluded=True))
    return Understood(typed, entry, tuple(demands), entry.minutes)


def _spans(
    form: re.Pattern[str], text: str, read: Callable[[re.Match[str]], Understood]
) -> Iterator[tuple[re.Match[str], Understood]]:
    for found in form.finditer(text):
        yield found, read(found)


def _years(found: re.Match[str]) -> Understood:
    if found["first"]:
        first, last = int(found["first"]), int(found["last"])
        label = f"from {first} to {last}"
    elif found["before"]:
        first, last = 0, int(found["b"]) - (0 if found["before"].startswith("u") else 1)
        label = f"before {last + 1}"
    elif found["after"]:
        first, last = int(found["a"]) + (0 if found["after"].lower() == "since" else 1), 9999
        label = f"since {first}"
    elif found["decade"]:
        first, last, label = _decade(
            found["decade"].lower(), (found["part"] or "").lower().strip(" -")
        )
    else:
        first = last = int(found["year"])
        label = f"from {first}"
    return Understood(found[0], Entry(label, kind="after"), (Demand(label, years=(first, last)),))


def _decade(typed: str, part: str) -> tuple[int, int, str]:
    first = _DECADES.get(typed) or int(typed.rstrip("s"))
    if first < 100:
        first += 2000 if first <= 20 else 1900
    low, high = {"early": (0, 3), "mid": (3, 6), "late": (6, 9)}.get(part, (0, 9))
    label = f"from the {part + ' ' if part else ''}{first}s"
    return first + low, first + high, label


def _length(found: re.Match[str]) -> Understood:
    over = found["over"] is not None
    number, half, unit = (
        (found["n"], found["half"], found["unit"])
        if over
        else (found["n2"], found["half2"], found["unit2"])
    )
    count = _NUMBERS.get(number.lower()) or int(number)
    minutes = count * 60 + (30 if half else 0) if unit.lower().startswith("h") else count
    limits = (minutes, _LONGEST_FILM) if over else (1, minutes)
    label = f"{'over' if over else 'under'} {minutes} min"
    return Understood(found[0], Entry(label, kind="after"), (), limits)


def _people(text: str, index: BaseIndex) -> Iterator[tuple[int, int, Understood]]:
    """Find people by role (`by ozu`, `with tilda swinton`), and full names of directors anywhere."""
    for found in _PERSON.finditer(text):
        roles = _roles(found["role"].lower())
        if named := _name_at(text, found.end(), roles, index, surname=True):
            end, names = named
            yield found.start(), end, _person(text[found.start() : end], roles, names)
    for token in _TOKEN.finditer(text):
        roles = ("director", "cast")
        if named := _name_at(text, token.start(), roles, index, surname=False):
            end, names = named
            yield token.start(), end, _person(text[token.start() : end], roles, names)


def _roles(word: str) -> tuple[str, ...]:
    if word in {"starring", "featuring"}:
        return ("cast",)
    return ("cast", "director") if word == "with" else ("director",)


def _name_at(
    text: str, start: int, roles: Sequence[str], index: BaseIndex, *, surname: bool
) -> tuple[int, tuple[str, ...]] | None:
    """Return where a name that begins here ends, and the full names it may be; a surname if allowed."""
    ends = [each.end() for each in _TOKEN.finditer(text, start)][:_MOST_NAME_WORDS]
    for end in reversed(ends):
        name = analyzer.phrase(text[start:end].removesuffix("'s").removesuffix("’s"))
        least = 1 if surname else 2
        if len(name.split()) >= max(least, 2) and any(
            index.term(role, name) >= 0 for role in roles
        ):
            return end, (name,)
    if ends:
        bare = text[start : ends[0]].removesuffix("'s").removesuffix("’s")
        name = analyzer.phrase(bare)
        names = tuple(full for role in roles for full in index.surnames(role).get(name, ()))
        if names and (surname or _is_only_a_name(name, index)):
            return ends[0], names
    return None


def _is_only_a_name(name: str, index: BaseIndex) -> bool:
    """Tell whether a single word is a director's surname and hardly anything else."""
    if len(name) < 3 or not index.surnames("director").get(name):
        return False
    stem = analyzer.stem(name)
    used = any(index.term(field, stem) >= 0 for field in ("theme words", "genre", "title"))
    return not used and (stem,) not in lexicon() and name not in _FILLERS


def _person(typed: str, roles: Sequence[str], names: Sequence[str]) -> Understood:
    label = " or ".join(sorted({_capitalised(name) for name in names})[:2])
    by = "by" if roles == ("director",) else "with"
    terms = tuple((role, name) for role in roles for name in names)
    entry = Entry(f"{by} {label}", kind="after")
    return Understood(typed, entry, (Demand(entry.label, terms),))


def _capitalised(name: str) -> str:
    return " ".join(word.capitalize() for word in name.split())
