"""The commands of film nights, and the messages about them."""

from bot.domain.deliveries import Purpose
from bot.features.nights.commands import (
    AdvanceNightCommand,
    BallotCommand,
    DatesCommand,
    InterestCommand,
    NightCommand,
    PlanSeasonCommand,
    RateAlongCommand,
    WholeBallotCommand,
)
from bot.features.nights.grammar import parse_night
from bot.features.nights.handlers import advance_handler, night_handler
from bot.features.nights.schedule.stages import RoomPicks
from bot.features.nights.showing.card import night_message
from bot.features.nights.showing.event import night_event
from bot.features.nights.showing.news import ballot_reminder, night_news
from bot.features.nights.taking_part.dating import answer_slot
from bot.features.nights.taking_part.guests import note_interest, rate_handler
from bot.features.nights.taking_part.planning import plan_season
from bot.features.nights.taking_part.voting import ballot, whole_ballot
from bot.request.registration import Feature, Registration


def nights(pick: RoomPicks) -> Feature:
    """Return the feature; `pick` fills ballots up with films for those who come."""
    return Feature(
        commands=(
            Registration(NightCommand, night_handler(pick), parse_night),
            Registration(BallotCommand, ballot),
            Registration(WholeBallotCommand, whole_ballot),
            Registration(DatesCommand, answer_slot),
            Registration(InterestCommand, note_interest),
            Registration(RateAlongCommand, rate_handler(pick)),
            Registration(PlanSeasonCommand, plan_season),
            Registration(AdvanceNightCommand, advance_handler(pick)),
        ),
        composers={
            Purpose.NIGHT: night_message,
            Purpose.NIGHT_NEWS: night_news,
            Purpose.NIGHT_BALLOT: ballot_reminder,
            Purpose.NIGHT_EVENT: night_event,
        },
    )
