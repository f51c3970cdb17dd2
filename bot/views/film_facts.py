"""A film's facts: in one line, or all of them."""

from bot.domain.films.film import Film
from bot.domain.regions import country, language
from bot.messages.phrases import joined
from bot.messages.replies import Field, FilmCard
from bot.messages.spans import Plain, Span

_COLOURS = {"black and white": "black and white", "both": "colour and black and white"}
"""What is said of a film's colour; of one in colour, nothing."""

_QUIET = {"silent film": "silent", "near-wordless": "nearly wordless"}
"""What is said of films, by their themes, whose language is that of their titles alone."""

_MOST_NAMES = 2


def byline(film: Film) -> tuple[Span, ...]:
    """Return who made a film and how long it is: `Charlotte Wells · 101 min`; empty where unknown."""
    return _line(_makers(film), _length(film))


def _line(*told: str) -> tuple[Span, ...]:
    line = " · ".join(filter(None, told))
    return (Plain(line),) if line else ()


def _makers(film: Film) -> str:
    if len(film.directors) > _MOST_NAMES:
        return f"{film.directors[0]} and others"
    return joined(film.directors)


def _length(film: Film) -> str:
    return f"{film.minutes} min" if film.minutes else ""


def short_card(film: Film) -> FilmCard:
    """Show a film in short: its byline with where it is from, who plays in it, what it is about.

    Its languages are told, and the series where it is part of one.
    """
    where = joined([country(code) for code in film.countries[:_MOST_NAMES]])
    told = {"With": joined(film.cast[:3]), "Series": _series(film)}
    fields = tuple(Field(name, (Plain(text),)) for name, text in told.items() if text)
    return _card(film, fields, _line(_makers(film), _length(film), where, _spoken(film)))


def _spoken(film: Film) -> str:
    """Say what is spoken in a film: `in French`; nothing where that is not known."""
    quiet = next((word for theme, word in _QUIET.items() if theme in film.themes), "")
    if quiet or not film.languages:
        return quiet
    return f"in {joined([language(code) for code in film.languages[:_MOST_NAMES]])}"


def facts(film: Film) -> FilmCard:
    """Show all of a film's facts, and what it is about."""
    lines = {
        "Directed by": joined(film.directors),
        "Written by": joined(film.writers[:3]),
        "With": joined(film.cast[:6]),
        "From" if film.countries or film.languages else "Length": " · ".join(_provenance(film)),
        "Genre": ", ".join(film.genres),
        "Based on": film.based_on or "",
        "Series": _series(film),
        "Original title": film.original_title or "",
    }
    return _card(film, tuple(Field(name, (Plain(text),)) for name, text in lines.items() if text))


def _card(film: Film, fields: tuple[Field, ...], line: tuple[Span, ...] = ()) -> FilmCard:
    logline = (Plain(film.logline),)
    return FilmCard(film.film_id, film.title, film.year, fields, logline, film.poster, line)


def _series(film: Film) -> str:
    part = f", part {film.part}" if film.part else ""
    return f"{film.series}{part}" if film.series else ""


def _provenance(film: Film) -> list[str]:
    found = [joined([country(code) for code in film.countries])] if film.countries else []
    if film.languages:
        found.append(joined([language(code) for code in film.languages]))
    return [*found, *filter(None, (_length(film), _COLOURS.get(film.colour or "", "")))]
