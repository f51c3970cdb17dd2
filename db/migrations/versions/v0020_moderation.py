"""Moderation: members who are muted, and what moderators did."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TRUTH = sa.Boolean().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the column and the table, empty."""
    op.add_column("members", sa.Column("muted", _TRUTH, nullable=False, server_default=sa.false()))
    op.create_table(
        "moderation_acts",
        sa.Column("club_id", sa.Text(), nullable=False),
        sa.Column("act_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("at", _WIDE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("concerned", sa.Text(), nullable=False),
        sa.Column("film_id", sa.Text(), nullable=True),
        sa.Column("critic", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("club_id", "act_id", name="pk_moderation_acts"),
        sqlite_strict=True,
    )
    op.create_index("ix_moderation_acts_at", "moderation_acts", ["club_id", "at"])
