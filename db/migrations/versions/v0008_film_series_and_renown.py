"""Films: writers, how well known, series and part, colour."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, empty."""
    op.add_column("films", sa.Column("writers", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("films", sa.Column("known", sa.Integer(), nullable=True))
    op.add_column("films", sa.Column("series", sa.Text(), nullable=True))
    op.add_column("films", sa.Column("part", sa.Integer(), nullable=True))
    op.add_column("films", sa.Column("colour", sa.Text(), nullable=True))
