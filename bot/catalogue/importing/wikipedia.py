"""Films from a Wikipedia film list in JSON: title, year, cast, genres, extract, href.

The extracts are Wikipedia's text, CC BY-SA 4.0; a film that holds one names its page as its source.
"""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from urllib.parse import unquote

from bot.catalogue.importing.credits import WIKIPEDIA
from bot.catalogue.importing.extracts import directors_of, year_said
from bot.catalogue.importing.files.json_records import JsonRecord, json_records
from bot.catalogue.importing.files.limits import HOST, FileLimits
from bot.catalogue.importing.files.reader import ImportFile, Skipped
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.text import printable

MOST_CAST = 30
LONGEST_TITLE = 250
_YEARS_APART = 3
_OPENING = 300
FIRST_YEAR, LAST_YEAR = 1870, 2100

_STYLE = lazy_pattern(r"\.mw-[\w-]+[^{}]*\{[^{}]*\}|\{[^{}]*\}")
_TAG = lazy_pattern(r"<[^<>]{0,300}>")
_REFERENCE = lazy_pattern(r"\[(?:\d{1,3}|[a-z]{1,3}|note \d+|citation needed)\]|\[\[|\]\]")
_MARKUP = lazy_pattern(r"[<{\[\]&]")
_USUAL = lazy_pattern(r"[ -~\u00a1-\u02ff‐-‧]*")
_PAGE = lazy_pattern(r"\s*\((?:\d{4} )?film\)$")
_FRACTION = lazy_pattern(r"(?<=\d)[ +](\d⁄\d)")
_VULGAR = MappingProxyType({"1⁄2": "½", "1⁄3": "⅓", "2⁄3": "⅔", "1⁄4": "¼", "3⁄4": "¾"})
_AGAIN = lazy_pattern(
    r"\b3-?D\b|\bre-?release|\bimax\b|\b(?:special|anniversary) edition\b|\b(?:director|final).?s? cut\b",
    re.IGNORECASE,
)
"""Words of a title that tell a re-release; some films bear them from the first."""
_DISAMBIGUATION = lazy_pattern(r"_\([^()]*film[^()]*\)$")
_ROLE = lazy_pattern(
    r"\s*\((?:(?:\w+ )?(?:actor|actress|dancer|narrator|voice|singer|comedian)|voice of|teleplay|"
    r"screenplay|writer|director|producer|uncredited|narrated by|and others)\)?$",
    re.IGNORECASE,
)
_ROLE_WORDS = (
    "and case cast director directors narrator nominee none novel novelist of producer screenplay "
    "screenwriter story the voice voices with writer writers uk us live-action sr jr"
)
_NOT_PEOPLE = frozenset(_ROLE_WORDS.split())
_NO_NAME = lazy_pattern(r"\bof$|^(?:voices?|profile|(?:the )?life) of\b", re.IGNORECASE)
_AWARD = lazy_pattern(r"\b(?:Academy Award|Golden Globe|Best (?:Actor|Actress|Picture))\b")

_GENRES = MappingProxyType(
    {
        "animated": "animation",
        "biography": "biography",
        "historical": "history",
        "science fiction": "science fiction",
        "supernatural": "fantasy",
        "slasher": "horror",
        "suspense": "thriller",
        "spy": "thriller",
    }
)
_SAME = frozenset(
    "action adventure comedy crime documentary drama family fantasy horror musical mystery romance "
    "thriller war western".split()
)
_THEMES = MappingProxyType(
    {
        "silent": "silent film",
        "noir": "film noir",
        "short": "short film",
        "sports": "sport",
        "sport": "sport",
        "independent": "independent film",
        "supernatural": "supernatural",
        "erotic": "erotic",
        "slasher": "slasher",
        "superhero": "superheroes",
        "spy": "spies",
        "teen": "teenagers",
        "satire": "satire",
        "political": "politics",
        "martial arts": "martial arts",
        "disaster": "disaster",
        "legal": "courtroom",
        "dance": "dance",
        "found footage": "found footage",
        "performance": "performance",
    }
)


def wikipedia_films(member: ImportFile, limits: FileLimits = HOST) -> Iterator[Film | Skipped]:
    """Yield the films of a file in its order, without ids. Raises UnreadableFile."""
    with member.open() as stream:
        for record in json_records(stream, member.name, limits):
            if isinstance(record, Skipped):
                yield record
            else:
                yield film_of(record, member.name, limits)


def listed_titles(
    member: ImportFile, limits: FileLimits = HOST
) -> Iterator[tuple[Sequence[str], int | None]]:
    """Yield the title and year of each record of a file, as far as it has them."""
    with member.open() as stream:
        for record in json_records(stream, member.name, limits):
            values = {} if isinstance(record, Skipped) else record.values
            title = clean_title(_text(values.get("title"))[: limits.cell])
            year = values.get("year")
            yield (title,) if title else (), year if isinstance(year, int) else None


