"""Recommendations: order, reasons, and isolation of clubs."""

from math import fsum
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.answers.ranking import recommend
from recommender.answers.reranking import DiversityFilter
from recommender.index.base import BaseIndex
from recommender.index.club.overlay import Overlay
from recommender.ratings.profile import Profile
from recommender.scoring import taste
from recommender.scoring.popularity import prior_scores
from recommender.scoring.query import Query, Recommendation
from recommender.scoring.query_terms import similar
from recommender.scoring.score_terms import NeighboursTerm, ScoreTerm, total
from recommender.scoring.taste import favourites, personal
from recommender.text.analyzer import surfaces
from recommender.text.documents import FilmDocument, ReviewDocument
from recommender.text.sentences import sentences
from tests.recommender.samples import FILMS, REVIEWS, clubs, corpora, texts, unhurried


def club(films: list[FilmDocument], reviews: list[ReviewDocument]) -> Overlay:
    overlay = Overlay(BaseIndex.build(films))
    for review in reviews:
        overlay.put(review)
    return overlay


def ids(answer: Recommendation) -> list[str]:
    return [pick.film_id for pick in answer.picks]


@pytest.fixture(name="overlay")
def sample_club() -> Overlay:
    return club(list(FILMS), list(REVIEWS))


@st.composite
def queries(draw: st.DrawFn) -> Query:
    film_ids = st.lists(st.integers(0, 30).map(lambda n: f"f{n:02}"), max_size=3, unique=True)
    ratings = st.dictionaries(st.integers(0, 30).map(lambda n: f"f{n:02}"), st.integers(1, 10))
    return Query(
        like=tuple(draw(film_ids)),
        mood=draw(texts),
        more=draw(texts),
        less=draw(texts),
        unlike=tuple(draw(film_ids)),
        obscurity=draw(st.sampled_from((0.0, 1.0, -1.0))),
        profiles=tuple(draw(st.lists(ratings.map(Profile), max_size=3))),
        exclude=frozenset(draw(film_ids)),
        count=draw(st.integers(1, 6)),
    )


@unhurried
@given(corpora(), clubs, queries())
def test_reasons_sum_to_the_score(
    films: list[FilmDocument], reviews: list[ReviewDocument], query: Query
) -> None:
    for pick in recommend(club(films, reviews), query).picks:
        assert fsum(reason.value for reason in pick.reasons) == pytest.approx(pick.score, abs=1e-6)


@unhurried
@given(corpora(), clubs, queries())
def test_reasons_sum_to_what_films_were_ranked_by(
    films: list[FilmDocument], reviews: list[ReviewDocument], query: Query
) -> None:
    overlay = club(films, reviews)
    terms = [*similar(overlay, [overlay.row_of(f) for f in query.like if overlay.row_of(f) >= 0])]
    for profile in query.profiles:
        terms += personal(overlay, profile)
    for term in terms:
        for row in range(len(overlay)):
            if overlay.film_id(row) not in query.like:
                explained = fsum(reason.value for reason in term.explain(overlay, row))
                # Likenesses are float32, and weighed by the inverse of their spread.
                assert explained == pytest.approx(term.scores[row], rel=1e-4, abs=1e-4)


@unhurried
@given(corpora(), clubs, queries(), st.randoms())
def test_order_of_films_and_reviews_changes_nothing(
    films: list[FilmDocument],
    reviews: list[ReviewDocument],
    query: Query,
    random: Random,
) -> None:
    first = recommend(club(films, reviews), query)
    random.shuffle(films)
    random.shuffle(reviews)
    assert recommend(club(films, reviews), query) == first


@unhurried
@given(corpora(), clubs, queries())
def test_who_asks_again_is_answered_from_the_club_as_it_is_now(
    films: list[FilmDocument], reviews: list[ReviewDocument], query: Query
) -> None:
    asked = club(films, [])
    for number, review in enumerate(reviews):
        recommend(asked, query)
        asked.put(review)
        fresh = club(films, reviews[: number + 1])
        assert recommend(asked, query) == recommend(asked, query) == recommend(fresh, query)


