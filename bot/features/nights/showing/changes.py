"""News of what the host of a night, or an admin, changed: called off, ending at another time, handed on."""

from collections.abc import Sequence

from bot.domain.nights import Stage
from bot.features.nights.commands import NightCommand
from bot.features.nights.showing.view import NightView, stage_actions
from bot.messages.phrases import folded, said
from bot.messages.replies import Action, Button, Reply
from bot.messages.spans import Mention, Span, When
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork


def news(*spans: Span | str, actions: Sequence[Action] = ()) -> Reply:
    """Return a piece of news for the channel."""
    return said(*spans, actions=actions, visibility=Visibility.CLUB)


async def cancelled_news(view: NightView, _: UnitOfWork) -> Reply:
    """Say that a night is off, where it is not known who called it off."""
    return news("The film night of ", view.start, " is off.")


async def unchosen_news(view: NightView, _: UnitOfWork) -> Reply:
    """Say that a night is off as nobody chose its film."""
    return news(
        "The film night of ", view.start, " is off: too few voted, and nobody chose a film."
    )


async def off_by_host(view: NightView, _: UnitOfWork) -> Reply:
    """Say that its host called a night off."""
    return _off(_hosting(view), view)


async def off_by_admin(view: NightView, _: UnitOfWork) -> Reply:
    """Say that an admin called a night off."""
    return _off(_AN_ADMIN, view)


def _off(who: str, view: NightView) -> Reply:
    """Say that a night is off, by whom, and why, where they said so and their words may be read."""
    told = next((each for each in view.guests if each.text and each.rating is None), None)
    member = view.roster.get(told.member_id) if told else None
    if told is None or member is None or member.muted:
        return news("The film night of ", view.start, " is off", f", says {who}." if who else ".")
    by = who if told.member_id == view.night.member_id else member.name
    why = folded(told.text, whole=False, fold=True)
    return news("The film night of ", view.start, f" is off, says {by}: “", *why, "”")


async def end_by_host(view: NightView, _: UnitOfWork) -> Reply | None:
    """Say until when a stage lasts, by the host."""
    return _other_end(_hosting(view), view)


async def end_by_admin(view: NightView, _: UnitOfWork) -> Reply | None:
    """Say until when a stage lasts, by an admin."""
    return _other_end(_AN_ADMIN, view)


def _other_end(who: str, view: NightView) -> Reply | None:
    """Say until when nominations or the vote are open, after somebody prolonged them or cut them short."""
    what = {Stage.NOMINATING: "Nominations are", Stage.VOTING: "The vote is"}.get(view.night.stage)
    if what is None or view.night.until is None or view.night.host_chooses:
        return None
    return news(
        f"{what} open until ",
        When(view.night.until, view.club.zone),
        f" now, says {who}." if who else " now.",
        actions=stage_actions(view.night),
    )


_AN_ADMIN = "an admin of the club"


def _hosting(view: NightView) -> str:
    host = view.roster.get(view.night.member_id) if view.night.member_id else None
    return f"{host.name}, who hosts" if host else ""


async def turn_news(view: NightView, _: UnitOfWork) -> Reply | None:
    """Tell the host of a night that it is theirs; None where there is none."""
    night = view.night
    host = view.roster.get(night.member_id) if night.member_id else None
    if host is None:
        return None
    return news(
        Mention(host.member_id, host.name, notify=True),
        " hosts the film night of ",
        view.start,
        ". Who cannot passes it on, and keeps their turn.",
        actions=(Button("Pass it on", NightCommand("host", night=night.night_id), settles=True),),
    )
