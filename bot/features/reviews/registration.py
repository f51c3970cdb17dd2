"""The commands of the reviews feature, and the announcement of a new review."""

from bot.domain.deliveries import Purpose
from bot.features.reviews import critiques, reading
from bot.features.reviews.announcement import new_ratings, new_review, shared_review
from bot.features.reviews.commands import (
    DeleteReviewCommand,
    FoldReviewCommand,
    MakePrivateCommand,
    MakePublicCommand,
    OneReviewCommand,
    RateCommand,
    RateSeveralCommand,
    ReviewCommand,
    ReviewsCommand,
    SaveCritiqueCommand,
    SeenByCommand,
    UndoReviewCommand,
    WhoReadsCommand,
)
from bot.features.reviews.grammar import parse_review
from bot.features.reviews.questions import asking
from bot.features.reviews.seen import seen_by
from bot.features.reviews.writing import withdrawing, writing
from bot.features.reviews.writing.several import rate_several
from bot.request.registration import Feature, Registration

REVIEWS = Feature(
    commands=(
        Registration(ReviewCommand, reading.review, parse_review, writing.present_review),
        Registration(ReviewsCommand, reading.reviews),
        Registration(OneReviewCommand, reading.one_review),
        Registration(SeenByCommand, seen_by),
        Registration(RateCommand, asking.rate),
        Registration(RateSeveralCommand, rate_several),
        Registration(SaveCritiqueCommand, critiques.save),
        Registration(DeleteReviewCommand, writing.delete),
        Registration(UndoReviewCommand, writing.undo),
        Registration(MakePrivateCommand, withdrawing.make_private),
        Registration(MakePublicCommand, withdrawing.make_public),
        Registration(WhoReadsCommand, withdrawing.who_reads),
        Registration(FoldReviewCommand, withdrawing.fold),
    ),
    composers={
        Purpose.NEW_REVIEW: new_review,
        Purpose.NEW_RATINGS: new_ratings,
        Purpose.SHARED_REVIEW: shared_review,
    },
)
