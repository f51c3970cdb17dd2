"""Suggestions of films: `Amélie (2001) · Jeunet`, no two of one name."""

from collections import Counter
from collections.abc import Sequence

from bot.domain.films.film import film_label
from bot.domain.ids import FilmId
from bot.messages.replies import Option

_PARTICLES = frozenset(
    "von van de del della di da dos du le la ten ter der den al el bin ben".split()
)
_AFTER_A_NAME = frozenset({"jr.", "sr.", "jr", "sr", "ii", "iii"})


def suggested(films: Sequence[tuple[FilmId, str, int | None, str]]) -> list[Option]:
    """Return options for films: id, title, year, and who directed it, if anybody is known."""
    labels = [
        " · ".join(filter(None, (film_label(title, year), short_name(by))))
        for _, title, year, by in films
    ]
    often = Counter(labels)
    return [
        Option(label if often[label] == 1 else f"{label} · {film[0]}", f"id:{film[0]}")
        for label, film in zip(labels, films, strict=True)
    ]


def short_name(name: str) -> str:
    """Return the family name: `Jeunet`, `von Trier`; all of a name whose order cannot be told."""
    words = name.split()
    if len(words) > 1 and words[-1].lower() in _AFTER_A_NAME:
        words = words[:-1]
    given_last = len(words) == 2 and "-" in words[-1] and words[-1].rpartition("-")[2].islower()
    if given_last or len(words) < 2:  # Bong Joon-ho, Hirokazu Kore-eda
        return name
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return " ".join(words[start:])
