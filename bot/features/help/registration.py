"""The command of the help feature."""

from bot.features.help.commands import HelpCommand
from bot.features.help.handlers import help_
from bot.request.registration import Feature, Registration

HELP = Feature(commands=(Registration(HelpCommand, help_),))
