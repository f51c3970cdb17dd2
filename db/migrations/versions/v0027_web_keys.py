"""Keys to the club's pages: one-time links, sessions, shared reviews, feeds."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table, empty."""
    op.create_table(
        "web_keys",
        sa.Column("club_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("direct", sa.Text(), nullable=False),
        sa.Column("created_at", _WIDE, nullable=False),
        sa.Column("expires_at", _WIDE, nullable=True),
        sa.Column("used_at", _WIDE, nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("club_id", "digest", name="pk_web_keys"),
        sqlite_strict=True,
    )
    op.create_index("ix_web_keys_digest", "web_keys", ["digest"])
    op.create_index("ix_web_keys_member", "web_keys", ["club_id", "member_id"])
    where = sa.text("expires_at IS NOT NULL")
    op.create_index(
        "ix_web_keys_expires",
        "web_keys",
        ["expires_at"],
        sqlite_where=where,
        postgresql_where=where,
    )
