"""Reveal of a night: what those who came thought of its film, as far as a reader may know it."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean

from bot.domain.ids import MemberId
from bot.domain.nights import NightGuest
from bot.domain.reviews.ratings import show_rating
from bot.domain.words.spoilers import split_spoilers
from bot.features.nights.commands import NightCommand
from bot.features.nights.showing.reveal_card import rated_by
from bot.features.nights.showing.view import NightView
from bot.messages.phrases import counted, folded, said
from bot.messages.replies import Block, Button, Field, Fields, Heading, Paragraph, Quote, Reply
from bot.messages.spans import Plain
from bot.messages.visibility import Visibility
from bot.views.access import Access
from recommender import Remarks, disagreement

FURTHEST = 1.0
"""Least difference in half-stars of a rating from its prediction that is told."""


def reveal(view: NightView, access: Access) -> Reply:
    """Word what those who came thought: mean, each rating, who surprised, the question it leaves.

    Where the club keeps scores from who has not seen the film, such a reader is told how many there are.
    """
    film, rated = view.film, rated_by(view)
    if film is None or not rated:
        return said(
            "Nobody rated ",
            view.title,
            ". A review can still be written.",
            visibility=Visibility.CLUB,
        )
    if not access.may_read(film.film_id):
        return _kept(view, len(rated))
    mean = show_rating(round(fmean(each.rating or 0 for each in rated)))
    rows = (
        Field(view.name(each.member_id), (Plain(show_rating(each.rating or 0)),)) for each in rated
    )
    blocks: tuple[Block, ...] = (
        Heading((Plain(f"{film.label}: {mean} on the night"),)),
        Fields(tuple(rows)),
        *_surprise(rated, view),
        *_apart(rated, view, fold=access.fold),
    )
    summary = f"{film.label}: {mean} from {counted(len(rated), 'rating')}."
    return Reply(blocks, summary, access.visibility(film.film_id))


def _kept(view: NightView, count: int) -> Reply:
    return said(
        "The ratings of ",
        view.title,
        f" are in: {count}. This club keeps scores until one has seen the film, so I show them here "
        "only to those who came or have seen it since.",
        actions=(
            Button("Show me the ratings", NightCommand("ratings", night=view.night.night_id)),
        ),
        visibility=Visibility.CLUB,
    )


def _surprise(rated: Sequence[NightGuest], view: NightView) -> list[Block]:
    """Name whose rating is furthest from its prediction, where that is far."""
    apart = [((each.rating or 0) - each.expected, each) for each in rated if each.expected]
    by, most = max(apart, key=lambda pair: abs(pair[0]), default=(0.0, None))
    if most is None or abs(by) < FURTHEST:
        return []
    liked = "liked it more" if by > 0 else "liked it less"
    return [Paragraph((Plain(f"{view.name(most.member_id)} {liked} than I expected."),))]


def _apart(rated: Sequence[NightGuest], view: NightView, *, fold: bool) -> list[Block]:
    """Quote the two sentences that disagree most on one subject, as the question to talk about.

    Where no two speak of the same, quote those whose ratings are furthest apart; the more pleased comes first.
    """
    spoken = [each for each in rated if each.text and _may_be_quoted(each.member_id, view)]
    told = [Remarks(each.member_id, _visible(each.text), each.rating or 0) for each in spoken]
    if found := disagreement(told):
        parts = {each.member_id: each for each in spoken}
        pair = [
            _quote(replace(parts[MemberId(member)], text=words), view, fold=fold)
            for member, words in (found.pleased, found.displeased)
        ]
        return [Paragraph((Plain(f"To talk about: {found.subject}."),)), *pair]
    if len(spoken) < 2 or (spoken[0].rating or 0) - (spoken[-1].rating or 0) < 2:
        return [_quote(each, view, fold=fold) for each in reversed(spoken)]
    question = Paragraph((Plain("To talk about:"),))
    return [question, *(_quote(each, view, fold=fold) for each in (spoken[0], spoken[-1]))]


def _visible(text: str) -> str:
    """Return what somebody wrote without its spoilers."""
    return " ".join(piece for piece, hidden in split_spoilers(text) if not hidden)


def _may_be_quoted(member_id: MemberId, view: NightView) -> bool:
    member = view.roster.get(member_id)
    return member is not None and member.may_be_quoted


def _quote(guest: NightGuest, view: NightView, *, fold: bool) -> Quote:
    text = folded(guest.text, whole=False, fold=fold)
    return Quote(text, (Plain(f"{view.name(guest.member_id)}, {show_rating(guest.rating or 0)}"),))
