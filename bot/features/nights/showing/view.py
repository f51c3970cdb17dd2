"""View of a night: the data of all its messages, and the parts that they share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.catalogue.club_index import roster_of
from bot.domain.clubs.club import Club, Roster
from bot.domain.films.film import Film
from bot.domain.ids import FilmId, MemberId
from bot.domain.nights import (
    FINE,
    LEVEL_NAMES,
    NOT_TONIGHT,
    YES_PLEASE,
    Night,
    NightGuest,
    Rule,
    Stage,
)
from bot.domain.reviews.ratings import show_rating
from bot.features.nights.commands import NightCommand, RateAlongCommand
from bot.features.nights.counting.methods import Poll
from bot.features.nights.counting.polls import coming, guests_of, poll_of
from bot.messages.phrases import joined, titled
from bot.messages.plain_text import long_day
from bot.messages.replies import Action, Actions, Block, Button, Footnote, Form, Style
from bot.messages.spans import Plain, Span, When
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.films import reference
from bot.views.reasons import WHY

MOST_OTHERS = 4
"""Most other open nights that are named."""

MOST_NAMES = 12
"""Most members named in one line."""


@dataclass(frozen=True, slots=True)
class NightView:
    """Data of the messages of a night."""

    night: Night
    club: Club
    guests: Sequence[NightGuest]
    roster: Roster
    film: Film | None
    poll: Poll

    @property
    def start(self) -> When:
        """When the night begins."""
        return When(self.night.starts_at, self.club.zone)

    @property
    def title(self) -> Span:
        """The film that was chosen."""
        return titled(self.film) if self.film else Plain("a film")

    def name(self, member_id: MemberId) -> str:
        """Return a member's name."""
        return self.roster[member_id].name if member_id in self.roster else "a former member"

    def names(self, members: Sequence[MemberId]) -> Span:
        """Return several members' names; of many, the first and how many more."""
        names = [self.name(each) for each in members[:MOST_NAMES]]
        more = len(members) - len(names)
        return Plain(joined([*names, f"{more} more"] if more else names))


async def view_of(night: Night, work: UnitOfWork) -> NightView:
    """Read the data of the messages of a night."""
    guests = await guests_of(night, work)
    return NightView(
        night,
        await work.clubs.get(),
        guests,
        await roster_of(work),
        await work.films.get(night.film_id) if night.film_id else None,
        await poll_of(night, guests, work),
    )


def stage_actions(night: Night) -> list[Action]:
    """Return the buttons and forms for members in this stage of a night."""
    rsvp: list[Action] = [coming_button(night), absent_button(night)]
    match night.stage:
        case Stage.DATING:
            return [dates_button(night), nomination_form(night)]
        case Stage.NOMINATING:
            return [*rsvp, nomination_form(night)]
        case Stage.VOTING:
            return [vote_button(night), *rsvp]
        case Stage.DECIDED:
            calendar = NightCommand("calendar", night=night.night_id)
            result = NightCommand("result", night=night.night_id)
            return [
                *rsvp,
                Button("Add to calendar", calendar),
                Button("How it was decided", result),
            ]
    return [rate_form(night)]


def steering_actions(night: Night, now: datetime) -> list[Action]:
    """Return the buttons and forms of whoever hosts a night, in this stage of it."""
    of_night = night.night_id
    close: Action = Button(_CLOSE[night.stage], NightCommand("close", night=of_night))
    extend = Form("Extend or shorten", NightCommand("extend", night=of_night), ("when",))
    hand_over = Form("Hand it over", NightCommand("host", night=of_night), ("member",))
    off = Form("Call it off", NightCommand("cancel", night=of_night), ("reason",))
    skip = Button("Skip this date", NightCommand("skip", night=of_night))
    moving: list[Action] = [moving_form(night), *([skip] if night.every else [])]
    match night.stage:
        case Stage.NOMINATING | Stage.VOTING:
            return [close, extend, *moving, hand_over, off]
        case Stage.DECIDED:
            begun = [close] if night.starts_at <= now else []
            return [*moving, *begun, hand_over, off]
        case Stage.RATING:
            return [close]
    return [close, hand_over, off]


_CLOSE = {
    Stage.DATING: "Settle the time",
    Stage.NOMINATING: "Open the vote",
    Stage.VOTING: "Close the vote",
    Stage.DECIDED: "Rate it now",
    Stage.RATING: "Show the ratings",
}


