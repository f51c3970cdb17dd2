"""Rating that a review gives its film, as a verdict and not in passing."""

import re
from collections.abc import Iterator
from fractions import Fraction
from types import MappingProxyType

from bot.domain.reviews.ratings import HalfStars
from bot.domain.words.numbers import number_words
from bot.domain.words.text import folded
from bot.language.critics.model import CritiqueField, Doubt, RatingRead
from bot.language.critics.text.heading import heading_lines
from bot.language.critics.text.layout import Page

_NUMBERS = MappingProxyType(
    number_words(0, 10, "en", "fr", "de") | {"no": 0, "keine": 0, "une": 1, "einen": 1, "einem": 1}
)
_SCALES = (4, 5, 6, 10, 20, 100)
_LABEL = (
    r"(?:(?:(?:my|our|final|overall|critic'?s) )?(?:rating|verdict|score|stars|grade)|note(?: globale)?|"
    r"wertung|bewertung|fazit|punkte|sterne|étoiles)"
)
_AMOUNT = rf"(?P<n>\d{{1,3}}(?:[.,]\d{{1,2}})?½?|{'|'.join(_NUMBERS)})(?P<half> and a half|½| et demie?|einhalb)?"
_STARS = r"(?: ?(?:stars?|points?|étoiles?|sterne?n?|punkte?n?))?"
_OUT_OF = rf"{_AMOUNT}{_STARS}(?:-| )?(?:/|out of|von|sur)(?:-| )?(?:a possible )?(?P<of>\d{{1,3}}|{'|'.join(_NUMBERS)})(?![\w/])(?!,\d){_STARS}"
_MARKS = r"[ \"'*_>#\[\](){}|—-]{0,6}"
_ALONE = re.compile(
    rf"{_MARKS}(?:{_LABEL})?{_MARKS}[:=]?{_MARKS}{_OUT_OF}{_MARKS}[.!]?{_MARKS}", re.IGNORECASE
)
_LABELLED = re.compile(
    rf"\b(?:{_LABEL} ?[:=—-]+ ?|(?:i|we|i'd|we'd) (?:would )?give (?:it|this|the film) )[*_ ]{{0,3}}{_OUT_OF}",
    re.IGNORECASE,
)
_GLYPHS = re.compile(
    r"(?P<full>(?:[★⭐✭✮✯🌟]\ufe0f? ?){1,10})(?P<half>½|1/2|⯪|⯨)?(?P<empty>(?: ?[☆✩⚝])*)"
)
_STAR_LINE = re.compile(rf"{_MARKS}(?:{_LABEL})?[ :*_—-]{{0,6}}")
_BEHIND = (
    rf"\s*(?:\(\s*)?(?:/|out of|of|von|sur|su|de)\s*"
    rf"(?P<of>\d{{1,2}}|{'|'.join(_NUMBERS)})(?![\w/]){_STARS}\s*\)?"
)
_OF_SCALE = re.compile(_BEHIND, re.IGNORECASE)
"""The scale behind star signs: `(out of four)`."""

_ASTERISKS = re.compile(
    rf"\W{{0,3}}{_LABEL}\W{{0,3}}?[:=—-] ?(?P<full>\*{{1,5}})(?P<half> ?½| ?1/2)?(?:{_BEHIND})?\s*",
    re.IGNORECASE,
)
_WORD_STARS = re.compile(
    rf"{_MARKS}(?:{_LABEL})?{_MARKS}:?{_MARKS}(?P<n>{'|'.join(_NUMBERS)}|\d(?:[.,]5)?)(?P<half> and a half|½| et demie?)?"
    r"[ -]?(?:stars?|étoiles?|sterne?)\W{0,6}",
    re.IGNORECASE,
)
_WORDED = re.compile(
    rf"\b{_LABEL} ?[:=—-]+ ?(?P<n>{'|'.join(_NUMBERS)}|\d(?:[.,]5)?)(?P<half> and a half|½| et demie?)?"
    r"[ -]?(?:stars?|étoiles?|sterne?)\b",
    re.IGNORECASE,
)
_WORDS_OF_SCALE = re.compile(
    rf"{_MARKS}(?:{_LABEL})?{_MARKS}:?{_MARKS}{_AMOUNT}{_STARS} ?\( ?(?:out of|of|von|sur) "
    rf"(?P<of>\d{{1,2}}|{'|'.join(_NUMBERS)}){_STARS} ?\){_MARKS}",
    re.IGNORECASE,
)
_GRADE = re.compile(rf"{_MARKS}{_LABEL}\s?[:=—-]\s?(?P<grade>[A-F][+−-]?)\W{{0,6}}", re.IGNORECASE)


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
        match = None if line.start in titles else _ALONE.fullmatch(line.text)
        if match := match or _LABELLED.search(line.text):
            yield from _out_of(match)
        elif scaled := _WORDS_OF_SCALE.fullmatch(line.text):
            yield from _out_of(scaled)
        elif worded := _WORD_STARS.fullmatch(line.text) or _WORDED.search(line.text):
            yield worded.group().strip(), _amount(worded["n"], worded["half"]), 5
        elif asterisks := _ASTERISKS.fullmatch(line.text):
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
        behind = _OF_SCALE.match(after)
        if behind:
            after = after[behind.end() :]
        edge = _STAR_LINE.fullmatch(before) or not after.strip(" *_)].|—")
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
        if match := _GRADE.fullmatch(line.text):
            why = f"“{match['grade']}” is a grade, not a number of stars."
            return (Doubt(CritiqueField.RATING, why),)
    return ()
