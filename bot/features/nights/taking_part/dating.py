"""Poll for the time of a night: members answer its slots in private, each in their own zone."""

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.errors import UsageError
from bot.domain.ids import NightId
from bot.domain.nights import IF_NEED_BE, NO, YES, Night, NightGuest, Stage
from bot.features.nights.commands import DatesCommand, NightCommand
from bot.features.nights.grammar import read_ballot
from bot.features.nights.schedule.planned import save_part
from bot.features.nights.schedule.times import instant
from bot.features.nights.taking_part.guests import blank_part, my_part
from bot.features.nights.taking_part.which import the_night
from bot.messages.plain_text import plain
from bot.messages.replies import (
    Action,
    Actions,
    Block,
    Choice,
    Field,
    Fields,
    Footnote,
    Heading,
    Option,
    Reply,
)
from bot.messages.spans import Plain, Usage, When
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context

_NAMES = {YES: "Yes", IF_NEED_BE: "If need be", NO: "No"}


async def dates(command: NightCommand, context: Context, work: UnitOfWork) -> Reply:
    """Show the member's answers to the slots; numbers such as `1 3 / 2` are stored first."""
    night = await _open_dates(command.night, context, work)
    guest = await my_part(night, context, work)
    if command.vote:
        can, cannot = read_ballot(command.vote, len(night.slots))
        chosen = dict.fromkeys(can, YES) | dict.fromkeys(cannot, NO)
        levels = {slot: chosen.get(place, IF_NEED_BE) for place, slot in enumerate(night.slots, 1)}
        guest = await _save(levels, guest, night, context, work)
    return _answers(night, guest, context)


async def answer_slot(command: DatesCommand, context: Context, work: UnitOfWork) -> Reply:
    """Answer one slot; show all answers."""
    night = await _open_dates(command.night, context, work)
    if command.slot not in night.slots or command.level not in _NAMES:
        raise UsageError(
            "That time is not asked about any more. Look again: ", Usage(NightCommand("dates")), "."
        )
    guest = await my_part(night, context, work)
    former = guest.dates if guest else {}
    levels = {each: former.get(each, IF_NEED_BE) for each in night.slots}
    guest = await _save({**levels, command.slot: command.level}, guest, night, context, work)
    return _answers(night, guest, context)


async def _open_dates(night_id: NightId | None, context: Context, work: UnitOfWork) -> Night:
    night = await the_night(night_id, context, work, Stage.DATING)
    if night.stage is not Stage.DATING:
        raise UsageError(
            "The time of that night is settled already. See ", Usage(NightCommand()), "."
        )
    return night


async def _save(
    levels: Mapping[str, int],
    guest: NightGuest | None,
    night: Night,
    context: Context,
    work: UnitOfWork,
) -> NightGuest:
    guest = guest or replace(blank_part(night, context), coming=False)
    return await save_part(replace(guest, dates=levels), night, context, work)


def _answers(night: Night, guest: NightGuest | None, context: Context) -> Reply:
    """Return the member's answers, a menu for Yes and one for No; times are those of their zone."""
    given = guest.dates if guest else {}
    rows = tuple(
        Field(
            f"{place}",
            (
                When(instant(slot), context.zone),
                Plain(f": {_NAMES[given.get(slot, IF_NEED_BE)]}" if given else ""),
            ),
        )
        for place, slot in enumerate(night.slots, 1)
    )
    options = tuple(
        Option(plain((When(instant(slot), context.zone),)), slot) for slot in night.slots
    )
    menus: list[Action] = [
        Choice(_NAMES[level], options, DatesCommand(night.night_id, level), "slot", settles=True)
        for level in (YES, NO)
    ]
    head = "Your answers" if given else "Which of these can you make?"
    told = (
        "You can change them until the time is settled. Nobody else sees them. Or type them: "
        if given
        else "What you leave alone counts as if need be. Nobody else sees your answers. Or type them: "
    )
    usage = Usage(NightCommand("dates", vote="1 3 / 2"))
    blocks: tuple[Block, ...] = (
        Heading((Plain(head),)),
        Fields(rows),
        Footnote((Plain(told), usage)),
        Actions(tuple(menus)),
    )
    return Reply(blocks, head, Visibility.ONLY_YOU)