def test_a_members_taste_is_computed_once_until_the_club_changes(
    overlay: Overlay, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed: list[Profile] = []

    def counted(overlay: Overlay, profile: Profile) -> list[ScoreTerm]:
        computed.append(profile)
        return personal(overlay, profile)

    monkeypatch.setattr(taste, "personal", counted)
    ana, ben = Profile({FILMS[0].film_id: 9}), Profile({FILMS[0].film_id: 3})
    for profile in (ana, ben, ana, ben):
        recommend(overlay, Query(profiles=(profile,)))
    assert computed == [ana, ben]
    overlay.remove(REVIEWS[0].review_id)
    recommend(overlay, Query(profiles=(ana,)))
    assert computed == [ana, ben, ana]


def test_similar_films_come_with_their_people_and_themes(overlay: Overlay) -> None:
    answer = recommend(overlay, Query(like=("harbour-lights-1994",)))
    best = answer.picks[0]
    assert best.film_id == "the-salt-road-1997"
    assert answer.mode == "similar"
    reasons = {(reason.kind, reason.label) for reason in best.reasons}
    assert {("director", "Ida Moreau"), ("theme", "grief"), ("reviews", "foghorn")} <= reasons


def test_a_quote_is_the_sentence_that_carried_the_score(overlay: Overlay) -> None:
    quote = recommend(overlay, Query(like=("harbour-lights-1994",))).picks[0].quote
    assert quote is not None
    assert (quote.author_id, quote.text) == (
        "ana",
        "That foghorn broke me again.",
    )


def test_mood_words_find_films_and_name_the_unknown(overlay: Overlay) -> None:
    answer = recommend(overlay, Query(mood="something wintry: snowed village, Éva Nagy, zeppelins"))
    assert ids(answer) == ["amelies-winter-2001"]
    assert answer.mode == "mood"
    assert answer.unknown_words == ("wintry", "zeppelins")


def test_club_words_count_at_once_and_leave_no_trace(overlay: Overlay) -> None:
    assert ids(recommend(overlay, Query(mood="otherworldly"))) == []
    overlay.put(ReviewDocument("r9", "kaze-no-machi-1985", "dan", "Otherworldly, all of it.", 8))
    picks = recommend(overlay, Query(mood="otherworldly")).picks
    assert [pick.film_id for pick in picks] == ["kaze-no-machi-1985"]
    assert ("reviews", "Otherworldly") in {(r.kind, r.label) for r in picks[0].reasons}
    overlay.remove("r9")
    assert recommend(overlay, Query(mood="otherworldly")).unknown_words == ("otherworldly",)


def test_more_and_less_pull_both_ways(overlay: Overlay) -> None:
    like = ("harbour-lights-1994",)
    scores = {
        pick.film_id: pick.score
        for pick in recommend(overlay, Query(like=like, less="bleak")).picks
    }
    plain = {pick.film_id: pick.score for pick in recommend(overlay, Query(like=like)).picks}
    more = {
        pick.film_id: pick.score
        for pick in recommend(overlay, Query(like=like, more="bleak")).picks
    }
    film = "the-salt-road-1997"
    assert scores[film] < plain[film] < more[film]


def test_what_is_seen_or_not_among_the_films_to_choose_from_is_no_pick(overlay: Overlay) -> None:
    profile = Profile(
        ratings={"harbour-lights-1994": 10},
        seen=frozenset({"the-salt-road-1997"}),
        never=frozenset({"laughing-stock-2008"}),
    )
    answer = recommend(
        overlay,
        Query(profiles=(profile,), among=frozenset({"kaze-no-machi-1985", *profile.done()})),
    )
    assert ids(answer) == ["kaze-no-machi-1985"]
    assert (answer.mode, answer.ratings, answer.raters, answer.reviews) == ("personal", 1, 3, 4)


def test_no_evidence_at_all_brings_the_clubs_favourites(overlay: Overlay) -> None:
    answer = recommend(overlay, Query(profiles=(Profile(),)))
    assert answer.mode == "favourites"
    assert ids(answer)[0] == "laughing-stock-2008"


def test_unknown_liked_films_are_named(overlay: Overlay) -> None:
    answer = recommend(overlay, Query(like=("nowhere-1900",)))
    assert answer.unknown_films == ("nowhere-1900",)
    assert answer.picks == ()


def test_a_club_learns_no_word_of_another() -> None:
    index = BaseIndex.build(FILMS)
    ours, theirs = Overlay(index), Overlay(index)
    theirs.put(ReviewDocument("r1", "the-salt-road-1997", "eve", "A zibeline masterpiece.", 10))
    assert recommend(ours, Query(mood="zibeline")).unknown_words == ("zibeline",)
    assert recommend(ours, Query()).reviews == 0


@unhurried
@given(corpora(), clubs, queries())
def test_picks_are_the_stable_sort_of_all_scores(
    films: list[FilmDocument], reviews: list[ReviewDocument], query: Query
) -> None:
    overlay = club(films, reviews)
    profile = query.profiles[0] if query.profiles else Profile()
    asked = Query(profiles=(profile,), count=query.count, exclude=query.exclude)
    terms = personal(overlay, profile) or favourites(overlay)
    scores = total(terms, len(overlay))
    variety = DiversityFilter(overlay)
    left = [
        (-scores[row], overlay.film_id(row), row)
        for row in range(len(overlay))
        if overlay.film_id(row) not in profile.done() | query.exclude
    ]
    expected = [film_id for _, film_id, row in sorted(left) if variety.admits(row)]
    assert ids(recommend(overlay, asked)) == expected[: query.count]


def test_several_liked_films_are_averaged(overlay: Overlay) -> None:
    rows = [overlay.row_of(film_id) for film_id in ("harbour-lights-1994", "laughing-stock-2008")]
    both = similar(overlay, rows)[0].scores
    each = [similar(overlay, [row])[0].scores for row in rows]
    assert both == pytest.approx((each[0] + each[1]) / 2, abs=1e-6)


def test_unlike_turns_away_and_is_no_pick_itself(overlay: Overlay) -> None:
    like = ("harbour-lights-1994",)
    plain = ids(recommend(overlay, Query(like=like, unlike=())))
    away = recommend(overlay, Query(like=like, unlike=("amelies-winter-2001",)))
    assert plain[0] == "the-salt-road-1997"
    assert "amelies-winter-2001" not in ids(away)
    salt = next(pick for pick in away.picks if pick.film_id == "the-salt-road-1997")
    assert any(r.source == "amelies-winter-2001" and r.value < 0 for r in salt.reasons)


def test_a_film_to_turn_away_from_says_nothing_of_its_members_taste(overlay: Overlay) -> None:
    profile = Profile({"harbour-lights-1994": 10, "laughing-stock-2008": 10})
    picks = recommend(overlay, Query(profiles=(profile,), unlike=("laughing-stock-2008",))).picks
    assert picks
    for reason in (reason for pick in picks for reason in pick.reasons):
        # What is far from that film in themes gains by it, but that is no reason to be shown.
        far = reason.kind == "nearness"
        assert reason.source != "laughing-stock-2008" or reason.value <= 0 or far


def test_obscurity_turns_to_little_seen_films_and_back(overlay: Overlay) -> None:
    like = ("the-salt-road-1997",)
    seen = {film.film_id: film.popularity for film in FILMS}
    first = {
        wanted: ids(recommend(overlay, Query(like=like, obscurity=wanted)))[0]
        for wanted in (1.0, -1.0)
    }
    assert seen[first[1.0]] < seen[first[-1.0]]
    obscure = recommend(overlay, Query(like=like, obscurity=1.0)).picks
    labels = {(reason.kind, reason.label) for pick in obscure for reason in pick.reasons}
    assert ("popularity", "little seen") in labels


@unhurried
@given(corpora(), clubs, clubs, queries())
def test_no_word_of_another_club_is_in_a_reason_or_quote(
    films: list[FilmDocument],
    ours: list[ReviewDocument],
    theirs: list[ReviewDocument],
    query: Query,
) -> None:
    index = BaseIndex.build(films)
    alone, beside, other = Overlay(index), Overlay(index), Overlay(index)
    alone.put_all(ours)
    expected = recommend(alone, query)
    other.put_all(theirs)
    recommend(other, query)
    beside.put_all(ours)
    found = recommend(beside, query)
    assert found == expected
    own = {surface for review in ours for _, surface in surfaces(review.text)}
    written = {sentence for review in ours for sentence in sentences(review.text)}
    for pick in found.picks:
        assert {reason.label for reason in pick.reasons if reason.kind == "reviews"} <= own
        assert pick.quote is None or pick.quote.text in written


def two_genres(count: int = 40) -> list[FilmDocument]:
    """Return as many westerns as musicals; all members are to love `hit-0` to `hit-2`."""
    westerns = [FilmDocument(f"west-{n}", f"w{n}", 1950, genres=("western",)) for n in range(count)]
    musicals = [FilmDocument(f"hit-{n}", f"h{n}", 2010, genres=("musical",)) for n in range(count)]
    return [*westerns, *musicals]


def test_a_newcomer_gets_what_the_club_loves_and_a_regular_more_of_their_own() -> None:
    loved = [
        ReviewDocument(f"{member}-{n}", f"hit-{n}", f"m{member}", "", 9)
        for member in range(20)
        for n in range(3)
    ]
    overlay = club(two_genres(), loved)
    rows = [overlay.row_of(film_id) for film_id in ("hit-0", "west-39")]
    leads = []
    for known in (1, 30):
        profile = Profile({f"west-{n}": 10 for n in range(known)})
        hit, western = total(personal(overlay, profile), len(overlay))[rows].tolist()
        leads.append(hit - western)
    assert leads[0] > leads[1] + 0.5
    newcomer = Query(profiles=(Profile({"west-0": 10}),), count=3)
    assert set(ids(recommend(overlay, newcomer))) == {"hit-0", "hit-1", "hit-2"}


def test_in_a_group_a_newcomer_has_as_loud_a_voice_as_a_regular() -> None:
    overlay = club(two_genres(100), [])
    regular = Profile({f"west-{n}": 10 for n in range(30)})
    newcomer = Profile({"hit-0": 10})
    both = recommend(overlay, Query(profiles=(regular, newcomer), count=4))
    assert {film_id[:3] for film_id in ids(both)} == {"wes", "hit"}


def test_films_that_the_same_member_disliked_are_not_liked_by_those_who_liked() -> None:
    given = (("ana", "west-0", 2), ("ana", "hit-0", 2), ("ben", "west-0", 9), ("ben", "hit-1", 8))
    overlay = club(
        two_genres(3), [ReviewDocument(f"{m}{f}", f, m, "", stars) for m, f, stars in given]
    )
    terms = similar(overlay, [overlay.row_of("west-0")])
    for film_id, liked in (("hit-0", False), ("hit-1", True)):
        row = overlay.row_of(film_id)
        reasons = [reason for term in terms for reason in term.explain(overlay, row)]
        assert fsum(r.value for r in reasons) == pytest.approx(total(terms, len(overlay))[row])
        assert any(r.kind == "club" and r.source == "west-0" for r in reasons) == liked
        assert any(r.label == "rated by the same" for r in reasons) != liked


def test_a_film_that_answers_all_words_comes_before_famous_ones_that_answer_some() -> None:
    films = [
        FilmDocument("heist", "a", 2001, themes=("heist",), popularity=900),
        FilmDocument("funny", "b", 2002, themes=("funny",), popularity=900),
        FilmDocument("both", "c", 2003, themes=("heist", "funny", "friendship"), popularity=30),
        *(
            FilmDocument(f"f{n}", f"d{n}", 2000, themes=("war",), popularity=10.0 ** (n % 4))
            for n in range(20)
        ),
    ]
    overlay = club(films, [])
    assert ids(recommend(overlay, Query(mood="funny heist")))[0] == "both"
    # Among films that answer alike fame decides.
    wars = ids(recommend(overlay, Query(mood="war", count=5)))
    assert sorted(wars) == sorted(f"f{n}" for n in range(3, 20, 4))


def test_steering_alone_turns_a_members_taste_and_seeks_no_titles() -> None:
    funny = ("funny", "small town")
    films = [
        *(
            FilmDocument(f"fear-{n}", f"fear {chr(97 + n)}", 2000, genres=("horror",))
            for n in range(8)
        ),
        *(
            FilmDocument(f"hero-{n}", f"hero {chr(97 + n)}", 2000, genres=("action",))
            for n in range(8)
        ),
        FilmDocument("fear-funny", "fear z", 2000, genres=("horror",), themes=funny),
        FilmDocument("hero-funny", "hero z", 2000, genres=("action",), themes=funny),
        FilmDocument("titled", "Funny", 2000, genres=("western",), text="Funny is a western."),
    ]
    overlay = club(films, [])
    for kind in ("fear", "hero"):
        own = Profile({f"{kind}-{n}": 10 for n in range(5)})
        plain = ids(recommend(overlay, Query(profiles=(own,))))
        turned = ids(recommend(overlay, Query(profiles=(own,), more="funny")))
        assert turned[0] == f"{kind}-funny" != plain[0]
        assert turned[1] != "titled"
        away = ids(recommend(overlay, Query(profiles=(own,), less="funny", count=len(films))))
        assert away.index(f"{kind}-funny") > away.index(f"{kind}-7")


@pytest.mark.parametrize("wanted", [1.0, -1.0])
def test_who_turns_to_little_seen_films_gets_none_of_the_better_known_half(
    overlay: Overlay, wanted: float
) -> None:
    known = wanted * prior_scores(overlay)
    for profiles in ((), (Profile({"harbour-lights-1994": 10}),)):
        picks = ids(recommend(overlay, Query(profiles=profiles, obscurity=wanted)))
        assert picks
        rows = [overlay.row_of(film_id) for film_id in picks]
        assert known[rows].max() <= np.median(known)


def test_a_film_less_like_than_reviewed_films_are_is_as_if_it_were_not_like_at_all() -> None:
    words = [["lovely", "music"], ["lovely", "acting"], ["slow", "music"], ["lovely", "slow"]]
    films = [FilmDocument(f"f{n}", f"film {chr(97 + n)}", 1900 + 9 * n) for n in range(12)]
    reviews = [
        ReviewDocument(
            f"{n}-{i}", f"f{n}", f"m{i}", " ".join(words[(n + i) % 4] if n < 8 else ["fog"]), 9
        )
        for n in range(12)
        for i in range(4)
    ]
    overlay = club(films, reviews)
    near = personal(overlay, Profile({"f0": 10, "f9": 9}))[0]
    assert isinstance(near, NeighboursTerm)
    rows = range(len(overlay))
    assert (near.postings.similarities(overlay, rows) < 0).any()
    for row in rows:
        explained = fsum(reason.value for reason in near.explain(overlay, row))
        assert explained == pytest.approx(near.scores[row], abs=1e-5)
