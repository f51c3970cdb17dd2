"""Workers killed with -9 while delivering: nothing is lost, nothing shown twice."""

from pathlib import Path

import pytest

from tests.delivery.fleet import Toll, kill_again_and_again
from tests.delivery.loopback import Loopback, Manners


@pytest.fixture(params=["file", "server"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a database on each engine in turn."""
    if request.param == "file":
        return f"sqlite:///{tmp_path / 'matinee.db'}"
    url: str = request.getfixturevalue("server_database")
    return url


async def _toll(
    database: str, *options: str, manners: Manners, many: int, kills: int
) -> tuple[Toll, Loopback]:
    loopback = Loopback(manners)
    return await kill_again_and_again(
        database, loopback, *options, many=many, kills=kills
    ), loopback


async def test_twenty_kills_lose_nothing_and_repeat_nothing(database: str) -> None:
    toll, loopback = await _toll(database, manners=Manners(), many=1_000, kills=20)
    print(toll)  # noqa: T201 - the figures, for whoever asks with -s
    assert (toll.lost, toll.repeats) == (0, 0)
    assert toll.states == {"sent": 1_000}
    assert loopback.looked_for > 0
    assert toll.seconds < 600  # by far: what waits for a lease that never ends fails


@pytest.mark.parametrize("database", ["file"], indirect=True)
async def test_without_keys_and_history_it_would_repeat(database: str) -> None:
    deaf = Manners(key_memory=0)
    toll, _ = await _toll(database, "--no-history", manners=deaf, many=500, kills=10)
    print(toll)  # noqa: T201 - the figures, for whoever asks with -s
    assert toll.lost == 0
    assert toll.repeats > 0
