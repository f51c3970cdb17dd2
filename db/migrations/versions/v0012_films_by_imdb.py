"""Films: found by their number at IMDb, a million of them too."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index."""
    op.create_index("ix_films_imdb", "films", ["club_id", "imdb_id", "film_id"])
