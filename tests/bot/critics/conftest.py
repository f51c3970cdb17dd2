"""The starter catalogue, read once for all tests of critics' reviews."""

import pytest

from bot.critics import IndexedFilms
from tests.bot.critics.measure import starter_catalogue


@pytest.fixture(scope="session")
def films() -> IndexedFilms:
    """Every film of the starter catalogue, behind the real title index."""
    return starter_catalogue()
