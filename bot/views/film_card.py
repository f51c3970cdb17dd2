"""Film cards: facts, the club's score and summary, and similar films."""

from collections.abc import Sequence
from dataclasses import replace

from bot.catalogue.club_index import roster_of
from bot.catalogue.importing.credits import LICENCE_PAGE, page_of
from bot.domain.clubs.club import MarkKind
from bot.domain.films.film import Film, ReleaseKind, film_label
from bot.domain.ids import FilmId
from bot.domain.regions import country
from bot.domain.reviews.review import Review
from bot.features.films.commands import FilmCommand, FilmDetailsCommand, OpenFilmCommand
from bot.features.merging.commands import MergeFilmCommand
from bot.features.picks.commands import MarkFilmCommand
from bot.features.releases.commands import RemindCommand
from bot.features.reviews.commands import OWN, ReviewCommand, ReviewsCommand
from bot.features.watchlist.commands import WatchlistCommand
from bot.messages.phrases import counted, release_line, titled
from bot.messages.replies import (
    Action,
    Actions,
    Block,
    Button,
    Choice,
    Footnote,
    Form,
    Option,
    Paragraph,
    Reply,
)
from bot.messages.requests import Role
from bot.messages.spans import Link, Plain, Span
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.adding import is_own
from bot.request.lookup.commands import AddFilmCommand
from bot.request.lookup.films import ADD_FIELDS, Found, find, reference
from bot.request.lookup.namesakes import famous_first, labels
from bot.views.access import Access, access_of, public_access
from bot.views.film_facts import short_card
from bot.views.opinions import in_one_line, in_short
from bot.views.picks import reason_of, similar_films

TMDB = "tmdb"
"""Source name of films and dates from TMDB."""

_MOST_NAMESAKES = 2

MOST_PARTS = 25
"""Parts of a series in one menu, around the film itself: no platform shows more."""

_WITH_DATA = Plain("With data from ")

NOWHERE = Paragraph((Plain("I don't know where it can be watched."),))
"""What is said to who asks where to watch a film, unless a live source tells."""

ALONE = Paragraph((Plain("I know no other part of it."),))
"""What is said to who asks for the parts of a film's series, where it is part of none."""

WRITE_FIELDS = ("rating", "text", "spoiler", "private")
"""Fields of the review form."""

WRITE = Form("Write a review", ReviewCommand(), ("film", *WRITE_FIELDS))
"""The form for a review of any film."""


async def film_card(command: FilmCommand, context: Context, work: UnitOfWork) -> Reply:
    """Return a film's card: its facts, and in one line what the club thinks."""
    found = await find(command, context, work, guess=True)
    if isinstance(found, Reply):
        return found
    film = found.film
    shared = [each for each in await work.reviews.of_film(film.film_id) if each.shared]
    blocks: list[Block] = [*guessed(found, command), short_card(film)]
    blocks += [NOWHERE] if command.where else []
    blocks += _days_in(film, command.region) or release_lines(film, context, ahead=True)
    blocks.append(opinion(film, shared, public_access(context.club), context))
    blocks += credit(film)
    club = (Button("Show the club's card", ReviewCommand(film=reference(film))),) if shared else ()
    own = (*_correct(film), *await _merge(film, context, work))
    actions = (write_form(film), *club, *film_actions(film, context, command.region), *own)
    parts = _parts(film, context)
    blocks += [ALONE] if command.parts and not parts else []
    blocks.append(Actions((*actions, details(film), *parts)))
    return Reply(tuple(blocks), f"{film.label}. {film.logline}", Visibility.CLUB)


def _days_in(film: Film, region: str) -> list[Block]:
    """Return the days of release in the country that was asked for; empty where none was asked for."""
    if not region:
        return []
    known = sorted((each for each in film.releases if each.region == region), key=lambda e: e.day)
    if not known:
        told = f"I know of no day on which it comes out in {country(region)}."
        return [Paragraph((Plain(told),))]
    return [Paragraph(release_line(each)) for each in known]


def opinion(film: Film, shared: Sequence[Review], access: Access, context: Context) -> Block:
    """Return what the club thinks in one line, unless it is locked for those who read it."""
    if not shared or access.may_read(film.film_id):
        return in_one_line(shared, context.member.scale)
    told = f"{counted(len(shared), 'review')} here. Scores unlock on the club's card once you have seen it."
    return Paragraph((Plain(told),))


