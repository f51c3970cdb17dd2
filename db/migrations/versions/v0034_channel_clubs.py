"""Clubs that one channel of a workspace is by itself, and members who run a club."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

_TRUTH = sa.Boolean().with_variant(sa.Integer(), "sqlite")
_IS_WITHIN = sa.text("within IS NOT NULL")


def upgrade() -> None:
    """Add the columns: no club is within another yet, and nobody was named."""
    op.add_column("clubs", sa.Column("within", sa.Text(), nullable=True))
    op.create_index(
        "ix_clubs_within",
        "clubs",
        ["within"],
        sqlite_where=_IS_WITHIN,
        postgresql_where=_IS_WITHIN,
    )
    op.add_column("members", sa.Column("admin", _TRUTH, nullable=False, server_default=sa.false()))
