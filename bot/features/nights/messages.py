"""Messages of a night: its own, which shows how it stands, and the news of each stage."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean

from bot.catalogue.club_index import roster_of
from bot.domain.clubs import Club, MarkKind, Roster
from bot.domain.deliveries import Delivery
from bot.domain.films import Film
from bot.domain.ids import FilmId, MemberId, NightId
from bot.domain.nights import FINE, NOT_TONIGHT, YES_PLEASE, Night, NightGuest, Stage
from bot.domain.ratings import show_rating
from bot.domain.spoilers import split_spoilers, unmarked
from bot.domain.visibility import Visibility
from bot.features.nights.commands import NightCommand, RateAlongCommand
from bot.features.nights.counting import Poll, draw_text, ranking
from bot.features.nights.planned import read_subject
from bot.features.nights.polls import coming, guests_of, poll_of, voters
from bot.lookup.films import reference
from bot.messages.phrases import counted, joined, titled
from bot.messages.plain_text import plain
from bot.messages.replies import (
    Action,
    Actions,
    Block,
    Button,
    Code,
    Field,
    Fields,
    FilmItem,
    FilmList,
    Footnote,
    Form,
    Heading,
    Mention,
    Paragraph,
    Plain,
    Quote,
    Reply,
    Span,
    Spoiler,
    Style,
    When,
)
from bot.ports.store import UnitOfWork
from bot.views.access import public_access

FURTHEST = 1.0
"""Half-stars between a rating and its prediction from which the difference is worth telling."""


@dataclass(frozen=True, slots=True)
class NightView:
    """Everything that the messages of a night show."""

    night: Night
    club: Club
    guests: Sequence[NightGuest]
    roster: Roster
    film: Film | None
    poll: Poll

    def name(self, member_id: MemberId) -> str:
        """Return a member's name."""
        return self.roster[member_id].name if member_id in self.roster else "a former member"


async def view_of(night: Night, work: UnitOfWork) -> NightView:
    """Read everything that the messages of a night show."""
    return NightView(
        night,
        await work.clubs.get(),
        await guests_of(night, work),
        await roster_of(work),
        await work.films.get(night.film_id) if night.film_id else None,
        await poll_of(night, work),
    )


async def night_message(delivery: Delivery, _: datetime, work: UnitOfWork) -> Reply | None:
    """Compose the message of a night as it stands now; None if it is gone."""
    night = await work.nights.get(NightId(delivery.subject))
    return await night_card(await view_of(night, work), work) if night else None


async def night_news(delivery: Delivery, _: datetime, work: UnitOfWork) -> Reply | None:
    """Compose the news of a stage, or a reminder; None if the night has moved on since."""
    night_id, what = read_subject(delivery.subject)
    night = await work.nights.get(NightId(night_id))
    if night is None:
        return None
    view = await view_of(night, work)
    match what, night.stage:
        case "vote", Stage.VOTING:
            return _vote_news(view)
        case "extended", Stage.VOTING:
            return _extended_news(view)
        case "host", Stage.VOTING:
            return await _host_news(view, work)
        case "decided", Stage.DECIDED:
            return _decided_news(view)
        case (("day" | "hour"), Stage.DECIDED):
            return _reminder(view)
        case "rate", Stage.RATING:
            return _rate_news(view)
        case "told", Stage.TOLD:
            return _told(view)
        case "cancelled", Stage.CANCELLED:
            return _news(view, "The film night of ", _start(view), " is off.")
    return None


async def ballot_reminder(delivery: Delivery, _: datetime, work: UnitOfWork) -> Reply | None:
    """Compose the reminder to vote; None for somebody who has voted or does not come."""
    night_id, member_id = read_subject(delivery.subject)
    night = await work.nights.get(NightId(night_id))
    if night is None or night.stage is not Stage.VOTING or night.until is None:
        return None
    view = await view_of(night, work)
    waiting = {each.member_id for each in coming(view.guests) if not each.ballot}
    if MemberId(member_id) not in waiting:
        return None
    spans: tuple[Span, ...] = (
        Plain("You have not voted yet for the film night of "),
        _start(view),
        Plain(". The vote ends "),
        When(night.until, view.club.zone),
        Plain("."),
    )
    return Reply(
        (Paragraph(spans), Actions((vote_button(night),))), plain(spans), Visibility.ONLY_YOU
    )


