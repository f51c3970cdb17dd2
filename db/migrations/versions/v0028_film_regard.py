"""Films: how well regarded, by judgement."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, empty: the starter catalogue fills it at the next start."""
    op.add_column("films", sa.Column("regard", sa.Integer(), nullable=True))
