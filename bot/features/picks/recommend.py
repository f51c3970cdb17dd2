"""Recommendations: for one member, for a mood, like a film, or for a group."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import mean
from types import MappingProxyType

from bot.catalogue.starter import QUICK_START
from bot.domain.clubs.club import Member
from bot.domain.ids import FilmId, MemberId
from bot.features.picks.commands import RecommendCommand
from bot.features.picks.demands.demands import WishDemands, request_of
from bot.features.picks.demands.forms import in_their_form
from bot.features.picks.demands.headings import heading, in_words
from bot.features.picks.demands.named import named_films, with_people
from bot.features.picks.grammar import turned
from bot.features.picks.hit_rate import hits
from bot.features.picks.loved import NAME_THEM
from bot.features.picks.notes import (
    for_now,
    given_up,
    given_up_by_all,
    marked,
    nothing,
    unknown,
    unreadable,
)
from bot.features.picks.opening import opened_pick, pick_list
from bot.features.picks.sharing import as_shown, in_shown_order, is_aloud
from bot.messages.codec import action_text
from bot.messages.phrases import counted, joined
from bot.messages.replies import Actions, Block, Button, Footnote, Heading, Paragraph, Reply
from bot.messages.spans import Plain, Usage
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.commands import ShareAnswerCommand
from bot.request.context import Context
from bot.request.lookup.members import company
from bot.request.sharing import can_share
from bot.views.access import Access, access_of, public_access
from bot.views.picks import Asked, pick_items
from bot.views.taste import NOBODY, tastes
from recommender import (
    Overlay,
    PredictedRating,
    Query,
    Recommendation,
    is_liked,
    predict_ratings,
    recommend,
)

MOST_PICKS = 10
MOST_PAGES = 6
WELL_LIKED = 7

FEW_RATINGS = 5
"""Ratings of a member below which personal picks are called an early guess."""

_OBSCURITY = MappingProxyType({"obscure": 1.0, "popular": -1.0})


async def recommendation(command: RecommendCommand, context: Context, work: UnitOfWork) -> Reply:
    """Recommend films, with the mode and a reason for each."""
    if command.hits:
        return await hits(context, work)
    typed = command
    overlay = await context.indexes.of(work)
    command = turned(await with_people(command, overlay, context, work), context.titles)
    named = await named_films(command, context, work)
    if isinstance(named, Reply):
        return named
    liked, unliked = named
    overlay = await context.indexes.of(work, (*liked, *unliked))
    members = await company(command.members, context, work)
    if aloud := is_aloud(command, members, context):
        command = replace(command, share=True)
    wish = await request_of(command, overlay, members, context, work)
    wish = in_their_form(wish, liked)
    asked_for = _asked_for(command, wish)
    count = None if asked_for is None else min(max(asked_for, 1), MOST_PICKS)
    wanted = count or RecommendCommand().count
    query = Query(
        like=tuple(film.film_id for film in liked),
        unlike=tuple(film.film_id for film in unliked),
        mood=wish.mood,
        more=wish.more,
        less=wish.less,
        demands=wish.demands,
        preferred=wish.preferred,
        later_parts=any(part.entry.series == "later" for part in wish.wanted.parts),
        obscurity=_OBSCURITY.get(command.fame or wish.wanted.fame, 0.0),
        profiles=await tastes(members, _reader(command, context), work),
        count=wanted,
        skip=wanted * (min(command.page, MOST_PAGES) - 1),
    )
    if command.opened or command.shown:
        query = as_shown(query, (command.opened,) if command.opened else command.shown)
    if not command.opened and knows_nothing(query):
        reply = await _favourites(command, query, context, work)
        most = tuple(Footnote((Plain(each),)) for each in _most(asked_for))
        return replace(reply, blocks=(*unreadable(wish), *most, *reply.blocks))
    found = recommend(overlay, query)
    if not (found.picks or command.opened):
        done = frozenset[str]().union(*(each.done() for each in query.profiles))
        return nothing(command, wish, overlay, found, seen_all=len(done) >= len(overlay))
    expected = () if command.share and len(members) < 2 else expected_ratings(overlay, query, found)
    access = await _access(command, context, work)
    asked = Asked(known_films(query, access), access, command, expected, members, wish.wanted_by)
    picks = in_shown_order(found.picks, command.shown)
    items = await pick_items(picks, overlay, context, work, asked)
    missing = {pick.film_id: pick.missing for pick in picks}
    items = tuple(marked(item, missing[item.film_id]) for item in items)
    if command.opened:
        mode = _mode(found, query, members)
        return await opened_pick(command, items, mode, context, work)
    met = wish.but(given_up_by_all(found.picks))
    title = heading(command, met, liked, unliked, members, count)
    summary = f"{title}: {joined([item.title for item in items])}."
    shown = tuple(item.film_id for item in items)
    context.show_picks(typed, shown)
    list_: tuple[Block, ...] = (Heading((Plain(title),)), pick_list(items, command))
    others = _others(command, members) if len(items) == wanted else ()
    if command.share and not aloud:
        return Reply((*list_, *_row(others)), summary, Visibility.CLUB)
    mode = " ".join(
        [
            _mode(found, query, members),
            *given_up(found.picks),
            *_turned(command),
            *_most(asked_for),
            *for_now(command),
        ]
    )
    notes = (Footnote((Plain(mode),)), *unknown(found), *unreadable(wish))
    if aloud:
        return Reply((*list_, *notes, *_row(others)), summary, Visibility.CLUB)
    shared = ShareAnswerCommand(action_text(replace(command, share=True, shown=shown)))
    share = (Button("Share", shared),) if can_share(context) else ()
    return Reply((*list_, *notes, *_row((*others, *share))), summary, Visibility.ONLY_YOU)


def _others(command: RecommendCommand, members: Sequence[Member]) -> tuple[Button, ...]:
    """Return the button for the picks that follow, which whoever presses it sees alone.

    Picks for one member that all see have none: what follows them goes by the taste of whoever presses.
    """
    personal = command.share and len(members) < 2
    if personal or command.page >= MOST_PAGES:
        return ()
    page = replace(command, share=False, shown=(), page=command.page + 1)
    return (Button("Other picks", page),)


def _row(buttons: Sequence[Button]) -> tuple[Block, ...]:
    return (Actions(tuple(buttons)),) if buttons else ()


def _asked_for(command: RecommendCommand, wish: WishDemands) -> int | None:
    """Return how many films are asked for: by the option, else in words; None for neither."""
    return command.count if command.count != RecommendCommand().count else wish.wanted.count


def _most(asked: int | None) -> list[str]:
    """Say how many films are picked at most, where more are asked for."""
    return [f"I pick {in_words(MOST_PICKS)} at most."] if asked and asked > MOST_PICKS else []


def _reader(command: RecommendCommand, context: Context) -> MemberId:
    """Return the member whose private reviews count; None where the whole club reads the picks."""
    return NOBODY if command.share else context.member.member_id


async def _access(command: RecommendCommand, context: Context, work: UnitOfWork) -> Access:
    """Return the access of those who read the picks: the member, or everyone."""
    if command.share:
        return public_access(context.club)
    return await access_of(context.member.member_id, context.club, work)


def known_films(query: Query, access: Access) -> frozenset[str]:
    """Return the films that a reason may name: those asked for, or loved by the viewers.

    Of what others loved only films whose scores the reader may see.
    """
    loved = (
        film_id
        for number, profile in enumerate(query.profiles)
        for film_id, half_stars in profile.ratings.items()
        if is_liked(half_stars) and (number == 0 or access.may_read(FilmId(film_id)))
    )
    return frozenset((*query.like, *loved))


def knows_nothing(query: Query) -> bool:
    """Tell whether a query holds no evidence: no wish, and no ratings."""
    words = query.mood or query.more or query.less or query.demands
    asked = words or query.like or query.unlike or query.obscurity
    return not asked and not any(profile.ratings for profile in query.profiles)


def expected_ratings(
    overlay: Overlay, query: Query, found: Recommendation
) -> Sequence[Mapping[str, PredictedRating]]:
    """Predict each member's ratings of the picks, where enough is known."""
    film_ids = [pick.film_id for pick in found.picks]
    return [predict_ratings(overlay, profile, film_ids) for profile in query.profiles]


