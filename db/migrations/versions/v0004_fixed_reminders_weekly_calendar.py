"""Reminders at a fixed time, the weekly list, exported calendar events."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TRUTH = sa.Boolean().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the columns, false in existing rows, and the table."""
    for table, name in (("reminders", "fixed"), ("clubs", "weekly")):
        op.add_column(table, sa.Column(name, _TRUTH, nullable=False, server_default=sa.false()))
    op.create_index("ix_reminders_due", "reminders", ["club_id", "place", "due_at"])
    op.create_index("ix_reminders_state", "reminders", ["club_id", "state", "day"])
    op.create_table(
        "calendar",
        sa.Column("club_id", sa.Text(), nullable=False),
        sa.Column("film_id", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("cancelled", _TRUTH, nullable=False),
        sa.PrimaryKeyConstraint("club_id", "film_id", "region", "kind", name="pk_calendar"),
        sqlite_strict=True,
    )
    op.create_index("ix_calendar_day", "calendar", ["club_id", "region", "day"])
