"""Film nights: the nights, each member's part in them, nominations."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0020"
branch_labels = None
depends_on = None

_WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_FRACTION: sa.types.TypeEngine[float] = sa.Double().with_variant(sa.REAL(), "sqlite")
_TRUTH = sa.Boolean().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables, empty."""
    op.create_table(
        "nights",
        sa.Column("club_id", sa.Text(), nullable=False),
        sa.Column("night_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("created_at", _WIDE, nullable=False),
        sa.Column("starts_at", _WIDE, nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("until", _WIDE, nullable=True),
        sa.Column("vote_until", _WIDE, nullable=True),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("films", sa.Text(), nullable=False),
        sa.Column("film_id", sa.Text(), nullable=True),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("quorum", sa.Integer(), nullable=False),
        sa.Column("extended", _TRUTH, nullable=False),
        sa.Column("fair", _TRUTH, nullable=False),
        sa.PrimaryKeyConstraint("club_id", "night_id", name="pk_nights"),
        sqlite_strict=True,
    )
    where = sa.text("until IS NOT NULL")
    op.create_index(
        "ix_nights_until", "nights", ["until"], sqlite_where=where, postgresql_where=where
    )
    op.create_index("ix_nights_starts", "nights", ["club_id", "starts_at"])
    op.create_table(
        "night_guests",
        sa.Column("club_id", sa.Text(), nullable=False),
        sa.Column("night_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("coming", _TRUTH, nullable=False),
        sa.Column("direct", sa.Text(), nullable=False),
        sa.Column("at", _WIDE, nullable=False),
        sa.Column("ballot", sa.Text(), nullable=False),
        sa.Column("weight", _FRACTION, nullable=False),
        sa.Column("gave_up", _FRACTION, nullable=True),
        sa.Column("expected", _FRACTION, nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("won", _TRUTH, nullable=False),
        sa.PrimaryKeyConstraint("club_id", "night_id", "member_id", name="pk_night_guests"),
        sa.ForeignKeyConstraint(
            ["club_id", "night_id"],
            ["nights.club_id", "nights.night_id"],
            name="fk_night_guests_nights",
            ondelete="CASCADE",
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "nominations",
        sa.Column("club_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("film_id", sa.Text(), nullable=False),
        sa.Column("at", _WIDE, nullable=False),
        sa.PrimaryKeyConstraint("club_id", "member_id", "film_id", name="pk_nominations"),
        sqlite_strict=True,
    )
