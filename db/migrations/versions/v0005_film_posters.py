"""Films: address of the poster, where known."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, empty."""
    op.add_column("films", sa.Column("poster", sa.Text(), nullable=True))
