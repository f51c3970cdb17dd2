"""Ledger: what was given up weighs later ballots, within bounds, and fades."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import MemberId, NightId, PlaceId
from bot.domain.nights import Night, NightGuest
from bot.features.nights.counting.ledger import DECAY, LEAST, MOST, balances, weights

NOW = datetime(2024, 1, 26, 20, tzinfo=UTC)
ANA, BEN, CLEO = MemberId("ana"), MemberId("ben"), MemberId("cleo")


def _night(name: str) -> Night:
    return Night(NightId(name), ANA, PlaceId("room"), NOW, NOW)


def _guest(name: str, member: MemberId, loss: float | None) -> NightGuest:
    return NightGuest(NightId(name), member, True, PlaceId("direct"), NOW, gave_up=loss)


def test_older_nights_count_less() -> None:
    past = [_night("new"), _night("old")]
    guests = [_guest("new", ANA, 0.5), _guest("old", ANA, 1.0), _guest("old", BEN, None)]

    assert balances(past, guests) == {ANA: 0.5 + DECAY}


def test_who_gave_way_weighs_more_and_a_newcomer_weighs_one() -> None:
    weighed = weights({ANA: 1.0, BEN: 0.0}, [ANA, BEN, CLEO])

    assert weighed == {ANA: 1.5, BEN: 0.5, CLEO: 1.0}


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.floats(0, 3.4), max_size=6),
    st.sets(st.sampled_from("abcdef"), min_size=1),
)
def test_no_ballot_weighs_more_than_three_others(
    balance: dict[str, float], members: set[str]
) -> None:
    known = {MemberId(name): value for name, value in balance.items()}
    weighed = weights(known, [MemberId(each) for each in members])

    assert set(weighed) == members
    assert all(LEAST <= each <= MOST for each in weighed.values())
