"""Beginning of a workspace that is new here: where it is, and who is welcomed."""

import logging

from adapters.slack.host.users import SlackUser
from adapters.slack.ids import club_of, direct
from bot.domain.errors import StoreError
from bot.messages.requests import Role
from bot.request.club.membership import ClubMembership

log = logging.getLogger(__name__)


class Beginning:
    """Takes from the first members of a workspace what it begins with."""

    def __init__(self, membership: ClubMembership, team: str) -> None:
        """Note it of the workspace `team`."""
        self._membership = membership
        self._team = team
        self._is_settled = False
        self._is_greeted = False

    async def meet(self, user: str, known: SlackUser) -> None:
        """Let a new workspace start where this member is; welcome them if they run it.

        Slack does not say who has set a token up: it is taken to be the first of those who run the
        workspace to speak to Matinee, or to open its Home.
        """
        try:
            if known.home and not self._is_settled:
                self._is_settled = True
                await self._membership.settle(club_of(self._team), known.home)
            if Role.ADMIN in known.roles and not self._is_greeted:
                self._is_greeted = True
                await self._membership.greet(club_of(self._team), direct(self._team, user))
        except StoreError as error:
            log.warning("could not note what a workspace begins with: %s", error)
