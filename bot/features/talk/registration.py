"""The commands of plain talk."""

from bot.features.talk.commands import (
    AskAboutFilmCommand,
    SmallTalkCommand,
    TakeBackCommand,
    UnclearCommand,
)
from bot.features.talk.questions import ask_about_film, unclear
from bot.features.talk.small_talk import small_talk
from bot.features.talk.taking_back import take_back
from bot.request.registration import Feature, Registration

TALK = Feature(
    commands=(
        Registration(SmallTalkCommand, small_talk),
        Registration(UnclearCommand, unclear),
        Registration(AskAboutFilmCommand, ask_about_film),
        Registration(TakeBackCommand, take_back),
    )
)
