"""The command of the watchlist feature."""

from bot.features.watchlist.commands import WatchlistCommand
from bot.features.watchlist.handlers import watchlist
from bot.request.registration import Feature, Registration

WATCHLIST = Feature(commands=(Registration(WatchlistCommand, watchlist),))
