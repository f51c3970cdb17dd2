"""Films: the film that a club's own one was merged into."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, empty."""
    op.add_column("films", sa.Column("stands_for", sa.Text(), nullable=True))
