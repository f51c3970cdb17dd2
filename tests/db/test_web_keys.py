"""Keys to the pages, on every engine: found by digest across clubs, taken once, gone with their time and owner."""

import asyncio
from dataclasses import replace

import pytest

from bot.domain.clubs.web_keys import KeyKind, WebKey, digest_of
from bot.domain.ids import MemberId, PlaceId
from bot.ports.store import Store
from tests.db.make import ANA, BEN, CLUB, NOON, OTHER, later


def key(token: str, **changes: object) -> WebKey:
    made = WebKey(
        CLUB,
        digest_of(token),
        token,
        ANA,
        KeyKind.SESSION,
        PlaceId("console:demo@ana"),
        NOON,
        later(60),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # values of many types


async def put(store: Store, *keys: WebKey) -> None:
    for each in keys:
        async with store.writing(each.club_id) as work:
            await work.web_keys.put(each)


async def test_a_key_is_found_by_its_digest_whatever_its_club(store: Store) -> None:
    one, other = key("one", label="Firefox"), key("other", club_id=OTHER, expires_at=None)
    await put(store, one, other)
    assert await store.web_key(digest_of("one")) == one
    assert await store.web_key(digest_of("other")) == other
    assert await store.web_key(digest_of("none")) is None


async def test_a_club_sees_its_own_keys_alone(store: Store) -> None:
    one, other = key("one"), key("other", club_id=OTHER)
    await put(store, one, other, key("bens", member_id=BEN))
    async with store.writing(CLUB) as work:
        assert await work.web_keys.of(ANA) == [one]
        assert not await work.web_keys.remove(other.digest)
        with pytest.raises(ValueError, match="this unit of work is for"):
            await work.web_keys.put(other)
    assert await store.web_key(other.digest) == other


async def test_of_two_who_take_a_key_at_once_one_has_it(store: Store) -> None:
    await put(store, key("link", kind=KeyKind.LINK))

    async def take() -> bool:
        async with store.writing(CLUB) as work:
            return await work.web_keys.remove(digest_of("link"))

    assert sorted(await asyncio.gather(*(take() for _ in range(4)))) == [False, False, False, True]


async def test_expired_keys_are_purged_and_others_stay(store: Store) -> None:
    await put(store, key("old"), key("new", expires_at=later(7200)), key("feed", expires_at=None))
    assert await store.purge_web_keys(later(3600)) == 1
    assert await store.web_key(digest_of("old")) is None
    assert await store.web_key(digest_of("new"))
    assert await store.web_key(digest_of("feed"))


async def test_keys_go_with_who_is_forgotten(store: Store) -> None:
    await put(store, key("anas"), key("bens", member_id=BEN))
    async with store.writing(CLUB) as work:
        await work.members.forget(ANA, PlaceId("console:demo@ana"), MemberId("gone:1"))
    assert await store.web_key(digest_of("anas")) is None
    assert await store.web_key(digest_of("bens"))
