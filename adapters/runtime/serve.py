"""Server mode, without a terminal: serves the platforms that are set up, until a signal."""

import os
from collections.abc import Sequence
from functools import partial

from adapters.runtime.composition import open_application
from adapters.runtime.health.heartbeat import Heartbeat, heartbeat_file
from adapters.runtime.health.readiness import Readiness, health_service
from adapters.runtime.pages import pages_address, pages_service
from adapters.runtime.platforms import MessengerRouter, Platform
from adapters.runtime.process.supervisor import Service, supervise
from adapters.runtime.process.systemd import Systemd
from adapters.runtime.settings.settings import Settings
from bot.ports.clock import Clock


async def serve(settings: Settings, connected: Sequence[Platform], clock: Clock) -> None:
    """Run the platforms, the outbox worker and maintenance; when one ends, all end.

    A process of pages alone delivers and maintains nothing. Raises the error of the first part that
    fails, such as StoreError or SettingsError.
    """
    messenger = MessengerRouter({each.name: each.messenger for each in connected})
    pages = pages_address(settings)
    web_url = pages.url if pages else settings.web_url
    async with open_application(settings, messenger, clock, web_url=web_url) as app:
        served: list[Service] = [partial(each.serve, app.bot) for each in connected]
        if pages is not None:
            served.append(pages_service(pages, app, clock))
        if settings.only != "web":
            served.append(app.worker.run)
        if settings.health_port is not None:
            delivers = settings.only != "web"
            readiness = Readiness(
                app.store, clock, connected, lambda: messenger.reach if delivers else ()
            )
            served.append(health_service(settings.health_port, app, readiness))
        file = heartbeat_file(settings.folder, settings.only, settings.discord_shards)
        heart = Heartbeat(app.store, file)
        await supervise(Systemd(os.environ).run, heart.run, *app.services, *served)
