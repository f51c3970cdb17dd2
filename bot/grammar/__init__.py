"""Free text to commands: what a person types, in a terminal, in Slack, after a mention."""

from bot.features.reviews.ambiguity import as_title, as_written
from bot.grammar.parse import parse
from bot.grammar.slack import decode_slack
from bot.grammar.titles import Misread, Titles

__all__ = ["Misread", "Titles", "as_title", "as_written", "decode_slack", "parse"]
