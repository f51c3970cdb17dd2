"""The commands of the club feature: settings and moderation; and the club's greeting."""

from bot.domain.deliveries import Purpose
from bot.features.club.admins import club_admins, present_admins
from bot.features.club.channel_club import channel_club
from bot.features.club.checklist import channel_chosen
from bot.features.club.commands import (
    ChannelClubCommand,
    ClubAdminsCommand,
    ModerateCommand,
    SettingsCommand,
    SetupCommand,
)
from bot.features.club.grammar import parse_moderation
from bot.features.club.moderation import moderate
from bot.features.club.settings import present_settings, present_setup, settings, setup
from bot.features.club.welcome import choose_club, welcome
from bot.request.commands import ChooseClubCommand
from bot.request.registration import Feature, Registration

CLUB = Feature(
    commands=(
        Registration(SettingsCommand, settings, filler=present_settings),
        Registration(SetupCommand, setup, filler=present_setup),
        Registration(ModerateCommand, moderate, parse_moderation),
        Registration(ChooseClubCommand, choose_club),
        Registration(ChannelClubCommand, channel_club),
        Registration(ClubAdminsCommand, club_admins, filler=present_admins),
    ),
    composers={Purpose.WELCOME: welcome, Purpose.CHANNEL_CHOSEN: channel_chosen},
)
