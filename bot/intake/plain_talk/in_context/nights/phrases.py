"""Commands of what is said while a film night is open, by its stage: coming, nominating, voting, moving, rating."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType

from bot.domain.errors import UsageError
from bot.domain.nights import Night, NightGuest, Stage
from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.privacy import asks_for_privacy
from bot.domain.words.text import folded
from bot.features.nights.commands import NightCommand, RateAlongCommand
from bot.features.reviews.commands import ReviewCommand
from bot.intake.plain_talk.asked_first import asked_first
from bot.intake.plain_talk.in_context.nights.asked import Meaning, NightTalk
from bot.intake.plain_talk.in_context.nights.ballots import ballot_by_film
from bot.intake.plain_talk.in_context.nights.films import (
    against,
    corrected_vote,
    nominate,
    rather,
    suggest,
    swap,
    vote,
    withdrawn,
)
from bot.intake.plain_talk.in_context.shown.why import ORDINALS
from bot.intake.plain_talk.in_context.titled import Read
from bot.intake.plain_talk.phrases.phrases import LONGEST, Said, fitting, night_phrases
from bot.intake.plain_talk.statements.details import bare_half_stars
from bot.intake.plain_talk.tidying import tidied, without_address
from bot.language.grammar.durations import read_wait
from bot.language.grammar.time_words import is_time
from bot.messages.commands import Command
from bot.messages.spans import Usage
from bot.ports.store import UnitOfWork
from bot.request.context import Context

_TO_BE_WATCHED = frozenset({Stage.NOMINATING, Stage.VOTING, Stage.DECIDED})
_LED = lazy_pattern(
    r"(?:(?:ah|oh|hey|hm+|ok(?:ay)?|great|cool|nice|awesome|perfect|yes|yeah|yep|yay|no|nope|sure|well|so|but|and|actually|sorry|soz|right"
    r"|fine|alright|all\s+right|good|lovely|sounds\s+(?:good|great)|sadly|unfortunately|i['’]?m\s+afraid|damn|ugh|oops|wait|thanks|also|please|(?:i(?:\s+have|['’]ve)?\s+)?changed\s+my\s+mind)(?!\w)[\s,.!…–—-]*)+(?=\S)",
    re.IGNORECASE,
)
"""Words that only lead to what is said."""

_TAKEN_BACK = lazy_pattern(r"(?<!\w)(?:take|took)\s.*?back(?!\w)", re.IGNORECASE)
_GIVES = lazy_pattern(r"\d|[★⭐🌟½]")
_PREPOSITION = lazy_pattern(r"\A(?:to|at|on|for|until|till|by)\s+", re.IGNORECASE)
_WAIT = lazy_pattern(r"by\s+(?P<by>\S.*)|(?P<wait>\S.*)\s(?:later|earlier|sooner)", re.IGNORECASE)


LATELY = timedelta(minutes=5)
"""Time for which a film spoken of is rather meant by a rating without a title than that of a night."""


def night_phrases_in(line: str) -> list[Said]:
    """Return what a line may mean while a night is open, also without words that only lead to it: `great, count me in`."""
    if len(line) > LONGEST or "\n" in line:
        return []
    said = tidied(without_address(line))
    led = _LED.match(said)
    forms = (said, said[led.end() :]) if led else (said,)
    return [phrase for form in forms for phrase in fitting(form, night_phrases())]


async def meant_of_a_night(
    line: str,
    phrases: Sequence[Said],
    nights: Sequence[Night],
    read: Read,
    context: Context,
    work: UnitOfWork,
) -> Command | None:
    """Return the command of the first phrase that means something in the stage of an open night."""
    for each in phrases:
        asked = NightTalk(line, each.slots, nights, read, context, work)
        if command := await MEANINGS[each.means](asked):
            return command
    return None


def _while(command: Command, *stages: Stage) -> Meaning:
    """Return a meaning that is one command, while a night is in one of these stages."""

    async def meaning(asked: NightTalk) -> Command | None:
        return command if asked.in_stage(*stages) else None

    return meaning


async def _show(asked: NightTalk) -> Command | None:
    """Show the soonest night that is still to be watched; of several that are open, that one."""
    night = asked.in_stage(*_TO_BE_WATCHED)
    if night is None:
        return None
    return NightCommand(night=night.night_id) if len(asked.nights) > 1 else NightCommand()


async def _decided(asked: NightTalk) -> Command | None:
    """Read `so it's paddington right?` once a film is chosen."""
    there = asked.film("film") and asked.in_stage(Stage.DECIDED, Stage.RATING)
    return NightCommand() if there else None


async def _place(asked: NightTalk) -> Command | None:
    """Say who may know where the members meet: no place is kept."""
    night = asked.in_stage(*_TO_BE_WATCHED)
    if night is None:
        return None
    host = await asked.work.members.get(night.member_id) if night.member_id else None
    told = f"{host.name} hosts" if host and host.name else "somebody else hosts"
    if night.member_id == asked.context.member.member_id:
        told = "you host"
    raise UsageError(
        f"I keep no place of a film night, and {told}. When it is and what we watch: ",
        Usage(NightCommand()),
        ".",
    )


def _asks(command: Command, *stages: Stage) -> Meaning:
    """Return a meaning that asks whether one command is meant, while a night is in one of these stages."""

    async def meaning(asked: NightTalk) -> Command | None:
        return asked_first(asked.line, command) if asked.in_stage(*stages) else None

    return meaning


async def _choose(asked: NightTalk) -> Command | None:
    """Ask whether the host chooses a film."""
    film = asked.film()
    if not film or asked.in_stage(Stage.VOTING, Stage.DECIDED) is None:
        return None
    return asked_first(asked.line, NightCommand("choose", film))


async def _placed_on_ballot(asked: NightTalk) -> Command | None:
    """Read `the first one please` as a vote."""
    night, place = asked.in_stage(Stage.VOTING), ORDINALS[folded(asked.slots["said"])]
    if night is None or not -1 <= place < len(night.films):
        return None
    return NightCommand("vote", vote=str(place % len(night.films) + 1))


async def _host(asked: NightTalk) -> Command | None:
    """Ask whether a member is to host the night: `cleo should host`."""
    named, me = asked.slots["member"], asked.context.member
    host = me if named.lower() in {"i", "me"} else await asked.work.members.named(named)
    if host is None or asked.in_stage(*_TO_BE_WATCHED) is None:
        return None
    return asked_first(asked.line, NightCommand("host", member=host.name))


async def _others_ballots(asked: NightTalk) -> Command | None:
    if not asked.in_stage(Stage.VOTING, Stage.DECIDED):
        return None
    raise UsageError(
        "Ballots are private: nobody learns how others voted. How many have, and how the night stands: ",
        Usage(NightCommand()),
        ".",
    )


# Times -------------------------------------------------------------------------------------------


async def _move(asked: NightTalk) -> Command | None:
    """Read another time at which the night is held; a bare number is none."""
    typed = asked.slots.get("said", "")
    bare = _PREPOSITION.sub("", typed, count=1)
    if asked.in_stage(*_TO_BE_WATCHED) is None or bare.isdecimal():
        return None
    if is_time(bare):
        return NightCommand("move", when=bare)
    found = _WAIT.fullmatch(typed)
    wait = read_wait(found["by"] or found["wait"]) if found else None
    return NightCommand("move", when=typed) if wait else None


async def _ask_to_move(asked: NightTalk) -> Command | None:
    """Ask whether another time that is only spoken of is meant: `can we start at 8:30 instead`."""
    bare = _PREPOSITION.sub("", asked.slots.get("said", ""), count=1)
    hour = bare.isdecimal() and 1 <= int(bare) <= 12
    if hour and asked.in_stage(Stage.NOMINATING, Stage.DECIDED):
        return asked_first(asked.line, NightCommand("move", when=f"at {bare}"))
    moved = await _move(asked)
    return asked_first(asked.line, moved) if moved else None


async def _reminders(asked: NightTalk) -> Command | None:
    if asked.in_stage(*_TO_BE_WATCHED) is None:
        return None
    raise UsageError(
        "I remind everyone who comes by myself, in the channel of the film night: a day before it begins, and an "
        "hour before. When that is: ",
        Usage(NightCommand()),
        ".",
    )


# Ratings -----------------------------------------------------------------------------------------


async def _own_part(asked: NightTalk) -> NightGuest | None:
    """Return the member's part in the night whose film is being rated."""
    night = asked.in_stage(Stage.RATING)
    guests = await asked.work.nights.guests([night.night_id]) if night else ()
    me = asked.context.member.member_id
    return next((each for each in guests if each.member_id == me and each.coming), None)


