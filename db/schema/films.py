"""Tables of films: shared ones and those of each club, their releases, release days as exported."""

from sqlalchemy import ForeignKeyConstraint, Index, Integer

from bot.domain.films.film import ReleaseKind
from db.column_types import DAY, FLAG, WORDS, Owner, choice
from db.schema.declaring import later, may, must, table

films = table(
    "films",
    ["club_id", "film_id"],
    must("club_id", Owner),
    must("film_id"),
    must("title"),
    may("year", Integer),
    may("original_title"),
    must("other_titles", WORDS),
    must("directors", WORDS),
    must("cast", WORDS),
    must("countries", WORDS),
    must("languages", WORDS),
    must("genres", WORDS),
    may("minutes", Integer),
    may("based_on"),
    must("themes", WORDS),
    must("logline"),
    may("imdb_id"),
    may("tmdb_id", Integer),
    may("popularity", Integer),
    may("poster"),
    must("source"),
    must("digest"),
    may("stands_for"),
    later("writers", WORDS, "'[]'"),
    may("known", Integer),
    may("regard", Integer),
    may("series"),
    may("part", Integer),
    may("colour"),
    later("companions", WORDS, "'[]'"),
    Index("ix_films_imdb", "club_id", "imdb_id", "film_id"),
)

releases = table(
    "releases",
    ["club_id", "film_id", "place"],
    must("club_id", Owner),
    must("film_id"),
    must("place", Integer),
    must("region"),
    must("kind", choice(ReleaseKind)),
    must("day", DAY),
    must("source"),
    ForeignKeyConstraint(
        ["club_id", "film_id"], ["films.club_id", "films.film_id"], ondelete="CASCADE"
    ),
    Index("ix_releases_day", "region", "day", "club_id"),
)

# Digest of each source of shared films, as last loaded; the empty source is the whole catalogue.
loaded_sources = table(
    "shelf",
    ["source"],
    must("source"),
    must("digest"),
)

# Release days as exported in calendar files. A day that has changed since gets a higher `sequence`.
calendar = table(
    "calendar",
    ["club_id", "film_id", "region", "kind"],
    must("club_id"),
    must("film_id"),
    must("region"),
    must("kind", choice(ReleaseKind)),
    must("day", DAY),
    must("sequence", Integer),
    must("cancelled", FLAG),
    Index("ix_calendar_day", "club_id", "region", "day"),
)
