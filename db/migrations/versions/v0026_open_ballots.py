"""Film nights: whether ballots are blind."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_TRUTH = sa.Boolean().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the column: all nights until now are blind."""
    op.add_column("nights", sa.Column("blind", _TRUTH, nullable=False, server_default=sa.true()))