def guessed(found: Found, command: ReviewCommand | FilmCommand) -> list[Block]:
    """Return a note and buttons for the other candidates, where the film shown is a guess."""
    if not found.others:
        return []
    asked = Footnote((Plain("Showing "), titled(found.film), Plain(". Not the one you meant?")))
    again = type(command)
    others = found.others[:3]
    told = zip(labels((found.film, *others))[1:], others, strict=True)
    meant = (Button(f"I meant {label}", again(film=reference(film))) for label, film in told)
    return [asked, Actions(tuple(meant))]


def release_lines(film: Film, context: Context, *, ahead: bool = False) -> list[Block]:
    """Return the release dates in the member's region, else the club's; cinemas first.

    `ahead`: only those to come.
    """
    today = context.now.date()
    releases = [each for each in film.releases if not ahead or each.day >= today]
    known = [each for each in releases if each.region == context.region]
    known = known or [each for each in releases if each.region == context.club.region]
    shown = sorted(known, key=lambda each: (each.kind is not ReleaseKind.CINEMA, each.day))[:2]
    return [Paragraph(release_line(each)) for each in shown]


def credit(film: Film) -> list[Block]:
    """Return the credits that sources ask for."""
    return [*_wikipedia_credit(film), *_tmdb_credit(film)]


def _wikipedia_credit(film: Film) -> list[Block]:
    """Credit the Wikipedia page of the text, with its licence."""
    page = page_of(film)
    if page is None or not film.logline:
        return []
    licence = Link(LICENCE_PAGE, (Plain("CC BY-SA 4.0"),))
    return [
        Footnote((Plain("Text from "), Link(page, (Plain("Wikipedia"),)), Plain(", "), licence))
    ]


def _tmdb_credit(film: Film) -> list[Block]:
    """Credit TMDB for facts, posters or dates, as its terms ask."""
    sources = {film.source, *(each.source for each in film.releases)}
    if TMDB not in sources and not film.poster:
        return []
    return [tmdb_notice(film.tmdb_id)]


def tmdb_notice(number: int | None = None, *, where_to_watch: bool = False) -> Footnote:
    """Credit TMDB as its terms ask, with a film's page; and JustWatch, from whom it has where to watch."""
    name: Span = Plain("TMDB")
    if number:
        name = Link(f"https://www.themoviedb.org/movie/{number}", (name,))
    after = ", which neither endorses nor certifies Matinee."
    also = " Where to watch: JustWatch." if where_to_watch else ""
    return Footnote((_WITH_DATA, name, Plain(after + also)))


def is_tmdb_notice(block: Block) -> bool:
    """Tell whether a block credits TMDB."""
    return isinstance(block, Footnote) and block.spans[:1] == (_WITH_DATA,)


async def club_card(
    found: Found, command: ReviewCommand, context: Context, work: UnitOfWork
) -> Reply:
    """Return the club's card: facts, score, summary, similar films."""
    film = found.film
    shared = [each for each in await work.reviews.of_film(film.film_id) if each.shared]
    mine = await access_of(context.member.member_id, context.club, work)
    visibility = mine.visibility(film.film_id) if shared else Visibility.CLUB
    access = mine if visibility is Visibility.ONLY_YOU else public_access(context.club)
    locked = bool(shared) and not access.may_read(film.film_id)
    blocks: list[Block] = [*guessed(found, command), short_card(film)]
    blocks += release_lines(film, context, ahead=True)
    blocks += [lock()] if locked else in_short(shared, await roster_of(work), context.member.scale)
    blocks += credit(film)
    similar = await _next(film, access, context, work)
    blocks.append(Actions((*_actions(film, shared, context), *similar)))
    return Reply(tuple(blocks), _in_short(film, [] if locked else shared), visibility)


def lock() -> Block:
    """Say what unlocks scores and reviews."""
    return Paragraph(
        (Plain("Scores and reviews unlock for you once you rate it or mark it as seen."),)
    )


