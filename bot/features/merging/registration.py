"""The commands of the merging feature."""

from bot.features.merging.commands import MergeFilmCommand, PartFilmCommand
from bot.features.merging.grammar import parse_merge
from bot.features.merging.handlers import merge, part
from bot.request.registration import Feature, Registration

MERGING = Feature(
    commands=(
        Registration(MergeFilmCommand, merge, parse_merge),
        Registration(PartFilmCommand, part),
    )
)