async def _rerated(asked: NightTalk) -> Command | None:
    """Read `i take back what i said, 4 stars` as another rating of the night's film."""
    part = await _own_part(asked)
    if part is None or part.rating is None:
        return None
    said = asked.slots["said"]
    rating = bare_half_stars(said, asked.context.habits.scale)
    text = ""
    if rating is None:
        try:
            meant = asked.read(said)
        except UsageError:
            return None
        if not isinstance(meant, ReviewCommand) or meant.film or meant.rating is None:
            return None
        rating, text = meant.rating, meant.text
    kept = "" if _TAKEN_BACK.search(asked.line) else part.text
    return RateAlongCommand(part.night_id, rating, text or kept)


async def _rated(asked: NightTalk) -> Command | None:
    """Read words about the film of the night by who has not rated it yet; the rating is asked for."""
    part, last = await _own_part(asked), asked.context.last_film
    if part is None or part.rating or asks_for_privacy(asked.line) or _GIVES.search(asked.line):
        return None
    lately = last is not None and asked.context.now - last.at <= LATELY
    return None if lately else RateAlongCommand(part.night_id, text=asked.line)


MEANINGS: Mapping[str, Meaning] = MappingProxyType(
    {
        "in": _while(NightCommand("in"), *_TO_BE_WATCHED),
        "out": _while(NightCommand("out"), *_TO_BE_WATCHED),
        "bad day": _asks(NightCommand("out"), *_TO_BE_WATCHED),
        "place": _place,
        "host": _host,
        "any will do": _while(NightCommand("vote"), Stage.VOTING),
        "ballot by film": ballot_by_film,
        "place on the ballot": _placed_on_ballot,
        "close": _asks(NightCommand("close"), Stage.NOMINATING, Stage.VOTING),
        "choose": _choose,
        "called off": _asks(NightCommand("cancel"), *_TO_BE_WATCHED),
        "show": _show,
        "decided": _decided,
        "open the vote": _while(NightCommand("open"), Stage.NOMINATING, Stage.VOTING),
        "ballot": _while(NightCommand("vote"), Stage.VOTING),
        "others' ballots": _others_ballots,
        "vote": vote,
        "rather": rather,
        "against": against,
        "corrected vote": corrected_vote,
        "nominate": nominate,
        "suggest": suggest,
        "withdrawn": withdrawn,
        "swap": swap,
        "move": _move,
        "ask to move": _ask_to_move,
        "reminders": _reminders,
        "rerated": _rerated,
        "rated": _rated,
    }
)
"""What makes the command of each meaning; None where it means nothing in the stages of the open nights."""
