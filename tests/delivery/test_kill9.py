"""Workers killed with -9 while delivering: nothing is lost, nothing shown twice."""

from pathlib import Path

from tests.delivery.fleet import Toll, kill_again_and_again
from tests.delivery.loopback import Loopback, Manners


async def _toll(
    tmp_path: Path, *options: str, manners: Manners, many: int, kills: int
) -> tuple[Toll, Loopback]:
    loopback = Loopback(manners)
    database = f"sqlite:///{tmp_path / 'matinee.db'}"
    return await kill_again_and_again(
        database, loopback, *options, many=many, kills=kills
    ), loopback


async def test_forty_kills_lose_nothing_and_repeat_nothing(tmp_path: Path) -> None:
    toll, loopback = await _toll(tmp_path, manners=Manners(), many=2_000, kills=40)
    print(toll)  # noqa: T201 - the figures, for whoever asks with -s
    assert (toll.lost, toll.repeats) == (0, 0)
    assert toll.states == {"sent": 2_000}
    assert loopback.looked_for > 0
    assert toll.seconds < 90


async def test_without_keys_and_history_it_would_repeat(tmp_path: Path) -> None:
    deaf = Manners(key_memory=0)
    toll, _ = await _toll(tmp_path, "--no-history", manners=deaf, many=500, kills=10)
    print(toll)  # noqa: T201 - the figures, for whoever asks with -s
    assert toll.lost == 0
    assert toll.repeats > 0