# The message of a night --------------------------------------------------------------------------


async def night_card(view: NightView, work: UnitOfWork) -> Reply:
    """Return the message of a night as it stands."""
    night = view.night
    heading = Heading((Plain("Film night · "), _start(view)))
    blocks: list[Block] = [heading]
    match night.stage:
        case Stage.NOMINATING:
            blocks += await _nominations(view, work)
        case Stage.VOTING:
            blocks += await _ballot_films(view, work)
        case Stage.CANCELLED:
            blocks.append(Paragraph((Plain("It is off."),)))
        case _:
            blocks.append(Paragraph((Plain("We watch "), *_film(view), Plain("."))))
    if night.open:
        blocks.append(Paragraph(_who(view)))
        blocks.append(Actions(tuple(_actions(view))))
    what = f" {view.film.label}." if view.film else ""
    return Reply(tuple(blocks), f"Film night: {night.stage}.{what}", Visibility.CLUB)


async def _nominations(view: NightView, work: UnitOfWork) -> list[Block]:
    night = view.night
    nominations = await work.nights.nominations()
    films = await work.films.many([each.film_id for each in nominations])
    by_film: dict[FilmId, list[MemberId]] = {}
    for each in nominations:
        by_film.setdefault(each.film_id, []).append(each.member_id)
    blocks: list[Block] = []
    if night.wish:
        blocks.append(Paragraph((Plain(f"Wanted: {night.wish}"),)))
    items = [
        FilmItem(
            film_id,
            films[film_id].title,
            films[film_id].year,
            ((Plain("nominated by "), *_names(members, view)), *await _seen_line(film_id, work)),
        )
        for film_id, members in by_film.items()
        if film_id in films
    ]
    if items:
        blocks.append(FilmList(tuple(items)))
    if night.until and night.vote_until:
        spans = (
            Plain("Nominate until "),
            When(night.until, view.club.zone),
            Plain(", vote until "),
            When(night.vote_until, view.club.zone),
            Plain(". I fill the ballot up with films for those who come."),
        )
        blocks.append(Footnote(spans))
    return blocks


async def _seen_line(film_id: FilmId, work: UnitOfWork) -> tuple[tuple[Span, ...], ...]:
    marks = await work.marks.of_film(film_id)
    seen = {each.member_id for each in marks if each.kind is MarkKind.SEEN}
    seen |= {each.member_id for each in await work.reviews.of_film(film_id) if each.shared}
    return ((Plain(f"seen by {len(seen)}"),),) if seen else ()


async def _ballot_films(view: NightView, work: UnitOfWork) -> list[Block]:
    night = view.night
    films = await work.films.many(night.films)
    items = tuple(
        FilmItem(films[each].film_id, films[each].title, films[each].year, _facts(films[each]))
        for each in night.films
        if each in films
    )
    voted, there = len(voters(view.guests)), len(coming(view.guests))
    told = f"{voted} of {there} have voted" if there else "Nobody has voted yet"
    spans: tuple[Span, ...] = (Plain(f"{told}. "),)
    if night.until:
        spans += (Plain("The vote ends "), When(night.until, view.club.zone), Plain("."))
    else:
        spans += (Plain("The host decides."),)
    return [FilmList(items), Footnote((*spans, Plain(" Ballots are private.")))]


def _facts(film: Film) -> tuple[tuple[Span, ...], ...]:
    facts = [*film.directors[:2], *([f"{film.minutes} min"] if film.minutes else [])]
    return ((Plain(" · ".join(facts)),),) if facts else ()


def _who(view: NightView) -> tuple[Span, ...]:
    night, there = view.night, [each.member_id for each in coming(view.guests)]
    host = view.roster.get(night.member_id) if night.member_id else None
    hosted = f"{host.name} hosts. " if host else ""
    if not there:
        return (Plain(f"{hosted}Nobody has said yet that they come."),)
    return (Plain(f"{hosted}In: "), *_names(there, view), Plain("."))


def _names(members: Sequence[MemberId], view: NightView) -> tuple[Span, ...]:
    return (Plain(joined([view.name(each) for each in members])),)


