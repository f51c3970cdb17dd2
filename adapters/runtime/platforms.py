"""Chat platforms that are set up, and the router of messages between them."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from adapters.runtime.health_report import ClubChannel, Finding, Verdict
from adapters.runtime.settings.environment import SettingsError
from adapters.runtime.settings.settings import Settings
from adapters.runtime.settings.slack_settings import slack_is_set_up, slack_trouble
from bot.domain.errors import Rejected
from bot.domain.ids import DeliveryId, MemberId, PlaceId
from bot.messages.replies import Reply
from bot.ports.clock import Clock
from bot.ports.messenger import EventReader, Messenger
from bot.service import Bot


class Platform(Protocol):
    """Chat platform: sends messages and answers requests."""

    @property
    def name(self) -> str:
        """Prefix of its ids, such as `discord`."""

    @property
    def messenger(self) -> Messenger: ...

    async def serve(self, bot: Bot, stopping: asyncio.Event) -> None:
        """Answer requests, or only send, until `stopping` is set. Raises SettingsError."""

    async def silence(self) -> float | None:
        """Return the seconds since its connection was last heard; None while there is none.

        0 where it needs no connection: it is asked over HTTP, or asks.
        """


def platforms(settings: Settings, clock: Clock) -> list[Platform]:
    """Make the platforms whose tokens are set, or the only one that is wanted; none is connected yet.

    A process of deliveries or of pages alone has them all, by their web APIs, and listens to none.
    """
    _check_only(settings)
    if trouble := slack_trouble(settings):
        raise SettingsError(trouble)
    found: list[Platform] = []
    if settings.discord_token is not None and settings.only != "slack":
        from adapters.discord.host.platform import open_platform  # noqa: PLC0415 - slow to load

        found.append(open_platform(settings, clock))
    if slack_is_set_up(settings) and settings.only != "discord":
        from adapters.slack.host import platform as slack  # noqa: PLC0415 - not for every start

        found.append(slack.open_platform(settings, clock))
    return found


def _check_only(settings: Settings) -> None:
    """Raise SettingsError for a process that would serve nothing."""
    ready = {
        "discord": ("DISCORD_TOKEN", settings.discord_token is not None),
        "slack": ("SLACK_BOT_TOKEN", slack_is_set_up(settings)),
    }
    name, is_ready = ready.get(settings.only, ("", True))
    if not is_ready:
        raise SettingsError(f"only {settings.only} is to be served, but {name} is not set")
    if not settings.listens and not any(is_ready for _, is_ready in ready.values()):
        raise SettingsError(
            f"only {settings.only} is to be run, but neither DISCORD_TOKEN nor SLACK_BOT_TOKEN is set"
        )
    if settings.only == "web" and not settings.web_url:
        raise SettingsError("only web is to be run, but MATINEE_WEB_URL is not set")
    if settings.discord_shards is not None and settings.only not in {"", "discord"}:
        raise SettingsError("shards are Discord's; leave them out, or serve only discord")


async def platform_findings(
    settings: Settings, channels: Sequence[ClubChannel] = ()
) -> list[Finding]:
    """Check the tokens and rights of each platform that is set up, and the clubs' channels there."""
    found: list[Finding] = []
    if trouble := slack_trouble(settings):
        found.append(Finding("slack settings", Verdict.BAD, f"{trouble}."))
    if settings.discord_token is not None:
        from adapters.discord.host.checks import findings  # noqa: PLC0415 - slow to load

        found += await findings(settings, channels)
    if not trouble and slack_is_set_up(settings):
        from adapters.slack.host import checks as slack  # noqa: PLC0415 - likewise

        found += await slack.findings(settings, channels)
    return found


class MessengerRouter:
    """Messenger port for several platforms: each place's id names its own."""

    def __init__(self, messengers: Mapping[str, Messenger]) -> None:
        """Route by the prefixes of places' ids."""
        self._messengers = messengers

    @property
    def reach(self) -> Collection[str]:
        """Everything that one of the platforms can reach."""
        return tuple(each for messenger in self._messengers.values() for each in messenger.reach)

    async def send(self, place: PlaceId, reply: Reply, *, delivery_id: DeliveryId) -> str:
        """Send on the place's platform."""
        return await self._of(place).send(place, reply, delivery_id=delivery_id)

    async def edit(
        self, place: PlaceId, message: str, reply: Reply, *, delivery_id: DeliveryId
    ) -> None:
        """Edit on the place's platform."""
        await self._of(place).edit(place, message, reply, delivery_id=delivery_id)

    async def delete(self, place: PlaceId, message: str) -> None:
        """Delete on the place's platform."""
        await self._of(place).delete(place, message)

    async def find(self, place: PlaceId, delivery_id: DeliveryId, since: datetime) -> str | None:
        """Find on the place's platform."""
        return await self._of(place).find(place, delivery_id, since)

    async def interested(self, event: str) -> Mapping[MemberId, str] | None:
        """Ask the event's platform, if it has events."""
        messenger: object = self._messengers.get(event.partition(":")[0])
        return await messenger.interested(event) if isinstance(messenger, EventReader) else None

    def direct_place(self, place: PlaceId, member_id: MemberId) -> PlaceId | None:
        """Return a member's direct messages on the place's platform."""
        return self._of(place).direct_place(place, member_id)

    def remembers(self, place: PlaceId) -> timedelta:
        """Return the time that the place's platform gives."""
        return self._of(place).remembers(place)

    def _of(self, place: PlaceId) -> Messenger:
        name = place.partition(":")[0]
        if name not in self._messengers:
            raise Rejected(f"no platform is called {name!r}")
        return self._messengers[name]
