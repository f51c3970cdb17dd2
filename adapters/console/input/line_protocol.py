"""Line protocol: the syntax of one line of a pipe, a file or the command line."""

import re
from dataclasses import dataclass
from datetime import datetime

from adapters.console.ids import check_name
from adapters.runtime.process.clock import parse_instant
from bot.registry import COMMANDS

_NAMED = re.compile(r"@?(?P<name>[\w][\w.-]{0,31}):(?:\s+(?P<rest>.*))?", re.DOTALL)
_AS = re.compile(r"/as(?:\s+(?P<name>.*))?", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MemberLine:
    """Line of a member; of the current member when `member` is None."""

    line: str
    member: str | None = None


@dataclass(frozen=True, slots=True)
class MoveClock:
    """Set the clock to this instant (UTC)."""

    instant: datetime


@dataclass(frozen=True, slots=True)
class SwitchMember:
    """Make this member the current one."""

    member: str


@dataclass(frozen=True, slots=True)
class Quit:
    """End the session."""


Step = MemberLine | MoveClock | SwitchMember | Quit


def read_line(line: str) -> Step | None:
    """Parse one line; None for blank lines and comments. Raises ValueError."""
    stripped = line.strip()
    if not stripped or stripped.startswith("#"):
        return None
    if stripped.lower().removeprefix("/") in {"quit", "exit"}:
        return Quit()
    switch = _AS.fullmatch(stripped)
    if switch is not None:
        if not switch["name"]:
            raise ValueError("Who speaks? Type /as and a name, such as /as ben.")
        return SwitchMember(check_name(switch["name"], "member"))
    named = _NAMED.fullmatch(stripped)
    if named is None or named["rest"] is None or named["name"].lower() in COMMANDS:
        return MemberLine(line.strip(" \t\r\n"))
    if named["name"].lower() == "now":
        return MoveClock(parse_instant(named["rest"]))
    return MemberLine(named["rest"].strip(), check_name(named["name"], "member"))
