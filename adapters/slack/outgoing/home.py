"""App Home: what can be done, the answer to what was pressed here, and what is a member's own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from adapters.chat.interactions import club_in, named_club
from adapters.slack import limits
from adapters.slack.outgoing.actions import ActionIds, elements_of
from adapters.slack.outgoing.blocks import header, rows, written
from adapters.slack.outgoing.charts import without_charts
from adapters.slack.outgoing.render import render
from adapters.slack.outgoing.rich_text import Json
from bot.features.club.commands import ModerateCommand, SettingsCommand, SetupCommand
from bot.features.help.commands import HelpCommand
from bot.features.picks.commands import RecommendCommand
from bot.features.releases.commands import ReleasesCommand, RemindersCommand
from bot.features.reviews.commands import ReviewsCommand
from bot.features.watchlist.commands import WatchlistCommand
from bot.messages.commands import Command
from bot.messages.replies import Action, Button, Reply, Style
from bot.messages.requests import Caller
from bot.request.middleware.stages import may_give
from bot.views.film_card import WRITE

_FIRST: tuple[Action, ...] = (
    WRITE,
    Button("Pick for me", RecommendCommand(), Style.PRIMARY),
    Button("Watchlist", WatchlistCommand()),
    Button("What comes out", ReleasesCommand()),
    Button("Help", HelpCommand()),
)

CLOSE = "close"
"""The action id of the button that takes an answer away."""

_ROOM = 2 * limits.WRITTEN
"""Characters of all texts; Slack gives no number for views."""


@dataclass(frozen=True, slots=True)
class HomePage:
    """What App Home shows besides what is always there: an answer, and a page of reviews."""

    answer: Reply | None = None
    reviews: ReviewsCommand = field(default_factory=ReviewsCommand)


def sections(page: HomePage, caller: Caller) -> tuple[Command, ...]:
    """Return the commands whose replies stand in a member's App Home, in order."""
    every: tuple[Command, ...] = (
        page.reviews,
        RemindersCommand(),
        SettingsCommand(),
        SetupCommand(),
        ModerateCommand("hidden"),
    )
    return tuple(each for each in every if may_give(each, caller))


def home_view(page: HomePage, replies: Sequence[Reply], prefix: str = "") -> Json:
    """Return the view: buttons, the answer if there is one, then the replies, as many as there is room."""
    ids = ActionIds()
    blocks: list[Json] = [header("Matinee"), *rows(elements_of(_FIRST, ids))]
    for part in _parts(page, replies, prefix):
        made = [{"type": "divider"}, *(_renamed(block, ids) for block in part)]
        both = [*blocks, *made]
        if len(both) <= limits.VIEW_BLOCKS and written(both) <= _ROOM:
            blocks = both
    return {"type": "home", "blocks": blocks}


def _parts(page: HomePage, replies: Sequence[Reply], prefix: str) -> Iterator[list[Json]]:
    if page.answer is not None:
        close = {
            "type": "button",
            "action_id": CLOSE,
            "text": {"type": "plain_text", "text": "Close", "emoji": False},
        }
        yield [*without_charts(render(page.answer, prefix).blocks), *rows([close])]
    for reply in replies:
        if page.answer is None or reply.blocks[:1] != page.answer.blocks[:1]:
            yield without_charts(render(reply, prefix).blocks)


def _renamed(block: Json, ids: ActionIds) -> Json:
    """Make the action ids of several replies distinct."""
    if block["type"] != "actions":
        return block
    named = [
        each
        if each["action_id"] == CLOSE
        else {**each, "action_id": _distinct(each["action_id"], ids)}
        for each in block["elements"]
    ]
    return {**block, "elements": named}


def _distinct(action_id: str, ids: ActionIds) -> str:
    """Return an id with another number, and with the club that it names: a home stays open for long."""
    numbered = ids.distinct(action_id.partition("#")[0])
    return named_club(numbered, club_in(action_id), limits.ACTION_ID)
