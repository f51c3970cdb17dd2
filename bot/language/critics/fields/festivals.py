"""Festivals that a review names."""

import re
from dataclasses import dataclass

from bot.language.critics.text.layout import Page, Span


@dataclass(frozen=True, slots=True)
class Festival:
    """Festival: its full name, a pattern of the names that reviews use, the region it is held in."""

    name: str
    pattern: str
    region: str


FESTIVALS = (
    Festival(
        "London Film Festival", r"(?:BFI )?London (?:International )?Film Festival|\bLFF\b", "GB"
    ),
    Festival("BFI Flare", r"BFI Flare", "GB"),
    Festival(
        "Edinburgh International Film Festival",
        r"Edinburgh (?:International )?Film Festival|\bEIFF\b",
        "GB",
    ),
    Festival("Glasgow Film Festival", r"Glasgow Film Festival", "GB"),
    Festival("Sheffield DocFest", r"Sheffield Doc ?Fest", "GB"),
    Festival(
        "Cannes Film Festival",
        r"Cannes|Palme d'[Oo]r|Quinzaine des (?:cinéastes|réalisateurs)|Un Certain Regard",
        "FR",
    ),
    Festival("Annecy International Animation Film Festival", r"Annecy", "FR"),
    Festival("Deauville American Film Festival", r"Deauville", "FR"),
    Festival(
        "Berlin International Film Festival",
        r"Berlinale|Berlin (?:International )?Film Festival|Filmfestspielen? (?:in |von )?Berlin|Festival de Berlin"
        r"|(?:Silver|Golden) Bears?\b[^.\n]{0,30}\bBerlin|(?:Silberne|Goldene)\w? Bär\w*|Ours d'(?:or|argent)",
        "DE",
    ),
    Festival("Filmfest München", r"Filmfest München|Munich (?:International )?Film Festival", "DE"),
    Festival(
        "Venice Film Festival",
        r"Venice (?:International )?Film Festival|Mostra\b|(?:Golden|Silver) Lion|Lion d'(?:or|argent)|Goldene\w? Löwe\w*"
        r"|(?:Filmfestspiele\w? (?:in |von )?|Filmfestival (?:in |von )?)Venedig|(?:premiered?|screened|debuted) (?:at|in) Venice\b",
        "IT",
    ),
    Festival(
        "Toronto International Film Festival",
        r"\bTIFF\b|Toronto (?:International )?Film Festival|Festival (?:international )?du film de Toronto"
        r"|(?:premiered?|screened|debuted) (?:at|in) Toronto\b",
        "CA",
    ),
    Festival(
        "Sundance Film Festival",
        r"(?<!the )Sundance(?! (?:Kid|Institute|Channel|Selects))|the Sundance Film Festival",
        "US",
    ),
    Festival("Telluride Film Festival", r"Telluride", "US"),
    Festival("SXSW Film Festival", r"\bSXSW\b|South by Southwest", "US"),
    Festival("Tribeca Festival", r"Tribeca", "US"),
    Festival("New York Film Festival", r"New York Film Festival|\bNYFF\b", "US"),
    Festival("Locarno Film Festival", r"Locarno", "CH"),
    Festival(
        "International Film Festival Rotterdam",
        r"Rotterdam (?:International )?Film Festival|Film Festival Rotterdam|\bIFFR\b",
        "NL",
    ),
    Festival("San Sebastián International Film Festival", r"San Sebasti[aá]n", "ES"),
    Festival("Karlovy Vary International Film Festival", r"Karlovy Vary", "CZ"),
    Festival("Busan International Film Festival", r"Busan (?:International )?Film Festival", "KR"),
    Festival("Sitges Film Festival", r"Sitges", "ES"),
    Festival("Viennale", r"Viennale", "AT"),
    Festival("Galway Film Fleadh", r"Galway Film Fleadh", "IE"),
)
"""Festivals with short names; others are found by words such as "Film Festival"."""

_ANY = "|".join(f"(?P<f{number}>{each.pattern})" for number, each in enumerate(FESTIVALS))
_KNOWN = re.compile(rf"(?<!\w)(?:{_ANY})(?!\w)")
_OTHER = re.compile(
    r"(?:[A-Z][\w'-]+ ){1,4}(?:Film Festival|Film Fest)\b|Filmfest(?:ival)? [A-Z][\w-]+|Festival (?:international )?du film (?:de |d')[A-Z][\w-]+"
)
_NOT_A_PLACE = re.compile(r"^(?:The|A|This|At|In|Every|Another|International|First|Our|Last) ")


@dataclass(frozen=True, slots=True)
class FestivalMention:
    """Festival named in the text: offset, full name, region if known."""

    start: int
    name: str
    region: str | None


def find_festivals(page: Page) -> tuple[FestivalMention, ...]:
    """Find the festivals that the text names, in order."""
    found = [_known(match) for match in _KNOWN.finditer(page.text)]
    taken = [Span(match.start(), match.end(), "") for match in _KNOWN.finditer(page.text)]
    for match in _OTHER.finditer(page.text):
        if not any(span.start < match.end() and match.start() < span.end for span in taken):
            name = match.group()
            while short := _NOT_A_PLACE.match(name):
                name = name[short.end() :]
            if name not in {"Film Festival", "Film Fest"}:
                found.append(FestivalMention(match.start(), name, None))
    return tuple(sorted(found, key=lambda each: each.start))


def _known(match: re.Match[str]) -> FestivalMention:
    festival = FESTIVALS[int(str(match.lastgroup)[1:])]
    return FestivalMention(match.start(), festival.name, festival.region)
