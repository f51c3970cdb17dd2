"""Films: found by their number at IMDb, a million of them too."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index."""
    op.create_index("ix_films_imdb", "films", ["imdb_id"])
