"""The commands of programmes."""

from bot.features.programmes.bridging import bridging
from bot.features.programmes.commands import BridgeCommand, SeasonCommand
from bot.features.programmes.grammar import parse_bridge, parse_season
from bot.features.programmes.seasons import WishedFilms, season_handler
from bot.request.registration import Feature, Registration


def programmes(wished: WishedFilms) -> Feature:
    """Return the feature; `wished` finds films for a wish."""
    return Feature(
        commands=(
            Registration(BridgeCommand, bridging, parse_bridge),
            Registration(SeasonCommand, season_handler(wished), parse_season),
        )
    )
