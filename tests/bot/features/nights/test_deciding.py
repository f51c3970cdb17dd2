"""What is told of a decision: weights that made it, films that were tied, draws that anybody can do again."""

import re
import shlex
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.domain.ids import ClubId, FilmId, MemberId, NightId
from bot.domain.nights import Night, Rule, Stage
from bot.features.nights.counting.methods import Poll, decide
from tests.support import Room, text

LINES = re.findall(
    r"^    (python3 .*)$", Path("docs/film-night.md").read_text("utf-8"), re.MULTILINE
)
FRIDAY = datetime(2024, 1, 26, 20, tzinfo=UTC)


def _run(line: str, *values: str) -> str:
    """Run a line of the documents as a shell would, with other values in the place of its last words."""
    _, *words = shlex.split(line)
    command = [sys.executable, *words[:2], *values]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603 - our own documents


async def _night(room: Room) -> Night:
    async with room.store.reading(ClubId(room.club)) as work:
        return [*await work.nights.open(), *await work.nights.past(1)][0]


async def _decided(
    room: Room, nominated: dict[str, str], ballots: dict[str, str], rule: str
) -> str:
    """Hold the vote of a night; return what the channel is told."""
    await room.say("host", f"/night new friday at 8 {rule}")
    for film, member in nominated.items():
        await room.say(member, f"/night nominate {film}")
    await room.say("host", "/night close")
    for member, ballot in ballots.items():
        await room.say(member, f"/night vote {ballot}")
    await room.deliver()
    room.clock.forward(seconds=1)
    await room.say("host", "/night close")
    return "\n".join(text(reply) for _, reply in await room.deliver() if "We watch" in text(reply))


async def _held(room: Room) -> None:
    await room.film_began()
    for _ in range(2):
        await room.say("host", "/night close")
    await room.deliver()


FIRST = {"ana": "Heat / Carol", "ben": "Heat / Carol", "cleo": "Carol / Heat"}
NOMINATED = {"Heat": "ana", "Carol": "cleo"}


async def test_weights_that_decided_are_told_with_both_sums(room: Room) -> None:
    told = await _decided(room, NOMINATED, FIRST, "")
    assert "gave way" not in told
    assert "gave way" not in text(await room.say("ana", "/night result"))
    await _held(room)

    told = await _decided(
        room,
        {"Her": "ana", "Carol": "cleo"},
        {"ana": "2 / 1 3 4 5", "ben": "/ 1 3 4 5", "cleo": "1 / 2 3 4 5"},  # Carol waits for longer
        "",
    )

    assert "Carol" in told
    assert "3.0 for it, 2.0 for Her (2013), where plain sums have 2 and 3." in told
    result = text(await room.say("ana", "/night result"))
    assert "1 yes please, 2 not tonight; weighed 3.0" in result
    assert "Ballots weighed by who gave way before: cleo 1.50, ana 0.67 and ben 0.67." in result


async def test_a_tie_names_its_films_and_its_draw_can_be_done_again(room: Room) -> None:
    ballots = {"ana": "1 2 / 3 4 5", "cleo": "1 2 / 3 4 5"}
    told = await _decided(room, NOMINATED, ballots, "fair no, something quiet")
    names = re.search(r"a tie between (.*), drawn by lot", told)
    assert names is not None
    tied = names[1].split(" and ")
    assert set(tied) == {"Heat (1995)", "Carol (2015)"}
    result = text(await room.say("ana", "/night result"))
    assert names[1] in result
    hashed = result.partition("What was hashed: ")[2]

    assert f"We watch {tied[int(_run(LINES[0], hashed, '2'))]}" in told

    await room.say("cleo", "/night out")  # after it was counted
    assert text(await room.say("ana", "/night result")) == result


def test_the_documents_tell_how_each_draw_is_done_again() -> None:
    films = tuple(FilmId(each) for each in ("heat-1995", "carol-2015", "ran-1985"))
    ballots = {
        MemberId(f"m{number}"): dict(zip(films, levels, strict=True))
        for number, levels in enumerate(((2, 0, 1), (0, 2, 0), (1, 2, 2)))
    }
    weights = {MemberId("m0"): 0.5, MemberId("m1"): 1.5}
    chosen = set()
    for number in range(8):
        verdict = decide(Poll(NightId(f"n{number}"), films, ballots, weights), Rule.DRAW)
        assert _run(LINES[1], verdict.draw) == verdict.film_id
        chosen.add(verdict.film_id)
    assert len(chosen) > 1
    assert len(LINES) == 2


async def test_the_nights_message_tells_how_it_stands_to_its_end(room: Room) -> None:
    await _decided(room, NOMINATED, FIRST, "")

    def card() -> str:
        shown = (text(reply) for _, reply in room.mailbox.shown.values())
        return next(each for each in shown if each.startswith("Film night · "))

    assert "We watch Heat (1995): 2 yes please, 1 not tonight." in card()
    await room.film_began()
    await room.say("host", "/night close")
    await room.say("ana", "/night rate 4")
    await room.deliver()
    assert "We watched Heat (1995). 1 of 4 have rated." in card()
    room.clock.instant = FRIDAY + timedelta(days=2)
    await room.deliver()
    assert (await _night(room)).stage is Stage.TOLD
    assert "We watched Heat (1995): ★★★★ from 1 rating." in card()
    _, reply = next(each for each in room.mailbox.shown.values() if text(each[1]) == card())
    assert "ana: ★★★★" in text(await room.press("ben", reply, "Show the ratings"))


async def test_a_club_that_keeps_scores_has_none_on_the_nights_message(room: Room) -> None:
    await room.say("mod", "/setup spoilers seen", admin=True)
    await _decided(room, NOMINATED, FIRST, "")
    await room.film_began()
    await room.say("host", "/night close")
    await room.say("ana", "/night rate 4")
    await room.say("host", "/night close")
    await room.deliver()

    shown = [text(reply) for _, reply in room.mailbox.shown.values()]

    assert [each for each in shown if "★" in each] == []
    assert any("1 rating, for who has seen it" in each for each in shown)


async def test_the_question_is_two_sentences_on_one_subject_without_their_spoilers(
    room: Room,
) -> None:
    await _decided(room, NOMINATED, FIRST, "")
    await room.film_began()
    await room.say("host", "/night close")
    await room.say("ana", "/night rate 4.5 The score is superb. ||Waingro dies.|| Long, though.")
    await room.say("ben", "/night rate 2 I hated the shouting. The score bored me.")
    await room.say("cleo", "/night rate 3")
    await room.say("host", "/night close")

    (told,) = [text(reply) for _, reply in await room.deliver() if "To talk about" in text(reply)]

    assert "To talk about: the score.\n" in told
    assert "The score is superb. — ana" in told
    assert "The score bored me — ben" in told
    assert not [each for each in ("Waingro", "shouting", "Long") if each in told]
