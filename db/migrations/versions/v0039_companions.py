"""Films: those that go well with them, by judgement."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, empty: the starter catalogue fills it at the next start."""
    op.add_column("films", sa.Column("companions", sa.Text(), nullable=False, server_default="[]"))
