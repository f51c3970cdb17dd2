"""A time means the same wherever it is given: typed, said, as an option, in Slack's command, for a snooze."""

from datetime import UTC, datetime

import pytest

from bot.features.releases.commands import RemindCommand
from bot.messages.commands import Command
from tests.support import Room, text

SPRING = datetime(2026, 3, 25, 12, tzinfo=UTC)  # a Wednesday, four days before the clocks change

TIMES = {
    "friday at 6": "Fri 27 Mar 2026, 18:00",
    "the 5th": "Sun 5 Apr 2026, 09:00",
    "friday 18.00": "Fri 27 Mar 2026, 18:00",
    "friday 18h": "Fri 27 Mar 2026, 18:00",
    "friday evening": "Fri 27 Mar 2026, 19:00",
    "tomorrow morning": "Thu 26 Mar 2026, 09:00",
    "tomorrow at 8": "Thu 26 Mar 2026, 08:00",
    "11/29": "Sun 29 Nov 2026, 09:00",
    "29.11.": "Sun 29 Nov 2026, 09:00",
    "in 2h30": "Wed 25 Mar 2026, 14:30",
    "wednesday 18:00": "Wed 25 Mar 2026, 18:00",
    "T18:00+02:00": "Wed 25 Mar 2026, 16:00",
    "thurs 8pm": "Thu 26 Mar 2026, 20:00",
    "in 2h": "Wed 25 Mar 2026, 14:00",
    "in 90 seconds": "Wed 25 Mar 2026, 12:01",
    "on 1st of May": "Fri 1 May 2026, 09:00",
    "next friday": "Fri 3 Apr 2026, 09:00",
    "this weekend": "Sat 28 Mar 2026, 09:00",
    "tonight at 8": "Wed 25 Mar 2026, 20:00",
    "tomorrow": "Thu 26 Mar 2026, 09:00",
    "friday the 3rd at 8": "Fri 3 Apr 2026, 08:00",
    "day after tomorrow": "Fri 27 Mar 2026, 09:00",
    "in a fortnight": "Wed 8 Apr 2026, 09:00",
    "in 3 years": "too far ahead",
    "quarter past 8 pm": "Wed 25 Mar 2026, 20:15",
    "on the first of may": "Fri 1 May 2026, 09:00",
    "in 5 days": "Mon 30 Mar 2026, 09:00",  # at the club's hour, though the clocks change
    "25 march": "has passed already",
    "24/3/26": "has passed already",
    "6pm EST": "can't tell which zone “EST” is",
    "friday 18:00 IST": "can't tell which zone “IST” is",
}
"""Times and what is answered, at noon on 25 March 2026 in London."""

FACES: dict[str, str] = {
    "typed": "/remind Carol {}",
    "said": "remind me of Carol {}",
    "in Slack": "/releases remind Carol {}",
    "snooze": "/remind snooze Carol {}",
}


@pytest.mark.parametrize(("typed", "answer"), TIMES.items())
async def test_a_time_means_the_same_on_every_face(room: Room, typed: str, answer: str) -> None:
    room.clock.instant = SPRING
    lines: dict[str, str | Command] = {
        name: line.format(typed.removeprefix("on ") if name == "snooze" else typed)
        for name, line in FACES.items()
    }
    lines["option"] = RemindCommand("Carol", on=typed)
    for name, line in lines.items():
        member = name.replace(" ", "")
        if name == "snooze":
            await room.say(member, "/remind Carol 1 december")
        assert answer in text(await room.say(member, line)), name


async def test_an_american_writes_the_month_first_on_every_face(room: Room) -> None:
    room.clock.instant = SPRING
    for name, line in FACES.items():
        member = name.replace(" ", "")
        await room.say(member, "/settings region US")
        if name == "snooze":
            await room.say(member, "/remind Carol 1 december")
        answer = text(await room.say(member, line.format("5/6")))
        assert "Wed 6 May 2026, 09:00" in answer, name
    assert "seen 6 May 2025" in text(await room.say("typed", "/review Her 4/5 fine --on 5/6"))
    assert "Wed 6 May 2026" in text(await room.say("typed", RemindCommand("Carol", on="5/6")))
