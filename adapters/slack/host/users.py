"""Who a member is: the name they go by, and whether they run the workspace."""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from adapters.slack.api import TROUBLE, Api, reason
from bot.messages.requests import Role

log = logging.getLogger(__name__)

MOST_KNOWN = 10_000
REMEMBERED = 600.0
"""Seconds for which a member's name and role are believed."""

_RUN_IT = ("is_admin", "is_owner", "is_primary_owner")
EVERYTHING = frozenset({Role.ADMIN, Role.MODERATOR})


@dataclass(frozen=True, slots=True)
class Person:
    """A member's name, and what the workspace lets them do."""

    name: str
    roles: frozenset[Role] = frozenset()


class People:
    """Asks Slack who somebody is, and remembers it for a while."""

    def __init__(self, api: Api, now: Callable[[], float] = time.monotonic) -> None:
        """Know nobody yet."""
        self._api = api
        self._now = now
        self._known: OrderedDict[str, tuple[float, Person]] = OrderedDict()

    async def known(self, user: str, name: str = "") -> Person:
        """Return who this is. Without an answer from Slack: by the name given, with no role."""
        at, person = self._known.get(user, (float("-inf"), Person(name or user)))
        if self._now() - at < REMEMBERED:
            return person
        try:
            answer = await self._api.patient.users_info(user=user)
        except TROUBLE as error:
            log.warning("could not ask who a member is: %s", reason(error) or type(error).__name__)
            return person
        found = _person(answer["user"], name or user)
        self._known[user] = (self._now(), found)
        self._known.move_to_end(user)
        while len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
        return found

    def at_once(self, user: str, name: str = "") -> Person:
        """Return who this is from memory alone."""
        return self._known.get(user, (0.0, Person(name or user)))[1]


def _person(user: Mapping[str, Any], name: str) -> Person:
    profile = user.get("profile") or {}
    names = (profile.get("display_name"), profile.get("real_name"), user.get("name"), name)
    runs_it = any(user.get(each) for each in _RUN_IT)
    return Person(next(filter(None, names)), EVERYTHING if runs_it else frozenset())
