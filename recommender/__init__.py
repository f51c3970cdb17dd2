"""Matinee's recommender: pure computation over a film's text, its people and a club's own words."""

from recommender.answers.ranking import recommend
from recommender.answers.summary import Summary, SummarySentence, summarise
from recommender.errors import IndexDamaged
from recommender.evaluation.hit_rate import HitRate, hit_rate
from recommender.index.base import BaseIndex
from recommender.index.overlay import Overlay
from recommender.ratings.profile import Profile
from recommender.scoring.prediction import PredictedRating, predict_rating, predict_ratings
from recommender.scoring.query import Caveat, Contribution, Pick, PickQuote, Query, Recommendation
from recommender.text.documents import (
    FilmDocument,
    ReviewDocument,
    corpus_digest,
    document_digest,
)
from recommender.text.sentences import sentences

__all__ = [
    "BaseIndex",
    "Caveat",
    "Contribution",
    "FilmDocument",
    "HitRate",
    "IndexDamaged",
    "Overlay",
    "Pick",
    "PickQuote",
    "PredictedRating",
    "Profile",
    "Query",
    "Recommendation",
    "ReviewDocument",
    "Summary",
    "SummarySentence",
    "corpus_digest",
    "document_digest",
    "hit_rate",
    "predict_rating",
    "predict_ratings",
    "recommend",
    "sentences",
    "summarise",
]
