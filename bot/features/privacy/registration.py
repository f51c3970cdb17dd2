"""The commands of the privacy feature."""

from bot.features.privacy.commands import (
    ExportCommand,
    ForgetCommand,
    ForgetMeCommand,
    PrivacyCommand,
)
from bot.features.privacy.grammar import parse_forget
from bot.features.privacy.handlers import export, forget, forget_me, privacy
from bot.request.registration import Feature, Registration

PRIVACY = Feature(
    commands=(
        Registration(ExportCommand, export),
        Registration(PrivacyCommand, privacy),
        Registration(ForgetCommand, forget, parse_forget),
        Registration(ForgetMeCommand, forget_me),
    )
)
