"""The command that sets films side by side."""

from bot.features.choosing.commands import ChooseCommand
from bot.features.choosing.handlers import choose
from bot.request.registration import Feature, Registration

CHOOSING = Feature(commands=(Registration(ChooseCommand, choose),))
