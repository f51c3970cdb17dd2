"""The commands of the follow feature."""

from bot.features.follow.commands import ConfirmFollowCommand, FollowCommand, StopFollowCommand
from bot.features.follow.grammar import parse_follow
from bot.features.follow.handlers import confirm, follow, stop
from bot.request.registration import Feature, Registration

FOLLOW = Feature(
    commands=(
        Registration(FollowCommand, follow, parse_follow),
        Registration(ConfirmFollowCommand, confirm),
        Registration(StopFollowCommand, stop),
    )
)
