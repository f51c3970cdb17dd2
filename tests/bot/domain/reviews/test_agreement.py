"""Agreement of two tastes: the fast count equals the plain one, and few films say little."""

import math
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.ids import FilmId
from bot.domain.reviews.agreement import DOUBT, EIGHTY_PERCENT, FEWEST, agreement, evidence

RATINGS = st.lists(st.tuples(st.integers(1, 10), st.integers(1, 10)), max_size=25)


def rated(pairs: list[tuple[int, int]]) -> tuple[dict[FilmId, int], dict[FilmId, int]]:
    mine = {FilmId(f"f{n}"): a for n, (a, _) in enumerate(pairs)}
    theirs = {FilmId(f"f{n}"): b for n, (_, b) in enumerate(pairs)}
    return mine, theirs


def plain_share(pairs: list[tuple[int, int]]) -> tuple[float, int]:
    signs = [(a - c) * (b - d) for (a, b), (c, d) in combinations(pairs, 2)]
    same, other = sum(each > 0 for each in signs), sum(each < 0 for each in signs)
    return (same + DOUBT / 2) / (same + other + DOUBT), same + other


@settings(max_examples=50)
@given(RATINGS)
def test_agreement_is_what_a_plain_count_of_pairs_says(pairs: list[tuple[int, int]]) -> None:
    mine, theirs = rated(pairs)
    found = agreement(mine, theirs)
    if len(pairs) < FEWEST:
        assert found is None
        return
    assert found is not None
    share, ranked = plain_share(pairs)
    assert found.alike == (share if ranked else None)
    left = [plain_share(pairs[:n] + pairs[n + 1 :])[0] for n in range(len(pairs))]
    mean = sum(left) / len(left)
    jackknife = (len(left) - 1) / len(left) * sum((each - mean) ** 2 for each in left)
    error = math.sqrt(max(jackknife, share * (1 - share) / (len(pairs) + DOUBT)))
    assert math.isclose(found.low, max(share - EIGHTY_PERCENT * error, 0), abs_tol=1e-9)
    assert math.isclose(found.high, min(share + EIGHTY_PERCENT * error, 1), abs_tol=1e-9)
    distances = [abs(a - b) for a, b in pairs]
    assert math.isclose(found.apart, sum(distances) / len(distances))
    assert abs(mine[found.closest] - theirs[found.closest]) == min(distances)
    assert abs(mine[found.furthest] - theirs[found.furthest]) == max(distances)


@settings(max_examples=50)
@given(RATINGS)
def test_agreement_does_not_hang_on_who_asks(pairs: list[tuple[int, int]]) -> None:
    mine, theirs = rated(pairs)
    one, other = agreement(mine, theirs), agreement(theirs, mine)
    assert (one is None) == (other is None)
    if one and other:
        assert (one.alike, one.apart) == (other.alike, other.apart)
        assert math.isclose(one.low, other.low)
        assert math.isclose(one.high, other.high)


@settings(max_examples=50)
@given(RATINGS)
def test_evidence_is_three_films_of_each_side_at_most(pairs: list[tuple[int, int]]) -> None:
    mine, theirs = rated(pairs)
    near, far = evidence(mine, theirs)
    assert len(near) <= 3
    assert len(far) <= 3
    assert not set(near) & set(far)
    assert all(abs(mine[each] - theirs[each]) <= 2 for each in near)
    assert all(abs(mine[each] - theirs[each]) >= 3 for each in far)
    furthest = max((abs(a - b) for a, b in pairs), default=0)
    if furthest >= 3:
        assert abs(mine[far[0]] - theirs[far[0]]) == furthest
