"""Cards of a night: its message in the channel, kept up to date, and the result of its vote."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from statistics import fmean

from bot.domain.clubs.club import MarkKind
from bot.domain.deliveries import Delivery
from bot.domain.films.film import Film
from bot.domain.ids import FilmId, MemberId, NightId
from bot.domain.nights import Stage
from bot.domain.reviews.ratings import show_rating
from bot.features.nights.commands import NightCommand
from bot.features.nights.counting.methods import BY_LOT, Poll, draw_text, ranking
from bot.features.nights.counting.polls import coming, voters, waiting
from bot.features.nights.schedule.times import instant
from bot.features.nights.showing.memories import a_year_ago, times_offered
from bot.features.nights.showing.reveal_card import rated_by
from bot.features.nights.showing.view import (
    NightView,
    decided_tally,
    settling_line,
    stage_actions,
    tally_line,
    view_of,
    why_line,
)
from bot.features.nights.showing.weighing import overtaken, weights_note
from bot.messages.phrases import counted
from bot.messages.replies import (
    Actions,
    Block,
    Button,
    Field,
    Fields,
    FilmItem,
    FilmList,
    Footnote,
    Heading,
    Paragraph,
    Reply,
)
from bot.messages.spans import Code, Plain, Span, When
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.views.access import public_access


async def night_message(delivery: Delivery, _: datetime, work: UnitOfWork) -> Reply | None:
    """Compose the card of a night at send time; None if the night is gone."""
    night = await work.nights.get(NightId(delivery.subject))
    return await night_card(await view_of(night, work), work) if night else None


async def night_card(view: NightView, work: UnitOfWork) -> Reply:
    """Return the card of a night in its present stage."""
    night = view.night
    heading = Heading((Plain("Film night · "), view.start))
    blocks: list[Block] = [heading]
    match night.stage:
        case Stage.DATING:
            heading = Heading((Plain("Film night · when?"),))
            blocks = [heading, *_slots(view)]
        case Stage.NOMINATING:
            blocks += await _nominations(view, work)
        case Stage.VOTING:
            blocks += await _ballot_films(view, work)
        case Stage.CANCELLED:
            blocks.append(Paragraph((Plain("It is off."),)))
        case _:
            blocks.append(Paragraph(_watched(view)))
            blocks += await a_year_ago(view, work)
    if night.stage is Stage.TOLD and rated_by(view):
        show = NightCommand("ratings", night=night.night_id)
        blocks.append(Actions((Button("Show the ratings", show),)))
    if night.open:
        if night.stage is not Stage.DATING:
            blocks.append(Paragraph(_who(view)))
        blocks.append(Actions(tuple(stage_actions(night))))
    what = f" {view.film.label}." if view.film else ""
    return Reply(tuple(blocks), f"Film night: {night.stage}.{what}", Visibility.CLUB)


def _watched(view: NightView) -> tuple[Span, ...]:
    """Tell how a night stands whose film is decided: the tally, how many have rated, or what they thought."""
    night, film = view.night, view.film
    rated, there = rated_by(view), coming(view.guests)
    watched = (Plain("We watched "), view.title)
    match night.stage:
        case Stage.DECIDED:
            tally = decided_tally(view)
            return Plain("We watch "), view.title, Plain(f": {tally}." if tally else ".")
        case Stage.RATING:
            told = f". {len(rated)} of {len(there)} have rated." if there else "."
            return *watched, Plain(told)
    if film is None or not rated:
        return *watched, Plain(". Nobody rated it.")
    if not public_access(view.club).may_read(film.film_id):
        return *watched, Plain(f". {counted(len(rated), 'rating')}, for who has seen it.")
    mean = show_rating(round(fmean(each.rating or 0 for each in rated)))
    return *watched, Plain(f": {mean} from {counted(len(rated), 'rating')}.")


async def _nominations(view: NightView, work: UnitOfWork) -> list[Block]:
    night = view.night
    nominations = await waiting(work)
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
            ((Plain("nominated by "), view.names(members)), *await _seen_line(film_id, work)),
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
    before = await times_offered(work)
    named: dict[FilmId, list[MemberId]] = {}
    for each in await work.nights.nominations():
        named.setdefault(each.film_id, []).append(each.member_id)
    seen = {each: await _seen_line(each, work) for each in night.films}
    items = tuple(
        FilmItem(
            films[each].film_id,
            films[each].title,
            films[each].year,
            (
                *_facts(films[each]),
                _brought_by(named.get(each, []), view),
                *why_line(night, each),
                *settling_line(view, each),
                *seen[each],
                *_standing(each, view),
                *_never_watched(before[each]),
            ),
        )
        for each in night.films
        if each in films
    )
    voted, there = len(voters(view.guests)), len(coming(view.guests))
    told = f"{voted} of {there} have voted" if there else "Nobody has voted yet"
    spans: tuple[Span, ...] = (Plain(f"{told}. "),)
    if night.until and not night.host_chooses:
        spans += (Plain("The vote ends "), When(night.until, view.club.zone), Plain("."))
    else:
        spans += (Plain("The host decides."),)
    private = (
        " Ballots are private." if night.blind else " All see how films stand, not who voted how."
    )
    return [FilmList(items), Footnote((*spans, Plain(private)))]


def _brought_by(members: Sequence[MemberId], view: NightView) -> tuple[Span, ...]:
    if not members:
        return (Plain("my pick for those who come"),)
    return (Plain("nominated by "), view.names(members))


def _standing(film_id: FilmId, view: NightView) -> tuple[tuple[Span, ...], ...]:
    """Tell how a film stands, where ballots are not blind."""
    if view.night.blind or not view.poll.ballots:
        return ()
    return ((Plain(tally_line(view.poll, film_id)),),)


NAMED_OFTEN = 3
"""Fewest former ballots with a film, never watched, that the card mentions."""


def _never_watched(times: int) -> tuple[tuple[Span, ...], ...]:
    if times < NAMED_OFTEN:
        return ()
    return ((Plain(f"on the ballot {times} times before, never watched"),),)


def _slots(view: NightView) -> list[Block]:
    """Return the times among which members choose, and how many have answered."""
    night, zone = view.night, view.club.zone
    rows = tuple(
        Field(f"{place}", (When(instant(slot), zone),)) for place, slot in enumerate(night.slots, 1)
    )
    answered = sum(bool(each.dates) for each in view.guests)
    spans: tuple[Span, ...] = (Plain(f"{counted(answered, 'answer')} so far. "),)
    if night.until:
        spans += (Plain("Settled on "), When(night.until, zone), Plain(", for what suits most."))
    return [Fields(rows), Footnote(spans)]


def _facts(film: Film) -> tuple[tuple[Span, ...], ...]:
    facts = [*film.directors[:2], *([f"{film.minutes} min"] if film.minutes else [])]
    return ((Plain(" · ".join(facts)),),) if facts else ()


def _who(view: NightView) -> tuple[Span, ...]:
    night, there = view.night, [each.member_id for each in coming(view.guests)]
    host = view.roster.get(night.member_id) if night.member_id else None
    hosted = f"{host.name} hosts. " if host else ""
    if not there:
        return (Plain(f"{hosted}Nobody has said yet that they come."),)
    return (Plain(f"{hosted}In: "), view.names(there), Plain("."))


def _tally(poll: Poll, film_id: FilmId, *, weighed: bool) -> tuple[Span, ...]:
    """Return the ballots for a film, and their weighted sum where weights decided."""
    total = f"; weighed {poll.total(film_id):.1f}" if weighed else ""
    return (Plain(f"{tally_line(poll, film_id)}{total}"),)


def result_card(view: NightView, films: Mapping[FilmId, Film]) -> Reply:
    """Return the result of a vote: the tally of each film, the weights, the text that a draw hashed."""
    poll, night = view.poll, view.night
    weighed = overtaken(view) is not None
    items = tuple(
        FilmItem(each, films[each].title, films[each].year, (_tally(poll, each, weighed=weighed),))
        for each in ranking(poll)
        if each in films
    )
    blocks: list[Block] = [Heading((Plain("How it was decided"),)), FilmList(items)]
    notes = [f"{counted(len(poll.ballots), 'ballot')}, counted by {night.rule}."]
    if night.how:
        notes.append(f"{night.how[:1].upper()}{night.how[1:]}.")
    if weighed:
        notes.append(weights_note(view))
    blocks.append(Footnote((Plain(" ".join(notes)),)))
    if night.how.endswith(BY_LOT):
        blocks.append(Footnote((Plain("What was hashed: "), Code(draw_text(poll)))))
    return Reply(tuple(blocks), notes[0], Visibility.ONLY_YOU)
