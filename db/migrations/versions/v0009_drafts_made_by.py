"""Drafts: the member who made each, so that nobody keeps any number of them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, empty."""
    op.add_column("drafts", sa.Column("made_by", sa.Text(), nullable=True))
    op.create_index("ix_drafts_made", "drafts", ["club_id", "made_by", "button", "created_at"])
