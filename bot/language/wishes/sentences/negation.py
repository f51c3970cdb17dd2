"""Negation in wishes: `scary but not gory` rules out what "gory" asks for."""

import re
from functools import cache

from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates
from bot.language.grammar.titles import KnownTitles, longest_title, quote_end
from bot.language.wishes.lexicon.notions import fillers
from bot.language.wishes.lexicon.tokens import tokens_of
from bot.language.wishes.reading.wishes import phrase_from
from bot.language.wishes.sentences.seen_by import seen_by_clause

_WORD = lazy_pattern(r"\S+")
_NO = Templates("bot.language.wishes.sentences", "templates/negation.toml", {"digit": r"\d"})
_MINUS = lazy_pattern(r"(?<!\S)[-–−!](?=[^\W\d_]{3,})")
"""A sign before a word, as searches have it: `horror -gore`."""

_IN_A_STYLE = lazy_pattern(
    r"(?:[^\s,;.!?]+\s+){0,2}?[^\s,;.!?]+[\s-]+(?:style|level|levels\s+of|type|grade|esque)\s+(?=\w)",
    re.IGNORECASE,
)
"""What stands before a quality as somebody else's: `not squid game style violence`."""

_PREPOSITIONS = frozenset("about at by for from in on set to with".split())
_LISTS = frozenset("outside without ohne sans sin senza sem hate hates".split())
_NOUNS = _LISTS | frozenset("no keine kein keinen anything".split())
_NOUN_AHEAD = lazy_pattern(r"\s(?:an?|any)\s", re.IGNORECASE)
_STOPS = _PREPOSITIONS | frozenset(
    "and anything aren't my our as but if isn't never no nor not or please something that though which without "
    "yet so tonight today thanks lol tho aber mais pero ma".split()
)
"""Words that end a negated description."""

_LONGEST = 3
_DOING = lazy_pattern(
    r"\s+(?!being\s)[a-z]{3,}ing(?:\s+(?:people|each\s+other|everyone|themselves|things))?(?![a-z])",
    re.IGNORECASE,
)
"""What those do who are ruled out: `no robots killing people`."""

_OR = lazy_pattern(r"(?:\s*/\s*|\s+n?or\s+|\s+oder\s+|\s+ou\s+|\s+o\s+)(?=\S)", re.IGNORECASE)
_OR_AND = lazy_pattern(rf"{_OR.pattern}|\s+(?:and|&|n|und|et|y|e)\s+(?=\S)", re.IGNORECASE)
_AGAIN = lazy_pattern(r"(?:no|not|too|any|very|so|anything)\s+", re.IGNORECASE)
_AFTER = lazy_pattern(r"\.*(?:,?\s+please(?!\w)[.!?]*)?", re.IGNORECASE)
_ENDS = ",;.!?"


@cache
def _negation() -> re.Pattern[str]:
    """Return the pattern of a negation and what stands between it and what it rules out."""
    leading = rf"(?:{_NO.words('leading')}\s+)*(?:{_NO.words('that_is')}\s+)?"
    no = rf"{_NO.words('no')}|(?P<does>{_NO.words('does_not')})|{_NO.words('no_abroad')}"
    return re.compile(
        rf"{leading}(?P<no>{no})\s+(?:{_NO.words('before_what')}\s+)*(?=[^\s@])", re.IGNORECASE
    )


@cache
def _verb() -> re.Pattern[str]:
    """Return the pattern of what stands between `won't` and what a film is not to be: `won't leave me feeling bleak`."""
    return re.compile(rf"(?:{_NO.words('verb')}\s+)?(?:{_NO.words('whom')}\s+)*", re.IGNORECASE)


def parted(text: str, titles: KnownTitles) -> tuple[str, str]:
    """Split a mood into wanted and unwanted words; titles and quoted text stay whole."""
    text = _NO["outside"].sub("outside from", _MINUS.sub("no ", text))
    kept: list[str] = []
    unwanted: list[str] = []
    at = since = 0
    while word := _WORD.search(text, at):
        at = word.end()
        if quoted := quote_end(text, word.start()):
            at = quoted
        elif place := _unwanted(text, word.start(), titles):
            start, at = place
            if start < 0:
                continue
            kept.append(text[since : word.start()])
            unwanted.append(text[start:at])
            after = _AFTER.match(text, at)
            since = at = after.end() if after else at
    if not unwanted:
        return text, ""
    kept.append(text[since:])
    return " ".join("".join(kept).replace(" ,", ",").split()), ", ".join(unwanted)


