"""A club's opinion of a film: score, spread and a spoiler-free summary of its reviews."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from bot.catalogue.club_index import may_be_quoted, review_document
from bot.domain.clubs.club import Roster
from bot.domain.ids import ReviewId
from bot.domain.reviews.ratings import Scale, show_mean, show_rating
from bot.domain.reviews.review import Review
from bot.messages.phrases import author, counted, joined, review_spans, verdict
from bot.messages.replies import Block, Heading, Histogram, Paragraph, Quote
from bot.messages.spans import Plain, Span, Strong
from recommender import LOVED, MINDED, SummarySentence, summarise

SHORT_ENOUGH = 600
"""Characters up to which a single review is quoted whole; longer ones are summarised."""


def in_full(reviews: Sequence[Review], roster: Roster, scale: Scale) -> list[Block]:
    """Sum up what the club wrote: score, spread, quotes; critics apart."""
    if not reviews:
        return [Paragraph((Plain("Nobody here has reviewed it yet. Be the first."),))]
    return [*score(reviews, scale), *summary(reviews, roster, scale)]


def in_short(reviews: Sequence[Review], roster: Roster, scale: Scale) -> list[Block]:
    """Sum up what the club wrote for a card: its score, and a sentence loved and one minded."""
    if not reviews:
        return in_full(reviews, roster, scale)
    told = [each for each in score(reviews, scale) if isinstance(each, Paragraph)]
    return [*told[:1], *summary(reviews, roster, scale, first_only=True)]


def in_one_line(reviews: Sequence[Review], scale: Scale) -> Block:
    """Sum up in one line what the club thinks: its score and spread, else how many wrote or gave up."""
    if not reviews:
        return Paragraph((Plain("Nobody here has reviewed it yet."),))
    if rated := _rated(reviews):
        return Paragraph((Plain("In this club: "), *_mean(rated, scale)))
    critics = sum(bool(each.critic) for each in reviews)
    gone = _given_up(reviews)
    told = {"review": len(reviews) - critics - gone, "critic's review": critics}
    parts = [counted(number, noun) for noun, number in told.items() if number]
    parts += [f"{counted(gone, 'member')} did not finish it"] if gone else []
    return Paragraph((Plain(f"In this club: {joined(parts)}, no rating."),))


def score(reviews: Sequence[Review], scale: Scale) -> list[Block]:
    """Return how many loved and minded it, the mean rating with its histogram, and who gave up."""
    rated = _rated(reviews)
    given_up = _given_up(reviews)
    blocks: list[Block] = []
    if rated:
        blocks.append(Paragraph(_mean(rated, scale)))
    if len(rated) > 1:
        counts = sorted(Counter(rated).items(), reverse=True)
        blocks.append(Histogram(tuple((show_rating(each, scale), n) for each, n in counts)))
    critics = [each for each in reviews if each.critic]
    if critics:
        told = joined([" ".join(_critic(each, scale)) for each in critics])
        blocks.append(Paragraph((Plain(f"Critics, counted apart: {told}"),)))
    if given_up:
        blocks.append(Paragraph((Plain(f"{counted(given_up, 'member')} did not finish it."),)))
    return blocks


def _rated(reviews: Sequence[Review]) -> list[int]:
    return [each.rating for each in reviews if each.rating and not each.critic]


def _given_up(reviews: Sequence[Review]) -> int:
    return sum(each.abandoned for each in reviews if not each.critic)


def _mean(rated: Sequence[int], scale: Scale) -> tuple[Span, ...]:
    """Word how many loved and minded it, the mean of their ratings, and how far these lie apart."""
    mean = sum(rated) / len(rated)
    told = f"{show_mean(mean, scale)} from {counted(len(rated), 'rating')}"
    if len(rated) == 1:
        return (Strong((Plain(told),)),)
    low, high = show_rating(min(rated), scale), show_rating(max(rated), scale)
    spread = f", from {low} to {high}" if low != high else ""
    return (Strong((Plain(_sides(rated)),)), Plain(f" · {told}{spread}"))


def _sides(rated: Sequence[int]) -> str:
    """Word how many loved and minded a film: `9 loved it, 4 minded it, 2 in between`."""
    loved = sum(each >= LOVED for each in rated)
    minded = sum(each <= MINDED for each in rated)
    between = len(rated) - loved - minded
    sides = {"loved it": loved, "minded it": minded, "in between": between}
    return ", ".join(f"{count} {side}" for side, count in sides.items() if count)


def _critic(review: Review, scale: Scale) -> Iterator[str]:
    yield review.critic or ""
    if review.rating:
        yield f"({show_rating(review.rating, scale)})"


def summary(
    reviews: Sequence[Review], roster: Roster, scale: Scale, *, first_only: bool = False
) -> list[Block]:
    """Quote what was loved, what was minded, and the two most divided members.

    With `first_only`, only a sentence that was loved and one that was minded, without headings.
    """
    worded = [each for each in reviews if each.text]
    if len(worded) == 1 and len(worded[0].text) <= SHORT_ENOUGH:
        return _only(worded[0], roster, scale)
    by_id = {each.review_id: each for each in worded}
    short = summarise([review_document(each, roster) for each in worded])
    if first_only:
        firsts = (*short.loved[:1], *short.minded[:1])
        return [_quote(each, by_id[ReviewId(each.review_id)], roster, scale) for each in firsts]
    parts = {"Loved": short.loved, "Minded": short.minded, "Split": short.split}
    blocks: list[Block] = []
    for name, sentences in parts.items():
        if sentences:
            blocks.append(Heading((Plain(name),)))
        blocks += [
            _quote(each, by_id[ReviewId(each.review_id)], roster, scale) for each in sentences
        ]
    return blocks


def _only(review: Review, roster: Roster, scale: Scale) -> list[Block]:
    """Quote the only review, if it may be quoted."""
    if not may_be_quoted(review, roster):
        return []
    source = (author(review, roster), *_after(verdict(review, scale)))
    return [Quote(review_spans(review), source)]


def _quote(sentence: SummarySentence, review: Review, roster: Roster, scale: Scale) -> Block:
    rating = show_rating(review.rating, scale) if review.rating else ""
    more = f"and {len(sentence.agreeing)} more" if sentence.agreeing else ""
    source = (author(review, roster), *_after(rating), *_after(more))
    return Quote((Plain(sentence.text),), source)


def _after(text: str) -> Iterable[Span]:
    return (Plain(f" · {text}"),) if text else ()
