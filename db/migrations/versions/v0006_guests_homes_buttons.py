"""Clubs: time joined and left. Members: the club chosen in private. Drafts: those of buttons."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TRUTH = sa.Boolean().with_variant(sa.Integer(), "sqlite")
_LEFT = sa.text("left_at IS NOT NULL")


def upgrade() -> None:
    """Add the columns: empty, and false for drafts."""
    for table, name in (("clubs", "joined_at"), ("clubs", "left_at"), ("members", "home_at")):
        op.add_column(table, sa.Column(name, _WIDE, nullable=True))
    for table, name in (("members", "fallback"), ("drafts", "button")):
        op.add_column(table, sa.Column(name, _TRUTH, nullable=False, server_default=sa.false()))
    op.create_index(
        "ix_clubs_left", "clubs", ["left_at"], sqlite_where=_LEFT, postgresql_where=_LEFT
    )
    op.create_index("ix_members_member", "members", ["member_id"])
    op.create_index("ix_drafts_created", "drafts", ["created_at"])
