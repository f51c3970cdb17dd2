"""Clubs: the application that serves them, of several with one database."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, empty."""
    op.add_column("clubs", sa.Column("application", sa.Text(), nullable=True))
