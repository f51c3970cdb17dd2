"""Tables of film nights: nights, the part of each member, nominations."""

from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, true

from bot.domain.nights import Rule, Stage
from db.column_types import FLAG, FRACTION, INSTANT, LEVELS, REASONS, WORDS, choice
from db.schema.declaring import index_where, later, may, must, table

nights = table(
    "nights",
    ["club_id", "night_id"],
    must("club_id"),
    must("night_id"),
    may("member_id"),
    must("place"),
    must("created_at", INSTANT),
    must("starts_at", INSTANT),
    must("stage", choice(Stage)),
    may("until", INSTANT),
    may("vote_until", INSTANT),
    must("wish"),
    must("rule", choice(Rule)),
    must("films", WORDS),
    may("film_id"),
    must("how"),
    must("quorum", Integer),
    must("extended", FLAG),
    must("fair", FLAG),
    later("slots", WORDS, "'[]'"),
    later("every", Integer()),
    Column("blind", FLAG, nullable=False, server_default=true()),
    later("event", FLAG),
    later("rotate", FLAG),
    later("reasons", REASONS, "'{}'"),
    may("regular_at", INSTANT),
    index_where("ix_nights_until", "until IS NOT NULL", "until"),
    Index("ix_nights_starts", "club_id", "starts_at"),
)

night_guests = table(
    "night_guests",
    ["club_id", "night_id", "member_id"],
    must("club_id"),
    must("night_id"),
    must("member_id"),
    must("coming", FLAG),
    must("direct"),
    must("at", INSTANT),
    must("ballot", LEVELS),
    must("weight", FRACTION),
    may("gave_up", FRACTION),
    may("expected", FRACTION),
    may("rating", Integer),
    must("text"),
    must("won", FLAG),
    later("dates", LEVELS, "'{}'"),
    later("interested", FLAG),
    later("chose", FLAG),
    later("passed", FLAG),
    later("settling", LEVELS, "'{}'"),
    ForeignKeyConstraint(
        ["club_id", "night_id"], ["nights.club_id", "nights.night_id"], ondelete="CASCADE"
    ),
)

nominations = table(
    "nominations",
    ["club_id", "member_id", "film_id"],
    must("club_id"),
    must("member_id"),
    must("film_id"),
    must("at", INSTANT),
)
