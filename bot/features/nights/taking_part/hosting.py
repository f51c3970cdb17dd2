"""Turns: who hosts and who chooses next, handing a night on, passing."""

from dataclasses import replace

from bot.catalogue.club_index import roster_of
from bot.domain.errors import UsageError
from bot.domain.ids import MemberId
from bot.domain.nights import TO_BE_WATCHED, UNDECIDED, Night, Rule
from bot.features.nights.commands import NightCommand
from bot.features.nights.counting.polls import coming, earlier, guests_of
from bot.features.nights.counting.turns import choosers
from bot.features.nights.schedule.hosts import hand_on, host_order
from bot.features.nights.schedule.planned import save_part
from bot.features.nights.taking_part.guests import my_part
from bot.features.nights.taking_part.which import the_night
from bot.messages.phrases import said
from bot.messages.replies import Actions, Block, Button, Field, Fields, Footnote, Heading, Reply
from bot.messages.spans import Plain, Usage
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.members import member_named


async def hand_over(
    command: NightCommand, night: Night, context: Context, work: UnitOfWork
) -> Reply:
    """Let a member host who is named, else whose turn it is."""
    if command.member:
        host = await member_named(command.member, context, work)
    else:
        order = await host_order(night, work)
        found = await work.members.get(order[0]) if order else None
        if found is None:
            raise UsageError(
                "Nobody else comes yet. Name who hosts: ",
                Usage(NightCommand("host", member="ben")),
                ".",
            )
        host = found
    await hand_on(night, host.member_id, context, work)
    return said(f"{host.name} hosts the night now.")


async def turns(command: NightCommand, context: Context, work: UnitOfWork) -> Reply:
    """Tell who hosts and who chooses next, in order."""
    night = await the_night(command.night, context, work, *TO_BE_WATCHED)
    roster = await roster_of(work)
    hosts = [*filter(None, [night.member_id]), *await host_order(night, work)]
    choosing = await _choosing(night, work) if night.rule is Rule.TURN else []
    rows = [
        Field(told, (Plain(", ".join(roster[each].name for each in order if each in roster)),))
        for told, order in (("Host", hosts), ("Choose", choosing))
        if any(each in roster for each in order)
    ]
    blocks: tuple[Block, ...] = (
        Heading((Plain("Whose turn"),)),
        Fields(tuple(rows)),
        Footnote((Plain("Who waits longest is first, and keeps the turn by passing."),)),
    )
    mine = choosing[:1] == [context.member.member_id] and night.stage in UNDECIDED
    passing = Button(
        "Let the next choose", NightCommand("pass", night=night.night_id), settles=True
    )
    actions = (Actions((passing,)),) if mine else ()
    return Reply((*blocks, *actions), "Whose turn it is.", Visibility.ONLY_YOU)


async def pass_turn(command: NightCommand, context: Context, work: UnitOfWork) -> Reply:
    """Leave one's turn to choose to the next; one stays first for the next night."""
    night = await the_night(command.night, context, work, *TO_BE_WATCHED)
    if night.rule is not Rule.TURN or night.stage not in UNDECIDED:
        raise UsageError(
            "Nobody's turn to choose is open. Nights are chosen by turns with ",
            Usage(NightCommand("new", when="friday at 8", rule=Rule.TURN)),
            "; who hosts passes that on with ",
            Usage(NightCommand("host")),
            ".",
        )
    me, order = context.member.member_id, await _choosing(night, work)
    guest = await my_part(night, context, work)
    if guest is None or me not in order:
        raise UsageError(
            "You do not choose this night anyway: you have passed already, or are not in."
        )
    await save_part(replace(guest, passed=True), night, context, work)
    left = [each for each in order if each != me]
    after = await work.members.get(left[0]) if left else None
    told = f" {after.name} is next." if after else " Nobody is left to choose, so the votes count."
    back = Button("I choose after all", NightCommand("in", night=night.night_id), settles=True)
    return said(f"You pass.{told} You keep your turn for the next night.", actions=(back,))


async def _choosing(night: Night, work: UnitOfWork) -> list[MemberId]:
    """Return those who come and have not passed, whose turn to choose is next first."""
    return choosers(coming(await guests_of(night, work)), *await earlier(work))
