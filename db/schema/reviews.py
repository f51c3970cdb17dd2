"""Tables of reviews and their former versions."""

from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, Integer

from db.column_types import DAY, FLAG, INSTANT
from db.schema.declaring import later, may, must, table, unique_where


def _review_columns() -> list[Column[Any]]:
    return [
        must("club_id"),
        must("review_id"),
        must("film_id"),
        must("member_id"),
        must("created_at", INSTANT),
        must("changed_at", INSTANT),
        may("rating", Integer),
        must("text"),
        may("critic"),
        must("spoiler", FLAG),
        must("private", FLAG),
        must("rewatch", FLAG),
        must("abandoned", FLAG),
        may("abandoned_after", Integer),
        may("watched_on", DAY),
        must("hidden", FLAG),
        must("deleted", FLAG),
        must("revision", Integer),
        later("liked", FLAG),
        may("page"),
        later("undated", FLAG),
    ]


reviews = table(
    "reviews",
    ["club_id", "review_id"],
    *_review_columns(),
    CheckConstraint("rating BETWEEN 1 AND 10", "rating"),
    unique_where("uq_reviews_member", "critic IS NULL", "club_id", "film_id", "member_id"),
    unique_where("uq_reviews_critic", "critic IS NOT NULL", "club_id", "film_id", "critic"),
    Index("ix_reviews_film", "club_id", "film_id", "changed_at"),
    Index("ix_reviews_member", "club_id", "member_id", "changed_at"),
    Index("ix_reviews_revision", "club_id", "revision"),
)

review_versions = table(
    "review_versions",
    ["club_id", "review_id", "revision"],
    *_review_columns(),
    ForeignKeyConstraint(
        ["club_id", "review_id"], ["reviews.club_id", "reviews.review_id"], ondelete="CASCADE"
    ),
    Index("ix_review_versions_member", "club_id", "member_id"),
)