def _actions(view: NightView) -> list[Action]:
    night = view.night
    rsvp: list[Action] = [
        Button("I'm in", NightCommand("in", night=night.night_id), Style.PRIMARY),
        Button("Can't", NightCommand("out", night=night.night_id)),
    ]
    match night.stage:
        case Stage.NOMINATING:
            nominate = Form("Nominate", NightCommand("nominate", night=night.night_id), ("film",))
            return [*rsvp, nominate]
        case Stage.VOTING:
            return [vote_button(night), *rsvp]
        case Stage.DECIDED:
            calendar = NightCommand("calendar", night=night.night_id)
            return [*rsvp, Button("Add to calendar", calendar), _result_button(night)]
        case _:
            return [rate_form(night)]


def vote_button(night: Night) -> Button:
    """Return the button that opens the private ballot."""
    return Button("Vote", NightCommand("vote", night=night.night_id), Style.PRIMARY)


def rate_form(night: Night) -> Form:
    """Return the form to rate the film, in private."""
    return Form("Rate it", RateAlongCommand(night.night_id), ("rating", "text"))


def _result_button(night: Night) -> Button:
    return Button("How it was decided", NightCommand("result", night=night.night_id))


# News --------------------------------------------------------------------------------------------


def _start(view: NightView) -> When:
    return When(view.night.starts_at, view.club.zone)


def _film(view: NightView) -> tuple[Span, ...]:
    return (titled(view.film),) if view.film else (Plain("a film"),)


def _news(view: NightView, *spans: Span | str, actions: Sequence[Action] = ()) -> Reply:
    del view
    text = tuple(Plain(each) if isinstance(each, str) else each for each in spans)
    blocks: list[Block] = [Paragraph(text)]
    if actions:
        blocks.append(Actions(tuple(actions)))
    return Reply(tuple(blocks), plain(text), Visibility.CLUB)


def _calls(guests: Sequence[NightGuest], view: NightView) -> tuple[Span, ...]:
    """Mention guests so that it reaches them."""
    members = [view.roster[each.member_id] for each in guests if each.member_id in view.roster]
    spans: list[Span] = []
    for number, each in enumerate(members, 1):
        joint = ": " if number == len(members) else ", "
        spans += [Mention(each.member_id, each.name, notify=True), Plain(joint)]
    return tuple(spans)


def _vote_news(view: NightView) -> Reply:
    until = view.night.until or view.night.starts_at
    return _news(
        view,
        *_calls(coming(view.guests), view),
        "the vote is open until ",
        When(until, view.club.zone),
        ".",
        actions=(vote_button(view.night),),
    )


def _extended_news(view: NightView) -> Reply:
    voted, quorum = len(view.poll.ballots), view.night.quorum
    until = view.night.until or view.night.starts_at
    told = (
        f"{counted(voted, 'vote')} so far, of {quorum} needed" if voted else "Nobody has voted yet"
    )
    return _news(
        view,
        f"{told}, so the vote goes on until ",
        When(until, view.club.zone),
        ".",
        actions=(vote_button(view.night),),
    )


async def _host_news(view: NightView, work: UnitOfWork) -> Reply:
    night = view.night
    host = view.roster.get(night.member_id) if night.member_id else None
    call = (Mention(host.member_id, host.name, notify=True), Plain(" ")) if host else ()
    choices = await film_buttons(night, work)
    return _news(
        view,
        *call,
        "Too few have voted, so the host chooses the film of ",
        _start(view),
        ".",
        actions=choices,
    )


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


def _decided_news(view: NightView) -> Reply:
    night, poll = view.night, view.poll
    tally: tuple[Span, ...] = ()
    if night.film_id in poll.films and poll.ballots and night.film_id:
        tally = (Plain(f" {tally_line(poll, night.film_id)}."),)
    how = f" It was {night.how}." if night.how else ""
    return _news(
        view,
        "We watch ",
        *_film(view),
        " on ",
        _start(view),
        ".",
        *tally,
        how,
        actions=_actions(view),
    )


def tally_line(poll: Poll, film_id: FilmId) -> str:
    """Return the ballots for a film: `2 yes please, 1 fine, nobody against`."""
    counts = {level: poll.count(film_id, level) for level in (YES_PLEASE, FINE, NOT_TONIGHT)}
    names = {YES_PLEASE: "yes please", FINE: "fine", NOT_TONIGHT: "not tonight"}
    parts = [f"{count} {names[level]}" for level, count in counts.items() if count]
    return ", ".join(parts if counts[NOT_TONIGHT] else [*parts, "nobody against"])