async def _next(
    film: Film, access: Access, context: Context, work: UnitOfWork
) -> tuple[Action, ...]:
    """Return the menu of similar films, each with why; none where there are none."""
    similar = await similar_films(film, access, context, work)
    if similar.choice is None:
        return ()
    options = zip(similar.choice.options, similar.items, strict=True)
    told = tuple(replace(option, detail=reason_of(item)) for option, item in options)
    return (replace(similar.choice, label="If you liked this", options=told),)


def _parts(film: Film, context: Context) -> tuple[Action, ...]:
    """Return the menu of a film's series in its order; none where no other part is known."""
    index = context.indexes.catalogue
    row = index.row_of(film.film_id) if film.series else -1
    rows = index.parts_with(row) if row >= 0 else []
    if len(rows) < 2:
        return ()
    first = max(0, min(rows.index(row) - MOST_PARTS // 2, len(rows) - MOST_PARTS))
    options = tuple(
        Option(film_label(index.titles[each], int(index.years[each])), index.film_ids[each])
        for each in rows[first : first + MOST_PARTS]
    )
    return (Choice(f"{film.series}, in order", options, OpenFilmCommand(FilmId("")), "film_id"),)


def _actions(film: Film, shared: Sequence[Review], context: Context) -> tuple[Action, ...]:
    """Return the actions of the club's card: whoever presses `Your review` sees their own.

    It is there for who asked if all may read theirs: a private review must not show by a button.
    """
    me = context.member.member_id
    mine = any(each.member_id == me and not each.critic for each in shared)
    own = Button("Your review", ReviewsCommand(film=reference(film), member=OWN))
    written = review_actions(film, len(shared))
    return (*written, *((own,) if mine else ()), *film_actions(film, context), details(film))


def details(film: Film) -> Button:
    """Return the button that shows all that is known of a film."""
    return Button("Details", FilmDetailsCommand(film.film_id))


def review_actions(film: Film, reviews: int) -> tuple[Action, ...]:
    """Return the actions that write and read reviews of a film."""
    label = f"Read reviews ({reviews})"
    read = (Button(label, ReviewsCommand(film=reference(film))),) if reviews else ()
    return (write_form(film), *read)


def write_form(film: Film) -> Form:
    """Return the review form."""
    return Form("Write a review", ReviewCommand(film=reference(film)), WRITE_FIELDS)


def film_actions(film: Film, context: Context, region: str = "") -> tuple[Action, ...]:
    """Return the actions of any film; its release is that in `region` where one was asked for."""
    watchlist = Button("Watchlist", WatchlistCommand("add", reference(film)))
    there = [each for each in film.releases if region in {"", each.region}]
    ahead = any(each.day > context.now.date() for each in there) or (region and not there)
    remind = (Button("Remind me", RemindCommand(reference(film), region=region)),) if ahead else ()
    return (watchlist, Button("Seen it", MarkFilmCommand(film.film_id, MarkKind.SEEN)), *remind)


def _correct(film: Film) -> tuple[Action, ...]:
    """Return the form that corrects a film the club added itself."""
    if not is_own(film):
        return ()
    director, line = ", ".join(film.directors), film.logline
    command = AddFilmCommand(film.title, film.year, director, line, film_id=film.film_id)
    return (Form("Correct it", command, ADD_FIELDS),)


async def _merge(film: Film, context: Context, work: UnitOfWork) -> tuple[Action, ...]:
    """Return, for admins, the actions that merge a club's own film into the real one."""
    if not is_own(film) or Role.ADMIN not in context.caller.roles:
        return ()
    command = MergeFilmCommand(reference(film))
    named = [each.film_id for each in context.titles.exact(film.title)]
    there = (await work.films.many(named)).values()
    others = famous_first([each for each in there if not is_own(each)])[:_MOST_NAMESAKES]
    same = (
        Button(f"It is {label}", replace(command, film=reference(each)))
        for label, each in zip(labels(others), others, strict=True)
    )
    return (*same, Form("It is another film", command, ("film",)))


def _in_short(film: Film, reviews: Sequence[Review]) -> str:
    rated = [each.rating for each in reviews if each.rating and not each.critic]
    if not rated:
        return f"{film.label}. {film.logline}"
    mean = sum(rated) / len(rated) / 2
    return f"{film.label}: {mean:.1f}/5 from {counted(len(rated), 'rating')} in this club."
