"""Commands of the request flow, sent by buttons only: recall a draft, drop it, choose a club."""

from dataclasses import dataclass

from bot.domain.ids import ClubId, DraftId
from bot.domain.reviews.ratings import HalfStars
from bot.messages.commands import Command


@dataclass(frozen=True, slots=True)
class RecallCommand(Command, name="recall", opened_by="review"):
    """Execute a draft's command, for this film or critic if one is given.

    `mine`: what looked like a critic's review is the member's own; `readers`: who may read it;
    `stars`: the number that its text begins with, which ends at `text_from`, is its rating.
    `chosen`: what was chosen from a menu, for the command's `field`.
    """

    draft: DraftId
    film: str = ""
    critic: str = ""
    mine: bool = False
    readers: str = ""
    stars: HalfStars | None = None
    text_from: int = 0
    field: str = ""
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class DropDraftCommand(Command, name="drop-draft", opened_by="review"):
    """Delete a draft."""

    draft: DraftId


@dataclass(frozen=True, slots=True)
class ShareAnswerCommand(Command, name="share-answer", reads_only=True, opened_by="film"):
    """Show the answer to a look-up to the whole club. `then` is the action text of the look-up.

    `to`: `here`, or the `club`'s channel; else it is asked where both are possible.
    """

    then: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class CorrectCommand(Command, name="correct", opened_by="review"):
    """Correct what did not fit in a form. `then` is the action text of the command with all that did fit.

    Of each field in `named`, `typed_values` holds what was typed, and `errors` what would fit.
    """

    then: str
    named: tuple[str, ...] = ()
    typed_values: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChooseClubCommand(Command, name="choose-club", opened_by="help"):
    """Choose the club meant in private. `then` is the action id of the command to execute in it.

    `line`: what was typed, to be read in it, instead.
    """

    club_id: ClubId
    then: str = ""
    line: str = ""
