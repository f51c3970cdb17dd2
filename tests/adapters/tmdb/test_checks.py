"""`matinee doctor` about TMDB: no key, a good one, a wrong one, and a TMDB that is away."""

import pytest

from adapters.runtime.health_report import Verdict
from adapters.runtime.settings.settings import Secret, Settings
from adapters.runtime.sources.film_sources import source_finding
from tests.adapters.tmdb.server import KEY, FakeTmdb, failing


@pytest.mark.parametrize(
    ("key", "verdict", "told"),
    [
        (None, Verdict.NOTE, "No key. With one (TMDB_API_KEY,"),
        (KEY, Verdict.OK, "It takes the key."),
        ("f" * 32, Verdict.BAD, "check TMDB_API_KEY"),
    ],
)
async def test_the_key_is_tried(
    tmdb: FakeTmdb, key: str | None, verdict: Verdict, told: str
) -> None:
    found = await source_finding(
        Settings(tmdb_api_key=Secret(key) if key else None, tmdb_api_url=tmdb.url)
    )
    assert found.verdict is verdict
    assert told in found.text


async def test_a_tmdb_that_is_away_is_no_fault_of_the_host(tmdb: FakeTmdb) -> None:
    tmdb.always = failing(503)
    found = await source_finding(Settings(tmdb_api_key=Secret(KEY), tmdb_api_url=tmdb.url))
    assert (found.verdict, "cannot be reached" in found.text) == (Verdict.NOTE, True)
