"""Deliveries: time of the first try, and the digest they were folded into."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add both columns; deliveries with attempts count as tried when due."""
    op.add_column("deliveries", sa.Column("tried_at", _WIDE, nullable=True))
    op.add_column("deliveries", sa.Column("carrier", sa.Text(), nullable=True))
    tried = sa.text("UPDATE deliveries SET tried_at = due_at WHERE attempts > 0")
    op.execute(tried.execution_options(across_clubs=True))
    op.create_index(
        "ix_deliveries_carrier",
        "deliveries",
        ["carrier"],
        sqlite_where=sa.text("carrier IS NOT NULL"),
        postgresql_where=sa.text("carrier IS NOT NULL"),
    )
