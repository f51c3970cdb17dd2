"""Negation in moods: `scary but not gory` asks for less of "gory"."""

import re

from bot.grammar.titles import KnownTitles, longest_title, quote_end

_WORD = re.compile(r"\S+")
_NEGATION = re.compile(
    r"(?:(?:and|but|yet)\s+)?(?:(?:that|which)(?:\s+(?:is|are)|['’]s)?\s+)?"
    r"(?P<no>not|no|nothing|never|without|anything\s+but|isn['’]?t|aren['’]?t)\s+"
    r"(?:(?:an?|any|at\s+all|overly|really|so|that|too|very)\s+)*(?=[^\s@])",
    re.IGNORECASE,
)
_NO_NEGATION = re.compile(
    r"(?:not\s+(?:exactly|even|just|necessarily|only)|nothing\s+but"
    r"|never\s+mind|no\s+(?:longer|matter|more\s+than|one))(?!\w)",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    r"(?:black\s+and\s+white|coming\s+of\s+age|(?:black|dark|romantic)\s+comed(?:y|ies)|feel\s+good"
    r"|film\s+noir|sci\s+fi|science\s+fiction|slow\s+burn|true\s+stor(?:y|ies))(?![^\s,;.!?])",
    re.IGNORECASE,
)
"""Descriptions of several words; in all others `not` negates only the first word."""

_PREPOSITIONS = frozenset("about at by for from in on set to with".split())
_NOUN_AHEAD = re.compile(r"\s(?:an?|any)\s", re.IGNORECASE)
_STOPS = _PREPOSITIONS | frozenset(
    "and anything aren't as but if isn't never no nor not or please something that though which without "
    "yet".split()
)
"""Words that end a negated description."""

_LONGEST = 3
_OR = re.compile(r"(?:\s*/\s*|\s+n?or\s+)(?=\S)", re.IGNORECASE)
_OR_AND = re.compile(rf"{_OR.pattern}|\s+(?:and|&)\s+(?=\S)", re.IGNORECASE)
_AFTER = re.compile(r"\.*(?:,?\s+please(?!\w)[.!?]*)?", re.IGNORECASE)
_ENDS = ",;.!?"


def parted(text: str, titles: KnownTitles) -> tuple[str, str]:
    """Split a mood into wanted and unwanted words; titles and quoted text stay whole."""
    kept: list[str] = []
    unwanted: list[str] = []
    at = since = 0
    while word := _WORD.search(text, at):
        at = word.end()
        if quoted := quote_end(text, word.start()):
            at = quoted
        elif place := _unwanted(text, word.start(), titles):
            start, at = place
            kept.append(text[since : word.start()])
            unwanted.append(text[start:at])
            after = _AFTER.match(text, at)
            since = at = after.end() if after else at
    if not unwanted:
        return text, ""
    kept.append(text[since:])
    return " ".join("".join(kept).replace(" ,", ",").split()), ", ".join(unwanted)


def _unwanted(text: str, at: int, titles: KnownTitles) -> tuple[int, int] | None:
    """Return (start, end) of the description that the negation found applies to."""
    found = _NEGATION.match(text, at)
    if not found or _NO_NEGATION.match(text, found.start("no")):
        return None
    no, start = " ".join(found["no"].lower().split()), found.end()
    named = no in {"no", "without", "anything but"} or bool(_NOUN_AHEAD.search(found[0]))
    end = _described(text, start, named=named)
    more = _OR_AND if no == "without" else _OR
    while following := more.match(text, end):
        further = _described(text, following.end(), named=named)
        if further == following.end():
            break
        end = further
    # A title that is longer than the negation is no negation: No Country for Old Men.
    if end == start or longest_title(text, found.start("no"), len(text), titles, end):
        return None
    return start, end


def _described(text: str, start: int, *, named: bool) -> int:
    """Return where a description ends: at a known phrase's end, else after one word."""
    if known := _KNOWN.match(text, start):
        return known.end()
    end, most = start, _LONGEST if named else 1
    for count, word in enumerate(_WORD.finditer(text, start)):
        bare = word[0].rstrip(",;.")
        if count == 0 and bare.lower() in _PREPOSITIONS | {"the"}:
            most = _LONGEST + 1
        elif count == most or bare.lower() in _STOPS or "@" in bare or not bare:
            break
        end = word.start() + len(bare)
        if word[0][-1] in _ENDS:
            break
    return end
