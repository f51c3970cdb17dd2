"""Origin of a film: the novel, play or story that it is made from."""

import re
from functools import cache
from types import MappingProxyType

from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates
from bot.language.critics.model import BasedOn, Credit, CreditRole
from bot.language.critics.text.layout import Page, in_a_line
from bot.language.critics.text.names import Name, Names

_KINDS = MappingProxyType(
    {
        "graphic novel": "graphic novel",
        "short story": "short story",
        "comic book": "comic",
        "stage play": "play",
        "bande dessinée": "comic",
        "kurzgeschichte": "short story",
        "theaterstück": "play",
        "novella": "novella",
        "novelle": "novella",
        "nouvelle": "short story",
        "roman": "novel",
        "romans": "novel",
        "romanvorlage": "novel",
        "novel": "novel",
        "bestseller": "book",
        "book": "book",
        "livre": "book",
        "buch": "book",
        "buches": "book",
        "memoir": "memoir",
        "mémoires": "memoir",
        "récit": "story",
        "erzählung": "story",
        "story": "story",
        "play": "play",
        "pièce": "play",
        "stück": "play",
        "comic": "comic",
        "manga": "manga",
        "musical": "musical",
        "poem": "poem",
        "biography": "biography",
        "biografie": "biography",
        "article": "article",
    }
)
_WORDS = Templates("bot.language.critics.fields", "origin.toml")
_KIND = rf"(?P<kind>{'|'.join(_KINDS)})"
_BY = lazy_pattern(r"[^.!?\n]{0,80}?(?:\b(?:by|de|du|von|from) |\bd')(?=\w)", re.IGNORECASE)
_BESIDE = lazy_pattern(r',? ["*_]([^"*_\n]{1,80})["*_]')
_QUOTED = lazy_pattern(r'["*_]([^"*_\n]{1,80})["*_]')
_TITLE_BEFORE = lazy_pattern(
    r"\s*([^,.;\n]{2,80}), (?:the|a|an|his|her|le|la|un|une|der|die|das|dem) $", re.IGNORECASE
)


def read_origin(
    page: Page, names: Names, stated: tuple[Credit, ...]
) -> tuple[BasedOn | None, bool]:
    """Return the work that the film is made from, and whether the text is explicit about it."""
    people = Names([each for each in names.all if each.full])
    for cue in _cue().finditer(page.text):
        if found := _after_cue(page, people, cue, stated):
            return found, True
    for named in _named().finditer(page.text):
        if author := people.at(named.end()):
            title = named["title"] or _title_beside(page, author)
            return BasedOn(_KINDS[named["kind"].casefold()], author.text, title), False
    for name in people.all:
        if name.possessive and (owned := _owned().match(page.text, name.end)):
            kind = _KINDS[owned["kind"].casefold()]
            return BasedOn(kind, name.text, _title_after(page, names, owned.end())), False
    return None, False


def _after_cue(
    page: Page, people: Names, cue: re.Match[str], stated: tuple[Credit, ...]
) -> BasedOn | None:
    sentence = page.sentence_at(cue.start())
    if _true().search(page.text, cue.end(), min(sentence.end, cue.end() + 60)):
        return BasedOn("true story")
    near = _kind_near().match(page.text, cue.end(), sentence.end)
    if near is None:
        return None
    kind, between = _KINDS[near["kind"].casefold()], page.text[cue.end() : near.start("kind")]
    if _own().match(between):
        return BasedOn(kind, _director(stated, people, sentence.start, cue.start()))
    owner = next(
        (each for each in people.within(cue.end(), near.start("kind")) if each.possessive), None
    )
    if owner:
        return BasedOn(kind, owner.text, _title_after(page, people, near.end()))
    by = _author(page, people, near.end(), sentence.end)
    title = _title_before(between) or _title_between(page, near.end(), by)
    title = title or (_title_beside(page, by) if by else None)
    return BasedOn(kind, by.text if by else None, title) if by or title else None


def _author(page: Page, people: Names, start: int, end: int) -> Name | None:
    """Return the name after a "by" that follows the kind of work closely."""
    place = start
    while by := _BY.match(page.text, place, min(end, start + 90)):
        if name := people.at(by.end()):
            return name
        place = by.end()
    return None


def _director(stated: tuple[Credit, ...], people: Names, start: int, end: int) -> str | None:
    """Return the director named in the same sentence before "from her own play"."""
    directors = {
        each.name for each in stated if each.role in {CreditRole.DIRECTOR, CreditRole.WRITER}
    }
    named = [each.text for each in people.within(start, end) if each.text in directors]
    return named[-1] if named else None


def _title_before(between: str) -> str | None:
    """Return the title of "based on The Price of Salt, the novel by"."""
    quoted, named = _QUOTED.search(between), _TITLE_BEFORE.match(between)
    title = quoted[1].strip() if quoted else named[1].strip() if named else ""
    return title if title[:1].isupper() else None


def _title_between(page: Page, start: int, author: Name | None) -> str | None:
    """Return the title of "the novel The Price of Salt by"."""
    end = author.start if author else start + 80
    between = page.text[start:end]
    if quoted := _QUOTED.search(between):
        return quoted[1].strip()
    head = (
        re.split(r"[,.;(\n]|\b(?:by|de|von)\b|\bd'", between, maxsplit=1)[0].strip()
        if author
        else ""
    )
    return head if head[:1].isupper() else None


def _title_beside(page: Page, author: Name) -> str | None:
    """Return the title of "the short story by Haruki Murakami, "Barn Burning"."""
    match = _BESIDE.match(page.text, author.end)
    return match[1].strip() if match else None


def _title_after(page: Page, names: Names, place: int) -> str | None:
    """Return the title of "Yamada's novel Strangers"."""
    quoted = _QUOTED.match(page.text, place + 1) if page.text[place : place + 1] == " " else None
    name = names.at(place + 1)
    return (
        quoted[1].strip()
        if quoted
        else name.text
        if name and page.text[place : place + 1] == " "
        else None
    )


@cache
def _cue() -> re.Pattern[str]:
    kind = rf"(?:the|a|an|his|her|their)\b[^.\n]{{0,40}}?\b(?:{'|'.join(_KINDS)})\b"
    return _compiled(rf"\b(?:{_WORDS.words('made from')}|from (?={kind}))")


@cache
def _kind_near() -> re.Pattern[str]:
    return _compiled(rf"[^.!?\n]{{0,80}}?(?<![\w-]){_KIND}(?![\w-])")


@cache
def _own() -> re.Pattern[str]:
    return _compiled(rf"\W*{_WORDS.words('own')}\b")


@cache
def _owned() -> re.Pattern[str]:
    return _compiled(rf"'s? (?:(?!and\b|own\b)[\w-]+ ){{0,3}}?{_KIND}(?![\w-])")


@cache
def _named() -> re.Pattern[str]:
    article = r"(?:the|a|an|his|her|den|dem|der|des|das|le|la|du)"
    title = r"(?: [\"*_](?P<title>[^\"*_\n]{1,80})[\"*_])?"
    return _compiled(rf"\b{article} (?:[\w-]+ ){{0,2}}?{_KIND}{title},? (?:by|von|de) ")


@cache
def _true() -> re.Pattern[str]:
    return _compiled(rf"\b{_WORDS.words('true story')}")


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(in_a_line(pattern), re.IGNORECASE)
