"""Free text to commands: what a person types, in a terminal, in Slack, after a mention."""

from bot.grammar.parse import parse
from bot.grammar.slack import decode_slack
from bot.grammar.source import Misread, Titles

__all__ = ["Misread", "Titles", "decode_slack", "parse"]
