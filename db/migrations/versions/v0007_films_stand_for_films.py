"""A film of a club's own may stand for the one that everybody knows."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; no film stands for another yet."""
    op.add_column("films", sa.Column("stands_for", sa.Text(), nullable=True))
