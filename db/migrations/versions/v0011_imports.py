"""Imports: files that members bring in, and their rows."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create both tables, empty."""
    op.create_table(
        "imports",
        sa.Column("club_id", sa.Text(), nullable=False),
        sa.Column("import_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("created_at", _WIDE, nullable=False),
        sa.Column("twice", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("imported_at", _WIDE, nullable=True),
        sa.Column("undone_at", _WIDE, nullable=True),
        sa.PrimaryKeyConstraint("club_id", "import_id", name="pk_imports"),
        sqlite_strict=True,
    )
    op.create_index("ix_imports_member", "imports", ["club_id", "member_id"])
    op.create_index("ix_imports_created", "imports", ["created_at"])
    op.create_table(
        "import_rows",
        sa.Column("club_id", sa.Text(), nullable=False),
        sa.Column("import_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("film_id", sa.Text(), nullable=True),
        sa.Column("candidates", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("club_id", "import_id", "number", name="pk_import_rows"),
        sa.ForeignKeyConstraint(
            ["club_id", "import_id"],
            ["imports.club_id", "imports.import_id"],
            name="fk_import_rows_imports",
            ondelete="CASCADE",
        ),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_import_rows_state", "import_rows", ["club_id", "import_id", "state", "number"]
    )
