"""Critics' reviews, read as they come: pasted or in a file, in English, French or German."""

from bot.critics.detection import looks_like_critique
from bot.critics.films import IndexedFilms, KnownFilms
from bot.critics.model import (
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
from bot.critics.reader import read_critique

__all__ = [
    "BasedOn",
    "FilmCandidate",
    "Certainty",
    "Credit",
    "Critique",
    "Disagreement",
    "Doubt",
    "CritiqueField",
    "FilmFinding",
    "IndexedFilms",
    "KnownFilms",
    "RatingRead",
    "ReleaseNotice",
    "CreditRole",
    "looks_like_critique",
    "read_critique",
]
