"""Matinee's recommender: pure computation over a film's text, its people and a club's own words."""

from recommender.documents import (
    FilmDocument,
    ReviewDocument,
    corpus_digest,
    document_digest,
)
from recommender.errors import IndexDamaged
from recommender.hits import HitRate, hit_rate
from recommender.index import BaseIndex
from recommender.overlay import Overlay
from recommender.prediction import PredictedRating, predict_rating, predict_ratings
from recommender.profile import Profile
from recommender.query import Contribution, Pick, Query, Quote, Recommendation, WatchOut
from recommender.ranking import recommend
from recommender.sentences import sentences
from recommender.summary import Summary, SummarySentence, summarise

__all__ = [
    "BaseIndex",
    "Contribution",
    "FilmDocument",
    "HitRate",
    "IndexDamaged",
    "Overlay",
    "Pick",
    "PredictedRating",
    "Profile",
    "Query",
    "Quote",
    "Recommendation",
    "ReviewDocument",
    "Summary",
    "SummarySentence",
    "WatchOut",
    "corpus_digest",
    "document_digest",
    "hit_rate",
    "predict_rating",
    "predict_ratings",
    "recommend",
    "sentences",
    "summarise",
]
