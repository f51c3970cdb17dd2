"""Festivals that a review names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates
from bot.language.critics.text.layout import Page, Span, in_a_line

_FORMS = Templates("bot.language.critics.fields", "festivals.toml")
_OTHER = lazy_pattern(
    r"(?:[A-Z][\w'-]+ ){1,4}(?:Film Festival|Film Fest)\b|Filmfest(?:ival)? [A-Z][\w-]+|Festival (?:international )?du film (?:de |d')[A-Z][\w-]+"
)
_NOT_A_PLACE = lazy_pattern(r"^(?:The|A|This|At|In|Every|Another|International|First|Our|Last) ")


@dataclass(frozen=True, slots=True)
class FestivalMention:
    """Festival named in the text: offset, full name, region if known."""

    start: int
    name: str
    region: str | None


def find_festivals(page: Page) -> tuple[FestivalMention, ...]:
    """Find the festivals that the text names, in order."""
    found = [_mention(match) for match in _known().finditer(page.text)]
    taken = [Span(match.start(), match.end(), "") for match in _known().finditer(page.text)]
    for match in _OTHER.finditer(page.text):
        if not any(span.start < match.end() and match.start() < span.end for span in taken):
            name = match.group()
            while short := _NOT_A_PLACE.match(name):
                name = name[short.end() :]
            if name not in {"Film Festival", "Film Fest"}:
                found.append(FestivalMention(match.start(), name, None))
    return tuple(sorted(found, key=lambda each: each.start))


def _mention(match: re.Match[str]) -> FestivalMention:
    festival = _FORMS.data["festival"][int(str(match.lastgroup)[1:])]
    return FestivalMention(match.start(), festival["name"], festival["region"])


@cache
def _known() -> re.Pattern[str]:
    """Return the pattern of the names in the file, in a group for each festival."""
    groups = (f"(?P<f{at}>{_names(each)})" for at, each in enumerate(_FORMS.data["festival"]))
    return re.compile(in_a_line(rf"(?<!\w)(?:{'|'.join(groups)})(?!\w)"))


def _names(festival: Mapping[str, Any]) -> str:
    names = "|".join(map(_FORMS.read, festival["forms"]))
    after = festival.get("never_after")
    return f"(?<!{after} )(?:{names})" if after else names
