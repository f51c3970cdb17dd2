"""Films: number of ratings, where known."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, empty."""
    op.add_column("films", sa.Column("popularity", sa.Integer(), nullable=True))
