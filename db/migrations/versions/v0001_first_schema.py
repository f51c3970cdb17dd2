"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TRUTH = sa.Boolean().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create every table."""
    op.create_table(
        "clubs",
        sa.Column("club_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("hour", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("spoilers", sa.Text(), nullable=False),
        sa.Column("announce_reviews", _TRUTH, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("club_id", name="pk_clubs"),
        sqlite_strict=True,
    )
    op.create_table(
        "deliveries",
        sa.Column("delivery_id", sa.Text(), nullable=False),
        sa.Column("club_id", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("due_at", _WIDE, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_owner", sa.Text(), nullable=True),
        sa.Column("lease_until", _WIDE, nullable=True),
        sa.Column("next_at", _WIDE, nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("ready_at", _WIDE, nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("settled_at", _WIDE, nullable=True),
        sa.PrimaryKeyConstraint("delivery_id", name="pk_deliveries"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_deliveries_lease",
        "deliveries",
        ["lease_owner"],
        sqlite_where=sa.text("lease_owner IS NOT NULL"),
        postgresql_where=sa.text("lease_owner IS NOT NULL"),
    )
    op.create_index(
        "ix_deliveries_ready",
        "deliveries",
        ["club_id", "ready_at"],
        sqlite_where=sa.text("ready_at IS NOT NULL"),
        postgresql_where=sa.text("ready_at IS NOT NULL"),
    )
    op.create_index(
        "uq_deliveries_plan", "deliveries", ["club_id", "purpose", "subject", "due_at"], unique=True
    )
    op.create_table(
        "drafts",
        sa.Column("club_id", sa.Text(), nullable=False),
        sa.Column("draft_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("created_at", _WIDE, nullable=False),
        sa.PrimaryKeyConstraint("club_id", "draft_id", name="pk_drafts"),
        sqlite_strict=True,
    )
    op.create_index("ix_drafts_member", "drafts", ["club_id", "member_id"])
    op.create_table(
        "films",
        sa.Column("club_id", sa.Text(), nullable=False),
        sa.Column("film_id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("original_title", sa.Text(), nullable=True),
        sa.Column("other_titles", sa.Text(), nullable=False),
        sa.Column("directors", sa.Text(), nullable=False),
        sa.Column("cast", sa.Text(), nullable=False),
        sa.Column("countries", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("genres", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("based_on", sa.Text(), nullable=True),
        sa.Column("themes", sa.Text(), nullable=False),
        sa.Column("logline", sa.Text(), nullable=False),
        sa.Column("imdb_id", sa.Text(), nullable=True),
        sa.Column("tmdb_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("club_id", "film_id", name="pk_films"),
        sqlite_strict=True,
    )
    op.create_table(
        "marks",
        sa.Column("club_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("film_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", _WIDE, nullable=False),
        sa.PrimaryKeyConstraint("club_id", "member_id", "film_id", "kind", name="pk_marks"),
        sqlite_strict=True,
    )
    op.create_table(
        "members",
        sa.Column("club_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("scale", sa.Text(), nullable=False),
        sa.Column("quotable", _TRUTH, nullable=False),
        sa.Column("direct", _TRUTH, nullable=False),
        sa.Column("last_active", _WIDE, nullable=True),
        sa.PrimaryKeyConstraint("club_id", "member_id", name="pk_members"),
        sqlite_strict=True,
    )
    op.create_index("ix_members_name", "members", ["club_id", "folded"])
    op.create_table(
        "receipts",
        sa.Column("club_id", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("at", _WIDE, nullable=False),
        sa.PrimaryKeyConstraint("club_id", "request_id", name="pk_receipts"),
        sqlite_strict=True,
    )
    op.create_index("ix_receipts_at", "receipts", ["at"])
    op.create_table(
        "reminders",
        sa.Column("club_id", sa.Text(), nullable=False),
        sa.Column("reminder_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("film_id", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("created_at", _WIDE, nullable=False),
        sa.Column("direct", _TRUTH, nullable=False),
        sa.Column("lead", _WIDE, nullable=False),
        sa.Column("day", sa.Text(), nullable=True),
        sa.Column("due_at", _WIDE, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("club_id", "reminder_id", name="pk_reminders"),
        sqlite_strict=True,
    )
    op.create_index("ix_reminders_member", "reminders", ["club_id", "member_id"])
    op.create_table(
        "reviews",
        sa.Column("club_id", sa.Text(), nullable=False),
        sa.Column("review_id", sa.Text(), nullable=False),
        sa.Column("film_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("created_at", _WIDE, nullable=False),
        sa.Column("changed_at", _WIDE, nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("critic", sa.Text(), nullable=True),
        sa.Column("spoiler", _TRUTH, nullable=False),
        sa.Column("private", _TRUTH, nullable=False),
        sa.Column("rewatch", _TRUTH, nullable=False),
        sa.Column("abandoned", _TRUTH, nullable=False),
        sa.Column("abandoned_after", sa.Integer(), nullable=True),
        sa.Column("watched_on", sa.Text(), nullable=True),
        sa.Column("hidden", _TRUTH, nullable=False),
        sa.Column("deleted", _TRUTH, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("club_id", "review_id", name="pk_reviews"),
        sa.CheckConstraint("rating BETWEEN 1 AND 10", name=op.f("ck_reviews_rating")),
        sqlite_strict=True,
    )
    op.create_index("ix_reviews_film", "reviews", ["club_id", "film_id", "changed_at"])
    op.create_index("ix_reviews_member", "reviews", ["club_id", "member_id", "changed_at"])
    op.create_index("ix_reviews_revision", "reviews", ["club_id", "revision"])
    op.create_index(
        "uq_reviews_critic",
        "reviews",
        ["club_id", "film_id", "critic"],
        unique=True,
        sqlite_where=sa.text("critic IS NOT NULL"),
        postgresql_where=sa.text("critic IS NOT NULL"),
    )
    op.create_index(
        "uq_reviews_member",
        "reviews",
        ["club_id", "film_id", "member_id"],
        unique=True,
        sqlite_where=sa.text("critic IS NULL"),
        postgresql_where=sa.text("critic IS NULL"),
    )
    op.create_table(
        "shelf",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_shelf"),
        sqlite_strict=True,
    )
    op.create_table(
        "turns",
        sa.Column("club_id", sa.Text(), nullable=False),
        sa.Column("ready_at", _WIDE, nullable=True),
        sa.Column("served", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("club_id", name="pk_turns"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_turns_ready",
        "turns",
        ["ready_at", "served", "club_id"],
        sqlite_where=sa.text("ready_at IS NOT NULL"),
        postgresql_where=sa.text("ready_at IS NOT NULL"),
    )
    op.create_index("ix_turns_served", "turns", ["served"])
    op.create_table(
        "releases",
        sa.Column("club_id", sa.Text(), nullable=False),
        sa.Column("film_id", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("club_id", "film_id", "place", name="pk_releases"),
        sa.ForeignKeyConstraint(
            ["club_id", "film_id"],
            ["films.club_id", "films.film_id"],
            name="fk_releases_films",
            ondelete="CASCADE",
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_releases_day", "releases", ["region", "day", "club_id"])
    op.create_table(
        "review_versions",
        sa.Column("club_id", sa.Text(), nullable=False),
        sa.Column("review_id", sa.Text(), nullable=False),
        sa.Column("film_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("created_at", _WIDE, nullable=False),
        sa.Column("changed_at", _WIDE, nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("critic", sa.Text(), nullable=True),
        sa.Column("spoiler", _TRUTH, nullable=False),
        sa.Column("private", _TRUTH, nullable=False),
        sa.Column("rewatch", _TRUTH, nullable=False),
        sa.Column("abandoned", _TRUTH, nullable=False),
        sa.Column("abandoned_after", sa.Integer(), nullable=True),
        sa.Column("watched_on", sa.Text(), nullable=True),
        sa.Column("hidden", _TRUTH, nullable=False),
        sa.Column("deleted", _TRUTH, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("club_id", "review_id", "revision", name="pk_review_versions"),
        sa.ForeignKeyConstraint(
            ["club_id", "review_id"],
            ["reviews.club_id", "reviews.review_id"],
            name="fk_review_versions_reviews",
            ondelete="CASCADE",
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_review_versions_member", "review_versions", ["club_id", "member_id"])
