"""The commands of the club's figures."""

from bot.features.figures.commands import MatchCommand, StatsCommand, YearCommand
from bot.features.figures.grammar import parse_stats, parse_year
from bot.features.figures.match import match
from bot.features.figures.statistics import statistics
from bot.features.figures.year import year_in_review
from bot.request.registration import Feature, Registration

FIGURES = Feature(
    commands=(
        Registration(StatsCommand, statistics, parse_stats),
        Registration(MatchCommand, match),
        Registration(YearCommand, year_in_review, parse_year),
    )
)
