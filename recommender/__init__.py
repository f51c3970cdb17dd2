"""Recommender: pure computation over films, their texts and people, and one club's reviews.

- `text`: documents to terms; a TF-IDF space for each field
- `index`: the base index of the catalogue, and a club's overlay on top of it
- `ratings`: a club's rating matrix, EASE, a member's taste profile
- `scoring`: score terms by similarity, query and taste, each explaining its part of a score
- `answers`: ranked picks with reasons and quotes; summaries of reviews
- `evaluation`: metrics, peers and experiments
"""

from recommender.answers.asking import Answer, Answers, ask
from recommender.answers.bridging import bridge
from recommender.answers.disagreement import Remarks, TalkingPoint, disagreement
from recommender.answers.programme import programme
from recommender.answers.ranking import recommend
from recommender.answers.review_sentences import LOVED, MINDED
from recommender.answers.summary import Summary, SummarySentence, summarise
from recommender.errors import IndexDamaged
from recommender.evaluation.hit_rate import HitRate, hit_rate
from recommender.index.base import BaseIndex
from recommender.index.club.overlay import Overlay
from recommender.ratings.profile import Profile, is_liked
from recommender.scoring.demands import meeting
from recommender.scoring.explanation import kindred_themes
from recommender.scoring.prediction import PredictedRating, predict_ratings
from recommender.scoring.query import (
    Caveat,
    Contribution,
    Demand,
    Pick,
    PickQuote,
    Query,
    Recommendation,
)
from recommender.text.documents import (
    GAP,
    FilmDocument,
    ReviewDocument,
    corpus_digest,
    document_digest,
)
from recommender.text.sentences import sentences

__all__ = [
    "GAP",
    "LOVED",
    "MINDED",
    "Answer",
    "Answers",
    "BaseIndex",
    "Caveat",
    "Contribution",
    "Demand",
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
    "Remarks",
    "ReviewDocument",
    "Summary",
    "SummarySentence",
    "TalkingPoint",
    "ask",
    "bridge",
    "corpus_digest",
    "disagreement",
    "document_digest",
    "hit_rate",
    "is_liked",
    "kindred_themes",
    "meeting",
    "predict_ratings",
    "programme",
    "recommend",
    "sentences",
    "summarise",
]
