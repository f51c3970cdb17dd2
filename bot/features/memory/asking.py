"""Questions about what the club wrote: sentences with names, out of reviews that the reader may read."""

import re
from collections.abc import Collection, Sequence

from bot.catalogue.club_index import may_be_quoted, roster_of
from bot.domain.clubs.club import Roster
from bot.domain.ids import FilmId, MemberId, ReviewId
from bot.domain.reviews.ratings import Scale, show_rating
from bot.domain.reviews.review import Review
from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.text import one_line
from bot.features.memory.commands import AskCommand
from bot.messages.phrases import author, counted, joined, origin, said
from bot.messages.replies import Block, FilmItem, Footnote, Form, Heading, Paragraph, Reply
from bot.messages.spans import Plain, Span, Usage
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.views.access import Access, access_of
from bot.views.film_facts import byline
from bot.views.picks import openable
from recommender import Answer, ask
from recommender.text import analyzer

LONGEST = 200
"""Characters of a question that are read."""

_UNSEEN = " Films that you have not seen are left out."
"""What is added where the club keeps reviews from who has not seen their film."""

_ASKER = lazy_pattern(r"\b(?:did|do|have|had|was|am)\s+i\b", re.IGNORECASE)


async def answer(command: AskCommand, context: Context, work: UnitOfWork) -> Reply:
    """Answer a question with the sentences that say most of what is asked, or say that none does."""
    question = one_line(command.question, LONGEST).strip()
    if not question:
        form = Form("Ask", AskCommand(), ("question",))
        return said("What would you like to know of the club's reviews?", actions=(form,))
    overlay = await context.indexes.of(work)
    roster = await roster_of(work)
    access = await access_of(context.member.member_id, context.club, work)
    authors = _asked_about(question, roster, context)
    names = {word for each in authors for word in analyzer.words(roster[each].name)}
    found = ask(
        overlay,
        question,
        may_read=lambda film: access.may_read(FilmId(film)),
        authors=authors,
        names=names,
    )
    reviews = await _reviews(found.found, roster, work)
    if not reviews:
        return _nothing(overlay.review_count, [roster[each].name for each in authors], access)
    items = await _items(found.found, reviews, roster, context.member.scale, work)
    blocks: list[Block] = [Heading((Plain(question[:1].upper() + question[1:]),))]
    if found.beside:
        who = joined([roster[each].name for each in sorted(authors)]) or "people here"
        blocks.append(Paragraph((Plain(f"Nobody says just that. This is what {who} wrote:"),)))
    blocks += [openable(items), Footnote((Plain(_sources(overlay.review_count, access)),))]
    summary = f"{counted(len(reviews), 'answer')} from the club's reviews."
    visibility = Visibility.ONLY_YOU if access.locks else Visibility.CLUB
    return Reply(tuple(blocks), summary, visibility)


def _asked_about(question: str, roster: Roster, context: Context) -> frozenset[MemberId]:
    """Return the members that a question names, or the asker: `what did I say of Heat?`."""
    words = {each.casefold() for each in re.findall(r"[\w.-]+", question)}
    named = {
        each.member_id
        for each in roster.values()
        if each.name.casefold() in words or each.member_id in question
    }
    if _ASKER.search(question):
        named.add(context.member.member_id)
    return frozenset(named & roster.keys())


async def _reviews(
    answers: Sequence[Answer], roster: Roster, work: UnitOfWork
) -> dict[str, Review]:
    """Return the reviews of the answers that others may still read and quote."""
    found: dict[str, Review] = {}
    for each in answers:
        review = await work.reviews.get(ReviewId(each.review_id))
        if review is not None and review.shared and may_be_quoted(review, roster):
            found[each.review_id] = review
    return found


async def _items(
    answers: Sequence[Answer],
    reviews: dict[str, Review],
    roster: Roster,
    scale: Scale,
    work: UnitOfWork,
) -> list[FilmItem]:
    """Return the films of the answers, that of the best first, each with what was said of it."""
    lines: dict[FilmId, list[tuple[Span, ...]]] = {}
    for each in answers:
        if each.review_id in reviews:
            line = _line(each, reviews[each.review_id], roster, scale)
            lines.setdefault(FilmId(each.film_id), []).append(line)
    films = await work.films.many(list(lines))
    return [
        FilmItem(film_id, film.title, film.year, tuple(lines[film_id]), byline=byline(film))
        for film_id in lines
        if (film := films.get(film_id))
    ]


def _line(answer: Answer, review: Review, roster: Roster, scale: Scale) -> tuple[Span, ...]:
    rating = f", {show_rating(review.rating, scale)}" if review.rating else ""
    return (
        Plain(f"“{answer.text}” — "),
        author(review, roster),
        Plain(rating),
        *origin(review),
    )


def _sources(count: int, access: Access) -> str:
    unseen = _UNSEEN if access.locks else ""
    return f"From {counted(count, 'review')} here, without what is marked as a spoiler.{unseen}"


def _nothing(count: int, names: Collection[str], access: Access) -> Reply:
    if not count:
        return said("Nobody here has written about a film yet, so there is nothing to ask about.")
    who = joined(sorted(names)) if names else "Nobody here"
    told = (
        f"I find nothing by {who} about that."
        if names
        else f"{who} has written about that, as far as I can find."
    )
    return said(
        f"{told}{_UNSEEN if access.locks else ''} Try other words, or name a film: ",
        Usage(AskCommand("what did people say about the ending of Past Lives?")),
    )
