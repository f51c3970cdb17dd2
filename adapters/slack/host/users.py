"""Slack's users: the names they go by, and whether they are admins of the workspace."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cachetools import LRUCache

from adapters.chat.homes import home_of
from adapters.slack.api import TROUBLE, Api, cause
from adapters.slack.ids import workspace_of
from bot.domain.errors import PlatformSilent, UsageError
from bot.domain.ids import ClubId, MemberId
from bot.domain.regions import region_of_zone, zone_name
from bot.messages.requests import Role

log = logging.getLogger(__name__)

MOST_KNOWN = 10_000
REMEMBERED = 600.0
"""Seconds for which a user's name and roles are remembered."""

_ADMIN = ("is_admin", "is_owner", "is_primary_owner")
ALL_ROLES = frozenset({Role.OWNER, Role.ADMIN, Role.MODERATOR})


@dataclass(frozen=True, slots=True)
class SlackUser:
    """A user's name, roles, IANA time zone and language (`de-DE`). `gone`: deactivated, or of another workspace."""

    name: str
    roles: frozenset[Role] = frozenset()
    gone: bool = False
    zone: str = ""
    language: str = ""

    @property
    def home(self) -> tuple[str, str] | None:
        """The region and the zone where they live: by their zone, else by their language."""
        by_language = home_of(self.language)
        region = region_of_zone(self.zone) if self.zone else None
        if region is None:
            region = by_language[0] if by_language else None
        zone = self.zone or (by_language[1] if by_language else "")
        return (region, zone) if region and zone else None


class UserDirectory:
    """Looks users up in Slack, and remembers them for a while."""

    def __init__(self, api: Api, team: str, now: Callable[[], float] = time.monotonic) -> None:
        """Begin without users of the workspace `team`. `now`: seconds, monotonic."""
        self._api = api
        self._team = team
        self._now = now
        self._known = LRUCache[str, tuple[float, SlackUser]](MOST_KNOWN)

    async def look_up(self, user: str, name: str = "") -> SlackUser:
        """Return a user. While Slack does not answer: the one remembered, or `name` with no roles.

        The name is empty where nobody says it.
        """
        at, remembered = self._known.get(user, (float("-inf"), SlackUser(name)))
        if self._now() - at < REMEMBERED:
            return remembered
        try:
            answer = await self._api.patient.users_info(user=user, include_locale=True)
        except TROUBLE as error:
            log.warning("could not look up a user: %s", cause(error))
            return remembered
        found = _user(answer["user"], name, self._team)
        self._known[user] = (self._now(), found)
        return found

    async def name(self, club_id: ClubId, member_id: MemberId) -> str | None:
        """Return the name of somebody in the workspace of a club; None if they are not. PlatformSilent."""
        user = member_id.partition(":")[2]
        found = await self.look_up(user)
        if user not in self._known:
            raise PlatformSilent("Slack does not say who that is")
        return None if found.gone or workspace_of(club_id)[0] != self._team else found.name

    def remembered(self, user: str, name: str = "") -> SlackUser:
        """Return a user from memory alone; `name` with no roles if there is none."""
        return self._known.get(user, (0.0, SlackUser(name)))[1]


def _user(user: Mapping[str, Any], name: str, team: str) -> SlackUser:
    profile = user.get("profile") or {}
    names = (profile.get("display_name"), profile.get("real_name"), user.get("name"), name)
    is_admin = any(user.get(each) for each in _ADMIN)
    teams = {user.get("team_id"), *(user.get("enterprise_user") or {}).get("teams", ())} - {None}
    return SlackUser(
        next(filter(None, names), ""),
        ALL_ROLES if is_admin else frozenset(),
        gone=bool(user.get("deleted")) or bool(teams and team not in teams),
        zone=_zone(str(user.get("tz") or "")),
        language=str(user.get("locale") or ""),
    )


def _zone(told: str) -> str:
    """Return a time zone that is known here; an empty text for any other."""
    try:
        return zone_name(told) if told else ""
    except UsageError:
        return ""
