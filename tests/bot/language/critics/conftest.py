"""The starter catalogue, read once for all tests of critics' reviews."""

import pytest

from tests.bot.language.critics.measure import IndexedFilms, starter_catalogue


@pytest.fixture(scope="session")
def films() -> IndexedFilms:
    """Every film of the starter catalogue, behind the real title index."""
    return starter_catalogue()
