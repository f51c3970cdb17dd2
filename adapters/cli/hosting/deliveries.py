"""`matinee deliveries`: list waiting, uncertain and dead deliveries, retry or drop them."""

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from adapters.runtime.settings.settings import Settings
from bot.domain.deliveries import Delivery, DeliveryState
from bot.domain.errors import NotFound, StoreError
from bot.domain.ids import DeliveryId
from db.engines.open import open_store
from db.engines.sqlite_backup import database_file

Say = Callable[[str], None]

MOST_LISTED = 200

OPEN = (
    DeliveryState.PLANNED,
    DeliveryState.CLAIMED,
    DeliveryState.UNCERTAIN,
    DeliveryState.DEAD,
)
"""States that are listed unless some are named: unfinished, uncertain and dead deliveries."""


async def list_deliveries(
    settings: Settings, states: Sequence[DeliveryState], say: Say, *, as_json: bool
) -> None:
    """Print one line for each delivery, latest first, without its message."""
    _must_exist(settings)
    store = await open_store(settings.database)
    try:
        found = await store.outbox_admin.list(states or OPEN, MOST_LISTED)
        counts = await store.outbox_admin.counts()
        doubled = await store.outbox_admin.possible_duplicates()
    finally:
        await store.close()
    if as_json:
        for each in found:
            say(json.dumps(asdict(each), default=str) + "\n")
        return
    for each in found:
        say(_line(each) + "\n")
    counted = ", ".join(f"{count} {state}" for state, count in counts.items())
    say(f"{counted}; {doubled} said twice perhaps.\n")
    if len(found) == MOST_LISTED:
        say(f"Only the latest {MOST_LISTED} are shown.\n")


async def retry(settings: Settings, ids: Collection[str], now: datetime, say: Say) -> None:
    """Retry dead deliveries; all of them where no id is given."""
    await _decide(settings, ids, now, say, again=True)


async def drop(settings: Settings, ids: Collection[str], now: datetime, say: Say) -> None:
    """Drop deliveries; all dead ones where no id is given."""
    await _decide(settings, ids, now, say, again=False)


async def _decide(
    settings: Settings, ids: Collection[str], now: datetime, say: Say, *, again: bool
) -> None:
    _must_exist(settings)
    store = await open_store(settings.database)
    try:
        named = frozenset(map(DeliveryId, ids))
        if not named:
            dead = await store.outbox_admin.list([DeliveryState.DEAD], MOST_LISTED)
            named = frozenset(each.delivery_id for each in dead)
        decide = store.outbox_admin.retry if again else store.outbox_admin.drop
        done = await decide(named, now)
    finally:
        await store.close()
    say(f"{len(done)} {'will be tried again' if again else 'will not be said'}.\n")
    if missed := sorted(set(ids) - set(done)):
        wanted = "dead" if again else "planned, uncertain or dead"
        raise NotFound(
            f"not {wanted}: {', '.join(missed)}. See what there is with: matinee deliveries list"
        )


def _must_exist(settings: Settings) -> None:
    path: Path = database_file(settings.database)
    if not path.is_file():
        raise StoreError(f"There is no database at {path} yet.", retry=False)


def _line(delivery: Delivery) -> str:
    at = delivery.next_at or delivery.due_at
    parts = [
        f"{delivery.delivery_id:18}",
        f"{delivery.state:10}",
        f"{at:%Y-%m-%d %H:%M}Z",
        f"tries {delivery.attempts}",
        delivery.purpose.value,
        delivery.place,
    ]
    if delivery.error:
        parts.append(f"({delivery.error})")
    return "  ".join(parts)
