"""Rating that a review gives its film, as a verdict and not in passing."""

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from types import MappingProxyType

from bot.domain.reviews.ratings import HalfStars
from bot.domain.words.numbers import number_words
from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates
from bot.domain.words.text import folded
from bot.language.critics.model import CritiqueField, Doubt, RatingRead
from bot.language.critics.text.heading import heading_lines
from bot.language.critics.text.layout import Page

_NUMBERS = MappingProxyType(
    number_words(0, 10, "en", "fr", "de") | {"no": 0, "keine": 0, "une": 1, "einen": 1, "einem": 1}
)
_SCALES = (4, 5, 6, 10, 20, 100)
_WORDS = Templates("bot.language.critics.fields", "rating.toml")
_NUMBER_WORDS = "|".join(_NUMBERS)
_MARKS = r"[ \"'*_>#\[\](){}|—-]{0,6}"
_GLYPHS = lazy_pattern(
    r"(?P<full>(?:[★⭐✭✮✯🌟]\ufe0f? ?){1,10})(?P<half>½|1/2|⯪|⯨)?(?P<empty>(?: ?[☆✩⚝])*)"
)


def read_rating(page: Page) -> tuple[RatingRead | None, tuple[Doubt, ...]]:
    """Return the rating; None, with a doubt, where there are several or none on a known scale."""
    found: dict[str, tuple[Fraction, int]] = {}
    for written, stars, scale in _verdicts(page):
        found.setdefault(written, (stars, scale))
    values = {stars for stars, _ in found.values()}
    if not found:
        return None, _grades(page)
    if len(values) > 1:
        listed = ", ".join(f"“{each}”" for each in found)
        return None, (Doubt(CritiqueField.RATING, f"The text holds several ratings: {listed}."),)
    written, (stars, scale) = next(iter(found.items()))
    halves = int(stars * 2 + Fraction(1, 2))
    if not 1 <= halves <= 10:
        return None, (
            Doubt(CritiqueField.RATING, f"“{written}” is below half a star, the least there is."),
        )
    doubts: tuple[Doubt, ...] = ()
    if stars * 2 != halves or scale in {4, 6}:
        doubts = (
            Doubt(CritiqueField.RATING, f"“{written}” was turned into {halves / 2:g} of 5 stars."),
        )
    return RatingRead(HalfStars(halves), written), doubts


def _verdicts(page: Page) -> Iterator[tuple[str, Fraction, int]]:
    """Yield each verdict: as written, in stars out of five, and the scale it was given on."""
    heading = set(heading_lines(page))
    titles = {line.start for line in page.lines[:1] if line in heading}
    for line in page.lines:
        match = None if line.start in titles else _alone().fullmatch(line.text)
        if match := match or _labelled().search(line.text):
            yield from _out_of(match)
        elif scaled := _words_of_scale().fullmatch(line.text):
            yield from _out_of(scaled)
        elif worded := _word_stars().fullmatch(line.text) or _worded().search(line.text):
            yield worded.group().strip(), _amount(worded["n"], worded["half"]), 5
        elif asterisks := _asterisks().fullmatch(line.text):
            yield from _of_stars(
                line.text, len(asterisks["full"]), asterisks["half"], asterisks["of"]
            )
        else:
            yield from _glyphs(line.text)


def _out_of(match: re.Match[str]) -> Iterator[tuple[str, Fraction, int]]:
    scale = _scale(match["of"])
    amount = _amount(match["n"], match["half"])
    if scale in _SCALES and 0 <= amount <= scale:
        yield match.group().strip(" *_"), amount * 5 / scale, scale


def _glyphs(line: str) -> Iterator[tuple[str, Fraction, int]]:
    """Yield star signs at the beginning or end of a line, alone or beside a title."""
    for match in _GLYPHS.finditer(line):
        before, after = line[: match.start()], line[match.end() :]
        behind = _of_scale().match(after)
        if behind:
            after = after[behind.end() :]
        edge = _star_line().fullmatch(before) or not after.strip(" *_)].|—")
        full = sum(letter not in " \ufe0f" for letter in match["full"])
        if edge:
            written = f"{match.group()}{behind.group() if behind else ''}".strip()
            yield from _of_stars(written, full, match["half"], behind["of"] if behind else None)


def _of_stars(
    written: str, full: int, half: str | None, of: str | None
) -> Iterator[tuple[str, Fraction, int]]:
    """Yield star signs, out of five where no scale stands behind them."""
    scale, stars = _scale(of) if of else 5, Fraction(full) + (Fraction(1, 2) if half else 0)
    if full <= scale and scale in _SCALES:
        yield written, stars * 5 / scale, scale