async def _favourites(
    command: RecommendCommand, query: Query, context: Context, work: UnitOfWork
) -> Reply:
    """Show the club's favourites, and offer films to rate first."""
    overlay, access = await context.indexes.of(work), await _access(command, context, work)
    liked = frozenset[str]() if access.locks else well_liked(overlay)
    best = recommend(overlay, replace(query, among=liked))
    asked = Asked(known_films(query, access), access, command)
    items = await pick_items(best.picks, overlay, context, work, asked)
    blocks: list[Block] = []
    if items:
        blocks += [Heading((Plain("The club's favourites that you have not seen"),))]
        blocks += [pick_list(items, command)]
        told = "You have not rated anything yet, so these are the club's favourites."
    elif access.locks:
        told = "You have not rated anything yet, and what the club thinks unlocks once you've seen a film."
    else:
        told = (
            "Nobody here has rated anything that you could still see, so I have nothing to go by."
        )
    how = (
        Plain(f"{told} Name up to five films you love, "),
        *(
            (Plain(f"such as {joined(known)}, "),)
            if (known := await _well_known(query, work))
            else ()
        ),
        Plain("and I'll go by those. Or say what you are in the mood for: "),
        Usage(RecommendCommand(mood="tender and ghostly")),
        Plain("."),
    )
    blocks.append(Paragraph(how))
    blocks.append(Actions((NAME_THEM,)))
    return Reply(tuple(blocks), told, Visibility.ONLY_YOU)


