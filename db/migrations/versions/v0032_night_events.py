"""Film nights: whether they stand among the events of a server, and who is interested there."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_TRUTH = sa.Boolean().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the columns: no night is an event yet."""
    for table, column in (("nights", "event"), ("night_guests", "interested")):
        op.add_column(table, sa.Column(column, _TRUTH, nullable=False, server_default=sa.false()))