def _scale(written: str) -> int:
    """Read the most that there is, a number or a word; 0 where it is neither."""
    return int(written) if written.isdigit() else _NUMBERS.get(folded(written), 0)


def _amount(number: str, half: str | None) -> Fraction:
    word = _NUMBERS.get(folded(number))
    digits = number.rstrip("½").replace(",", ".")
    amount = Fraction(word) if word is not None else Fraction(digits)
    return amount + (Fraction(1, 2) if half or number.endswith("½") else 0)


def _grades(page: Page) -> tuple[Doubt, ...]:
    for line in page.lines:
        if match := _grade().fullmatch(line.text):
            why = f"“{match['grade']}” is a grade, not a number of stars."
            return (Doubt(CritiqueField.RATING, why),)
    return ()


def _label() -> str:
    return rf"{_MARKS}(?:{_WORDS.words('label')})?{_MARKS}"


def _half() -> str:
    return rf"(?P<half> {_WORDS.words('half')}|½)?"


def _units() -> str:
    return rf"(?: ?{_WORDS.words('unit')})?"


def _amount_of() -> str:
    """Return the pattern of an amount: `3,5`, `drei einhalb`, `four and a half stars`."""
    number = rf"(?P<n>\d{{1,3}}(?:[.,]\d{{1,2}})?½?|{_NUMBER_WORDS})"
    return rf"{number}(?P<half> {_WORDS.words('half')}|½|einhalb)?{_units()}"


def _out_of_form() -> str:
    """Return the pattern of an amount on a scale: `8 points out of 10`."""
    of = rf"(?:-| )?(?:/|out of|von|sur)(?:-| )?(?:a possible )?(?P<of>\d{{1,3}}|{_NUMBER_WORDS})"
    return rf"{_amount_of()}{of}(?![\w/])(?!,\d){_units()}"


def _behind() -> str:
    """Return the pattern of the scale behind star signs: `(out of four)`."""
    of = rf"(?P<of>\d{{1,2}}|{_NUMBER_WORDS})(?![\w/])"
    return rf"\s*(?:\(\s*)?(?:/|{_WORDS.words('out of')}|su|de)\s*{of}{_units()}\s*\)?"


def _stars_in_words() -> str:
    return rf"(?P<n>{_NUMBER_WORDS}|\d(?:[.,]5)?){_half()}[ -]?{_WORDS.words('star')}"


@cache
def _alone() -> re.Pattern[str]:
    return _compiled(rf"{_label()}[:=]?{_MARKS}{_out_of_form()}{_MARKS}[.!]?{_MARKS}")


@cache
def _labelled() -> re.Pattern[str]:
    label, gives = _WORDS.words("label"), _WORDS.words("gives it")
    return _compiled(rf"\b(?:{label} ?[:=—-]+ ?|{gives} )[*_ ]{{0,3}}{_out_of_form()}")


@cache
def _star_line() -> re.Pattern[str]:
    return re.compile(rf"{_MARKS}(?:{_WORDS.words('label')})?[ :*_—-]{{0,6}}")


@cache
def _of_scale() -> re.Pattern[str]:
    return _compiled(_behind())


@cache
def _asterisks() -> re.Pattern[str]:
    stars = r"(?P<full>\*{1,5})(?P<half> ?½| ?1/2)?"
    label = _WORDS.words("label")
    return _compiled(rf"\W{{0,3}}{label}\W{{0,3}}?[:=—-] ?{stars}(?:{_behind()})?\s*")


@cache
def _word_stars() -> re.Pattern[str]:
    return _compiled(rf"{_label()}:?{_MARKS}{_stars_in_words()}\W{{0,6}}")


@cache
def _worded() -> re.Pattern[str]:
    return _compiled(rf"\b{_WORDS.words('label')} ?[:=—-]+ ?{_stars_in_words()}\b")


@cache
def _words_of_scale() -> re.Pattern[str]:
    of = rf"\( ?{_WORDS.words('out of')} (?P<of>\d{{1,2}}|{_NUMBER_WORDS}){_units()} ?\)"
    return _compiled(rf"{_label()}:?{_MARKS}{_amount_of()} ?{of}{_MARKS}")


@cache
def _grade() -> re.Pattern[str]:
    label = _WORDS.words("label")
    return _compiled(rf"{_MARKS}{label}\s?[:=—-]\s?(?P<grade>[A-F][+−-]?)\W{{0,6}}")


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
