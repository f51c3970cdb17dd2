"""Critics' reviews, read as they come: pasted or in a file, in English, French or German."""

from bot.critics.detection import looks_like_critique
from bot.critics.films import IndexedFilms, KnownFilms
from bot.critics.model import (
    BasedOn,
    Candidate,
    Certainty,
    Credit,
    Critique,
    Disagreement,
    Doubt,
    Field,
    FilmFinding,
    RatingRead,
    ReleaseNotice,
    Role,
)
from bot.critics.reader import read_critique

__all__ = [
    "BasedOn",
    "Candidate",
    "Certainty",
    "Credit",
    "Critique",
    "Disagreement",
    "Doubt",
    "Field",
    "FilmFinding",
    "IndexedFilms",
    "KnownFilms",
    "RatingRead",
    "ReleaseNotice",
    "Role",
    "looks_like_critique",
    "read_critique",
]
