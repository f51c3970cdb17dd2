"""Film nights: reasons of the room picker, who settles, moved nights; members: whether they are reminded to vote."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0034"
branch_labels = None
depends_on = None

_WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TRUTH = sa.Boolean().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the columns: everybody is reminded, as before."""
    for table, column in (("nights", "reasons"), ("night_guests", "settling")):
        op.add_column(table, sa.Column(column, sa.Text, nullable=False, server_default="{}"))
    op.add_column("nights", sa.Column("regular_at", _WIDE))
    reminded: sa.Column[bool] = sa.Column(
        "vote_reminders", _TRUTH, nullable=False, server_default=sa.true()
    )
    op.add_column("members", reminded)
