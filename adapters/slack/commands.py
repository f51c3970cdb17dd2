"""Commands as Slack has them: a few slash commands of their own, all others after `/matinee`.

The prefix of a workspace's slash commands is the setting SLACK_COMMAND_PREFIX, which the manifest
is made from too. It is not learnt from the commands that come in: reminders and greetings name
commands before anybody has typed one, and after each restart.
"""

from adapters.chat.commands import typed_command
from bot.messages.commands import Command

APP = "matinee"
"""The slash command after which every command can be given."""

OWN_COMMANDS = ("review", "recommend", "releases")
"""Commands with a slash command of their own; `/remind` and others are Slack's."""


def slash_command(name: str, prefix: str) -> str:
    """Return what a command begins with: `/club-review`, `/club-matinee remind`."""
    return f"/{prefix}{name}" if name in OWN_COMMANDS else f"/{prefix}{APP} {name}"


def usage(command: Command, prefix: str) -> str:
    """Return a command as it is typed in Slack: `/matinee remind Anora 2d before`.

    For a command that has only buttons, the one that leads to them.
    """
    name, arguments = typed_command(command).usage()
    return f"{slash_command(name, prefix)} {arguments}".rstrip()
