"""What Discord sends: users, servers, channels and interactions, as far as the bot reads them."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

BOT, APPLICATION = 1000, 1001
VIEW_CHANNEL = 1 << 10
MEMBER_PERMISSIONS = 0x0000_0000_0010_0C00  # sees channels, reads and writes
MANAGE_GUILD, MANAGE_MESSAGES = 1 << 5, 1 << 13
MODERATORS = 9001
"""A role of every server, whose members manage messages in all of it."""

EVERYTHING_NEEDED = (1 << 10) | (1 << 11) | (1 << 15) | (1 << 16) | (1 << 38)


def user(number: int, name: str, *, bot: bool = False) -> Json:
    return {
        "id": str(number),
        "username": name,
        "global_name": name.capitalize(),
        "discriminator": "0",
        "avatar": None,
        "bot": bot,
    }


@dataclass(frozen=True)
class Person:
    """Somebody with an account."""

    number: int
    name: str
    permissions: int = MEMBER_PERMISSIONS
    roles: tuple[int, ...] = ()

    @property
    def user(self) -> Json:
        return user(self.number, self.name)

    @property
    def member(self) -> Json:
        roles = [str(each) for each in self.roles]
        return {**member(self.user), "roles": roles, "permissions": str(self.permissions)}


def member(account: Json) -> Json:
    return {
        "user": account,
        "nick": None,
        "avatar": None,
        "roles": [],
        "joined_at": "2024-01-01T00:00:00+00:00",
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
        "communication_disabled_until": None,
    }


@dataclass
class Server:
    """A guild with a few channels. `allowed`: what everybody, and so the bot, may do there.

    Of `hidden` channels the bot is told little more than that they exist.
    """

    number: int
    name: str
    channels: tuple[int, ...]
    allowed: int = EVERYTHING_NEEDED
    more_roles: int = 0
    left: set[int] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    language: str = "en-US"
    installed: bool = True

    @property
    def guild(self) -> Json:
        bot = member(user(BOT, "matinee", bot=True))
        return {
            "id": str(self.number),
            "name": self.name,
            "icon": None,
            "splash": None,
            "discovery_splash": None,
            "owner_id": "1",
            "afk_channel_id": None,
            "afk_timeout": 300,
            "verification_level": 0,
            "default_message_notifications": 0,
            "explicit_content_filter": 0,
            "roles": [
                role(self.number, "@everyone", self.allowed),
                role(MODERATORS, "moderators", MANAGE_MESSAGES),
                *self._roles(),
            ],
            "emojis": [],
            "stickers": [],
            "features": [],
            "mfa_level": 0,
            "application_id": None,
            "system_channel_id": str(self.channels[0]) if self.channels else None,
            "system_channel_flags": 0,
            "rules_channel_id": None,
            "public_updates_channel_id": None,
            "safety_alerts_channel_id": None,
            "premium_tier": 0,
            "premium_progress_bar_enabled": False,
            "preferred_locale": self.language,
            "nsfw_level": 0,
            "description": None,
            "banner": None,
            "vanity_url_code": None,
            "max_members": 500000,
            "member_count": 30,
            "large": False,
            "joined_at": "2024-01-01T00:00:00+00:00",
            "unavailable": False,
            "members": [bot],
            "channels": [self.channel(each) for each in self.channels],
            "threads": [],
            "voice_states": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }

    def _roles(self) -> list[Json]:
        return [role(self.number + n, f"role {n}", 0) for n in range(1, self.more_roles + 1)]

    def channel(self, number: int, *, whole: bool = False) -> Json:
        """Return a channel as the gateway shows it; `whole`: as an interaction does."""
        if number in self.hidden and not whole:
            nobody = {"id": str(self.number), "type": 0, "allow": "0", "deny": str(VIEW_CHANNEL)}
            shown = self.channel(number, whole=True)
            hidden = {"name": "___hidden___", "permission_overwrites": [nobody], "flags": 1 << 17}
            return {**shown, **hidden, "nsfw": None, "rate_limit_per_user": None}
        return {
            "id": str(number),
            "type": 0,
            "guild_id": str(self.number),
            "name": f"channel-{number}",
            "position": 0,
            "permission_overwrites": [],
            "topic": None,
            "nsfw": False,
            "last_message_id": None,
            "rate_limit_per_user": 0,
            "parent_id": None,
            "flags": 0,
        }


def role(number: int, name: str, permissions: int) -> Json:
    return {
        "id": str(number),
        "name": name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "icon": None,
        "unicode_emoji": None,
        "position": 0,
        "permissions": str(permissions),
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }


def direct_channel(number: int, person: Json) -> Json:
    return {"id": str(number), "type": 1, "recipients": [person], "last_message_id": None}


def message(number: int, channel: int, author: Json, body: Json, files: list[str]) -> Json:
    """Return a message as Discord shows it after it was sent with this body."""
    return {
        "id": str(number),
        "channel_id": str(channel),
        "author": author,
        "content": body.get("content") or "",
        "timestamp": "2024-01-20T12:00:00+00:00",
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [attachment(number + n, name) for n, name in enumerate(files, start=1)],
        "embeds": [],
        "pinned": False,
        "type": 0,
        "flags": body.get("flags") or 0,
        "components": [received(each) for each in body.get("components") or []],
    }


def received(component: Json) -> Json:
    """Return a component as Discord sends it back: what is a link to a picture has a proxy then."""
    found = dict(component)
    found.setdefault("id", 1)
    if "components" in found:
        found["components"] = [received(each) for each in found["components"]]
    if "accessory" in found:
        found["accessory"] = received(found["accessory"])
    for name in ("media", "file"):
        if name in found:
            found[name] = {**found[name], "proxy_url": found[name]["url"]}
    return found


def attachment(number: int, name: str, url: str = "https://cdn.example/x", size: int = 1) -> Json:
    return {"id": str(number), "filename": name, "size": size, "url": url, "proxy_url": url}


def _owners(person: Person, server: Server | None) -> Json:
    """Return by whom the application was installed: by the server, or else by the member alone."""
    if server is None or not server.installed:
        return {"1": str(person.number)}
    return {"0": str(server.number)}


def _allowed(channel: int, server: Server | None) -> int:
    """Return what the bot may do in a channel."""
    if server is None:
        return EVERYTHING_NEEDED
    return server.allowed & ~VIEW_CHANNEL if channel in server.hidden else server.allowed


def interaction(
    number: int, kind: int, data: Json, person: Person, channel: int, server: Server | None
) -> Json:
    """Return an interaction as the gateway delivers it."""
    found: Json = {
        "id": str(number),
        "application_id": str(APPLICATION),
        "type": kind,
        "token": f"token-{number}",
        "version": 1,
        "data": data,
        "channel_id": str(channel),
        "locale": "en-GB",
        "entitlements": [],
        "authorizing_integration_owners": _owners(person, server),
        "attachment_size_limit": 10 * 1024 * 1024,
        "app_permissions": str(_allowed(channel, server)),
    }
    if server is None:
        bot = user(BOT, "matinee", bot=True)
        here = {**direct_channel(channel, bot), "recipients": [person.user]}
        return {**found, "user": person.user, "channel": here, "context": 1}
    return {
        **found,
        "guild_id": str(server.number),
        "guild": {"id": str(server.number), "locale": "en-US", "features": []},
        "guild_locale": "en-US",
        "channel": server.channel(channel, whole=True),
        "member": person.member,
        "context": 0,
    }
