"""Reviews of films seen on a day that nobody told; who was forgotten without a trace in the file."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_TRUTH = sa.Boolean().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the columns: of reviews that are there, nobody knows; traces of the forgotten may be left."""
    for table in ("reviews", "review_versions"):
        op.add_column(
            table, sa.Column("undated", _TRUTH, nullable=False, server_default=sa.false())
        )
    op.add_column(
        "forgotten", sa.Column("overwritten", _TRUTH, nullable=False, server_default=sa.false())
    )
