"""The commands of the picks feature."""

from bot.features.picks.commands import (
    LovedFilmsCommand,
    MarkFilmCommand,
    MarkTitleCommand,
    RecommendCommand,
)
from bot.features.picks.grammar import parse_recommend
from bot.features.picks.loved import loved
from bot.features.picks.marks import mark, mark_title
from bot.features.picks.recommend import recommendation
from bot.request.registration import Feature, Registration

PICKS = Feature(
    commands=(
        Registration(RecommendCommand, recommendation, parse_recommend),
        Registration(LovedFilmsCommand, loved),
        Registration(MarkFilmCommand, mark),
        Registration(MarkTitleCommand, mark_title),
    )
)
