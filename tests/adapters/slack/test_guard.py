"""Forged, stale and broken requests: 401 each time, nothing read, nothing logged."""

import io
import json
import logging
import random
import string
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from urllib.parse import urlencode

import pytest

from adapters.slack.incoming.guard import SIGNATURE, TIMESTAMP
from adapters.slack.limits import BODY
from tests.adapters.slack.conftest import workspace
from tests.adapters.slack.double import FakeSlack
from tests.adapters.slack.driver import Http, Workspace, signed
from tests.support import Room

FORM = "application/x-www-form-urlencoded"
CANARY = "Quetzalcoatlus"
"""Stands in every body, and may stand in no log."""

Forged = tuple[bytes, dict[str, str]]


@pytest.fixture
async def club(slack: FakeSlack, room: Room) -> AsyncIterator[Workspace]:
    async with workspace(slack, room, "http") as opened:
        yield opened


def http(club: Workspace) -> Http:
    assert isinstance(club.way, Http)
    return club.way


def body_of(club: Workspace) -> bytes:
    return urlencode(club.slash("ana", f"/review Her 4/5 {CANARY}")).encode()


def forged(raw: bytes, seed: int) -> Iterator[Forged]:
    """Mutate a request without end: its body, time stamp and signature, or their headers."""
    chance = random.Random(seed)
    while True:
        right = signed(raw)
        yield chance.choice(_MUTATIONS)(raw, right, chance)


def _flipped(raw: bytes, right: dict[str, str], chance: random.Random) -> Forged:
    place = chance.randrange(len(raw))
    changed = bytes([raw[place] ^ (1 << chance.randrange(8))])
    return raw[:place] + changed + raw[place + 1 :], right


def _cut(raw: bytes, right: dict[str, str], chance: random.Random) -> Forged:
    return raw[: chance.randrange(len(raw))], right


def _longer(raw: bytes, right: dict[str, str], chance: random.Random) -> Forged:
    return raw + chance.randbytes(chance.randrange(1, 50)), right


def _nonsense(raw: bytes, right: dict[str, str], chance: random.Random) -> Forged:
    del raw
    return chance.choice([b"payload=x", b"payload={}", b"{", b"null", b"\xff\xfe"]), right


def _stale(raw: bytes, _: dict[str, str], chance: random.Random) -> Forged:
    off = chance.choice([-1, 1]) * chance.randrange(302, 10**7)
    return raw, signed(raw, time.time() + off)


def _other_seal(raw: bytes, right: dict[str, str], chance: random.Random) -> Forged:
    seal = right[SIGNATURE]
    place = chance.randrange(3, len(seal))
    other = chance.choice([each for each in string.hexdigits[:16] if each != seal[place]])
    return raw, {**right, SIGNATURE: seal[:place] + other + seal[place + 1 :]}


def _odd_seal(raw: bytes, right: dict[str, str], chance: random.Random) -> Forged:
    seal = right[SIGNATURE]
    odd = ["", "v0=", seal[3:], seal.upper(), "v1" + seal[2:], seal + "0", "v0=é" + seal[4:], "☠"]
    return raw, {**right, SIGNATURE: chance.choice(odd)}


def _odd_time(raw: bytes, right: dict[str, str], chance: random.Random) -> Forged:
    now = right[TIMESTAMP]
    odd = ["", "now", f"{now}.0", f"-{now}", f"0x{int(now):x}", "9" * 400, "١٢٣", f"{now},{now}"]
    return raw, {**right, TIMESTAMP: chance.choice(odd)}


def _bare(raw: bytes, right: dict[str, str], chance: random.Random) -> Forged:
    kept = chance.choice([[], [SIGNATURE], [TIMESTAMP]])
    return raw, {name: right[name] for name in kept}


_MUTATIONS = (
    _flipped, _cut, _longer, _nonsense, _stale, _other_seal, _odd_seal, _odd_time, _bare,
)  # fmt: skip


async def refused(club: Workspace, many: int, seed: int) -> Counter[int]:
    raw, statuses = body_of(club), Counter[int]()
    for (body, headers), _ in zip(forged(raw, seed), range(many), strict=False):
        status, _answer = await http(club).post(body, headers, FORM)
        statuses[status] += 1
    return statuses


async def test_two_thousand_forgeries_are_refused(
    club: Workspace, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        statuses = await refused(club, 2_000, seed=1)

    with capsys.disabled():
        print(f"\nforged requests: {dict(statuses)}", end=" ")  # noqa: T201 - the count is asked for
    assert statuses == {401: 2_000}
    assert club.slack.posts == []
    assert CANARY not in "".join(each.getMessage() for each in caplog.records)


@pytest.mark.long
async def test_a_hundred_thousand_forgeries_are_refused(
    club: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    statuses = await refused(club, 100_000, seed=2)

    with capsys.disabled():
        print(f"\nforged requests: {dict(statuses)}", end=" ")  # noqa: T201 - likewise
    assert statuses == {401: 100_000}


async def test_the_untouched_request_gets_in(club: Workspace) -> None:
    raw = body_of(club)

    assert await http(club).post(raw, signed(raw), FORM) == (200, "")
    await club.slack.until(lambda: club.slack.posts)


async def test_a_header_twice_is_refused(club: Workspace) -> None:
    raw = body_of(club)
    right = signed(raw)
    twice = [*right.items(), (SIGNATURE, right[SIGNATURE])]
    async with http(club).session.post(http(club).url, data=raw, headers=twice) as response:
        assert response.status == 401


async def test_too_large_a_body_is_refused_unread(club: Workspace) -> None:
    raw = b"x" * (BODY + 1)

    given = {"Content-Type": FORM, **signed(raw)}
    async with http(club).session.post(
        http(club).url, data=io.BytesIO(raw), headers=given
    ) as response:
        assert response.status == 413


@pytest.mark.parametrize(
    "raw", [b"payload=x", b"payload={}", b"{", b"\xff\xfe", b"", b"a=b", b"[]"]
)
async def test_signed_nonsense_breaks_nothing(club: Workspace, raw: bytes) -> None:
    status, _ = await http(club).post(raw, signed(raw), FORM)

    assert status in {200, 400, 404}
    assert (await club.say("ana", "/review Her")).text.startswith("Her")


async def test_slack_can_look_whether_the_address_is_ours(club: Workspace) -> None:
    raw = json.dumps({"type": "url_verification", "challenge": "c0ffee", "token": "x"}).encode()
    status, answer = await http(club).post(raw, signed(raw))

    assert (status, json.loads(answer)["challenge"]) == (200, "c0ffee")


async def test_health_is_told_to_anybody(club: Workspace) -> None:
    address = http(club).url.replace("/slack/events", "/health")
    async with http(club).session.get(address) as response:
        assert (response.status, await response.text()) == (200, "database: ok\nslack: ok\n")
