"""Reader of critics' reviews, pasted or in a file, in English, French or German.

It reads in two passes, so that only films that a text names are loaded: `find_titles`, then
`read_critique`.
"""

from bot.language.critics.detection import looks_like_critique
from bot.language.critics.films import KnownFilms, NamedTitles, find_titles
from bot.language.critics.model import (
    BasedOn,
    Certainty,
    Credit,
    CreditRole,
    Critique,
    CritiqueField,
    Disagreement,
    Doubt,
    FilmCandidate,
    FilmFinding,
    RatingRead,
    ReleaseNotice,
)
from bot.language.critics.reader import read_critique

__all__ = [
    "BasedOn",
    "Certainty",
    "Credit",
    "CreditRole",
    "Critique",
    "CritiqueField",
    "Disagreement",
    "Doubt",
    "FilmCandidate",
    "FilmFinding",
    "KnownFilms",
    "NamedTitles",
    "RatingRead",
    "ReleaseNotice",
    "find_titles",
    "looks_like_critique",
    "read_critique",
]
