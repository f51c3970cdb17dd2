"""The registry: every command with its handler and grammar, every message with its composer.

One line a feature. Discord's command tree, Slack's manifest, the terminal's completion, `/help` and
the README's table are all derived from it.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from bot.delivery.attempt import Composer
from bot.delivery.closed_places import closed_place_notice
from bot.domain.deliveries import Delivery, Purpose
from bot.features.choosing.registration import CHOOSING
from bot.features.club.registration import CLUB
from bot.features.figures.registration import FIGURES
from bot.features.films.registration import FILMS
from bot.features.follow.registration import FOLLOW
from bot.features.help.registration import HELP
from bot.features.members.registration import MEMBERS
from bot.features.memory.registration import MEMORY
from bot.features.merging.registration import MERGING
from bot.features.nights.registration import nights
from bot.features.picks.registration import PICKS
from bot.features.picks.room import room_picks, wished_picks
from bot.features.privacy.registration import PRIVACY
from bot.features.programmes.registration import programmes
from bot.features.releases.registration import RELEASES
from bot.features.reviews.registration import REVIEWS
from bot.features.talk.registration import TALK
from bot.features.transfer.registration import TRANSFER
from bot.features.watchlist.registration import WATCHLIST
from bot.features.web.registration import WEB
from bot.features.weighing.registration import WEIGHING
from bot.messages.commands import Command, Continuation
from bot.messages.replies import Reply
from bot.ports.store import UnitOfWork
from bot.request.commands import (
    CorrectCommand,
    DropDraftCommand,
    RecallCommand,
    ShareAnswerCommand,
)
from bot.request.context import Context
from bot.request.looking_up import for_the_member
from bot.request.lookup.drafts import correct, drop, recall
from bot.request.middleware.stages import check_permission
from bot.request.registration import Feature, Registration
from bot.request.sharing import share_answer, shared_by

REQUEST_FLOW = Feature(
    commands=(
        Registration(RecallCommand, recall),
        Registration(DropDraftCommand, drop),
        Registration(CorrectCommand, correct),
        Registration(ShareAnswerCommand, share_answer),
    ),
    composers={Purpose.NOTICE: closed_place_notice},
)

FEATURES = (
    REVIEWS, PICKS, FILMS, RELEASES, WATCHLIST, MEMBERS, MEMORY, nights(room_picks),
    programmes(wished_picks), FIGURES, WEB, WEIGHING, CHOOSING, TRANSFER, FOLLOW, PRIVACY, CLUB, MERGING, HELP, TALK,
    REQUEST_FLOW,
)  # fmt: skip

REGISTRATIONS: Mapping[str, Registration] = MappingProxyType(
    {each.command.name: each for feature in FEATURES for each in feature.commands}
)
"""Every registration by its command's name."""

COMMANDS: Mapping[str, type[Command]] = MappingProxyType(
    {name: each.command for name, each in REGISTRATIONS.items()}
)
"""Every command by its name."""

TYPED: tuple[type[Command], ...] = tuple(each for each in COMMANDS.values() if each.typed)
"""The commands that people can type, in the order in which help lists them."""

COMPOSERS: Mapping[Purpose, Composer] = MappingProxyType(
    {purpose: each for feature in FEATURES for purpose, each in feature.composers.items()}
)
"""The composer of every purpose."""


async def execute(command: Command, context: Context, work: UnitOfWork) -> Reply | Continuation:
    """Execute a command, and the commands that handlers return, if the member has permission."""
    answer: Reply | Command | Continuation = command
    shared: ShareAnswerCommand | None = None
    while isinstance(answer, Command):
        command = answer
        shared = command if isinstance(command, ShareAnswerCommand) else shared
        check_permission(command, context.caller)
        answer = await REGISTRATIONS[command.name].handler(command, context, work)
    if isinstance(answer, Continuation):
        return answer
    if shared is not None:
        return shared_by(answer, shared.to, context)
    return for_the_member(answer, command, context.caller)


async def compose(delivery: Delivery, now: datetime, work: UnitOfWork) -> Reply | None:
    """Compose a delivery's message; None if it is no longer wanted."""
    return await COMPOSERS[delivery.purpose](delivery, now, work)
