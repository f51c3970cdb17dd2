"""Connections of processes to platforms."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table, empty."""
    op.create_table(
        "connections",
        sa.Column("application", sa.Text(), nullable=False),
        sa.Column("process", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("seen_at", _WIDE, nullable=False),
        sa.PrimaryKeyConstraint("application", "process", name="pk_connections"),
        sqlite_strict=True,
    )
