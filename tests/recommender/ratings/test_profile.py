"""Taste profile: gains of films, and films that are no candidates."""

from recommender.ratings.profile import Profile, gain


def test_an_abandoned_film_says_nothing_and_better_ratings_say_more() -> None:
    profile = Profile({"a": 10, "b": 6, "c": 2, "d": 9}, abandoned=frozenset({"d"}))
    assert profile.gains() == {"a": 1.0, "b": 0.5, "c": 0.2}
    assert list(profile.gains()) == ["a", "b", "c"]
    assert profile.done() == {"a", "b", "c", "d"}
    assert gain(8) > gain(7) > gain(5)


def test_what_was_seen_is_evidence_and_what_was_given_up_is_not() -> None:
    profile = Profile(
        ratings={"a": 9, "b": 3, "c": 10, "d": 10},
        seen=frozenset({"a", "e", "f"}),
        never=frozenset({"d"}),
        abandoned=frozenset({"c", "f"}),
    )
    assert profile.gains() == {"a": 1.0, "b": 0.2, "d": 1.0, "e": 0.2}
    assert profile.done() == {"a", "b", "c", "d", "e", "f"}
