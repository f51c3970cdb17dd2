"""Tables of the database. A member's id is always in a column `member_id`, a club's in `club_id`.

`db/migrations` builds the same tables step by step; a test compares the two. Where code and database
name a table or a column differently, the database keeps its older name.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Constraint,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    false,
    text,
    true,
)
from sqlalchemy.types import TypeEngine

from bot.domain.clubs import MarkKind, SpoilerPolicy
from bot.domain.deliveries import DeliveryState, Purpose
from bot.domain.films import ReleaseKind
from bot.domain.imports import RowState
from bot.domain.moderation import ActKind
from bot.domain.nights import Rule, Stage
from bot.domain.ratings import Scale
from bot.domain.reminders import ReminderState
from bot.domain.web_keys import KeyKind
from db.column_types import (
    DAY,
    ENTRY,
    FLAG,
    FRACTION,
    HOUR,
    INSTANT,
    LEVELS,
    SPAN,
    WORDS,
    Owner,
    choice,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _must(name: str, kind: TypeEngine[Any] | type[TypeEngine[Any]] = Text) -> Column[Any]:
    return Column(name, kind, nullable=False)


def _may(name: str, kind: TypeEngine[Any] | type[TypeEngine[Any]] = Text) -> Column[Any]:
    return Column(name, kind, nullable=True)


def _later(name: str, kind: TypeEngine[Any], default: str = "0") -> Column[Any]:
    """Declare a column that a later migration added, with the value of rows that existed before."""
    value = false() if kind is FLAG else text(default)
    return Column(name, kind, nullable=False, server_default=value)


def _table(name: str, key: Sequence[str], *items: Column[Any] | Constraint | Index) -> Table:
    return Table(name, metadata, *items, PrimaryKeyConstraint(*key), sqlite_strict=True)


def _unique_where(name: str, condition: str, *columns: str) -> Index:
    where = text(condition)
    return Index(name, *columns, unique=True, sqlite_where=where, postgresql_where=where)


def _index_where(name: str, condition: str, *columns: str) -> Index:
    where = text(condition)
    return Index(name, *columns, sqlite_where=where, postgresql_where=where)


clubs = _table(
    "clubs",
    ["club_id"],
    _must("club_id"),
    _must("name"),
    _must("region"),
    _must("zone"),
    _must("hour", HOUR),
    _may("channel"),
    _must("spoilers", choice(SpoilerPolicy)),
    _must("announce_reviews", FLAG),
    _must("revision", Integer),
    _later("weekly", FLAG),
    _may("joined_at", INSTANT),
    _may("left_at", INSTANT),
    _may("application"),
    _index_where("ix_clubs_left", "left_at IS NOT NULL", "left_at"),
)

members = _table(
    "members",
    ["club_id", "member_id"],
    _must("club_id"),
    _must("member_id"),
    _must("name"),
    _must("folded"),
    _may("region"),
    _may("zone"),
    _must("scale", choice(Scale)),
    _must("quotable", FLAG),
    _must("direct", FLAG),
    _may("last_active", INSTANT),
    _later("fallback", FLAG),
    _may("home_at", INSTANT),
    _later("muted", FLAG),
    Index("ix_members_name", "club_id", "folded"),
    Index("ix_members_member", "member_id"),
)


def _review_columns() -> list[Column[Any]]:
    return [
        _must("club_id"),
        _must("review_id"),
        _must("film_id"),
        _must("member_id"),
        _must("created_at", INSTANT),
        _must("changed_at", INSTANT),
        _may("rating", Integer),
        _must("text"),
        _may("critic"),
        _must("spoiler", FLAG),
        _must("private", FLAG),
        _must("rewatch", FLAG),
        _must("abandoned", FLAG),
        _may("abandoned_after", Integer),
        _may("watched_on", DAY),
        _must("hidden", FLAG),
        _must("deleted", FLAG),
        _must("revision", Integer),
        _later("liked", FLAG),
        _may("page"),
    ]


reviews = _table(
    "reviews",
    ["club_id", "review_id"],
    *_review_columns(),
    CheckConstraint("rating BETWEEN 1 AND 10", "rating"),
    _unique_where("uq_reviews_member", "critic IS NULL", "club_id", "film_id", "member_id"),
    _unique_where("uq_reviews_critic", "critic IS NOT NULL", "club_id", "film_id", "critic"),
    Index("ix_reviews_film", "club_id", "film_id", "changed_at"),
    Index("ix_reviews_member", "club_id", "member_id", "changed_at"),
    Index("ix_reviews_revision", "club_id", "revision"),
)

review_versions = _table(
    "review_versions",
    ["club_id", "review_id", "revision"],
    *_review_columns(),
    ForeignKeyConstraint(
        ["club_id", "review_id"], ["reviews.club_id", "reviews.review_id"], ondelete="CASCADE"
    ),
    Index("ix_review_versions_member", "club_id", "member_id"),
)

films = _table(
    "films",
    ["club_id", "film_id"],
    _must("club_id", Owner),
    _must("film_id"),
    _must("title"),
    _may("year", Integer),
    _may("original_title"),
    _must("other_titles", WORDS),
    _must("directors", WORDS),
    _must("cast", WORDS),
    _must("countries", WORDS),
    _must("languages", WORDS),
    _must("genres", WORDS),
    _may("minutes", Integer),
    _may("based_on"),
    _must("themes", WORDS),
    _must("logline"),
    _may("imdb_id"),
    _may("tmdb_id", Integer),
    _may("popularity", Integer),
    _may("poster"),
    _must("source"),
    _must("digest"),
    _may("stands_for"),
    _later("writers", WORDS, "'[]'"),
    _may("known", Integer),
    _may("series"),
    _may("part", Integer),
    _may("colour"),
    Index("ix_films_imdb", "club_id", "imdb_id", "film_id"),
)

releases = _table(
    "releases",
    ["club_id", "film_id", "place"],
    _must("club_id", Owner),
    _must("film_id"),
    _must("place", Integer),
    _must("region"),
    _must("kind", choice(ReleaseKind)),
    _must("day", DAY),
    _must("source"),
    ForeignKeyConstraint(
        ["club_id", "film_id"], ["films.club_id", "films.film_id"], ondelete="CASCADE"
    ),
    Index("ix_releases_day", "region", "day", "club_id"),
)

# Digest of each source of shared films, as last loaded; the empty source is the whole catalogue.
loaded_sources = _table(
    "shelf",
    ["source"],
    _must("source"),
    _must("digest"),
)

marks = _table(
    "marks",
    ["club_id", "member_id", "film_id", "kind"],
    _must("club_id"),
    _must("member_id"),
    _must("film_id"),
    _must("kind", choice(MarkKind)),
    _must("at", INSTANT),
)

reminders = _table(
    "reminders",
    ["club_id", "reminder_id"],
    _must("club_id"),
    _must("reminder_id"),
    _must("member_id"),
    _must("film_id"),
    _must("region"),
    _must("kind", choice(ReleaseKind)),
    _must("place"),
    _must("created_at", INSTANT),
    _must("direct", FLAG),
    _must("lead", SPAN),
    _may("day", DAY),
    _may("due_at", INSTANT),
    _must("state", choice(ReminderState)),
    _later("fixed", FLAG),
    Index("ix_reminders_member", "club_id", "member_id"),
    Index("ix_reminders_due", "club_id", "place", "due_at"),
    Index("ix_reminders_state", "club_id", "state", "day"),
)

# Release days as exported in calendar files. A day that has changed since gets a higher `sequence`.
calendar = _table(
    "calendar",
    ["club_id", "film_id", "region", "kind"],
    _must("club_id"),
    _must("film_id"),
    _must("region"),
    _must("kind", choice(ReleaseKind)),
    _must("day", DAY),
    _must("sequence", Integer),
    _must("cancelled", FLAG),
    Index("ix_calendar_day", "club_id", "region", "day"),
)

# `ready_at` is when a worker may next claim the row: the planned time, or the end of a lease. It is
# NULL once nothing is left to do, so that the partial indexes hold unfinished rows only. `tried_at`
# is when the message may first have been sent.
deliveries = _table(
    "deliveries",
    ["delivery_id"],
    _must("delivery_id"),
    _must("club_id"),
    _must("purpose", choice(Purpose)),
    _must("subject"),
    _must("place"),
    _must("due_at", INSTANT),
    _must("state", choice(DeliveryState)),
    _must("attempts", Integer),
    _may("lease_owner"),
    _may("lease_until", INSTANT),
    _may("next_at", INSTANT),
    _may("error"),
    _may("ready_at", INSTANT),
    _may("message"),
    _may("settled_at", INSTANT),
    _may("tried_at", INSTANT),
    Column("carrier", Text, key="digest_id"),  # the digest sent in this delivery's place
    Index("uq_deliveries_plan", "club_id", "purpose", "subject", "due_at", unique=True),
    _index_where("ix_deliveries_ready", "ready_at IS NOT NULL", "club_id", "ready_at"),
    _index_where("ix_deliveries_lease", "lease_owner IS NOT NULL", "lease_owner"),
    _index_where("ix_deliveries_carrier", "carrier IS NOT NULL", "digest_id"),
)

# The clubs in the order in which workers serve them, one row each. `ready_at` is never later than
# that of the club's first unfinished delivery. `served` is the number of the club's last claim, and
# the lowest comes first: a number, since clocks differ between machines and stand still in a
# simulation.
fair_queue = _table(
    "turns",
    ["club_id"],
    _must("club_id"),
    _may("ready_at", INSTANT),
    _must("served", Integer),
    _index_where("ix_turns_ready", "ready_at IS NOT NULL", "ready_at", "served", "club_id"),
    Index("ix_turns_served", "served"),
)

drafts = _table(
    "drafts",
    ["club_id", "draft_id"],
    _must("club_id"),
    _must("draft_id"),
    _must("member_id"),
    _must("command"),
    _must("created_at", INSTANT),
    _later("button", FLAG),
    _may("made_by"),
    Index("ix_drafts_member", "club_id", "member_id"),
    Index("ix_drafts_made", "club_id", "made_by", "button", "created_at"),
    Index("ix_drafts_created", "created_at"),
)

receipts = _table(
    "receipts",
    ["club_id", "request_id"],
    _must("club_id"),
    _must("request_id"),
    _must("reply"),
    _must("at", INSTANT),
    Index("ix_receipts_at", "at"),
)

# Files that members brought in. Both are purged once an import can no longer be undone.
imports = _table(
    "imports",
    ["club_id", "import_id"],
    _must("club_id"),
    _must("import_id"),
    _must("member_id"),
    _must("file"),
    _must("source"),
    _must("created_at", INSTANT),
    _must("twice", Integer),
    _must("left_out", WORDS),
    _must("notes", WORDS),
    _may("imported_at", INSTANT),
    _may("undone_at", INSTANT),
    _later("day_example", Text(), "''"),
    _may("day_order"),
    Index("ix_imports_member", "club_id", "member_id"),
    Index("ix_imports_created", "created_at"),
)

import_rows = _table(
    "import_rows",
    ["club_id", "import_id", "number"],
    _must("club_id"),
    _must("import_id"),
    _must("number", Integer),
    _must("entry", ENTRY),
    _must("state", choice(RowState)),
    _may("film_id"),
    _must("candidates", WORDS),
    ForeignKeyConstraint(
        ["club_id", "import_id"], ["imports.club_id", "imports.import_id"], ondelete="CASCADE"
    ),
    Index("ix_import_rows_state", "club_id", "import_id", "state", "number"),
)

# What moderators did, newest acts alone being shown. `concerned` is the member whose words it was about.
moderation_acts = _table(
    "moderation_acts",
    ["club_id", "act_id"],
    _must("club_id"),
    _must("act_id"),
    _must("member_id"),
    _must("at", INSTANT),
    _must("kind", choice(ActKind)),
    _must("concerned"),
    _may("film_id"),
    _may("critic"),
    Index("ix_moderation_acts_at", "club_id", "at"),
)

# Feeds of other services that members follow. `next_at` is when one is read next, or the end of the
# lease of a process that reads it now.
follows = _table(
    "follows",
    ["club_id", "member_id", "name"],
    _must("club_id"),
    _must("member_id"),
    _must("name"),
    _must("created_at", INSTANT),
    _must("next_at", INSTANT),
    _may("since", INSTANT),
    _may("read_at", INSTANT),
    _must("etag"),
    _must("modified"),
    _must("failures", Integer),
    _must("trouble"),
    Index("ix_follows_next", "next_at"),
)

# Entries of feeds that were dealt with, so that each becomes a review once.
followed_entries = _table(
    "followed_entries",
    ["club_id", "member_id", "number"],
    _must("club_id"),
    _must("member_id"),
    _must("number"),
    _must("label"),
    _must("digest"),
    _must("placed", FLAG),
    _may("review_id"),
    _may("written_at", INSTANT),
)

# When each host of feeds may be asked next, by whatever process.
feed_hosts = _table(
    "feed_hosts",
    ["host"],
    _must("host"),
    _must("free_at", INSTANT),
)

nights = _table(
    "nights",
    ["club_id", "night_id"],
    _must("club_id"),
    _must("night_id"),
    _may("member_id"),
    _must("place"),
    _must("created_at", INSTANT),
    _must("starts_at", INSTANT),
    _must("stage", choice(Stage)),
    _may("until", INSTANT),
    _may("vote_until", INSTANT),
    _must("wish"),
    _must("rule", choice(Rule)),
    _must("films", WORDS),
    _may("film_id"),
    _must("how"),
    _must("quorum", Integer),
    _must("extended", FLAG),
    _must("fair", FLAG),
    _later("slots", WORDS, "'[]'"),
    _later("every", Integer()),
    Column("blind", FLAG, nullable=False, server_default=true()),
    _index_where("ix_nights_until", "until IS NOT NULL", "until"),
    Index("ix_nights_starts", "club_id", "starts_at"),
)

night_guests = _table(
    "night_guests",
    ["club_id", "night_id", "member_id"],
    _must("club_id"),
    _must("night_id"),
    _must("member_id"),
    _must("coming", FLAG),
    _must("direct"),
    _must("at", INSTANT),
    _must("ballot", LEVELS),
    _must("weight", FRACTION),
    _may("gave_up", FRACTION),
    _may("expected", FRACTION),
    _may("rating", Integer),
    _must("text"),
    _must("won", FLAG),
    _later("dates", LEVELS, "'{}'"),
    ForeignKeyConstraint(
        ["club_id", "night_id"], ["nights.club_id", "nights.night_id"], ondelete="CASCADE"
    ),
)

nominations = _table(
    "nominations",
    ["club_id", "member_id", "film_id"],
    _must("club_id"),
    _must("member_id"),
    _must("film_id"),
    _must("at", INSTANT),
)

# Keys to the club's pages. The tokens themselves are stored nowhere.
web_keys = _table(
    "web_keys",
    ["club_id", "digest"],
    _must("club_id"),
    _must("digest"),
    _must("key_id"),
    _must("member_id"),
    _must("kind", choice(KeyKind)),
    _must("direct"),
    _must("created_at", INSTANT),
    _may("expires_at", INSTANT),
    _may("used_at", INSTANT),
    _must("label"),
    _must("subject"),
    Index("ix_web_keys_digest", "digest"),
    Index("ix_web_keys_member", "club_id", "member_id"),
    _index_where("ix_web_keys_expires", "expires_at IS NOT NULL", "expires_at"),
)

# Members who had themselves forgotten, as salted digests: a backup that is restored forgets them again.
forgotten = _table(
    "forgotten",
    ["club_id", "digest"],
    _must("club_id"),
    _must("digest"),
    _must("salt"),
)
