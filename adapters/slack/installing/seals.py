"""Seals of stored installations at a start: opened by the keys that are set, and sealed with the first."""

import logging
from dataclasses import replace

from adapters.runtime.settings.environment import SettingsError
from adapters.runtime.settings.sealing import Sealer, Unsealable
from bot.ports.installations import SealedInstallations

log = logging.getLogger(__name__)

WRONG_KEY = (
    "MATINEE_SECRET_KEY opens none of the {} tokens that workspaces have installed; nothing was changed. "
    "Set the key that they were sealed with: NEW_KEY,OLD_KEY if it is to be replaced. If that key is lost: matinee slack forget"
)


async def check_seals(installations: SealedInstallations, sealer: Sealer) -> None:
    """Seal with the first key what an older one had sealed. SettingsError if no key opens any; StoreError."""
    rows, shut, renewed = await installations.all(), 0, 0
    for row in rows:
        try:
            sealed = sealer.resealed(row.sealed)
        except Unsealable:
            shut += 1
            continue
        if sealed is not None:
            renewed += await installations.replace(row, replace(row, sealed=sealed))
    if rows and shut == len(rows):
        raise SettingsError(WRONG_KEY.format(shut))
    if shut:
        log.error(
            "MATINEE_SECRET_KEY opens %d of %d tokens; put the key that sealed the others behind it",
            len(rows) - shut,
            len(rows),
        )
    if renewed:
        log.warning("%d tokens are sealed with the first key of MATINEE_SECRET_KEY now", renewed)


async def forget_shut(installations: SealedInstallations, sealer: Sealer) -> int:
    """Delete the installations that no key opens, as their key is lost; return their number. StoreError."""
    gone = 0
    for row in await installations.all():
        try:
            sealer.open(row.sealed)
        except Unsealable:
            gone += await installations.remove(row)
    return gone
