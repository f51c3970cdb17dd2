"""Plays: what members do on a platform, line by line, and what each of them then sees there.

A line is `who@where> what`; without a place it is the club's channel. `what` is a slash command
(`/review ...`), a press (`[Share]`), a choice (`[Choose a film = #2]`), a form that is opened,
filled in and sent (`[Edit…] rating=4/5 | text=Warm.`), what a player adds of its own (`saves ana`), or
words said to Matinee. `now> 2024-01-26T09:00+00:00` lets time pass, and what is due be said.
"""

import asyncio
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from tests.adapters.words import strange_on

CHANNEL = "films"
"""The channel where members are unless they are elsewhere."""

_LINE = re.compile(r"(?P<who>[a-z]+)(?:@(?P<where>[a-z]+))?> (?P<what>.*)")
_PRESS = re.compile(r"\[(?P<label>[^\]=]+?)(?: = (?P<option>[^\]]+))?\](?P<rest>.*)")
_LOOKED_UP = re.compile(
    r"/(?:\S+-)?(?:matinee )?(?:film|reviews?|recommend|releases|stats|match|me|watchlist|help|ask|year|web)\b"
)


@dataclass(frozen=True)
class Seen:
    """What was seen of one answer: by `reader` alone, or by all in the channel `where`."""

    where: str
    text: str
    reader: str = ""
    pressable: Sequence[str] = ()
    changed: bool = False

    def __str__(self) -> str:
        """Write it down as it is read."""
        whom = f"only {self.reader} in {self.where}" if self.reader else f"all in {self.where}"
        lines = self.text.strip().split("\n")
        pressed = " ".join(f"[{each}]" for each in self.pressable)
        head = f"  ({whom}{', in its place' if self.changed else ''})"
        body = [f"  | {each}".rstrip() for each in lines]
        return "\n".join([head, *body, *([f"  {pressed}"] if pressed else [])])


@dataclass(frozen=True)
class Deed:
    """One thing that a member does."""

    who: str
    where: str
    what: str
    label: str = ""
    option: str = ""
    values: dict[str, str] | None = None


class Player(Protocol):
    """Does on a platform what a play says."""

    platform: str

    async def do(self, deed: Deed) -> Sequence[Seen]:
        """Let a member do something; return all that is seen then."""

    async def pass_time(self, until: datetime) -> Sequence[Seen]:
        """Set the clock, and return what was said unasked."""


_ANSWERING = ("RequestFlow.", "Dispatcher.", "Interactions.")
"""Beginnings of the names of what a platform's background tasks run."""


def is_busy() -> bool:
    """Tell whether a request is still being answered, however slow the machine is."""
    names = (getattr(each.get_coro(), "__qualname__", "") for each in asyncio.all_tasks())
    return any(name.startswith(_ANSWERING) for name in names)


async def idle(seconds: float = 60.0) -> None:
    """Wait until every request is answered."""
    async with asyncio.timeout(seconds):
        while is_busy():  # noqa: ASYNC110 - tasks of several kinds are waited for
            await asyncio.sleep(0.01)


def chosen(options: Sequence[str], wanted: str) -> int:
    """Return the place of an option: of the one that begins so, or `#2` for the second."""
    if wanted.startswith("#"):
        return int(wanted[1:]) - 1
    found = [place for place, each in enumerate(options) if each.startswith(wanted)]
    assert found, f"no {wanted!r} among {options}"
    return found[0]


def deed_of(line: str) -> Deed | None:
    """Read a line of a play; None for one that is no deed."""
    found = _LINE.fullmatch(line)
    if found is None:
        return None
    who, where, what = found["who"], found["where"] or CHANNEL, found["what"]
    press = _PRESS.fullmatch(what)
    if press is None:
        return Deed(who, where, what)
    rest = press["rest"].strip()
    return Deed(who, where, what, press["label"], press["option"] or "", _values(rest))


def _values(rest: str) -> dict[str, str] | None:
    return values_of(rest) if rest else None


_LETTERS = re.compile(r"<(\d+) letters>")


def values_of(rest: str) -> dict[str, str]:
    """Read the fields of a form, `rating=4/5 | text=Warm.`; `<5000 letters>` stands for a text so long, `open` for none."""
    pairs = (each.partition("=") for each in rest.split(" | ") if "=" in each)
    return {name.strip(): long_texts(value.strip()) for name, _, value in pairs}


def long_texts(line: str) -> str:
    """Write out texts of which only the length is given."""
    return _LETTERS.sub(lambda found: ("word " * int(found[1]))[: int(found[1])].strip(), line)


async def play(script: str, player: Player) -> tuple[str, list[str], int]:
    """Play all lines anew; return the whole transcript, the faults that anybody could see, and how many deeds."""
    parts: list[str] = []
    faults: list[str] = []
    deeds = 0
    for line in script.splitlines():
        if line.startswith("# "):
            parts.append(line)
        elif deed := deed_of(line):
            deeds += deed.who != "now"
            try:
                seen = await _done(deed, player)
            except (AssertionError, LookupError) as error:  # what was to be pressed is not there
                faults.append(f"{line}: {error}")
                seen = []
            faults += [f"{line}: {each}" for each in faults_of(deed, seen, player.platform)]
            parts.append("\n".join([line, *map(str, seen)]))
    return "\n\n".join(parts) + "\n", faults, deeds


async def _done(deed: Deed, player: Player) -> Sequence[Seen]:
    if deed.who == "now":
        return await player.pass_time(datetime.fromisoformat(deed.what))
    return await player.do(deed)


def faults_of(deed: Deed, seen: Sequence[Seen], platform: str) -> list[str]:
    """List ids and unknown commands that are shown, and look-ups that all can read."""
    found = [
        each
        for one in seen
        for each in strange_on(platform, "\n".join([one.text, *one.pressable]), but=deed.what)
    ]
    if _LOOKED_UP.match(deed.what) and deed.where != "dm":
        found += [f"all in {one.where} read it" for one in seen if not one.reader]
    if not seen and deed.who != "now":
        found.append("no answer")
    return found


async def check(path: Path, player: Player, least: int) -> None:
    """Play a file; its transcript has to be as it was written down, and without faults.

    With MATINEE_REWRITE_FLOWS set, it is written anew, to be reviewed by eye.
    """
    written = path.read_text("utf-8")
    played, faults, deeds = await play(written, player)
    if os.environ.get("MATINEE_REWRITE_FLOWS"):
        path.write_text(played, "utf-8")
    assert faults == [], "\n".join(faults)
    assert deeds >= least
    assert played == written, "the transcript has changed"
