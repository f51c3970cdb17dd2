"""Matinee without a terminal: serves the platforms that are set up, until it is asked to end."""

from collections.abc import Sequence
from functools import partial

from adapters.runtime.composition import open_application
from adapters.runtime.platforms import MessengerRouter, Platform
from adapters.runtime.settings import Settings
from adapters.runtime.supervisor import supervise
from bot.ports.clock import Clock


async def serve(settings: Settings, connected: Sequence[Platform], clock: Clock) -> None:
    """Answer on every platform, deliver what falls due, look after plans, all or none of it.

    Raises what the first failing part raised; StoreError or SettingsError tell what to do.
    """
    messenger = MessengerRouter({each.name: each.messenger for each in connected})
    async with open_application(settings, messenger, clock) as house:
        served = (partial(each.serve, house.bot) for each in connected)
        await supervise(house.worker.run, *house.services, *served)
