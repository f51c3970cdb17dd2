"""Sentence splitter for several languages, without a model."""

import re

_END = re.compile(
    r"""
    [.!?…。！？｡।۔؟\n](?:  # marks first: the search skips from one to the next
        (?<=[.!?…])[.!?…]*["'”’»)\]]*(?=\s|$)
        |(?<=[。！？｡])[。！？｡]*[」』”’）]*
        |(?<=[।۔؟])[।۔؟]*
        |(?<=\n)(?:\s*\n|\s*[-*•]\s|)
    )
    """,
    re.VERBOSE,
)
_LETTER = re.compile(r"[^\W_]")
_TITLES = frozenset(
    {"mr", "mrs", "ms", "dr", "prof", "st", "mme", "mlle", "sig", "sra", "vs", "feat", "dir"}
)
_SHORT_FORMS = frozenset(
    {"etc", "e.g", "i.e", "eg", "ie", "cf", "no", "nr", "vol", "ca", "bzw", "z.b", "d.h", "u.a"}
    | {"jr", "sr", "approx", "min", "max", "u.s", "u.k", "a.k.a", "p.s"}
)
_OPENERS = "\"'“‘«(["


def sentences(text: str) -> list[str]:
    """Split a text into sentences, each unchanged but for white space."""
    found, start = [], 0
    for match in _END.finditer(text):
        if _continues(text, start, match):
            continue
        found.append(text[start : match.end()])
        start = match.end()
    found.append(text[start:])
    return [tidy for part in found if _LETTER.search(tidy := " ".join(part.split()).lstrip("-*• "))]


def _continues(text: str, start: int, match: re.Match[str]) -> bool:
    """Tell whether a mark ends an abbreviation, an initial or a pause, not a sentence."""
    mark = match.group().strip()
    if mark in {"…", "..", "..."}:
        return _next_is_lower(text, match.end())
    if mark != ".":
        return False
    before = text[start : match.start()].rsplit(maxsplit=1)
    last = before[-1].lstrip(_OPENERS) if before else ""
    if last.lower() in _SHORT_FORMS:
        return _next_is_lower(text, match.end())
    return last.lower() in _TITLES or (len(last) == 1 and last.isupper() and last != "I")


def _next_is_lower(text: str, place: int) -> bool:
    rest = text[place : place + 40].lstrip().lstrip(_OPENERS)
    return bool(rest) and rest[0].islower()