def _unwanted(text: str, at: int, titles: KnownTitles) -> tuple[int, int] | None:
    """Return (start, end) of the description that the negation found applies to.

    A phrase that begins with a negation, as `not too long`, is none: then start is -1.
    """
    found = _negation().match(text, at)
    if not found or _NO["no_negation"].match(text, found.start("no")):
        return None
    no, start = " ".join(found["no"].lower().split()), found.end()
    if seen := seen_by_clause().match(text, found.start("no")):
        return -1, seen.end()
    whole = phrase_from(text, found.start("no"))
    longer = phrase_from(text, start) if whole else None  # `not slow burn` is not `not slow`
    if whole and whole > found.end("no") + 1 and not (longer and longer > whole):
        return -1, whole
    if found["does"] and (start := _after_verb(text, start)) < 0:
        return None
    named = no.split()[0] in _NOUNS or bool(_NOUN_AHEAD.search(found[0]))
    end = _described(text, start, named=named)
    title = _title(text, start, end, titles)
    end = max(end, title)
    more = _OR_AND if no.split()[0] in _LISTS else _OR
    while True:
        goes_on = more.match(text, end)
        # After a title, `and` goes on only with another title.
        following = goes_on or (_OR_AND.match(text, end) if title else None)
        if not following:
            break
        again = _AGAIN.match(text, following.end())
        begin = again.end() if again else following.end()
        further = _described(text, begin, named=named) if goes_on else begin
        title = _title(text, begin, further, titles)
        if max(further, title) == begin:
            break
        end = title or further
    # A title that is longer than the negation is no negation: No Country for Old Men.
    if end == start or longest_title(text, found.start("no"), len(text), titles, end):
        return None
    return start, end


def _after_verb(text: str, at: int) -> int:
    """Return where a known phrase begins that a verb is denied of: `won't make me cry`; -1 without one."""
    verb = _verb().match(text, at)
    places = (at, verb.end()) if verb else (at,)
    return next((each for each in places if phrase_from(text, each)), -1)


def _title(text: str, start: int, end: int, titles: KnownTitles) -> int:
    """Return where a title of several words that is ruled out ends, if it goes beyond `end`: `not star wars`."""
    title = longest_title(text, start, len(text), titles, end)
    return title if title and " " in text[start:title].strip() else 0


def _described(text: str, start: int, *, named: bool) -> int:
    """Return where a description ends, with what those do who are described."""
    end = _plainly_described(text, start, named=named)
    doing = _DOING.match(text, end) if end > start else None
    return doing.end() if doing else end


def _plainly_described(text: str, start: int, *, named: bool) -> int:
    """Return where a description ends: with what the lexicon knows there, else after a few words."""
    style = _IN_A_STYLE.match(text, start)
    if style and (known := phrase_from(text, style.end())):
        return known
    if known := _known(text, start, several=named):
        return known
    end, most = start, _LONGEST if named else 1
    for count, word in enumerate(_WORD.finditer(text, start)):
        bare = word[0].rstrip(",;.")
        if count == 0 and bare.lower() in _PREPOSITIONS | {"the"}:
            most = _LONGEST + 1
        elif bare.lower() in _STOPS or "@" in bare or not bare or _is_over(bare, count, most):
            break
        elif count and phrase_from(text, word.start()):
            return _known(text, word.start(), several=named) or end
        end = word.start() + len(bare)
        if word[0][-1] in _ENDS:
            break
    return end


def _is_over(word: str, count: int, most: int) -> bool:
    """Tell whether a description has enough words; one that says nothing else may end a name: `harry potter`."""
    if count < most:
        return False
    return count >= _LONGEST or any(each.word in fillers() for each in tokens_of(word))


def _known(text: str, start: int, *, several: bool) -> int | None:
    """Return the end of the phrase of the lexicon here; of `several` that follow each other."""
    end = None
    at = start
    while further := phrase_from(text, at):
        end = further
        kind = _NO["kind"].match(text, end)
        end = kind.end() if kind else end
        following = _WORD.search(text, end)
        if text[end : end + 1] in _ENDS and text[end : end + 1]:
            break
        if not several or not following or following[0].lower() in _STOPS:
            break
        at = following.start()
    return end
