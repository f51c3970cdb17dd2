"""Film nights: times among which members choose, and standing nights."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns: no night has slots or stands yet."""
    op.add_column("nights", sa.Column("slots", sa.Text(), nullable=False, server_default="[]"))
    op.add_column(
        "nights", sa.Column("every", sa.Integer(), nullable=False, server_default=sa.text("0"))
    )
    op.add_column(
        "night_guests", sa.Column("dates", sa.Text(), nullable=False, server_default="{}")
    )
