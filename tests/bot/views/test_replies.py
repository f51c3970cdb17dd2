"""Marked spoilers: in no plain text, no summary, and nothing that the recommender reads."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue.club_index import review_document
from bot.domain.ids import ClubId, FilmId, MemberId, ReviewId
from bot.domain.reviews.ratings import HalfStars, Scale
from bot.domain.reviews.review import Review
from bot.messages.phrases import review_spans
from bot.messages.plain_text import plain
from bot.messages.replies import Heading, Paragraph, Quote
from bot.messages.spans import Span, Spoiler
from bot.views.opinions import in_full

TOLD_TOO_MUCH = "zorblaxian"
WORDS = st.text("abc .!?\n", max_size=30) | st.sampled_from(
    ["A quiet film that stays with you.", "It bored me. Twice.", "Lovely coats! Sad ending."]
)
HIDDEN = WORDS.map(lambda words: f"||{words} {TOLD_TOO_MUCH}||")


@st.composite
def reviews(draw: st.DrawFn) -> Review:
    pieces = draw(st.lists(WORDS | HIDDEN, max_size=5))
    whole = draw(st.booleans())
    text = " ".join(pieces) + (f" {TOLD_TOO_MUCH}" if whole else "")
    now = datetime(2024, 1, 1, tzinfo=UTC)
    return Review(
        review_id=ReviewId(draw(st.text("abcdef0123", min_size=8, max_size=8))),
        club_id=ClubId("test:club"),
        film_id=FilmId("her-2013"),
        member_id=MemberId(draw(st.sampled_from(["test:ana", "test:ben"]))),
        created_at=now,
        changed_at=now,
        rating=draw(st.none() | st.integers(1, 10).map(HalfStars)),
        text=text,
        spoiler=whole,
    )


@given(reviews())
def test_a_marked_spoiler_is_in_no_plain_text(review: Review) -> None:
    assert TOLD_TOO_MUCH not in plain(review_spans(review))


@given(reviews())
def test_a_marked_spoiler_stands_only_inside_its_mark(review: Review) -> None:
    for span in review_spans(review):
        assert isinstance(span, Spoiler) or TOLD_TOO_MUCH not in plain([span])


@given(reviews())
def test_a_marked_spoiler_never_reaches_the_recommender(review: Review) -> None:
    assert TOLD_TOO_MUCH not in review_document(review, {}).text


@settings(max_examples=200)
@given(st.lists(reviews(), max_size=5, unique_by=lambda review: review.review_id))
def test_a_marked_spoiler_is_in_no_summary_of_several_reviews(several: list[Review]) -> None:
    for block in in_full(several, {}, Scale.STARS):
        match block:
            case Paragraph(spans) | Heading(spans):
                assert TOLD_TOO_MUCH not in plain(spans)
            case Quote(spans, source):
                assert all(isinstance(s, Spoiler) or TOLD_TOO_MUCH not in plain([s]) for s in spans)
                assert TOLD_TOO_MUCH not in plain(source)


@given(st.text(max_size=40))
def test_opened_on_request_everything_can_be_read(words: str) -> None:
    now = datetime(2024, 1, 1, tzinfo=UTC)
    review = Review(
        ReviewId("r"), ClubId("c"), FilmId("f"), MemberId("m"), now, now, text=f"A ||{words}x|| b"
    )
    shown: tuple[Span, ...] = review_spans(review, fold=False)
    assert not any(isinstance(span, Spoiler) for span in shown)
