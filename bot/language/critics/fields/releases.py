"""Releases that a text announces: region, kind and day, as far as the text states them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from bot.domain.films.film import Film, ReleaseKind
from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates
from bot.language.critics.fields.festivals import FestivalMention
from bot.language.critics.mentions import TitleMention
from bot.language.critics.model import CritiqueField, Doubt, ReleaseNotice
from bot.language.critics.text.calendar_days import WrittenDate, find_dates
from bot.language.critics.text.layout import Page, Span
from bot.language.critics.text.regions import find_regions, is_everywhere

_FORMS = Templates("bot.language.critics.fields", "releases.toml")
_KINDS: Mapping[ReleaseKind, str] = {
    ReleaseKind.PHYSICAL: "physical",
    ReleaseKind.DIGITAL: "digital",
    ReleaseKind.TV: "tv",
    ReleaseKind.LIMITED: "limited",
    ReleaseKind.PREMIERE: "premiere",
    ReleaseKind.CINEMA: "cinema",
}
"""Kinds of releases, and the names of the forms that tell them."""

_IN_CINEMAS = frozenset({ReleaseKind.CINEMA, ReleaseKind.LIMITED})
_PLACE_AFTER = lazy_pattern(
    r",? (?:in|across|en|au|aux)\b[^,.;\n]{2,40}?(?= and | und | et |[,.;\n])"
)
_THERE = lazy_pattern(r"\bthere\b|\bdort\b|\by sort\b", re.IGNORECASE)
_FRENCH = lazy_pattern(r"\bsort(?:ie|ira)?\b|\bsalles?\b|l'affiche\b|\ble \d", re.IGNORECASE)
_GERMAN = lazy_pattern(r"\bkino\w*|\bab (?:dem )?\d|\bstartet\b|\berschein", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Part:
    """Part of a sentence that belongs to one date."""

    start: int
    end: int
    date: WrittenDate


def read_releases(
    page: Page, festivals: Sequence[FestivalMention], mentions: Sequence[TitleMention]
) -> tuple[tuple[ReleaseNotice, WrittenDate], ...]:
    """Return the announced releases, each with its date as written; no year is guessed here."""
    found: list[tuple[ReleaseNotice, WrittenDate]] = []
    for sentence in page.sentences:
        dates = list(find_dates(page.text, sentence.start, sentence.end))
        if dates:
            text = _without_titles(page, sentence, mentions)
            written = Span(sentence.start, sentence.end, page.raw[sentence.start : sentence.end])
            found.extend(_in_sentence(text, written, dates, festivals, mentions))
    once = {
        (each.kind, each.written, each.region): (each, written) for each, written in reversed(found)
    }
    return tuple(reversed(once.values()))


def _without_titles(page: Page, sentence: Span, mentions: Sequence[TitleMention]) -> str:
    """Blank the titles in a sentence: "An American in Paris" names no region."""
    text = page.text
    for each in mentions:
        certain = each.weight > 1 or len(each.words) > 2
        if each.start in sentence and each.weight > 0 and certain:
            text = text[: each.start] + " " * (each.end - each.start) + text[each.end :]
    return text


def _in_sentence(
    text: str,
    sentence: Span,
    dates: list[WrittenDate],
    festivals: Sequence[FestivalMention],
    mentions: Sequence[TitleMention],
) -> Iterator[tuple[ReleaseNotice, WrittenDate]]:
    named = {
        film.film_id
        for each in mentions
        if each.start in sentence and each.weight >= 1
        for film in each.films
    }
    kinds: tuple[ReleaseKind, ...] = ()
    regions: tuple[str, ...] = ()
    for part in _parts(text, sentence, dates):
        if _no_release().search(text, max(part.start, part.date.start - 60), part.date.start):
            continue
        kinds = _kinds(text, part) or kinds
        if not kinds or (kinds == (ReleaseKind.PREMIERE,) and part.date.day is None):
            continue
        regions = _regions(text, part, kinds, festivals) or (
            regions if _goes_on(text, part) else ()
        )
        notice = ReleaseNotice(
            kinds[0],
            part.date.text,
            " ".join(sentence.text.split()),
            day=part.date.on(part.date.year) if part.date.year and not part.date.either else None,
            film_id=next(iter(named)) if len(named) == 1 else None,
            likely_region=None if regions else _likely_region(text, sentence),
        )
        for kind in kinds:
            for region in regions or (None,):
                yield replace(notice, kind=kind, region=region), part.date


def _parts(text: str, sentence: Span, dates: list[WrittenDate]) -> Iterator[_Part]:
    """Split a sentence by its dates: each has the words before it, and a place right after it."""
    start = sentence.start
    for number, each in enumerate(dates, 1):
        place = _PLACE_AFTER.match(text, each.end, sentence.end)
        placed = (
            place and find_regions(text, *place.span()) and not find_regions(text, start, each.end)
        )
        end = place.end() if place and placed else each.end
        yield _Part(start, sentence.end if number == len(dates) else end, each)
        start = end


def _kinds(text: str, part: _Part) -> tuple[ReleaseKind, ...]:
    found = _kinds_in(text, part.start, part.date.end) or _kinds_in(text, part.date.end, part.end)
    if _FORMS["limited"].search(text, part.start, part.end) and ReleaseKind.CINEMA in found:
        found = [ReleaseKind.LIMITED, *(kind for kind in found if kind not in _IN_CINEMAS)]
    if len(found) > 1:
        found = [kind for kind in found if kind is not ReleaseKind.PREMIERE]
    if not found and _FORMS["announces"].search(text, part.start, part.end):
        return (ReleaseKind.CINEMA,)
    return tuple(reversed(found))


def _kinds_in(text: str, start: int, end: int) -> list[ReleaseKind]:
    return [kind for kind, name in _KINDS.items() if _FORMS[name].search(text, start, end)]


def _regions(
    text: str, part: _Part, kinds: tuple[ReleaseKind, ...], festivals: Sequence[FestivalMention]
) -> tuple[str, ...]:
    if ReleaseKind.PREMIERE in kinds:
        held = [
            each.region for each in festivals if part.start <= each.start < part.end and each.region
        ]
        if held:
            return tuple(dict.fromkeys(held))
    return find_regions(text, part.start, part.end)


def _goes_on(text: str, part: _Part) -> bool:
    """Tell whether a date without a region shares that of the date before it."""
    return bool(_THERE.search(text, part.start, part.end)) or not is_everywhere(
        text, part.start, part.end
    )


def _likely_region(text: str, sentence: Span) -> str | None:
    """Suggest a region by the language of a sentence, or by its word for a cinema."""
    if is_everywhere(text, sentence.start, sentence.end):
        return None
    if _GERMAN.search(text, sentence.start, sentence.end):
        return "DE"
    if _FRENCH.search(text, sentence.start, sentence.end):
        return "FR"
    return "US" if re.search(r"\btheaters?\b", sentence.text, re.IGNORECASE) else None


def settle(
    found: Sequence[tuple[ReleaseNotice, WrittenDate]], film: Film | None
) -> tuple[tuple[ReleaseNotice, ...], tuple[Doubt, ...]]:
    """Fill in the years that the film makes certain, and collect the remaining doubts."""
    notices: list[ReleaseNotice] = []
    doubts: list[Doubt] = []
    for notice, written in found:
        settled = notice
        if notice.day is None and written.year is None and film:
            settled = replace(notice, day=_year_from(film, notice, written))
        notices.append(settled)
        doubts += _doubts(settled, written)
    return tuple(notices), tuple(dict.fromkeys(doubts))


def _year_from(film: Film, notice: ReleaseNotice, written: WrittenDate) -> date | None:
    """Return the catalogue's day of the release; else the only day that the weekday allows."""
    known = {
        each.day
        for each in film.releases
        if (each.day.month, each.day.day) == (written.month, written.day)
        and notice.region in {None, each.region}
    }
    if len(known) == 1:
        return known.pop()
    if written.weekday is None or film.year is None:
        return None
    days = [written.on(year) for year in range(film.year, film.year + 3)]
    fitting = [day for day in days if day and day.weekday() == written.weekday]
    return fitting[0] if len(fitting) == 1 else None


def _doubts(notice: ReleaseNotice, written: WrittenDate) -> Iterator[Doubt]:
    if written.either:
        yield Doubt(CritiqueField.RELEASES, f"“{written.text}” can be read in two ways.")
    elif notice.day is None and written.day is None:
        yield Doubt(CritiqueField.RELEASES, f"“{written.text}” names no day.")
    elif notice.day is None:
        yield Doubt(
            CritiqueField.RELEASES, f"“{written.text}” is no full date: which year is meant?"
        )
    elif written.weekday not in {None, notice.day.weekday()}:
        yield Doubt(CritiqueField.RELEASES, f"“{written.text}” fell on another day of the week.")
    if notice.region is None:
        yield Doubt(
            CritiqueField.RELEASES,
            f"The text does not say in which country “{written.text}” is meant.",
        )


@cache
def _no_release() -> re.Pattern[str]:
    """Return the pattern of words before a day that is none of a release: `born on`."""
    return re.compile(rf"\b{_FORMS.words('no release')}\b[^.\n]{{0,40}}$", re.IGNORECASE)
