"""Commands of the request flow itself, sent by buttons only: go on with a stored command, drop it, choose the club."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.ids import ClubId, DraftId
from bot.messages.commands import Command


@dataclass(frozen=True, slots=True)
class RecallCommand(Command):
    """Go on with what was kept across a question: for this film or critic, if one was named.

    `mine` says that what looked like a critic's review is the member's own; `readers` who may read it.
    """

    name: ClassVar[str] = "recall"
    typed: ClassVar[bool] = False

    draft: DraftId
    film: str = ""
    critic: str = ""
    mine: bool = False
    readers: str = ""


@dataclass(frozen=True, slots=True)
class DropDraftCommand(Command):
    """Forget what was kept across a question."""

    name: ClassVar[str] = "drop-draft"
    typed: ClassVar[bool] = False

    draft: DraftId


@dataclass(frozen=True, slots=True)
class ChooseClubCommand(Command):
    """Say which club is meant in private. `then` is the action id of what goes on in it."""

    name: ClassVar[str] = "choose-club"
    typed: ClassVar[bool] = False

    club_id: ClubId
    then: str = ""
