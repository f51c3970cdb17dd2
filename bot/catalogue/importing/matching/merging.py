"""Merging of two records of one film, and of a new starter catalogue with what imports brought."""

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.films.film import Film
from bot.domain.ids import FilmId


def merged(known: Film, offered: Film) -> Film:
    """Return the known film with its gaps filled; its own facts and texts win."""
    gaps: dict[str, object] = {
        name: getattr(offered, name)
        for name in (
            "year",
            "original_title",
            "directors",
            "cast",
            "countries",
            "languages",
            "genres",
            "minutes",
            "based_on",
            "themes",
            "imdb_id",
            "tmdb_id",
            "writers",
            "known",
            "regard",
            "series",
            "part",
            "colour",
            "companions",
        )
        if not getattr(known, name)
    }
    if offered.popularity:
        gaps["popularity"] = max(known.popularity or 0, offered.popularity)
    if known.source != "starter":
        gaps["other_titles"] = _more_titles(known, offered)
        if not known.logline and offered.logline:
            # The licence of the text asks for its page to be named as the source.
            gaps |= {"logline": offered.logline, "source": offered.source}
    return replace(known, **gaps)  # type: ignore[arg-type]  # each gap has its field's type


def _more_titles(known: Film, offered: Film) -> tuple[str, ...]:
    there = {title.casefold() for title in known.titles}
    more = [title for title in offered.titles if title.casefold() not in there]
    return (*known.other_titles, *more)


def updated(starter: Film, former: Mapping[FilmId, Film]) -> Film:
    """Return a film of the starter catalogue with what imports and joins made of it before."""
    before = former.get(starter.film_id)
    if before is None:
        return starter
    return replace(
        starter,
        imdb_id=starter.imdb_id or before.imdb_id,
        tmdb_id=starter.tmdb_id or before.tmdb_id,
        popularity=before.popularity,
        stands_for=before.stands_for,
    )
