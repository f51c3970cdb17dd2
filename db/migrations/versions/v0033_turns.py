"""Film nights: turns of hosts, and of those who choose."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_TRUTH = sa.Boolean().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the columns: nobody takes turns yet."""
    for table, column in (
        ("nights", "rotate"),
        ("night_guests", "chose"),
        ("night_guests", "passed"),
    ):
        op.add_column(table, sa.Column(column, _TRUTH, nullable=False, server_default=sa.false()))
