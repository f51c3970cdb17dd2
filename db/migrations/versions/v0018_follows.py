"""Follows: feeds of other services, their entries, and what a review from one says more."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0013"
branch_labels = None
depends_on = None

_WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TRUTH = sa.Boolean().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables and the columns, empty."""
    for table in ("reviews", "review_versions"):
        op.add_column(table, sa.Column("liked", _TRUTH, nullable=False, server_default=sa.false()))
        op.add_column(table, sa.Column("page", sa.Text(), nullable=True))
    op.create_table(
        "follows",
        sa.Column("club_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", _WIDE, nullable=False),
        sa.Column("next_at", _WIDE, nullable=False),
        sa.Column("since", _WIDE, nullable=True),
        sa.Column("read_at", _WIDE, nullable=True),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("modified", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("club_id", "member_id", "name", name="pk_follows"),
        sqlite_strict=True,
    )
    op.create_index("ix_follows_next", "follows", ["next_at"])
    op.create_table(
        "followed_entries",
        sa.Column("club_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("placed", _TRUTH, nullable=False),
        sa.Column("review_id", sa.Text(), nullable=True),
        sa.Column("written_at", _WIDE, nullable=True),
        sa.PrimaryKeyConstraint("club_id", "member_id", "number", name="pk_followed_entries"),
        sqlite_strict=True,
    )
    op.create_table(
        "feed_hosts",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("free_at", _WIDE, nullable=False),
        sa.PrimaryKeyConstraint("host", name="pk_feed_hosts"),
        sqlite_strict=True,
    )
