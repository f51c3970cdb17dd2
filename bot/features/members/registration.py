"""The command of the members feature."""

from bot.features.members.commands import MeCommand
from bot.features.members.page import member_page
from bot.request.registration import Feature, Registration

MEMBERS = Feature(commands=(Registration(MeCommand, member_page),))
