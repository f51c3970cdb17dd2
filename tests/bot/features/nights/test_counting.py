"""Counting: what a rule promises holds for every electorate."""

import hashlib
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import FilmId, MemberId, NightId
from bot.domain.nights import NOT_TONIGHT, YES_PLEASE, Rule
from bot.features.nights.counting.methods import Poll, decide, draw_text, gave_up, ranking

FILMS = tuple(FilmId(each) for each in ("a", "b", "c", "d", "e"))


@st.composite
def polls(draw: st.DrawFn) -> Poll:
    """Polls of one to six members over two to five films, with weights."""
    films = FILMS[: draw(st.integers(2, 5))]
    members = [MemberId(f"m{number}") for number in range(draw(st.integers(1, 6)))]
    level = st.integers(NOT_TONIGHT, YES_PLEASE)
    ballots = {m: draw(st.fixed_dictionaries(dict.fromkeys(films, level))) for m in members}
    weights = {m: draw(st.sampled_from([0.5, 0.75, 1.0, 1.25, 1.5])) for m in members}
    return Poll(NightId("n1"), films, ballots, weights, turns=tuple(members))


def _poll(*ballots: str, **more: object) -> Poll:
    """Return a poll from ballots like `210`: a level for each of the first films."""
    films = FILMS[: len(ballots[0])]
    levels = {
        MemberId(f"m{number}"): dict(zip(films, map(int, each), strict=True))
        for number, each in enumerate(ballots)
    }
    return Poll(NightId("n1"), films, levels, **more)  # type: ignore[arg-type]  # passed on


@given(polls(), st.sampled_from(Rule), st.randoms())
def test_neither_names_nor_order_of_ballots_matter(poll: Poll, rule: Rule, random: Random) -> None:
    if rule is Rule.TURN:
        return  # whose turn it is does matter
    members = list(poll.ballots)
    shuffled = members[:]
    random.shuffle(shuffled)
    other = Poll(
        poll.night_id,
        poll.films,
        {new: poll.ballots[old] for old, new in zip(members, shuffled, strict=True)},
        {new: poll.weight(old) for old, new in zip(members, shuffled, strict=True)},
    )

    assert decide(other, rule) == decide(poll, rule)


@given(polls(), st.sampled_from([Rule.SUM, Rule.APPROVAL]), st.data())
def test_who_likes_the_winner_more_does_not_harm_it(
    poll: Poll, rule: Rule, data: st.DataObject
) -> None:
    winner = decide(poll, rule)
    member = data.draw(st.sampled_from(list(poll.ballots)))
    if winner.draw or poll.level(member, winner.film_id) == YES_PLEASE:
        return
    raised = {**poll.ballots[member], winner.film_id: poll.level(member, winner.film_id) + 1}
    after = Poll(poll.night_id, poll.films, {**poll.ballots, member: raised}, poll.weights)

    assert decide(after, rule).film_id == winner.film_id


@given(polls(), st.sampled_from(Rule))
def test_one_film_that_everyone_loves_alone_wins(poll: Poll, rule: Rule) -> None:
    loved = {
        member: {film: YES_PLEASE if film == "b" else NOT_TONIGHT for film in poll.films}
        for member in poll.ballots
    }

    verdict = decide(Poll(poll.night_id, poll.films, loved, poll.weights, turns=poll.turns), rule)

    assert verdict.film_id == "b"


@given(polls())
def test_what_is_given_up_is_between_nothing_and_all(poll: Poll) -> None:
    winner = decide(poll, Rule.SUM).film_id
    for member in poll.ballots:
        loss = gave_up(poll, member, winner)
        assert 0 <= loss <= 1
        assert (loss == 0) == (
            poll.level(member, winner) == max(poll.level(member, film) for film in poll.films)
        )


def test_the_ballots_chosen_rule_by_rule() -> None:
    assert decide(_poll("210", "120", "120"), Rule.SUM).film_id == "b"
    # Three love a, two cannot bear it: approval looks at those who can live with a film.
    split = _poll("210", "210", "210", "012", "012")
    assert decide(split, Rule.APPROVAL).film_id == "b"
    assert decide(split, Rule.RANKED).film_id == "a"
    turn = _poll("210", "012", turns=(MemberId("m1"), MemberId("m0")))
    assert decide(turn, Rule.TURN).film_id == "c"


def test_ties_are_broken_in_the_order_that_is_told() -> None:
    against = decide(_poll("12", "12", "10", "10"), Rule.SUM)
    assert (against.film_id, against.how) == ("a", "a tie, and this one had the fewest against it")
    heads = decide(_poll("21", "10", "02"), Rule.SUM)
    assert (heads.film_id, heads.how) == (
        "a",
        "a tie, and more of you prefer this one to the other",
    )
    waits = _poll("21", "12", won_at={FilmId("a"): datetime(2024, 1, 1, tzinfo=UTC)})
    verdict = decide(waits, Rule.SUM)
    assert (verdict.film_id, verdict.how) == (
        "b",
        "a tie, and it goes to whose nomination has not won for longest",
    )


def test_a_draw_can_be_done_again_by_anybody() -> None:
    poll = _poll("22", "22")

    verdict = decide(poll, Rule.SUM)

    assert verdict.draw == draw_text(poll) == "n1|a=2,b=2|a=2,b=2"
    number = int(hashlib.sha256(verdict.draw.encode()).hexdigest(), 16)
    assert verdict.film_id == ["a", "b"][number % 2]


def test_a_wheel_gives_each_film_its_share() -> None:
    wins = [
        decide(Poll(NightId(f"n{number}"), FILMS[:2], _poll("21", "10").ballots), Rule.DRAW).film_id
        for number in range(2_000)
    ]

    assert wins.count(FilmId("a")) / len(wins) == pytest.approx(3 / 4, abs=0.04)


def test_a_poll_needs_films() -> None:
    with pytest.raises(ValueError, match="films"):
        decide(Poll(NightId("n"), (), {}), Rule.SUM)


def test_films_are_ranked_by_their_totals() -> None:
    assert ranking(_poll("210", "120", "121")) == ["b", "a", "c"]
