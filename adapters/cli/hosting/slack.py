"""What a host needs for Slack: the app's manifest, keys, and what to do when a key is lost."""

import argparse
from collections.abc import Callable

from adapters.runtime.settings.sealing import Sealer, new_key
from adapters.runtime.settings.settings import Settings
from adapters.slack.host.manifest import manifest
from adapters.slack.installing.seals import forget_shut
from bot.domain.errors import UserError
from db.engines.open import open_store


async def run(options: argparse.Namespace, settings: Settings, say: Callable[[str], None]) -> None:
    """Run the command that the options name. Raises UserError, StoreError, SettingsError."""
    match options.what:
        case "key":
            say(f"{new_key()}\n")
        case "forget":
            say(f"{await _forget(settings)} installations forgotten; let them install again\n")
        case _:
            redirect = settings.slack_redirect_uri
            say(manifest(settings.slack_command_prefix, options.url, redirect))


async def _forget(settings: Settings) -> int:
    """Delete the installations that no key opens; return their number."""
    if not settings.secret_key:
        raise UserError("set MATINEE_SECRET_KEY first: what none of its keys opens is forgotten")
    sealer = Sealer([each.value for each in settings.secret_key])
    store = await open_store(settings.database)
    try:
        return await forget_shut(store.installations, sealer)
    finally:
        await store.close()