def _reminder(view: NightView) -> Reply:
    return _news(
        view,
        *_calls(coming(view.guests), view),
        "film night on ",
        _start(view),
        " with ",
        *_film(view),
        ".",
        actions=(Button("Can't", NightCommand("out", night=view.night.night_id)),),
    )


def _rate_news(view: NightView) -> Reply:
    return _news(
        view,
        *_calls(coming(view.guests), view),
        "how was ",
        *_film(view),
        "? Rate it in private. I show all ratings together, once everyone who came has rated, or "
        "tomorrow.",
        actions=(rate_form(view.night),),
    )


def _told(view: NightView) -> Reply:
    """Word what those who came thought: mean, each rating, who surprised, the question it leaves."""
    rated = [each for each in coming(view.guests) if each.rating is not None]
    film = view.film
    if film is None or not rated:
        return _news(view, "Nobody rated ", *_film(view), ". A review can still be written.")
    ratings = [each.rating or 0 for each in rated]
    mean = fmean(ratings)
    heading = Heading((Plain(f"{film.label}: {show_rating(round(mean))} on the night"),))
    rows = tuple(
        Field(view.name(each.member_id), (Plain(show_rating(each.rating or 0)),))
        for each in sorted(rated, key=lambda each: -(each.rating or 0))
    )
    blocks: list[Block] = [heading, Fields(rows)]
    surprised = [each for each in rated if each.expected is not None]
    if surprised:
        most = max(surprised, key=lambda each: abs((each.rating or 0) - (each.expected or 0)))
        apart = (most.rating or 0) - (most.expected or 0)
        if abs(apart) >= FURTHEST:
            liked = "liked it more" if apart > 0 else "liked it less"
            blocks.append(
                Paragraph((*_names([most.member_id], view), Plain(f" {liked} than I expected.")))
            )
    blocks += _apart(rated, view)
    summary = f"{film.label}: {show_rating(round(mean))} from {counted(len(rated), 'rating')}."
    return Reply(tuple(blocks), summary, Visibility.CLUB)


def _apart(rated: Sequence[NightGuest], view: NightView) -> list[Block]:
    """Quote those who are furthest apart, as the question to talk about."""
    spoken = sorted((each for each in rated if each.text), key=lambda each: each.rating or 0)
    if len(spoken) < 2 or (spoken[-1].rating or 0) - (spoken[0].rating or 0) < 2:
        return [_quote(each, view) for each in spoken]
    return [
        Paragraph((Plain("To talk about:"),)),
        _quote(spoken[-1], view),
        _quote(spoken[0], view),
    ]


def _quote(guest: NightGuest, view: NightView) -> Quote:
    access = public_access(view.club)
    text: tuple[Span, ...]
    if view.film is not None and not access.may_read(view.film.film_id):
        text = (Spoiler((Plain(unmarked(guest.text)),)),)
    else:
        text = tuple(
            Spoiler((Plain(piece),)) if hidden and access.fold else Plain(piece)
            for piece, hidden in split_spoilers(guest.text)
        )
    source = (*_names([guest.member_id], view), Plain(f", {show_rating(guest.rating or 0)}"))
    return Quote(text, source)


def result_card(view: NightView, films: dict[FilmId, Film]) -> Reply:
    """Return how a night was decided: the tally of each film, weights, a draw that can be done again."""
    poll, night = view.poll, view.night
    items = tuple(
        FilmItem(each, films[each].title, films[each].year, ((Plain(tally_line(poll, each)),),))
        for each in ranking(poll)
        if each in films
    )
    blocks: list[Block] = [Heading((Plain("How it was decided"),)), FilmList(items)]
    notes = [f"{counted(len(poll.ballots), 'ballot')}, counted by {night.rule}."]
    if night.how:
        notes.append(f"{night.how[:1].upper()}{night.how[1:]}.")
    blocks.append(Footnote((Plain(" ".join(notes)),)))
    if night.how.endswith("draw"):
        blocks.append(Footnote((Plain("What was hashed: "), Code(draw_text(poll)))))
    return Reply(tuple(blocks), notes[0], Visibility.ONLY_YOU)