def well_liked(overlay: Overlay) -> frozenset[str]:
    """Return the films with a mean club rating of at least three stars and a half."""
    ratings: dict[str, list[int]] = {}
    for review in overlay.rated_reviews():
        ratings.setdefault(review.film_id, []).append(review.half_stars or 0)
    return frozenset(film for film, given in ratings.items() if mean(given) >= WELL_LIKED)


async def _well_known(query: Query, work: UnitOfWork) -> list[str]:
    """Return the titles of a few well-known films that differ from each other."""
    done = query.profiles[0].done()
    wanted = [FilmId(each) for each in QUICK_START if each not in done]
    films = await work.films.many(wanted)
    return [films[each].title for each in wanted if each in films][:MOST_SUGGESTED]


MOST_SUGGESTED = 4


def _mode(found: Recommendation, query: Query, members: Sequence[Member]) -> str:
    """Word the mode in which the picks were made."""
    if query.like or query.mood:
        club = f" and {counted(found.reviews, 'review')} of this club" if found.reviews else ""
        return f"From the films' own texts and people{club}."
    rated = len(query.profiles[0].ratings)
    if len(members) > 1:
        return f"For {len(members)} of you, from {counted(found.ratings, 'rating')} in all."
    if rated == 0:
        return "You have not rated anything yet, so this goes by the films and the club alone."
    if rated < FEW_RATINGS:
        return f"An early guess from {counted(rated, 'rating')} of yours. A few more will help."
    theirs = f"those of {counted(found.raters, 'member')} here"
    return f"From {counted(rated, 'rating')} of yours and {theirs}."


def _turned(command: RecommendCommand) -> list[str]:
    """Word the preference for popular or obscure films."""
    match command.fame:
        case "obscure":
            return ["Turned to films that few know."]
        case "popular":
            return ["Turned to films that many know."]
        case _:
            return []
