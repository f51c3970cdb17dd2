"""Imports: a day that can be read two ways, and how the member reads it."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, empty."""
    op.add_column("imports", sa.Column("day_example", sa.Text(), nullable=False, server_default=""))
    op.add_column("imports", sa.Column("day_order", sa.Text(), nullable=True))