def moving_form(night: Night) -> Form:
    """Return the form that moves a night."""
    return Form("Move it", NightCommand("move", night=night.night_id), ("when",))


def coming_button(night: Night) -> Button:
    """Return the button with which members say that they come."""
    return Button("I'm in", NightCommand("in", night=night.night_id), Style.PRIMARY)


def dates_button(night: Night) -> Button:
    """Return the button that opens a member's private answers to the slots."""
    return Button("When can you?", NightCommand("dates", night=night.night_id))


def absent_button(night: Night) -> Button:
    """Return the button with which members say that they cannot come."""
    return Button("Can't", NightCommand("out", night=night.night_id))


def nomination_form(night: Night) -> Form:
    """Return the form to nominate a film."""
    return Form("Nominate", NightCommand("nominate", night=night.night_id), ("film",))


def vote_button(night: Night) -> Button:
    """Return the button that opens the private ballot."""
    return Button("Vote", NightCommand("vote", night=night.night_id), Style.PRIMARY)


def rate_form(night: Night) -> Form:
    """Return the form to rate the film, in private."""
    return Form("Rate it", RateAlongCommand(night.night_id), ("rating", "text"))


async def film_buttons(night: Night, work: UnitOfWork) -> list[Button]:
    """Return a button for each film on the ballot, for the host to choose it."""
    films = await work.films.many(night.films)
    return [
        Button(
            films[each].label, NightCommand("choose", reference(films[each]), night=night.night_id)
        )
        for each in night.films
        if each in films
    ]


def why_line(night: Night, film_id: FilmId) -> tuple[tuple[Span, ...], ...]:
    """Tell why the room picker put a film on the ballot."""
    why = night.reasons.get(film_id)
    return ((Plain(f"{WHY}{why}"),),) if why else ()


def settling_line(view: NightView, film_id: FilmId) -> tuple[tuple[Span, ...], ...]:
    """Tell which of those who come would settle for a film of the room picker, and for how much."""
    settling = sorted(
        (each.settling[film_id], view.name(each.member_id))
        for each in coming(view.guests)
        if film_id in each.settling
    )
    told = [f"{name} (about {show_rating(stars)})" for stars, name in settling[:MOST_NAMES]]
    return ((Plain(f"{joined(told)} may like it less"),),) if told else ()


def tally_line(poll: Poll, film_id: FilmId) -> str:
    """Return the ballots for a film: `2 yes please, 1 fine, nobody against`."""
    counts = {level: poll.count(film_id, level) for level in (YES_PLEASE, FINE, NOT_TONIGHT)}
    parts = [f"{count} {LEVEL_NAMES[level]}" for level, count in counts.items() if count]
    return ", ".join(parts if counts[NOT_TONIGHT] else [*parts, "nobody against"])


def decided_tally(view: NightView) -> str:
    """Return the ballots for the film that was decided; empty where none was cast on it."""
    film_id, poll = view.night.film_id, view.poll
    return tally_line(poll, film_id) if film_id in poll.films and poll.ballots and film_id else ""


def looking_back_buttons() -> list[Action]:
    """Return the buttons that show past nights, and who gave way on them."""
    return [
        Button("Past nights", NightCommand("history")),
        Button("Who gave way", NightCommand("ledger")),
    ]


async def also_open(night: Night, context: Context, work: UnitOfWork) -> list[Block]:
    """Name the other nights that are open, each with a button that shows it, and offer the turns of this one."""
    zone = context.club.zone
    others = [each for each in await work.nights.open() if each.night_id != night.night_id]
    buttons: list[Action] = []
    if night.open and (night.rotate or night.rule is Rule.TURN):
        buttons.append(Button("Whose turn", NightCommand("turns", night=night.night_id)))
    if night.open and night.fair and await work.nights.past(1):
        buttons.append(Button("Who gave way", NightCommand("ledger")))
    blocks: list[Block] = []
    for each in others[:MOST_OTHERS]:
        day = long_day(each.starts_at.astimezone(ZoneInfo(zone)).date())
        blocks.append(
            Footnote((Plain(f"Also open ({each.stage}): "), When(each.starts_at, zone), Plain(".")))
        )
        buttons.append(Button(f"Night of {day}", NightCommand(night=each.night_id)))
    return [*blocks, *([Actions(tuple(buttons))] if buttons else [])]
