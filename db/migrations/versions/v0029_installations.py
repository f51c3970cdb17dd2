"""Installations of an application in many workspaces, and installs that have begun."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables, empty."""
    op.create_table(
        "installations",
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("application", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("installed_at", _WIDE, nullable=False),
        sa.Column("renew_at", _WIDE, nullable=True),
        sa.PrimaryKeyConstraint("holder", name="pk_installations"),
        sqlite_strict=True,
    )
    op.create_index("ix_installations_application", "installations", ["application"])
    where = sa.text("renew_at IS NOT NULL")
    op.create_index(
        "ix_installations_renew",
        "installations",
        ["renew_at"],
        sqlite_where=where,
        postgresql_where=where,
    )
    op.create_table(
        "install_states",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("expires_at", _WIDE, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_install_states"),
        sqlite_strict=True,
    )
    op.create_index("ix_install_states_expires", "install_states", ["expires_at"])
