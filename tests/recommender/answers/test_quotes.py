"""Quotes and caveats, against a slow reference implementation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.answers.quotes import MIDDLING, caveat_for, minded_themes, quote_for
from recommender.answers.ranking import recommend
from recommender.answers.review_sentences import LONGEST, LOVED, SHORTEST
from recommender.index.base import BaseIndex
from recommender.index.club.overlay import Overlay
from recommender.index.vectors import REVIEWS, term_id, term_idf
from recommender.ratings.profile import Profile
from recommender.scoring.query import Contribution, PickQuote, Query
from recommender.text.analyzer import terms, words
from recommender.text.documents import FilmDocument, ReviewDocument
from recommender.text.endings import reveals_ending
from recommender.text.sentences import sentences
from tests.recommender.samples import FILMS

FILM = FILMS[0].film_id
INDEX = BaseIndex.build(FILMS)
_SENTENCES = (
    "The fog and the foghorn. ",
    "It is a foghorn in the fogs. ",
    "A donkey in the fog. ",
    "Only a lighthouse was there. ",
    "But the lighthouse is lovely. ",
    "The fog is dreadful throughout. ",
    "He dies in the fog. ",
    "Fog. ",
)

texts = st.lists(st.sampled_from(_SENTENCES), max_size=4).map("".join)
reviews = st.lists(
    st.tuples(texts, st.sampled_from((None, 2, 6, 9)), st.sampled_from((True, True, False))),
    max_size=4,
).map(
    lambda given: [
        ReviewDocument(f"r{n}", FILM, f"m{n}", text, stars, quotable=quotable)
        for n, (text, stars, quotable) in enumerate(given)
    ]
)
weights = st.dictionaries(st.sampled_from(("fog", "donkey", "lighthouse", "foghorn")), st.just(0.5))


def quotable(review: ReviewDocument) -> list[str]:
    """Return the sentences of a review, empty where they may not be quoted."""
    return [
        each if SHORTEST <= len(words(each)) <= LONGEST and not reveals_ending(each) else ""
        for each in sentences(review.text)
        if review.quotable
    ]


@given(reviews, weights)
def test_a_quote_is_the_first_of_the_strongest_sentences(
    given_reviews: list[ReviewDocument], weight_by_word: dict[str, float]
) -> None:
    overlay = Overlay(INDEX)
    overlay.put_all(given_reviews)
    wanted = {term_id(INDEX, REVIEWS, word): weight for word, weight in weight_by_word.items()}
    best: list[tuple[float, int, int, PickQuote]] = []
    for number, review in enumerate(given_reviews):
        for place, text in enumerate(quotable(review)):
            ids = {term_id(INDEX, REVIEWS, term) for term in terms(text)}
            strength = sum(wanted.get(n, 0.0) * term_idf(INDEX, n) for n in sorted(ids))
            loved = (review.half_stars or 0) >= LOVED
            lovely, dreadful = "lovely" in text, "dreadful" in text
            speaks = lovely or (loved and not dreadful)
            stands = not (place and text.startswith("But"))
            if text and speaks and stands and (review.half_stars or LOVED) >= MIDDLING:
                quote = PickQuote(review.review_id, review.author_id, text)
                best.append((-strength, place, number, quote))
    expected = min(best, key=lambda each: each[:3])[3] if best else None
    assert quote_for(overlay, overlay.row_of(FILM), wanted) == expected


def test_members_are_quoted_before_critics() -> None:
    overlay = Overlay(INDEX)
    overlay.put(ReviewDocument("r1", FILM, "The Daily", "A fog to get lost in.", 10, critic=True))
    assert quoted(overlay) == "A fog to get lost in."
    overlay.put(ReviewDocument("r2", FILM, "ana", "I want to live in that lighthouse.", 8))
    assert quoted(overlay) == "I want to live in that lighthouse."


def quoted(overlay: Overlay) -> str | None:
    found = quote_for(overlay, overlay.row_of(FILM), {term_id(INDEX, REVIEWS, "fog"): 1.0})
    return found.text if found else None


def test_nobody_is_warned_by_what_others_minded() -> None:
    overlay = Overlay(INDEX)
    overlay.put(ReviewDocument("r1", FILM, "ben", "She eats a pie for four minutes.", 1))
    picks = recommend(overlay, Query(like=(FILMS[1].film_id,))).picks
    assert [pick.caveat for pick in picks if pick.film_id == FILM] == [None]


SLOW = [
    FilmDocument(f"s{n}", f"Slow {n}", 2000 + n, genres=("drama",), themes=themes)
    for n, themes in enumerate([("slow cinema", "rain"), ("slow cinema", "rain"), ("rain",)])
]
CANDIDATE = FilmDocument("new", "New", 2010, genres=("drama",), themes=("slow cinema", "rain"))


@pytest.mark.parametrize(
    ("ratings", "label", "films"),
    [
        ({"s0": 2, "s1": 3, "s2": 10}, "slow cinema", ("s0", "s1")),
        ({"s0": 2, "s1": 8, "s2": 10}, None, ()),  # one of them is liked
        ({"s0": 2, "s2": 10}, None, ()),  # one film is chance
        ({"s0": 2, "s1": 3, "s2": 7}, "slow cinema", ("s0", "s1")),
    ],
)
def test_a_member_is_warned_of_what_they_minded_in_two_films_and_liked_in_none(
    ratings: dict[str, int], label: str | None, films: tuple[str, ...]
) -> None:
    overlay = Overlay(BaseIndex.build([*SLOW, CANDIDATE]))
    picks = recommend(overlay, Query(profiles=(Profile(ratings),))).picks
    found = next(pick.caveat for pick in picks if pick.film_id == "new")
    assert (found and (found.label, found.films)) == (label and (label, films))
    pair = recommend(overlay, Query(profiles=(Profile(ratings), Profile(ratings)))).picks
    assert all(pick.caveat is None for pick in pair)


def test_who_people_are_is_no_theme_that_one_minds() -> None:
    films = [FilmDocument(f"q{n}", f"Q {n}", 2000, themes=("queer", "rain")) for n in range(3)]
    overlay = Overlay(BaseIndex.build(films))
    minded = minded_themes(overlay, Profile({"q0": 2, "q1": 2}))
    found = caveat_for(overlay, 2, 1.0, [], minded=minded)
    assert found is not None
    assert found.label == "rain"


def caveat_label(*reasons: tuple[str, str, float, str | None], themes: tuple[str, ...] = ()) -> str:
    """Return the caveat of a film with these themes and reasons, of score 1."""
    overlay = Overlay(INDEX)
    overlay.put_films([FilmDocument("own", "Own", 2020, themes=themes)])
    row = overlay.row_of("own")
    contributions = [Contribution(*reason) for reason in reasons]
    found = caveat_for(overlay, row, 1.0, contributions)
    return found.label if found else ""


def test_what_comes_through_another_film_is_no_warning() -> None:
    assert caveat_label(("genre", "horror", -0.5, "a film that others should be unlike")) == ""


def test_a_word_that_was_wanted_less_may_be_of_any_kind() -> None:
    assert caveat_label(("text", "blood", -0.5, None)) == "blood"
    assert caveat_label(("cast", "Greta Solheim", -0.5, None)) == "Greta Solheim"
    assert caveat_label(("popularity", "widely seen", -0.5, None)) == ""


def test_what_speaks_for_a_film_too_counts_for_the_rest() -> None:
    for_, against = ("theme", "haunted", 0.5, None), ("theme", "haunted", -0.4, None)
    assert caveat_label(against, themes=("haunted",)) == "haunted"
    assert caveat_label(for_, against, themes=("haunted",)) == ""
    war = ("genre", "war", -0.6, None)
    assert caveat_label(against, against, war, themes=("haunted",)) == "haunted"


def test_a_theme_is_named_whole_in_a_warning() -> None:
    age = ("theme", "age", -0.5, None)
    assert caveat_label(age, themes=("coming of age", "tender")) == "coming of age"
    assert caveat_label(age, themes=("coming of age", "age gap")) == ""


@pytest.mark.parametrize("word", ["foghorn", "lighthouse"])
def test_a_reason_shows_a_word_as_most_reviews_spell_it(word: str) -> None:
    overlay = Overlay(INDEX)
    for number, text in enumerate((f"{word.title()}s!", f"{word}s", f"{word}s and {word}")):
        overlay.put(ReviewDocument(f"r{number}", FILM, f"m{number}", text, 9))
    reasons = recommend(overlay, Query(mood=word)).picks[0].reasons
    assert [each.label for each in reasons if each.kind == REVIEWS] == [f"{word}s"]
