"""The command of the score-helper."""

from bot.features.weighing.commands import WeighCommand
from bot.features.weighing.handlers import weigh
from bot.request.registration import Feature, Registration

WEIGHING = Feature(commands=(Registration(WeighCommand, weigh),))