def film_of(record: JsonRecord, file: str, limits: FileLimits = HOST) -> Film | Skipped:
    """Convert one record to a film, or to the reason why it cannot be."""
    values = record.values
    problem = _problem(values, limits)
    if problem:
        return Skipped(file, record.line, problem)
    title = clean_title(str(values["title"]))
    if not title:
        return Skipped(file, record.line, "the title is empty")
    year = values["year"]
    assert isinstance(year, int)  # noqa: S101 - checked by _problem; for the type checker
    cast = clean_cast(_texts(values.get("cast")))
    genres = [genre.lower().strip() for genre in _texts(values.get("genres"))]
    href = _text(values.get("href")).strip()[:LONGEST_TITLE]
    extract = clean_text(_text(values.get("extract")))
    if again := _first_release(title, year, href, extract):
        title, year = again
    extract = _about_this(extract, year, cast)
    return Film(
        film_id=FilmId(""),
        title=title,
        year=year,
        directors=directors_of(extract),
        cast=cast,
        genres=_mapped(genres, dict(_GENRES) | {each: each for each in _SAME}),
        themes=_mapped(genres, _THEMES),
        logline=extract,
        source=f"{WIKIPEDIA}:{href}" if href else WIKIPEDIA,
    )


def clean_title(text: str) -> str:
    """Remove leaked markup from a title; write fractions as one character."""
    title = _PAGE.sub("", clean_text(text)).strip(" ,;|")
    return _FRACTION.sub(lambda found: _VULGAR.get(found[1], f" {found[1]}"), title)


def clean_text(text: str) -> str:
    """Remove leaked markup from prose: style sheets, tags, references, entities, odd blanks."""
    if _MARKUP.search(text):
        text = _REFERENCE.sub("", _TAG.sub("", _STYLE.sub("", html.unescape(text))))
    text = " ".join(text.split())
    return text if _USUAL.fullmatch(text) else printable(text)


def clean_cast(names: Sequence[str]) -> tuple[str, ...]:
    """Return the people of a cast list, in its order, without roles and stray words."""
    cleaned = (_person(name) for name in names)
    return tuple(dict.fromkeys(name for name in cleaned if name))[:MOST_CAST]


def _person(text: str) -> str:
    name = _ROLE.sub("", clean_text(text)).strip(" ,;:()[]{}*?").lstrip(".")
    if name.count("(") != name.count(")"):
        name = name.split("(")[0].strip()
    lone = name.lower() in _NOT_PEOPLE or not any(letter.isalpha() for letter in name)
    if lone or (not name[0].isupper() and not name[0].isdigit() and " " not in name):
        return ""
    if len(name) > 60 or text.lstrip().startswith("(") or _AWARD.search(name):
        return ""
    return "" if _NO_NAME.search(name) else name


def _problem(values: Mapping[str, object], limits: FileLimits) -> str | None:
    title, year = values.get("title"), values.get("year")
    if not isinstance(title, str):
        return "no title"
    if not isinstance(year, int) or isinstance(year, bool) or not FIRST_YEAR <= year <= LAST_YEAR:
        return f"no year between {FIRST_YEAR} and {LAST_YEAR}"
    if len(clean_title(title[: limits.cell])) > LONGEST_TITLE:
        return f"a title of more than {LONGEST_TITLE} characters"
    if any(isinstance(each, str) and len(each) > limits.cell for each in values.values()):
        return f"a text of more than {limits.cell:,} characters"
    lists = (values.get("cast"), values.get("genres"))
    if not all(each is None or isinstance(each, list) for each in lists):
        return "cast or genres are no list"
    return None


def _first_release(title: str, year: int, href: str, extract: str) -> tuple[str, int] | None:
    """Return title and year of the film that a re-release shows: `Titanic 3D` is of 1997."""
    said = year_said(extract)
    name = clean_title(_DISAMBIGUATION.sub("", unquote(href)).replace("_", " "))
    if said is None or said >= year or not name or not _AGAIN.search(title):
        return None
    return None if _AGAIN.search(name) else (name, said)


def _about_this(extract: str, year: int, cast: Sequence[str]) -> str:
    """Drop a text about another film: one of another time that names none of the cast."""
    said = year_said(extract)
    if said is None or abs(said - year) <= _YEARS_APART or str(year) in extract[:_OPENING]:
        return extract
    return extract if any(name in extract for name in cast) else ""


def _mapped(genres: Sequence[str], to: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(to[genre] for genre in genres if genre in to))


def _texts(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
